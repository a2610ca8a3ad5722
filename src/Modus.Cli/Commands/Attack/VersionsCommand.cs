using Modus.Attack;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Attack;

/// <summary><c>modus attack versions</c>: the releases at hand.</summary>
internal sealed class VersionsCommand : ModusCommand
{
    public VersionsCommand() : base("versions", "Lists the releases at hand: which are used, where they are from, what they hold.", Listing.All)
    {
        Example("modus attack versions");
        Example("modus attack versions -o json");
    }

    public override int Run(Invocation run)
    {
        var knowledge = Knowledge.Open(run);
        var rows = knowledge.Entries.Select(entry => (Entry: entry, Release: knowledge.Load(entry)!)).Where(row => row.Release is not null).ToList();
        foreach (var problem in knowledge.Problems) Knowledge.Report(run, problem, isError: false);
        run.Write(
            rows,
            new Column<(ReleaseEntry Entry, Release Release)>("release", "Release", row => row.Entry.Version),
            new("domain", "Domain", row => row.Entry.Domains.Name()),
            new("default", "Default", row => row.Entry.Domains.Each().Any(domain => ReferenceEquals(knowledge.Newest(domain), row.Release))),
            new("origin", "Origin", row => row.Entry.Origin.ToString().ToLowerInvariant()),
            new("texts", "Texts", row => row.Release.HasText),
            new("techniques", "Techniques", row => row.Release.Techniques.Count) { Right = true },
            new("groups", "Groups", row => row.Release.Groups.Count) { Right = true },
            new("published", "Published", row => row.Release.Stamp is { } stamp ? DateOnly.FromDateTime(stamp.UtcDateTime) : null),
            new("provenance", "From", row => row.Release.Provenance) { Gives = true },
            new("snapshot", null, row => row.Entry.Place));
        run.Say($"{rows.Count} releases; install more with: modus attack install FILE");
        return ExitCode.Done;
    }
}
