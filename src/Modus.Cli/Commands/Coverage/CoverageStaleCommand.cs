using System.CommandLine;
using Modus.Analysis.Coverage;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Coverage;

/// <summary><c>modus coverage stale</c>: rungs whose evidence is too old to count on.</summary>
internal sealed class CoverageStaleCommand : ModusCommand
{
    private readonly Option<bool> fail = new("--fail-on-stale") { Description = "End with 1 where something is stale or regressed." };
    private readonly CoverageOptions options = new();

    public CoverageStaleCommand() : base("stale", "Lists rungs whose newest evidence is older than its limit or undated, and tests that regressed.", Listing.All)
    {
        Add(fail);
        options.AddTo(this);
        Example("modus coverage stale --rules rules --max-age claimed=365");
        Example("modus coverage stale --rules rules --logs samples/first-case/hosts.jsonl --max-age telemetry=7 --as-of 2026-12-01 -o csv");
    }

    public override int Run(Invocation run)
    {
        var loaded = options.Load(run);
        var judged = options.Ladder(run, loaded.Knowledge);
        var ladder = LadderBuilder.Build(loaded.Knowledge, loaded.Inventory, loaded.Today, judged);
        var rows = ladder.Cells.SelectMany(cell => cell.Rungs.Where(rung => rung.IsStale || (rung.Rung == Rung.Tested && cell.IsRegression)).Select(rung => (Cell: cell, Rung: rung)))
            .OrderBy(row => !row.Cell.IsRegression).ThenBy(row => row.Rung.Date ?? DateOnly.MinValue).ThenBy(row => row.Cell.TechniqueId, StringComparer.Ordinal).ThenBy(row => row.Cell.Platform, StringComparer.Ordinal).ThenBy(row => row.Rung.Rung).ToList();
        run.Write(rows,
            new Column<(Cell Cell, RungState Rung)>("technique", "Id", row => row.Cell.TechniqueId),
            new("name", "Technique", row => loaded.Knowledge.Find(row.Cell.TechniqueId)?.Name) { Gives = true },
            new("platform", "Platform", row => row.Cell.Platform),
            new("rung", "Rung", row => CoverageWords.Of(row.Rung.Rung)),
            new("date", "Newest", row => row.Rung.Date),
            new("age_days", "Days", row => row.Rung.Date is { } date ? loaded.Today.DayNumber - date.DayNumber : null) { Right = true },
            new("limit_days", "Limit", row => judged.MaxAge.GetValueOrDefault(row.Rung.Rung)) { Right = true },
            new("regression", "Regression", row => row.Cell.IsRegression && row.Rung.Rung == Rung.Tested),
            new("evidence", "By", row => (row.Rung.IsStale || row.Rung.Against.Count == 0 ? row.Rung.For : row.Rung.Against).Select(item => item.What).FirstOrDefault()) { Gives = true },
            new("next_step", "Next step", row => row.Cell.NextStep) { Gives = true });
        run.Say($"{rows.Count} of {ladder.Cells.Sum(cell => cell.Rungs.Count(rung => rung.IsReached))} reached rungs are stale or regressed on {loaded.Today:yyyy-MM-dd}");
        return run.Get(fail) && rows.Count > 0 ? ExitCode.Finding : CoverageOptions.Exit(loaded);
    }
}
