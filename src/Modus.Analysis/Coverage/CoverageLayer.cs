using System.Globalization;
using Modus.Attack;
using Modus.Attack.Layers;

namespace Modus.Analysis.Coverage;

/// <summary>Ladders and gaps as layers for the Navigator: one entry a technique and tactic, its score the state, its comment the evidence.</summary>
public static class CoverageLayer
{
    private const int MostLines = 12;

    // A person reads colours before numbers: from proven (green) over doubtful (amber) to blind (red, grey).
    private static readonly Step[] scale =
    [
        new(CellState.Fired, 100, "#1a7f37"), new(CellState.Tested, 85, "#57ab5a"), new(CellState.Untested, 60, "#a3cfa5"), new(CellState.CannotFire, 10, "#cf222e"),
        new(CellState.ClaimOnly, 30, "#e3c567"), new(CellState.NoRule, 20, "#f0883e"), new(CellState.NotCollected, 5, "#8c959f"), new(CellState.OutsideTelemetry, 0, "#d0d7de"),
    ];

    /// <summary>The colour of a state, as <c>#rrggbb</c>.</summary>
    public static string Color(CellState state) => Of(state).Color;

    /// <summary>The score of a state, 0 to 100.</summary>
    public static double Score(CellState state) => Of(state).Score;

    /// <summary>A ladder as a layer. Techniques without any rung are left out, as they are unscored in the Navigator too.</summary>
    /// <param name="knowledge">The release.</param>
    /// <param name="ladder">The ladder.</param>
    /// <param name="name">The layer's name.</param>
    public static Layer Of(CoverageKnowledge knowledge, Ladder ladder, string name)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        ArgumentNullException.ThrowIfNull(ladder);
        return Make(knowledge, ladder.Release, name, $"Coverage on {ladder.AsOf:yyyy-MM-dd}: the best rung of each technique, over its platforms.",
            ladder.Cells.Where(cell => cell.Highest != Rung.None).GroupBy(cell => cell.TechniqueId, StringComparer.Ordinal)
                .Select(group => new Row(group.Key, BestFirst(group), null)));
    }

    /// <summary>A gap report as a layer: every technique of the threat.</summary>
    /// <param name="knowledge">The release.</param>
    /// <param name="report">The report.</param>
    public static Layer Of(CoverageKnowledge knowledge, GapReport report)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        ArgumentNullException.ThrowIfNull(report);
        return Make(knowledge, report.Release, $"Gaps: {report.Threat}", $"Threat against defence on {report.AsOf:yyyy-MM-dd}. Weights: {report.Weighting}.",
            report.Rows.Select(row => new Row(row.Technique.Id, row.Cells, string.Create(CultureInfo.InvariantCulture, $"threat weight {row.Threat.Weight:0.##}; {string.Join("; ", row.Threat.Sources.Take(3))}"))));
    }

    private static Step Of(CellState state) => Array.Find(scale, step => step.State == state) ?? throw new ArgumentOutOfRangeException(nameof(state), state, null);

    private static List<Cell> BestFirst(IEnumerable<Cell> cells)
    {
        var sorted = new List<Cell>(cells);
        sorted.Sort(static (left, right) => left.State != right.State ? (int)left.State - (int)right.State : string.CompareOrdinal(left.Platform, right.Platform));
        return sorted;
    }

    private static Layer Make(CoverageKnowledge knowledge, string release, string name, string description, IEnumerable<Row> rows)
    {
        var entries = new List<LayerTechnique>();
        foreach (var (id, cells, note) in rows)
        {
            if (knowledge.Find(id) is not { } technique) continue;
            var state = cells.Count > 0 ? cells[0].State : CellState.OutsideTelemetry;
            var comment = Comment(cells, note);
            foreach (var tactic in technique.Tactics)
                entries.Add(new LayerTechnique
                {
                    TechniqueId = technique.Id,
                    Tactic = tactic,
                    Score = Score(state),
                    Color = Color(state),
                    Comment = comment,
                    Enabled = true,
                    Metadata = [new LayerNote { Name = "state", Value = CoverageWords.Of(state) }, .. cells.Select(cell => new LayerNote { Name = cell.Platform, Value = CoverageWords.Of(cell.State) + (cell.IsStale ? ", stale" : "") + (cell.IsRegression ? ", regression" : "") })],
                });
        }
        return new Layer
        {
            Name = name,
            Description = description,
            Domain = knowledge.Domain.BundleName(),
            Versions = new LayerVersions { Attack = release.Split('.')[0], Navigator = LayerWriter.Navigator, Format = LayerWriter.Format },
            Gradient = new LayerGradient { Colors = [Color(CellState.OutsideTelemetry), Color(CellState.ClaimOnly), Color(CellState.Fired)], MinValue = 0, MaxValue = 100 },
            LegendItems = [.. scale.Select(item => new LegendItem { Label = $"{CoverageWords.Of(item.State)}: {CoverageWords.Explain(item.State)}", Color = item.Color })],
            Techniques = [.. entries.OrderBy(entry => entry.TechniqueId, StringComparer.Ordinal)],
        };
    }

    private static string Comment(IReadOnlyList<Cell> cells, string? note)
    {
        var lines = new List<string>();
        if (note is not null) lines.Add(note);
        foreach (var cell in cells)
            foreach (var rung in cell.Rungs.Reverse())
                foreach (var item in rung.For)
                    lines.Add($"{cell.Platform}, {CoverageWords.Of(rung.Rung)}: {item.What}{(item.Date is { } date ? $", {date:yyyy-MM-dd}" : "")}");
        var distinct = lines.Distinct().ToList();
        if (cells.Count > 0 && cells[0].NextStep.Length > 0) distinct.Insert(note is null ? 0 : 1, $"next: {cells[0].NextStep}");
        return string.Join('\n', distinct.Take(MostLines)) + (distinct.Count > MostLines ? $"\n… and {distinct.Count - MostLines} more" : "");
    }

    // Classes where tuples would do: sequences of references need no code of their own at each start.
    private sealed record Step(CellState State, double Score, string Color);

    private sealed record Row(string Id, IReadOnlyList<Cell> Cells, string? Note);
}
