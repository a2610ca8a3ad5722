namespace Modus.Logs.Csv;

/// <summary>Rows and fields of CSV as in RFC 4180, with any delimiter and line end.</summary>
internal static class CsvText
{
    private static readonly System.Buffers.SearchValues<byte> RowMarks = System.Buffers.SearchValues.Create("\"\n"u8);

    /// <summary>The bytes of the first row with its line end, or -1 when it does not end here.</summary>
    public static int RowEnd(ReadOnlySpan<byte> bytes)
    {
        var quoted = false;
        var at = 0;
        while (true)
        {
            var next = quoted ? bytes[at..].IndexOf((byte)'"') : bytes[at..].IndexOfAny(RowMarks);
            if (next < 0) return -1;
            at += next + 1;
            if (bytes[at - 1] == '"') quoted = !quoted;
            else return at;
        }
    }

    /// <summary>The bytes up to the end of the last whole row, or 0.</summary>
    public static int LastRowEnd(ReadOnlySpan<byte> bytes)
    {
        var quoted = false;
        var at = 0;
        var last = 0;
        while (true)
        {
            var next = quoted ? bytes[at..].IndexOf((byte)'"') : bytes[at..].IndexOfAny(RowMarks);
            if (next < 0) break;
            at += next + 1;
            if (bytes[at - 1] == '"') quoted = !quoted;
            else last = at;
        }

        // A quote that never closes must not swallow the file.
        return last == 0 && bytes.Length >= LogLimits.BlockBytes ? bytes.LastIndexOf((byte)'\n') + 1 : last;
    }

    public static ReadOnlySpan<byte> WithoutLineEnd(ReadOnlySpan<byte> row)
    {
        if (row.EndsWith("\n"u8)) row = row[..^1];
        return row.EndsWith("\r"u8) ? row[..^1] : row;
    }

    /// <summary>Takes the next field of a row (without line end).</summary>
    /// <param name="row">The row.</param>
    /// <param name="delimiter">The delimiter.</param>
    /// <param name="at">Where to go on; behind the row's end when all fields are taken.</param>
    /// <param name="field">The field without its quotes; doubled quotes stay doubled.</param>
    /// <param name="quoted">Whether it had quotes.</param>
    public static bool Next(ReadOnlySpan<byte> row, byte delimiter, scoped ref int at, out ReadOnlySpan<byte> field, out bool quoted)
    {
        field = default;
        quoted = false;
        if (at > row.Length) return false;
        if (at < row.Length && row[at] == '"')
        {
            var start = at + 1;
            var from = start;
            while (true)
            {
                var quote = row[from..].IndexOf((byte)'"');
                if (quote < 0) break;
                from += quote + 1;
                if (from < row.Length && row[from] == '"')
                {
                    from++;
                    continue;
                }

                field = row[start..(from - 1)];
                quoted = true;
                var rest = row[from..].IndexOf(delimiter);
                at = rest < 0 ? row.Length + 1 : from + rest + 1;
                return true;
            }
        }

        return NextPlain(row, delimiter, ref at, out field, out quoted);
    }

    /// <summary>Takes the next field of a row of the W3C's format: proxies quote what has blanks, web servers quote nothing.</summary>
    public static bool NextExtended(ReadOnlySpan<byte> row, byte delimiter, ref int at, out ReadOnlySpan<byte> field, out bool quoted)
    {
        if (delimiter == ' ' && at < row.Length && row[at] == '"')
        {
            // Quotes within are doubled or escaped, or not at all: the one before a blank ends the field.
            for (var end = at + 1; end < row.Length; end++)
            {
                if (row[end] != '"' || row[end - 1] == '\\' || (end + 1 < row.Length && row[end + 1] != ' ')) continue;
                field = row[(at + 1)..end];
                quoted = true;
                at = end + 1 < row.Length ? end + 2 : row.Length + 1;
                return true;
            }
        }

        return NextPlain(row, delimiter, ref at, out field, out quoted);
    }

    /// <summary>Takes the next field of a row in which quotes mean nothing.</summary>
    public static bool NextPlain(ReadOnlySpan<byte> row, byte delimiter, scoped ref int at, out ReadOnlySpan<byte> field, out bool quoted)
    {
        field = default;
        quoted = false;
        if (at > row.Length) return false;
        var end = row[at..].IndexOf(delimiter);
        field = end < 0 ? row[at..] : row.Slice(at, end);
        at = end < 0 ? row.Length + 1 : at + end + 1;
        return true;
    }
}
