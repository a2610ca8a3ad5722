using System.CommandLine;
using Modus.Analysis.Coverage;
using Modus.Casework.Defence;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Coverage;

/// <summary><c>modus coverage diff</c>: what got better and worse between two states of a defence.</summary>
internal sealed class CoverageDiffCommand : ModusCommand
{
    private readonly Argument<string> before = new("BEFORE") { Description = "A ladder that 'coverage show -o FILE.json' wrote, or a defence: file or folder, rules too." };
    private readonly Argument<string> after = new("AFTER") { Description = "The later one." };
    private readonly Option<bool> evidence = new("--evidence") { Description = "Also cells whose state is the same and whose evidence is another." };
    private readonly Option<bool> fail = new("--fail-on-loss") { Description = "End with 1 where a cell got worse, regressed, grew stale or is gone." };
    private readonly CoverageOptions options = new();

    public CoverageDiffCommand() : base("diff", "Compares two states of a defence, losses first.", Listing.All)
    {
        Add(before);
        Add(after);
        Add(evidence);
        Add(fail);
        options.AddTo(this);
        Example("modus coverage diff rules/windows rules");
        Example("modus coverage show --rules rules/windows --all -o before.json && modus coverage diff before.json rules -o table");
    }

    public override int Run(Invocation run)
    {
        var old = Ladder(run, run.Get(before)!);
        var now = Ladder(run, run.Get(after)!);
        var diff = LadderDiff.Of(old, now);
        var shown = diff.Changes.Where(change => run.Get(evidence) || change.Kind != CellChangeKind.Evidence)
            .Where(change => change.Kind is not (CellChangeKind.New or CellChangeKind.Gone) || (change.After ?? change.Before)!.Highest != Rung.None).ToList();
        run.Write(shown,
            new Column<CellChange>("change", "Change", change => change.Kind.ToString().ToLowerInvariant()),
            new("technique", "Id", change => change.TechniqueId),
            new("platform", "Platform", change => change.Platform),
            new("before", "Before", change => change.Before is null ? null : CoverageWords.Of(change.Before.State)),
            new("after", "After", change => change.After is null ? null : CoverageWords.Of(change.After.State)),
            new("added", "Added", change => change.Added.Select(item => item.What).Distinct()) { Gives = true },
            new("removed", "Removed", change => change.Removed.Select(item => item.What).Distinct()) { Gives = true });
        run.Say($"ATT&CK {diff.Before} → {diff.After}: " + string.Join(", ", Enum.GetValues<CellChangeKind>().Where(kind => kind != CellChangeKind.Same).Select(kind => (Kind: kind, Count: diff.Changes.Count(change => change.Kind == kind))).Where(pair => pair.Count > 0)
            .Select(pair => $"{pair.Count} {(pair.Kind == CellChangeKind.Evidence ? "with other evidence" : pair.Kind.ToString().ToLowerInvariant())}").Append($"{diff.Same} the same")));
        if (old.Release != now.Release) run.Say("the two are of different releases of ATT&CK: cells that only one of them has are gone or new by name only");
        return run.Get(fail) && diff.Changes.Any(change => change.Kind <= CellChangeKind.Gone) ? ExitCode.Finding : ExitCode.Done;
    }

    private Ladder Ladder(Invocation run, string path)
    {
        var full = run.PathOf(path);
        if (File.Exists(full) && path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && LadderFile.Read(File.ReadAllText(full)) is { } saved) return saved;
        var loaded = options.Load(run, [path]);
        return LadderBuilder.Build(loaded.Knowledge, loaded.Inventory, loaded.Today, options.Ladder(run, loaded.Knowledge));
    }
}
