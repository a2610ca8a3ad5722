using System.Globalization;
using System.Text;

namespace Modus.Casework.Mappings;

/// <summary>Mappings out of tables: a heading line, one mapping (or several ids) a row; comma, semicolon or tab.</summary>
internal static class CsvMappings
{
    private const int MostColumns = 256, LongestCell = 1 << 20;

    public static MappingReading Read(string text, string name)
    {
        var headEnd = text.IndexOf('\n', StringComparison.Ordinal) is var end and >= 0 ? end : text.Length;
        var separator = new[] { ',', ';', '\t' }.MaxBy(candidate => MemoryExtensions.Count(text.AsSpan(0, headEnd), candidate));
        var problems = new List<CaseProblem>();
        using var rows = Rows(text, separator).GetEnumerator();
        if (!rows.MoveNext()) return new MappingReading([], "table", 0, [new CaseProblem(CaseProblemCodes.EmptyFile, "the table is empty", name)]);
        var head = rows.Current.Cells.Select(cell => cell.Trim().ToLowerInvariant().Replace(' ', '_')).ToList();
        var columns = new Columns(head);
        if (columns.Technique < 0)
        {
            problems.Add(new CaseProblem(
                MappingCodes.NoTechniqueColumn, "neither JSON nor a table with a column of techniques", name, "line 1",
                "name the column 'technique'; others may be: document, unit, text, start, length, annotator, tactic, release, reason"));
            return new MappingReading([], "table", 0, problems);
        }
        var made = new List<StatedMapping>();
        var given = 0;
        while (rows.MoveNext())
        {
            var (cells, line) = rows.Current;
            if (cells.All(string.IsNullOrWhiteSpace)) continue;
            if (MappingMembers.Ids(Cell(cells, columns.Technique)) is not { } ids)
            {
                given++;
                problems.Add(new CaseProblem(MappingCodes.BadLine, $"'{Cell(cells, columns.Technique)}' is no technique id", name, FormattableString.Invariant($"line {line}"), "write it as T0000 or T0000.000, or none where nothing was found"));
                continue;
            }
            given += Math.Max(1, ids.Count);
            var mapping = Of(cells, columns, name, line);
            if (ids.Count == 0) made.Add(mapping);
            else made.AddRange(ids.Select(id => mapping with { Technique = id }));
            if (made.Count < MappingFile.Most) continue;
            problems.Add(new CaseProblem(MappingCodes.TooMany, FormattableString.Invariant($"more than {MappingFile.Most:N0} mappings: the rest was not read"), name));
            break;
        }
        return new MappingReading(made, "table", given, problems);
    }

    private static StatedMapping Of(List<string> cells, Columns columns, string name, int line)
    {
        var text = Filled(cells, columns.Text);
        var start = Number(cells, columns.Start);
        return new StatedMapping
        {
            File = name,
            Line = line,
            Place = FormattableString.Invariant($"line {line}"),
            Document = Cell(cells, columns.Document),
            Unit = Filled(cells, columns.Unit),
            Annotator = Filled(cells, columns.Annotator),
            Text = text,
            IsQuote = text is not null,
            Start = start,
            Length = Number(cells, columns.Length) ?? (Number(cells, columns.End) - start),
            Tactic = Filled(cells, columns.Tactic),
            Release = Filled(cells, columns.Release),
            Domain = Filled(cells, columns.Domain),
            Reason = Cell(cells, columns.Reason),
            Statement = Filled(cells, columns.Statement),
        };
    }

    private static string Cell(List<string> cells, int at) => at >= 0 && at < cells.Count ? cells[at].Trim() : "";

    private static string? Filled(List<string> cells, int at) => Cell(cells, at) is { Length: > 0 } text ? text : null;

    private static long? Number(List<string> cells, int at) => long.TryParse(Cell(cells, at), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Rows as RFC 4180 has them: quoted cells may hold separators, doubled quotes and line ends.</summary>
    private static IEnumerable<(List<string> Cells, int Line)> Rows(string text, char separator)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        bool quoted = false, begun = false;
        int line = 1, from = 1;
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            if (character == '\n') line++;
            if (quoted)
            {
                if (character != '"') { if (cell.Length < LongestCell) cell.Append(character); }
                else if (at + 1 < text.Length && text[at + 1] == '"') { cell.Append('"'); at++; }
                else quoted = false;
            }
            else if (character == '"' && !begun) { quoted = begun = true; }
            else if (character == separator) { Take(); }
            else if (character == '\n')
            {
                Take();
                yield return (cells, from);
                cells = [];
                from = line;
            }
            else if (character != '\r') { begun = true; if (cell.Length < LongestCell) cell.Append(character); }
        }
        if (cell.Length > 0 || cells.Count > 0 || begun)
        {
            Take();
            yield return (cells, from);
        }

        void Take()
        {
            if (cells.Count < MostColumns) cells.Add(cell.ToString());
            cell.Clear();
            begun = false;
        }
    }

    private sealed class Columns(List<string> head)
    {
        public int Technique { get; } = Find(head, MappingMembers.Technique);
        public int Text { get; } = Find(head, MappingMembers.Text);
        public int Document { get; } = Find(head, MappingMembers.Document);
        public int Unit { get; } = Find(head, MappingMembers.Unit);
        public int Annotator { get; } = Find(head, MappingMembers.Annotator);
        public int Tactic { get; } = Find(head, MappingMembers.Tactic);
        public int Release { get; } = Find(head, MappingMembers.Release);
        public int Domain { get; } = Find(head, MappingMembers.Domain);
        public int Reason { get; } = Find(head, MappingMembers.Reason);
        public int Start { get; } = Find(head, MappingMembers.Start);
        public int Length { get; } = Find(head, MappingMembers.Length);
        public int End { get; } = Find(head, MappingMembers.End);
        public int Statement { get; } = Find(head, MappingMembers.Statement);

        // The earlier name wins, whatever the order of the columns.
        private static int Find(List<string> head, string[] names) => names.Select(name => head.IndexOf(name)).FirstOrDefault(at => at >= 0, -1);
    }
}
