using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Modus.Casework.Cases;
using Modus.Casework.Workspaces;
using Modus.Cli.Shell;
using Modus.Logs;

namespace Modus.Cli.Commands.Rules;

/// <summary>The events that a procedure of a case rests on, read again from its evidence.</summary>
internal static class ProcedureEvents
{
    /// <summary>Whether a text looks like the id of a procedure, or the beginning of one.</summary>
    public static bool IsId(string text) => text.Length >= 3 && text.StartsWith("P-", StringComparison.Ordinal) && text[2..].All(char.IsAsciiHexDigitLower);

    /// <summary>Reads the first event of each of its hits, each event once, in the order of evidence and place.</summary>
    /// <exception cref="CommandFailure">It rests on no event, or none of its events can be read any more.</exception>
    public static IReadOnlyList<(EventRecord Record, string? Log)> Read(Invocation run, Workspace workspace, CaseBook book, ProcedureRecord procedure)
    {
        if (procedure.Hits.Count == 0)
            throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD9029", $"{procedure.Id} ({procedure.Technique}, {procedure.Standing}) rests on no event, so there is nothing to draft a rule from", Fix: "take in logs that show it: modus ingest LOGS; or draft from an event: modus rule new --from FILE"));
        var found = new List<(EventRecord Record, string? Log)>();
        foreach (var group in procedure.Hits.GroupBy(hit => hit.EvidenceId).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            if (book.Find<EvidenceRecord>(group.Key) is not { } evidence || Place(run, workspace, evidence) is not { } path) continue;
            found.AddRange(Events(path, [.. group]));
        }

        return found.Count > 0 ? found : throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD9029", $"no event of {procedure.Id} can be read any more", Fix: "bring the evidence back to where it lay: modus evidence verify"));
    }

    private static string? Place(Invocation run, Workspace workspace, EvidenceRecord evidence)
    {
        string[] places = evidence.Kept is { } kept ? [workspace.PathOf(kept), workspace.PathOf(evidence.Path)] : [workspace.PathOf(evidence.Path)];
        foreach (var path in places.Where(File.Exists))
        {
            using var stream = File.OpenRead(path);
            if (Convert.ToHexStringLower(SHA256.HashData(stream)) == evidence.Sha256) return path;
        }
        run.Report(new CliProblem("MD9029", places.Any(File.Exists) ? "the file is not the one any more that was taken in: its events are left out" : "the file is gone: its events are left out", evidence.Path, "bring it back, or take evidence in with --keep"));
        return null;
    }

    private static IEnumerable<(EventRecord Record, string? Log)> Events(string path, List<CaseHit> hits)
    {
        var wanted = hits.Select(hit => (Member: MemberOf(hit.File), hit.Record)).ToHashSet();
        var reader = new LogReader(new() { Threads = 1 });
        foreach (var logEvent in reader.Read(path))
        {
            var member = MemberOf(logEvent.File);
            var place = logEvent.RecordId > 0 ? string.Create(CultureInfo.InvariantCulture, $"record {logEvent.RecordId}") : string.Create(CultureInfo.InvariantCulture, $"line {logEvent.Line}");
            // A place holds one event of each host at most.
            if (!wanted.Contains((member, place)) || !hits.Exists(hit => hit.Record == place && MemberOf(hit.File) == member && (hit.Host.Length == 0 || hit.Host == Encoding.UTF8.GetString(logEvent.Host)))) continue;
            yield return (logEvent.Keep(), logEvent.RawText());
        }
    }

    private static string MemberOf(string file) => file.IndexOf('!', StringComparison.Ordinal) is var mark and >= 0 ? file[mark..] : "";
}
