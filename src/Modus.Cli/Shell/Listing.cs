using System.Text.Json;

namespace Modus.Cli.Shell;

/// <summary>Writes rows in any of the plain formats. Rows are streamed except for tables, which need their widths first.</summary>
internal static class Listing
{
    public static readonly Format[] All = [Format.Table, Format.Json, Format.Ndjson, Format.Csv, Format.Tsv, Format.Markdown];

    public static void Write<T>(TextWriter to, Format format, int width, Style style, IEnumerable<T> rows, params Column<T>[] columns)
    {
        switch (format)
        {
            case Format.Json: WriteJson(to, rows, columns); break;
            case Format.Ndjson: WriteNdjson(to, rows, columns); break;
            case Format.Csv: WriteSeparated(to, rows, columns, ','); break;
            case Format.Tsv: WriteSeparated(to, rows, columns, '\t'); break;
            case Format.Markdown: WriteMarkdown(to, rows, Shown(columns)); break;
            default: WriteTable(to, width, style, rows, Shown(columns)); break;
        }
    }

    private static Column<T>[] Shown<T>(Column<T>[] columns) => [.. columns.Where(column => column.Header is not null)];

    private static void WriteJson<T>(TextWriter to, IEnumerable<T> rows, Column<T>[] columns)
    {
        var first = true;
        to.Write('[');
        foreach (var row in rows)
        {
            to.Write(first ? "\n  " : ",\n  ");
            to.Write(Json.Of(json => WriteObject(json, row, columns)));
            first = false;
        }
        to.WriteLine(first ? "]" : "\n]");
    }

    private static void WriteNdjson<T>(TextWriter to, IEnumerable<T> rows, Column<T>[] columns)
    {
        foreach (var row in rows) to.WriteLine(Json.Of(json => WriteObject(json, row, columns)));
    }

    private static void WriteObject<T>(Utf8JsonWriter json, T row, Column<T>[] columns)
    {
        json.WriteStartObject();
        foreach (var column in columns) Json.WriteMember(json, column.Key, column.Value(row));
        json.WriteEndObject();
    }

    private static void WriteSeparated<T>(TextWriter to, IEnumerable<T> rows, Column<T>[] columns, char separator)
    {
        to.WriteLine(string.Join(separator, columns.Select(column => column.Key)));
        foreach (var row in rows)
            to.WriteLine(string.Join(separator, columns.Select(column => SafeText.ForCsv(Values.Text(column.Value(row)), separator))));
    }

    private static void WriteMarkdown<T>(TextWriter to, IEnumerable<T> rows, Column<T>[] columns)
    {
        to.WriteLine($"| {string.Join(" | ", columns.Select(column => column.Header))} |");
        to.WriteLine($"|{string.Concat(columns.Select(column => column.Right ? " ---: |" : " --- |"))}");
        foreach (var row in rows)
            to.WriteLine($"| {string.Join(" | ", columns.Select(column => SafeText.ForMarkdown(Values.Text(column.Value(row)))))} |");
    }

    private static void WriteTable<T>(TextWriter to, int width, Style style, IEnumerable<T> rows, Column<T>[] columns)
    {
        var cells = rows.Select(row => columns.Select(column => SafeText.ForTerminal(Values.Text(column.Value(row)))).ToArray()).ToList();
        var widths = columns.Select((column, index) =>
            cells.Select(row => SafeText.Width(row[index])).Append(SafeText.Width(column.Header!)).Max()).ToArray();
        Squeeze(widths, columns, width);

        to.WriteLine(style.Bold(Line([.. columns.Select(column => column.Header!)], widths, columns)));
        foreach (var row in cells) to.WriteLine(Line(row, widths, columns));
    }

    /// <summary>Takes columns off the widest cells until the table fits; those marked to give are taken first.</summary>
    private static void Squeeze<T>(int[] widths, Column<T>[] columns, int width)
    {
        const int gap = 2, least = 6;
        if (width <= 0) return;
        foreach (var giving in new[] { true, false })
        {
            while (widths.Sum() + gap * (widths.Length - 1) is var total && total > width)
            {
                var widest = Enumerable.Range(0, widths.Length)
                    .Where(index => (!giving || columns[index].Gives) && widths[index] > least)
                    .OrderByDescending(index => widths[index]).FirstOrDefault(-1);
                if (widest < 0) break;
                widths[widest] -= Math.Min(total - width, widths[widest] - least);
            }
        }
    }

    private static string Line<T>(string[] cells, int[] widths, Column<T>[] columns)
    {
        var parts = cells.Select((cell, index) =>
        {
            var text = SafeText.Cut(cell, widths[index]);
            var space = new string(' ', Math.Max(0, widths[index] - SafeText.Width(text)));
            return columns[index].Right ? space + text : text + space;
        });
        return string.Join("  ", parts).TrimEnd();
    }
}
