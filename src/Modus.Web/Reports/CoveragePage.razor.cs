using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Modus.Analysis.Coverage;

namespace Modus.Web.Reports;

/// <summary>A ladder, or a threat laid over one, as a matrix whose cells open their evidence.</summary>
public sealed partial class CoveragePage
{
    private const int Most = 12, MostUnplaced = 200;

    private const string Style = """
        <style>
        .scroll { overflow-x: auto; } .scroll th, .scroll td { overflow-wrap: normal; } .scroll .long { min-width: 11rem; overflow-wrap: anywhere; } .whole { white-space: nowrap; }
        @media print { .scroll { overflow: visible; } .scroll .long { min-width: 0; } }
        :root { --fired: #1a7f37; --tested: #3b7d41; --untested: #b9dfbb; --cannotfire: #f5b5b5; --claimonly: #f2e2a4; --norule: #fbcfa0; --notcollected: #d5dae0; --outsidetelemetry: #eef0f2; --dark: #ffffff; }
        @media (prefers-color-scheme: dark) { :root { --fired: #2ea043; --tested: #2c6e36; --untested: #1f4426; --cannotfire: #6e2226; --claimonly: #57470f; --norule: #6b3d10; --notcollected: #39414a; --outsidetelemetry: #232a31; --dark: #0b0e11; } }
        .matrix ul.below { margin: 0 0 .3rem .6rem; } .matrix .cell { line-height: 1.25; }
        .swatch { display: inline-block; min-width: 1.4rem; padding: 0 .25rem; text-align: center; border: 1px solid var(--line); border-radius: .2rem; }
        .fired { background: var(--fired); color: var(--dark); } .tested { background: var(--tested); color: #ffffff; } .untested { background: var(--untested); } .cannotfire { background: var(--cannotfire); }
        .claimonly { background: var(--claimonly); } .norule { background: var(--norule); } .notcollected { background: var(--notcollected); } .outsidetelemetry { background: var(--outsidetelemetry); }
        .cell.bare { border-style: dashed; } .stale { text-decoration: underline dotted; }
        summary { font-weight: 600; cursor: pointer; padding: .2rem 0; } h4 { margin: .4rem 0 .1rem; } details:target { outline: 2px solid var(--link); outline-offset: .3rem; }
        .against { border-left-color: #cf222e !important; }
        </style>
        """;

    private SortedDictionary<string, Item> shown = [];

    /// <summary>The release.</summary>
    [Parameter, EditorRequired] public required CoverageKnowledge Knowledge { get; set; }

    /// <summary>The ladder.</summary>
    [Parameter, EditorRequired] public required Ladder Ladder { get; set; }

    /// <summary>The threat over it; null for the ladder alone.</summary>
    [Parameter] public GapReport? Gaps { get; set; }

    /// <summary>The time to print; null leaves it out.</summary>
    [Parameter] public DateTimeOffset? Made { get; set; }

    private string Title => Gaps is null ? "Coverage" : $"Gaps: {Gaps.Threat}";

    private SortedDictionary<string, Item> Shown => shown;

    private IReadOnlyList<Unplaced> Unplaced => Gaps?.Unplaced ?? Ladder.Unplaced;

    private List<(CoverageTactic Tactic, List<(Item Top, List<Item> Below)> Tops)> Columns
    {
        get
        {
            var columns = new List<(CoverageTactic, List<(Item, List<Item>)>)>();
            foreach (var tactic in Knowledge.Tactics)
            {
                var tops = new List<(Item, List<Item>)>();
                var held = shown.Values.Where(item => item.Technique.Tactics.Contains(tactic.ShortName)).ToList();
                var parents = held.Where(item => item.Technique.ParentId is null).Select(item => item.Technique.Id)
                    .Concat(held.Where(item => item.Technique.ParentId is not null).Select(item => item.Technique.ParentId!)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
                foreach (var parent in parents)
                {
                    if ((shown.GetValueOrDefault(parent) ?? Bare(parent)) is not { } top) continue;
                    tops.Add((top, [.. held.Where(item => item.Technique.ParentId == parent)]));
                }
                if (tops.Count > 0) columns.Add((tactic, tops));
            }
            return columns;
        }
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        shown = new(StringComparer.Ordinal);
        if (Gaps is not null)
        {
            foreach (var row in Gaps.Rows) shown[row.Technique.Id] = new(row.Technique, row.Cells, row.State, row);
            foreach (var child in Gaps.Rows.SelectMany(row => row.Children))
                if (!shown.ContainsKey(child.Id) && Knowledge.Find(child.Id) is { } technique) shown[child.Id] = new(technique, Sorted(child.Id), child.State, null);
            return;
        }
        foreach (var group in Ladder.Cells.GroupBy(cell => cell.TechniqueId, StringComparer.Ordinal))
            if (Knowledge.Find(group.Key) is { } technique && Sorted(group.Key) is { Count: > 0 } cells) shown[group.Key] = new(technique, cells, cells[0].State, null);
    }

    private List<Cell> Sorted(string id) => [.. Ladder.Of(id).OrderBy(cell => cell.State).ThenBy(cell => cell.Platform, StringComparer.Ordinal)];

    private Item? Bare(string id) => Knowledge.Find(id) is { } technique ? new(technique, [], CellState.OutsideTelemetry, null) { IsBare = true } : null;

    private string Counts(CellState state) => (Gaps is null ? Ladder.Cells.Count(cell => cell.State == state) : Gaps.Rows.Count(row => row.State == state)).ToString("N0", CultureInfo.InvariantCulture);

    private static RenderFragment CellLink(Item item) => builder => Link(builder, item);

    private static void Link(RenderTreeBuilder builder, Item item)
    {
        if (item.IsBare)
        {
            builder.OpenElement(0, "span");
            builder.AddAttribute(1, "class", "cell bare");
        }
        else
        {
            builder.OpenElement(0, "a");
            builder.AddAttribute(1, "href", $"#{item.Technique.Id}");
            builder.AddAttribute(2, "class", $"cell {Css(item.State)}{(item.Cells.Any(cell => cell.IsStale) ? " stale" : "")}");
            builder.AddAttribute(3, "title", $"{CoverageWords.Of(item.State)}{(item.Cells.Count > 1 ? $" on {item.Cells[0].Platform}, best of {item.Cells.Count} platforms" : "")}");
            builder.AddContent(4, $"{Mark(item.State)} ");
        }
        builder.OpenElement(5, "span");
        builder.AddAttribute(6, "class", "id");
        builder.AddContent(7, item.Technique.Id);
        builder.CloseElement();
        var name = item.Technique.Name;
        builder.AddContent(8, " " + (item.Technique.ParentId is not null && name.IndexOf(": ", StringComparison.Ordinal) is var colon and > 0 ? name[(colon + 2)..] : name));
        builder.CloseElement();
    }

    private static string Line(RungEvidence item) => string.Join(" · ", new[] { item.Date is { } date ? Day(date) : "undated", item.What, item.Detail, item.Host is { } host ? $"on {host}" : null }.Where(part => !string.IsNullOrEmpty(part)));

    private static string Css(CellState state) => state.ToString().ToLowerInvariant();

    // No meaning by colour alone: each state has a sign of its own.
    private static string Mark(CellState state) => state switch
    {
        CellState.Fired => "●",
        CellState.Tested => "◉",
        CellState.Untested => "◐",
        CellState.CannotFire => "✕",
        CellState.ClaimOnly => "◇",
        CellState.NoRule => "▲",
        CellState.NotCollected => "○",
        _ => "·",
    };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#}%");

    private sealed record Item(CoverageTechnique Technique, IReadOnlyList<Cell> Cells, CellState State, GapRow? Row)
    {
        public bool IsBare { get; init; }
    }
}
