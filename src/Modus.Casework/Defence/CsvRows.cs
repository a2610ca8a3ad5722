using System.Text;

namespace Modus.Casework.Defence;

/// <summary>Rows of a small table with a header: commas, semicolons or tabs, quoted cells over several lines (RFC 4180).</summary>
internal static class CsvRows
{
    private const int MostCells = 256;

    /// <summary>The header's names and the rows, each with the line it starts on.</summary>
    public static (IReadOnlyList<string> Header, IReadOnlyList<(int Line, string[] Cells)> Rows) Read(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var first = end < 0 ? text : text[..end];
        var delimiter = new[] { ',', ';', '\t' }.OrderByDescending(one => first.Count(letter => letter == one)).First();
        var rows = new List<(int, string[])>();
        var cells = new List<string>();
        var cell = new StringBuilder();
        int line = 1, started = 1, at = text.StartsWith('\uFEFF') ? 1 : 0;
        var quoted = false;
        for (; at < text.Length; at++)
        {
            var letter = text[at];
            if (letter == '\n') line++;
            if (quoted)
            {
                if (letter != '"') cell.Append(letter);
                else if (at + 1 < text.Length && text[at + 1] == '"') { cell.Append('"'); at++; }
                else quoted = false;
            }
            else if (letter == '"' && cell.Length == 0) quoted = true;
            else if (letter == delimiter) Cell();
            else if (letter == '\n') Row();
            else if (letter != '\r') cell.Append(letter);
        }
        if (cell.Length > 0 || cells.Count > 0) Row();
        return rows.Count == 0 ? ([], []) : (rows[0].Item2, rows[1..]);

        void Cell()
        {
            if (cells.Count < MostCells) cells.Add(cell.ToString().Trim());
            cell.Clear();
        }

        void Row()
        {
            Cell();
            if (cells.Count > 1 || cells[0].Length > 0) rows.Add((started, [.. cells]));
            cells.Clear();
            started = line;
        }
    }
}
