using System.Globalization;
using System.Text;
using Modus.Analysis.Coverage;
using Modus.Attack.Layers;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Coverage;

/// <summary>What the commands about coverage print alike.</summary>
internal static class CoverageText
{
    private const int MostUnplaced = 5;

    public static Column<Cell>[] Columns(CoverageKnowledge knowledge) =>
    [
        new("technique", "Id", cell => cell.TechniqueId),
        new("name", "Technique", cell => knowledge.Find(cell.TechniqueId)?.Name) { Gives = true },
        new("platform", "Platform", cell => cell.Platform),
        new("state", "State", cell => CoverageWords.Of(cell.State)),
        new("highest", "Rung", cell => CoverageWords.Of(cell.Highest)),
        new("date", "Date", cell => cell.Highest == Rung.None ? null : cell[cell.Highest].Date),
        new("stale", "Stale", cell => cell.IsStale),
        new("regression", "Regression", cell => cell.IsRegression),
        new("host_share", "Hosts", cell => cell.HostShare is { } share ? string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#}%") : null) { Right = true },
        new("rules", null, cell => cell[Rung.Claimed].For.Count(item => item.Kind == RungEvidenceKind.Rule)),
        new("evidence", "By", cell => cell.Highest == Rung.None ? null : cell[cell.Highest].For[0].What) { Gives = true },
        new("next_step", "Next step", cell => cell.NextStep) { Gives = true },
    ];

    /// <summary>The accounting of a ladder: cells by state, and what has no place.</summary>
    public static void Say(Invocation run, Ladder ladder)
    {
        run.Say(string.Create(CultureInfo.InvariantCulture, $"{ladder.Cells.Count:N0} cells of ATT&CK {ladder.Release}: ") + string.Join(", ", Enum.GetValues<CellState>().Select(state => string.Create(CultureInfo.InvariantCulture, $"{ladder.Cells.Count(cell => cell.State == state):N0} {CoverageWords.Of(state)}"))));
        if (ladder.Cells.Count(cell => cell.IsRegression) is > 0 and var regressions) run.Say($"{regressions} cells regressed: a later test failed what an earlier one passed");
        SayUnplaced(run, ladder.Unplaced);
    }

    public static void SayUnplaced(Invocation run, IReadOnlyList<Unplaced> unplaced)
    {
        if (unplaced.Count == 0) return;
        run.Say(string.Create(CultureInfo.InvariantCulture, $"{unplaced.Count:N0} things given have no place (all of them with -o json):"));
        foreach (var group in unplaced.GroupBy(item => Plain(item.Reason)).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Take(MostUnplaced))
            run.Say(SafeText.ForTerminal($"  {group.Count()} × {group.Key}: {string.Join(", ", group.Select(item => item.What).Distinct().Take(3))}{(group.Count() > 3 ? " …" : "")}"));
    }

    public static void Layer(TextWriter to, Layer layer) => to.Write(LayerWriter.ToText(layer));

    public static CellState State(string words) => CoverageWords.State(words)
        ?? throw CommandFailure.Usage("MD6124", $"'{words}' is no state", $"use of {string.Join(", ", Enum.GetValues<CellState>().Select(CoverageWords.Of))}");

    /// <summary>The techniques that a user named, with their sub-techniques; null for all.</summary>
    public static HashSet<string>? Family(LoadedDefence loaded, IReadOnlyList<string> named)
    {
        if (named.Count == 0) return null;
        var family = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var word in named)
        {
            var id = Technique(loaded, word).Id;
            family.Add(id);
            family.UnionWith(loaded.Knowledge.Techniques.Where(item => item.ParentId == id).Select(item => item.Id));
        }
        return family;
    }

    /// <summary>The technique that a word names; an id of another release is carried over.</summary>
    public static CoverageTechnique Technique(LoadedDefence loaded, string word)
    {
        if (loaded.Knowledge.Find(word) is { } technique) return technique;
        var mapped = loaded.Context.Map(word);
        if (mapped.Id is { } id && loaded.Knowledge.Find(id) is { } carried) return carried;
        throw CommandFailure.Usage("MD6125", $"{word}: {mapped.Verdict}", "search for it: modus attack search WORD");
    }

    // Reasons that differ only in ids are one group.
    private static string Plain(string reason) => reason.Length <= 120 ? reason : reason[..119] + "…";
}
