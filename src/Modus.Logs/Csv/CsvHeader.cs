using System.Text;

namespace Modus.Logs.Csv;

/// <summary>The first row of a CSV file: how fields are separated and what they are called.</summary>
/// <param name="Delimiter">What stands between fields.</param>
/// <param name="Names">The columns' names.</param>
/// <param name="IsW3C">Whether the file is in the extended format of the W3C, or Zeek's kin of it: no quotes, comments, a dash for nothing.</param>
internal sealed record CsvHeader(byte Delimiter, IReadOnlyList<string> Names, bool IsW3C = false)
{
    /// <summary>The most columns a file may have.</summary>
    public const int MaxColumns = 1024;

    /// <summary>The name of a last column that the header does not name.</summary>
    public const string Unnamed = "unnamed";

    private const int MaxNameBytes = 200;
    private const int SampleRows = 20;

    /// <summary>The header as it was written, without the end of its line.</summary>
    public byte[] Text { get; init; } = [];

    /// <summary>Values that comments give to every row, such as the name of Zeek's log.</summary>
    public IReadOnlyList<(string Name, byte[] Value)> Constants { get; init; } = [];

    /// <summary>Whether another header says the same of its rows.</summary>
    public bool Says(CsvHeader other) =>
        Delimiter == other.Delimiter && Names.SequenceEqual(other.Names)
        && Constants.Select(constant => Encoding.UTF8.GetString(constant.Value)).SequenceEqual(other.Constants.Select(constant => Encoding.UTF8.GetString(constant.Value)));

    /// <summary>Finds the delimiter under which the first rows have the same number of fields and the first reads like names.</summary>
    /// <param name="head">The start of the file.</param>
    /// <param name="whole">Whether that is the whole file.</param>
    /// <param name="length">The bytes of the header row with its line end.</param>
    public static CsvHeader? Find(ReadOnlySpan<byte> head, bool whole, out int length)
    {
        length = 0;
        CsvHeader? best = null;
        // PowerShell writes the type of the rows before the header, Excel the delimiter.
        var before = head.StartsWith("#TYPE "u8) || head.StartsWith("sep="u8) ? head.IndexOf((byte)'\n') + 1 : 0;
        head = head[before..];
        foreach (var delimiter in ",;\t|"u8)
        {
            var names = ReadNames(head, delimiter, out var headerLength);
            if (names is null || names.Count < 2 || names.Count <= (best?.Names.Count ?? 1)) continue;
            // Event Viewer writes a column more than it names.
            if (!SameWidth(head[headerLength..], delimiter, names.Count, whole))
            {
                if (names.Count < 3 || names.Contains(Unnamed) || !SameWidth(head[headerLength..], delimiter, names.Count + 1, whole)) continue;
                names.Add(Unnamed);
            }

            best = new CsvHeader(delimiter, names) { Text = CsvText.WithoutLineEnd(head[..headerLength]).ToArray() };
            length = before + headerLength;
        }

        return best;
    }

    /// <summary>Finds the <c>#Fields:</c> line of the W3C's extended log format among the first comments.</summary>
    public static CsvHeader? FindW3C(ReadOnlySpan<byte> text)
    {
        var path = "";
        while (text.StartsWith("#"u8))
        {
            var end = text.IndexOf((byte)'\n');
            if (end < 0) return null;
            path = OfPathLine(text[..end]) ?? path;
            if (OfFieldsLine(text[..end], path) is { } header) return header;
            text = text[(end + 1)..];
        }

        return null;
    }

    /// <summary>The name of the log that a <c>#path</c> line of Zeek gives; null for any other line.</summary>
    public static string? OfPathLine(ReadOnlySpan<byte> line) =>
        line.StartsWith("#path\t"u8) ? Encoding.UTF8.GetString(line[6..]).Trim() : null;

    /// <summary>The header that a <c>#Fields:</c> line (or Zeek's <c>#fields</c>) gives; null for any other line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="path">What Zeek calls the log, or nothing.</param>
    public static CsvHeader? OfFieldsLine(ReadOnlySpan<byte> line, string path = "")
    {
        var zeek = line.StartsWith("#fields\t"u8);
        if (!zeek && !line.StartsWith("#Fields:"u8)) return null;
        var names = Encoding.UTF8.GetString(line[8..]).Split(zeek ? '\t' : ' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names.Length is < 2 or > MaxColumns || names.Distinct(StringComparer.Ordinal).Count() != names.Length) return null;
        return new CsvHeader((byte)(zeek ? '\t' : ' '), names, true)
        {
            Constants = path.Length > 0 ? [("_path", Encoding.UTF8.GetBytes(path))] : [],
            Text = [.. Encoding.UTF8.GetBytes(path.Length > 0 ? $"#path\t{path}\n" : ""), .. line.TrimEnd("\r"u8)],
        };
    }

    private static List<string>? ReadNames(ReadOnlySpan<byte> head, byte delimiter, out int length)
    {
        length = CsvText.RowEnd(head);
        if (length < 0) return null;
        var names = new List<string>();
        var at = 0;
        var row = CsvText.WithoutLineEnd(head[..length]);
        while (CsvText.Next(row, delimiter, ref at, out var field, out var quoted))
        {
            var text = Encoding.UTF8.GetString(quoted ? field : field.Trim((byte)' ')).Replace("\"\"", "\"", StringComparison.Ordinal);
            // A name is short, not a number, and stands once; a column for row numbers may lack one.
            if (text.Length == 0 && names.Count == 0) text = "row";
            if (text.Length is 0 or > MaxNameBytes || char.IsAsciiDigit(text[0]) || text.AsSpan().ContainsAny("{}<>\n") || names.Contains(text)) return null;
            names.Add(text);
            if (names.Count > MaxColumns) return null;
        }

        return names;
    }

    /// <summary>Whether the first rows have so many fields; a row in ten may be broken.</summary>
    private static bool SameWidth(ReadOnlySpan<byte> rows, byte delimiter, int columns, bool whole)
    {
        var seen = 0;
        var other = 0;
        while (seen < SampleRows)
        {
            var end = CsvText.RowEnd(rows);
            if (end < 0)
            {
                // The last row may be cut off by the end of what was looked at, or lack its line end.
                if (!whole || rows.IsEmpty) break;
                end = rows.Length;
            }

            var row = CsvText.WithoutLineEnd(rows[..end]);
            rows = rows[end..];
            if (row.IsEmpty) continue;
            var at = 0;
            var count = 0;
            while (CsvText.Next(row, delimiter, ref at, out _, out _)) count++;
            if (count != columns) other++;
            seen++;
        }

        return seen > 0 && other * 10 <= seen;
    }
}
