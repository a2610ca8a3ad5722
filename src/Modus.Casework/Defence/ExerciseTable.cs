using System.Text;
using Modus.Analysis.Coverage;

namespace Modus.Casework.Defence;

/// <summary>Tells a table of outcomes of an exercise by its columns and cells, before a release of ATT&amp;CK is asked about its ids.</summary>
internal static class ExerciseTable
{
    // Columns that hold the technique, and the outcome, under the names that tools give them.
    public static readonly string[] TechniqueColumns = ["technique", "technique id", "technique #", "mitre id", "mitre att&ck id", "attack id", "att&ck id", "mitreid", "method", "ttp", "technique_id", "mitre attack technique id"];
    public static readonly string[] OutcomeColumns = ["outcome", "detection outcome", "blue team outcome", "result", "status", "outcome path"];

    private const int LongestHead = 64 << 10;

    /// <summary>True where the beginning of a file is that of such a table: both columns are there, and the first row names a technique and a known outcome.</summary>
    public static bool IsHead(ReadOnlySpan<byte> head)
    {
        var end = head.IndexOf((byte)'\n');
        if (end < 0 || head[..end].IndexOfAny(",;\t"u8) < 0) return false;
        var (header, rows) = CsvRows.Read(Encoding.UTF8.GetString(head[..Math.Min(head.Length, LongestHead)]));
        var (technique, outcome) = (ColumnOf(header, TechniqueColumns), ColumnOf(header, OutcomeColumns));
        return technique >= 0 && outcome >= 0 && rows.Any(row => TableReaders.Ids(CellOf(row.Cells, technique)).Count > 0 && TableReaders.OutcomeOf(CellOf(row.Cells, outcome)) is not null);
    }

    /// <summary>What a table holds, in counts; null where it is none.</summary>
    /// <param name="text">The table.</param>
    /// <returns>Rows that can be used, rows that cannot with the reason, by line, and the outcomes of the former.</returns>
    public static (int Used, IReadOnlyList<(int Line, string Why)> Skipped, IReadOnlyDictionary<ExerciseOutcome, int> Outcomes)? Outline(string text)
    {
        var (header, rows) = CsvRows.Read(text);
        var (technique, outcome, test) = (ColumnOf(header, TechniqueColumns), ColumnOf(header, OutcomeColumns), ColumnOf(header, ["test guid", "guid"]));
        if (outcome < 0 || technique < 0 && test < 0) return null;
        var skipped = new List<(int, string)>();
        var outcomes = new SortedDictionary<ExerciseOutcome, int>();
        foreach (var (line, cells) in rows)
        {
            if (TableReaders.Ids(CellOf(cells, technique)).Count == 0 && CellOf(cells, test).Length == 0) skipped.Add((line, $"the row names no technique: '{CellOf(cells, technique)}'"));
            else
            {
                var known = TableReaders.OutcomeOf(CellOf(cells, outcome)) ?? ExerciseOutcome.NotRun;
                outcomes[known] = outcomes.GetValueOrDefault(known) + 1;
            }
        }
        return (rows.Count - skipped.Count, skipped, outcomes);
    }

    /// <summary>The number of the first column that has one of these names; -1 where none has.</summary>
    public static int ColumnOf(IReadOnlyList<string> header, IReadOnlyList<string> names)
    {
        foreach (var name in names)
            for (var at = 0; at < header.Count; at++)
                if (header[at].Replace('_', ' ').Trim('\uFEFF', ' ').Equals(name.Replace('_', ' '), StringComparison.OrdinalIgnoreCase)) return at;
        return -1;
    }

    private static string CellOf(string[] cells, int at) => at >= 0 && at < cells.Length ? cells[at] : "";
}
