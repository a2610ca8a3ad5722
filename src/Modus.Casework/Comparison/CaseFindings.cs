using Modus.Attack;
using Modus.Casework.Cases;
using Modus.Casework.LogHoles;

namespace Modus.Casework.Comparison;

/// <summary>Two things that the evidence says and that cannot both stand as they are.</summary>
/// <param name="Kind">
/// <c>denied</c> (a document says it did not happen, another that it did, or events show it), <c>other-technique</c> (documents tell one
/// sub-technique, events show another of the same technique), <c>coarser</c> (told as the technique where events or another document show the sub-technique),
/// <c>time</c> (told at another time than seen). Among the doubts: <c>passed-over</c> (a document goes straight from one step to the next where another
/// document and the events put a third between), <c>older-release</c> (told in an older release, and a newer one has another id or tactic), <c>weak</c> (told,
/// and next to nothing in the logs shows it).
/// </param>
/// <param name="Technique">The technique that is in question.</param>
/// <param name="Name">Its name.</param>
/// <param name="Against">The technique that stands against it; the same where it is about denial or time.</param>
/// <param name="Says">What is at odds, in words; holds untrusted text.</param>
/// <param name="Ids">The records to look at.</param>
public sealed record Contradiction(string Kind, string Technique, string Name, string Against, string Says, IReadOnlyList<string> Ids);

/// <summary>A procedure with what the other sort of evidence would have had to say.</summary>
/// <param name="Procedure">The procedure.</param>
/// <param name="Why">Why the other sort is silent, as far as the release and the collected logs tell.</param>
public sealed record OneSided(ProcedureRecord Procedure, string Why);

/// <summary>What the evidence of a case agrees on and where it parts: computed from its records.</summary>
public sealed record CaseFindings
{
    /// <summary>Told by documents and not seen in logs.</summary>
    public required IReadOnlyList<OneSided> ToldNotSeen { get; init; }

    /// <summary>Seen in logs and not told by any document.</summary>
    public required IReadOnlyList<OneSided> SeenNotTold { get; init; }

    /// <summary>Told and seen.</summary>
    public required IReadOnlyList<ProcedureRecord> Both { get; init; }

    /// <summary>Only claimed, or suggested by the mapper.</summary>
    public required IReadOnlyList<ProcedureRecord> Unsupported { get; init; }

    /// <summary>What contradicts what.</summary>
    public required IReadOnlyList<Contradiction> Contradictions { get; init; }

    /// <summary>What nothing contradicts and a person should look at all the same.</summary>
    public IReadOnlyList<Contradiction> Doubts { get; init; } = [];

    /// <summary>Compares the evidence of a case.</summary>
    /// <param name="evidence">Its evidence.</param>
    /// <param name="procedures">Its procedures; rejected ones are left out.</param>
    /// <param name="releases">The releases that say which logs show a technique; empty leaves that out.</param>
    /// <param name="newest">The newest release of a domain at hand: for what was told in an older one; null leaves that out.</param>
    public static CaseFindings Of(IReadOnlyList<EvidenceRecord> evidence, IReadOnlyList<ProcedureRecord> procedures, IReadOnlyList<Release> releases, Func<Domains, Release?>? newest = null)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(procedures);
        ArgumentNullException.ThrowIfNull(releases);
        var live = procedures.Where(procedure => procedure.Status != ProcedureStatus.Rejected)
            .OrderBy(procedure => procedure.Technique, StringComparer.Ordinal).ThenBy(procedure => procedure.Id, StringComparer.Ordinal).ToList();
        // Several procedures of one technique (on several hosts) are one subject: told once is told.
        var told = live.Where(procedure => procedure.IsTold).Select(procedure => procedure.Technique).ToHashSet(StringComparer.Ordinal);
        var seen = live.Where(procedure => procedure.IsSeen).Select(procedure => procedure.Technique).ToHashSet(StringComparer.Ordinal);
        var hasLogs = evidence.Any(item => item.Type == EvidenceKind.Logs);
        var hasReports = evidence.Any(item => item.Type is EvidenceKind.Report or EvidenceKind.Stix);
        var sources = evidence.SelectMany(item => item.Sources).Distinct().ToList();
        var doubts = new Doubts(evidence, live);
        return new CaseFindings
        {
            ToldNotSeen = [.. live.Where(procedure => procedure.IsTold && !seen.Contains(procedure.Technique)).Select(procedure => new OneSided(procedure, WhyUnseen(procedure.Technique, hasLogs, sources, releases)))],
            SeenNotTold = [.. live.Where(procedure => procedure.IsSeen && !told.Contains(procedure.Technique)).Select(procedure => new OneSided(procedure, hasReports ? "no document of the case speaks of it" : "the case has no document"))],
            Both = [.. live.Where(procedure => (procedure.IsSeen || procedure.IsTold) && seen.Contains(procedure.Technique) && told.Contains(procedure.Technique))],
            Unsupported = [.. live.Where(procedure => !procedure.IsSeen && !procedure.IsTold)],
            Contradictions = FindContradictions(evidence, live, seen, told),
            Doubts = [.. doubts.PassedOver(), .. newest is null ? [] : doubts.OlderReleases(releases, newest), .. doubts.Weak()],
        };
    }

    private static string WhyUnseen(string technique, bool hasLogs, List<string> sources, IReadOnlyList<Release> releases)
    {
        if (!hasLogs) return "the case has no log";
        var found = releases.Select(release => release.Find<Technique>(technique)).FirstOrDefault(item => item is not null);
        if (found is null) return "no event shows it";
        var logs = found.DetectionStrategies.SelectMany(strategy => strategy.Analytics).SelectMany(analytic => analytic.LogSources).Select(log => log.Name.Trim()).Distinct().ToList();
        if (logs.Count == 0) return "the release names no log that would show it";
        var collected = sources.Where(source => SourceNames.Of(source).Any(pattern => logs.Any(log => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, log)))).Order(StringComparer.Ordinal).ToList();
        return collected.Count == 0
            ? $"not collected: none of the logs that would show it ({string.Join(", ", logs.Order(StringComparer.Ordinal).Take(4))}{(logs.Count > 4 ? " …" : "")})"
            : $"no rule shows it in {string.Join(", ", collected.Take(4))}{(collected.Count > 4 ? " …" : "")}, where it could be";
    }

    private static IReadOnlyList<Contradiction> FindContradictions(IReadOnlyList<EvidenceRecord> evidence, List<ProcedureRecord> live, HashSet<string> seen, HashSet<string> told)
    {
        var found = new List<Contradiction>();
        foreach (var item in evidence)
            foreach (var aside in item.Asides.Where(aside => aside.Quote.Statement == "negated" && (seen.Contains(aside.Technique) || told.Contains(aside.Technique))))
            {
                var others = live.Where(procedure => procedure.Technique == aside.Technique && (procedure.IsSeen || procedure.IsTold)).ToList();
                var how = seen.Contains(aside.Technique) ? "events show it" : "another passage states it";
                found.Add(new Contradiction("denied", aside.Technique, aside.Name, aside.Technique, $"{Path.GetFileName(item.Path)} says it was not found (\"{Cut(aside.Quote.Text)}\"), {how}", [item.Id, .. others.Select(procedure => procedure.Id)]));
            }

        var byTechnique = live.Where(procedure => procedure.IsSeen || procedure.IsTold).GroupBy(procedure => procedure.Technique).ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        foreach (var (technique, mine) in byTechnique.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (seen.Contains(technique)) continue;
            var parent = ParentOf(technique);
            foreach (var (other, theirs) in byTechnique.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                if (other == technique || ParentOf(other) != parent) continue;
                if (technique == parent)
                    found.Add(new Contradiction("coarser", technique, mine[0].Name, other, $"told as {technique} by {FilesOf(mine, evidence)}; the sub-technique {other} is {(seen.Contains(other) ? "shown by events" : $"told by {FilesOf(theirs, evidence)}")}", Ids(mine, theirs)));
                else if (other != parent && seen.Contains(other) && !told.Contains(other))
                    found.Add(new Contradiction("other-technique", technique, mine[0].Name, other, $"{technique} {mine[0].Name} is told by {FilesOf(mine, evidence)} and no event shows it; events show {other} {theirs[0].Name}, which no document tells", Ids(mine, theirs)));
            }
        }
        found.AddRange(ToldTimes.Offsets(evidence, live));
        return found;
    }

    private static string FilesOf(IEnumerable<ProcedureRecord> procedures, IReadOnlyList<EvidenceRecord> evidence) => string.Join(", ",
        procedures.SelectMany(procedure => procedure.Quotes).Select(quote => quote.EvidenceId).Distinct()
            .Select(id => evidence.FirstOrDefault(item => item.Id == id) is { } item ? Path.GetFileName(item.Path) : id).Order(StringComparer.Ordinal));

    private static IReadOnlyList<string> Ids(IEnumerable<ProcedureRecord> mine, IEnumerable<ProcedureRecord> theirs) => [.. mine.Concat(theirs).Select(procedure => procedure.Id)];

    private static string ParentOf(string technique) => technique.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 ? technique[..dot] : technique;

    private static string Cut(string text) => text.Length <= 160 ? text : text[..159] + "…";
}
