using System.Text;

namespace Modus.Logs.Csv;

/// <summary>The first row of a CSV file: how fields are separated and what they are called.</summary>
/// <param name="Delimiter">What stands between fields.</param>
/// <param name="Names">The columns' names.</param>
/// <param name="IsW3C">Whether the file is in the extended format of the W3C: blanks, no quotes, comments, a dash for nothing.</param>
internal sealed record CsvHeader(byte Delimiter, IReadOnlyList<string> Names, bool IsW3C = false)
{
    /// <summary>The most columns a file may have.</summary>
    public const int MaxColumns = 1024;

    private const int MaxNameBytes = 200;
    private const int SampleRows = 20;

    /// <summary>Finds the delimiter under which the first rows have the same number of fields and the first reads like names.</summary>
    /// <param name="head">The start of the file.</param>
    /// <param name="whole">Whether that is the whole file.</param>
    /// <param name="length">The bytes of the header row with its line end.</param>
    public static CsvHeader? Find(ReadOnlySpan<byte> head, bool whole, out int length)
    {
        length = 0;
        CsvHeader? best = null;
        foreach (var delimiter in ",;\t|"u8)
        {
            var names = ReadNames(head, delimiter, out var headerLength);
            if (names is null || names.Count < 2 || names.Count <= (best?.Names.Count ?? 1)) continue;
            if (!SameWidth(head[headerLength..], delimiter, names.Count, whole)) continue;
            best = new CsvHeader(delimiter, names);
            length = headerLength;
        }

        return best;
    }

    /// <summary>Finds the <c>#Fields:</c> line of the W3C's extended log format among the first comments.</summary>
    public static CsvHeader? FindW3C(ReadOnlySpan<byte> text)
    {
        while (text.StartsWith("#"u8))
        {
            var end = text.IndexOf((byte)'\n');
            if (end < 0) return null;
            if (OfFieldsLine(text[..end]) is { } header) return header;
            text = text[(end + 1)..];
        }

        return null;
    }

    /// <summary>The header that a <c>#Fields:</c> line gives; null for any other line.</summary>
    public static CsvHeader? OfFieldsLine(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("#Fields:"u8)) return null;
        var names = Encoding.UTF8.GetString(line[8..]).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return names.Length is < 2 or > MaxColumns || names.Distinct(StringComparer.Ordinal).Count() != names.Length ? null : new CsvHeader((byte)' ', names, true);
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
            // A name is short, not a number, and stands once.
            if (text.Length is 0 or > MaxNameBytes || char.IsAsciiDigit(text[0]) || text.AsSpan().ContainsAny("{}<>\n") || names.Contains(text)) return null;
            names.Add(text);
            if (names.Count > MaxColumns) return null;
        }

        return names;
    }

    private static bool SameWidth(ReadOnlySpan<byte> rows, byte delimiter, int columns, bool whole)
    {
        var seen = 0;
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
            if (count != columns) return false;
            seen++;
        }

        return seen > 0;
    }
}
