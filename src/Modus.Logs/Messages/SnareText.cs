namespace Modus.Logs.Messages;

/// <summary>Takes Windows events apart that Snare's agents, and others in their manner, send: values in a fixed order behind <c>MSWinEventLog</c>, with tabs between.</summary>
internal static class SnareText
{
    /// <summary>What the values are called, as Get-WinEvent calls them; nothing where they are left out.</summary>
    private static readonly byte[][] Names =
    [
        [], [], "LogName"u8.ToArray(), [], "TimeCreated"u8.ToArray(), "Id"u8.ToArray(), "ProviderName"u8.ToArray(), "UserName"u8.ToArray(), [],
        "KeywordsDisplayNames"u8.ToArray(), "MachineName"u8.ToArray(), "TaskDisplayName"u8.ToArray(), [], "Message"u8.ToArray(), [],
    ];

    /// <summary>The place of the mark that such events begin with; -1 where there is none.</summary>
    public static int Find(ReadOnlySpan<byte> text)
    {
        var at = text.IndexOf("MSWinEventLog"u8);
        return at >= 0 && Delimiter(text[(at + 13)..]) is { Length: > 0 } ? at : -1;
    }

    /// <summary>Reads an event from its mark on, under the names of Get-WinEvent.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, MessagePairs pairs)
    {
        if (!text.StartsWith("MSWinEventLog"u8)) return false;
        var delimiter = Delimiter(text[13..]);
        if (delimiter.IsEmpty) return false;
        var column = 0;
        while (column < Names.Length)
        {
            var end = text.IndexOf(delimiter);
            var value = end < 0 ? text : text[..end];
            if (Names[column].Length > 0) pairs.Add(Names[column], value.Trim((byte)' '));
            column++;
            if (end < 0) break;
            text = text[(end + delimiter.Length)..];
        }

        return column >= Names.Length - 1;
    }

    /// <summary>A tab, or what a relay wrote in its place.</summary>
    private static ReadOnlySpan<byte> Delimiter(ReadOnlySpan<byte> text) => text.StartsWith("\t"u8) ? "\t"u8 : text.StartsWith("#011"u8) ? "#011"u8 : default;
}
