using System.Buffers.Text;
using System.Net;
using System.Text;

namespace Modus.Logs.Messages;

/// <summary>Takes apart what Cisco's devices write: <c>%FACILITY-SEVERITY-MNEMONIC: text</c> behind sequence number, clock and name in many orders.</summary>
internal static class CiscoText
{
    private const int MostBefore = 120;

    /// <summary>Where the percent sign of a message's code stands, or -1 where the text is no such message.</summary>
    public static int Find(ReadOnlySpan<byte> text, out int colon)
    {
        colon = 0;
        for (var from = 0; from < text.Length && from < MostBefore;)
        {
            var at = text[from..Math.Min(text.Length, MostBefore)].IndexOf((byte)'%');
            if (at < 0) return -1;
            at += from;
            if (Code(text, at + 1, out colon)) return at;
            from = at + 1;
        }

        return -1;
    }

    /// <summary>Reads the code and text of a message.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, MessagePairs pairs)
    {
        var start = Find(text, out var colon);
        if (start < 0) return false;
        var code = text[(start + 1)..colon].TrimEnd((byte)' ');
        var last = code.LastIndexOf((byte)'-');
        var severity = code[..last].LastIndexOf((byte)'-');
        pairs.Add("facility"u8, code[..severity]);
        pairs.Add("severity"u8, code[(severity + 1)..last]);
        pairs.Add("mnemonic"u8, code[(last + 1)..]);
        var message = text[(colon + 1)..].Trim((byte)' ');
        if (code.StartsWith("ASA-"u8) || code.StartsWith("FTD-"u8) || code.StartsWith("PIX-"u8) || code.StartsWith("FWSM-"u8)) Flow(message, pairs);
        // With its code, which rules name.
        pairs.Add("message"u8, text[start..]);
        return true;
    }

    private static bool Code(ReadOnlySpan<byte> text, int at, out int colon)
    {
        colon = at;
        while (colon < text.Length && colon - at < 64 && (text[colon] is (byte)'-' or (byte)'_' or >= (byte)'A' and <= (byte)'Z' or >= (byte)'a' and <= (byte)'z' or >= (byte)'0' and <= (byte)'9')) colon++;
        var code = text[at..colon];
        if (colon < text.Length && text[colon] == ' ') colon++;
        if (colon >= text.Length || text[colon] != ':') return false;
        var last = code.LastIndexOf((byte)'-');
        return last > 2 && last < code.Length - 1 && code[last - 2] == '-' && code[last - 1] is >= (byte)'0' and <= (byte)'7' && last - 2 > 0;
    }

    /// <summary>Takes the ends of a connection out of a firewall's sentence, and whether it was let through.</summary>
    private static void Flow(ReadOnlySpan<byte> text, MessagePairs pairs)
    {
        var isBuilt = text.StartsWith("Built "u8);
        if (!Ends(text, " src "u8, " dst "u8, out var from, out var to) && !Ends(text, " for "u8, " to "u8, out from, out to) && !Ends(text, " from "u8, " to "u8, out from, out to)) return;
        if (End(from) is not { } first || End(to) is not { } second) return;
        // The foreign end stands first, whoever began.
        var (source, target) = isBuilt && text.IndexOf("outbound"u8) is >= 0 and < 16 ? (second, first) : (first, second);
        Put("src_ip"u8, source.Address);
        Put("src_port"u8, source.Port);
        Put("dst_ip"u8, target.Address);
        Put("dst_port"u8, target.Port);
        if (isBuilt) pairs.Add("action"u8, "accept"u8);
        else if (text.StartsWith("Deny"u8) || text.StartsWith("Denied"u8)) pairs.Add("action"u8, "deny"u8);

        void Put(ReadOnlySpan<byte> name, string value)
        {
            if (value.Length > 0) pairs.Add(name, Encoding.ASCII.GetBytes(value));
        }
    }

    private static bool Ends(ReadOnlySpan<byte> text, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, out ReadOnlySpan<byte> from, out ReadOnlySpan<byte> to)
    {
        from = to = default;
        var at = text.IndexOf(first);
        if (at < 0) return false;
        from = text[(at + first.Length)..];
        var next = from.IndexOf(second);
        if (next < 0) return false;
        to = from[(next + second.Length)..];
        return true;
    }

    /// <summary>An end such as <c>outside:203.0.113.9/443</c>.</summary>
    private static (string Address, string Port)? End(ReadOnlySpan<byte> text)
    {
        var stop = text.IndexOfAny((byte)' ', (byte)'(', (byte)',');
        if (stop >= 0) text = text[..stop];
        if (text.Length > 128) return null;
        var slash = text.LastIndexOf((byte)'/');
        var port = slash < 0 ? default : text[(slash + 1)..];
        if (!Utf8Parser.TryParse(port, out int _, out var used) || used != port.Length) port = default;
        var address = Encoding.ASCII.GetString(slash < 0 ? text : text[..slash]);
        if (!IPAddress.TryParse(address, out _))
        {
            // The name of the interface stands before the address.
            address = address[(address.IndexOf(':', StringComparison.Ordinal) + 1)..];
            if (!IPAddress.TryParse(address, out _)) return null;
        }

        return (address, Encoding.ASCII.GetString(port));
    }
}
