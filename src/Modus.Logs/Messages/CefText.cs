using System.Buffers.Text;

namespace Modus.Logs.Messages;

/// <summary>Takes messages apart that say who speaks in fields between bars and what in pairs: ArcSight's CEF and QRadar's LEEF.</summary>
internal static class CefText
{
    /// <summary>Reads <c>CEF:0|vendor|product|version|class|name|severity|key=value key=value</c>; values may have blanks.</summary>
    public static bool TryCef(ReadOnlySpan<byte> text, MessagePairs pairs)
    {
        if (!text.StartsWith("CEF:"u8)) return false;
        text = text[4..];
        if (!Field(ref text, out var version) || version.Length != 1) return false;
        foreach (var name in new[] { "DeviceVendor", "DeviceProduct", "DeviceVersion", "DeviceEventClassID", "Name", "Severity" })
        {
            if (!Field(ref text, out var value)) return false;
            pairs.Add(System.Text.Encoding.ASCII.GetBytes(name), value, "|\\"u8);
        }

        Extension(text, pairs);
        Labels(pairs);
        return true;
    }

    /// <summary>Reads <c>LEEF:1.0|vendor|product|version|event|</c> and pairs between tabs; version 2 names the delimiter.</summary>
    public static bool TryLeef(ReadOnlySpan<byte> text, MessagePairs pairs)
    {
        if (!text.StartsWith("LEEF:"u8)) return false;
        text = text[5..];
        if (!Field(ref text, out var version) || version.IsEmpty) return false;
        foreach (var name in new[] { "DeviceVendor", "DeviceProduct", "DeviceVersion", "EventID" })
        {
            if (!Field(ref text, out var value)) return false;
            pairs.Add(System.Text.Encoding.ASCII.GetBytes(name), value, "|\\"u8);
        }

        var delimiter = (byte)'\t';
        if (version[0] == '2' && text.IndexOf((byte)'|') is >= 0 and <= 4 and var bar)
        {
            delimiter = Delimiter(text[..bar]);
            text = text[(bar + 1)..];
        }

        // Daemons that store syslog write control characters as their octal numbers.
        byte[] mark = delimiter == '\t' && !text.Contains(delimiter) && text.IndexOf("#011"u8) >= 0 ? [.. "#011"u8] : [delimiter];
        while (!text.IsEmpty)
        {
            var end = text.IndexOf(mark);
            var pair = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + mark.Length)..];
            var equals = pair.IndexOf((byte)'=');
            if (equals > 0) pairs.Add(pair[..equals].Trim((byte)' '), pair[(equals + 1)..]);
        }

        return true;
    }

    private static byte Delimiter(ReadOnlySpan<byte> written)
    {
        if (written.Length == 1) return written[0];
        var hex = written.StartsWith("0x"u8) ? written[2..] : written.StartsWith("x"u8) ? written[1..] : default;
        return Utf8Parser.TryParse(hex, out byte value, out _, 'x') ? value : (byte)'\t';
    }

    private static bool Field(ref ReadOnlySpan<byte> text, out ReadOnlySpan<byte> field)
    {
        field = default;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\\')
            {
                at++;
                continue;
            }

            if (text[at] != '|') continue;
            field = text[..at];
            text = text[(at + 1)..];
            return true;
        }

        return false;
    }

    private static void Extension(ReadOnlySpan<byte> text, MessagePairs pairs)
    {
        ReadOnlySpan<byte> name = default;
        var from = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\\')
            {
                at++;
                continue;
            }

            // A name stands at the start or behind a blank; an equals sign behind anything else belongs to the value.
            if (text[at] != '=' || NameBefore(text, at, from) is var start && start < 0) continue;
            if (!name.IsEmpty) pairs.Add(name, text[from..start].TrimEnd((byte)' '), "=\\nr"u8);
            name = text[start..at];
            from = at + 1;
        }

        if (!name.IsEmpty) pairs.Add(name, text[from..].TrimEnd((byte)' '), "=\\nr"u8);
    }

    private static int NameBefore(ReadOnlySpan<byte> text, int equals, int from)
    {
        var start = equals;
        while (start > from && (char.IsAsciiLetterOrDigit((char)text[start - 1]) || text[start - 1] is (byte)'_' or (byte)'.' or (byte)'-' or (byte)'[' or (byte)']')) start--;
        return start < equals && (start == 0 || text[start - 1] == ' ') ? start : -1;
    }

    /// <summary>Names values of custom fields (<c>cs5</c>) by their labels (<c>cs5Label=Process Command Line</c>) as well.</summary>
    private static void Labels(MessagePairs pairs)
    {
        for (var (pair, count) = (0, pairs.Count); pair < count; pair++)
        {
            var name = pairs.Name(pair);
            if (!name.EndsWith("Label"u8) || pairs.Find(name[..^5]) is var labelled && labelled < 0) continue;
            var label = System.Text.Encoding.UTF8.GetString(pairs.Value(pair)).Replace(" ", "", StringComparison.Ordinal);
            var bytes = System.Text.Encoding.UTF8.GetBytes(label);
            if (label.Length is > 0 and <= 64 && pairs.Find(bytes) < 0) pairs.Add(bytes, pairs.Value(labelled).ToArray());
        }
    }
}
