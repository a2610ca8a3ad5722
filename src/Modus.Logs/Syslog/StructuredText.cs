using Modus.Logs.Messages;

namespace Modus.Logs.Syslog;

/// <summary>Takes the structured data of RFC 5424 apart.</summary>
internal static class StructuredText
{
    /// <summary>Takes the next element: its id and its parameters.</summary>
    public static bool NextElement(ref ReadOnlySpan<byte> data, out ReadOnlySpan<byte> id, out ReadOnlySpan<byte> parameters)
    {
        while (data.StartsWith("["u8))
        {
            var end = SyslogText.ElementEnd(data, 0);
            if (end < 0) break;
            var element = data[1..(end - 1)];
            data = data[end..];
            var space = element.IndexOf((byte)' ');
            if (space <= 0) continue;
            id = element[..space];
            parameters = element[(space + 1)..];
            return true;
        }

        id = parameters = default;
        return false;
    }

    /// <summary>Takes the next parameter; its value as it was meant.</summary>
    public static bool NextParameter(ref ReadOnlySpan<byte> parameters, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = value = default;
        var rest = parameters.TrimStart((byte)' ');
        var equals = rest.IndexOf("=\""u8);
        if (equals <= 0) return false;
        name = rest[..equals];
        rest = rest[(equals + 2)..];
        var end = 0;
        while (end < rest.Length && rest[end] != '"') end += rest[end] == '\\' ? 2 : 1;
        if (end >= rest.Length) return false;
        value = rest[..end];
        parameters = rest[(end + 1)..];
        if (value.Contains((byte)'\\')) value = Unescaped(value);
        return true;
    }

    /// <summary>The parameters of all elements, without the elements' ids; false where no Windows event is among them.</summary>
    public static bool TryEvent(ReadOnlySpan<byte> data, MessagePairs pairs)
    {
        if (data.IndexOf(" EventID=\""u8) < 0 || data.IndexOf(" Channel=\""u8) < 0) return false;
        while (NextElement(ref data, out _, out var parameters))
            while (NextParameter(ref parameters, out var name, out var value)) pairs.Add(name, value);
        return pairs.Find("EventID"u8) >= 0 && pairs.Find("Channel"u8) >= 0;
    }

    private static byte[] Unescaped(ReadOnlySpan<byte> value)
    {
        var text = new byte[value.Length];
        var used = 0;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\' && i + 1 < value.Length && value[i + 1] is (byte)'"' or (byte)'\\' or (byte)']') i++;
            text[used++] = value[i];
        }

        return text[..used];
    }
}
