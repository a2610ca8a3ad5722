using System.Text;
using Modus.Analysis.Coverage;

namespace Modus.Casework.Defence;

/// <summary>Tells a table of outcomes of an exercise by its columns and cells, before a release of ATT&amp;CK is asked about its ids.</summary>
internal static class ExerciseTable
{
    // Columns that hold the technique, and the outcome, under the names that tools give them.
    public static readonly string[] TechniqueColumns = ["technique", "technique id", "technique #", "mitre id", "mitre att&ck id", "attack id", "att&ck id", "mitreid", "method", "ttp", "technique_id", "mitre attack technique id", "mitre technique", "mitre technique id", "att&ck technique", "att&ck technique id", "attack technique", "attack technique id", "mitre", "mitre att&ck", "tid"];
    public static readonly string[] OutcomeColumns = ["outcome", "detection outcome", "blue team outcome", "result", "status", "outcome path", "detected", "detected?", "detection", "detection result", "detection status", "test result", "blue result", "verdict"];

    // What a column is called that a table of outcomes might call otherwise.
    private static readonly string[] OutcomeWords = ["outcome", "result", "status", "detect", "alert", "prevent", "block", "verdict"];

    private const int LongestHead = 64 << 10;

    /// <summary>True where the beginning of a file is that of such a table: both columns are there, and the first row names a technique and a known outcome.</summary>
    public static bool IsHead(ReadOnlySpan<byte> head)
    {
        var end = head.IndexOf((byte)'\n');
        if (end < 0 || head[..end].IndexOfAny(",;\t"u8) < 0) return false;
        var (header, rows) = CsvRows.Read(Encoding.UTF8.GetString(head[..Math.Min(head.Length, LongestHead)]));
        var (technique, outcome) = (TechniqueColumn(header, rows), OutcomeColumn(header, rows));
        return technique >= 0 && outcome >= 0 && rows.Any(row => TableReaders.Ids(CellOf(row.Cells, technique)).Count > 0 && TableReaders.OutcomeOf(CellOf(row.Cells, outcome), header[outcome]) is not null);
    }

    /// <summary>What a table holds, in counts; null where it is none.</summary>
    /// <param name="text">The table.</param>
    /// <returns>Rows that can be used, rows that cannot with the reason, by line, and the outcomes of the former.</returns>
    public static (int Used, IReadOnlyList<(int Line, string Why)> Skipped, IReadOnlyDictionary<ExerciseOutcome, int> Outcomes)? Outline(string text)
    {
        var (header, rows) = CsvRows.Read(text);
        var (technique, outcome, test) = (TechniqueColumn(header, rows), OutcomeColumn(header, rows), ColumnOf(header, ["test guid", "guid"]));
        if (outcome < 0 || technique < 0 && test < 0) return null;
        var skipped = new List<(int, string)>();
        var outcomes = new SortedDictionary<ExerciseOutcome, int>();
        foreach (var (line, cells) in rows)
        {
            if (TableReaders.Ids(CellOf(cells, technique)).Count == 0 && CellOf(cells, test).Length == 0) skipped.Add((line, $"the row names no technique: '{CellOf(cells, technique)}'"));
            else
            {
                var known = TableReaders.OutcomeOf(CellOf(cells, outcome), header[outcome]) ?? ExerciseOutcome.NotRun;
                outcomes[known] = outcomes.GetValueOrDefault(known) + 1;
            }
        }
        return (rows.Count - skipped.Count, skipped, outcomes);
    }

    /// <summary>The column with the technique: by its name, else the first in which most cells that say anything name one; -1 without.</summary>
    public static int TechniqueColumn(IReadOnlyList<string> header, IReadOnlyList<(int Line, string[] Cells)> rows)
    {
        var named = ColumnOf(header, TechniqueColumns);
        if (named >= 0 && (rows.Count == 0 || Share(rows, named, cell => TableReaders.Ids(cell).Count > 0) > 0)) return named;
        for (var at = 0; at < header.Count; at++)
            if (Share(rows, at, cell => TableReaders.Ids(cell).Count > 0) > 0.5) return at;
        return named;
    }

    /// <summary>The column with the outcome: by its name, else one whose name speaks of one and whose cells mostly are some; -1 without.</summary>
    public static int OutcomeColumn(IReadOnlyList<string> header, IReadOnlyList<(int Line, string[] Cells)> rows)
    {
        var named = ColumnOf(header, OutcomeColumns);
        if (named >= 0) return named;
        for (var at = 0; at < header.Count; at++)
        {
            var name = header[at];
            if (OutcomeWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)) && Share(rows, at, cell => TableReaders.OutcomeOf(cell, name) is not null) > 0.5) return at;
        }

        return -1;
    }

    private static double Share(IReadOnlyList<(int Line, string[] Cells)> rows, int column, Func<string, bool> fits)
    {
        var cells = rows.Select(row => CellOf(row.Cells, column)).Where(cell => cell.Length > 0).Take(200).ToList();
        return cells.Count == 0 ? 0 : cells.Count(fits) / (double)cells.Count;
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
