using System.Buffers.Text;

namespace Modus.Logs.WebAccess;

/// <summary>A line of the error log of Apache (<c>[clock] [module:level] [pid 1] [client address:port] text</c>) or nginx (<c>clock [level] 1#2: text, client: address</c>).</summary>
internal ref struct ErrorLine
{
    public ReadOnlySpan<byte> Program;
    public ReadOnlySpan<byte> Time;
    public ReadOnlySpan<byte> Severity;
    public ReadOnlySpan<byte> Process;
    public ReadOnlySpan<byte> Client;
    public ReadOnlySpan<byte> Message;

    /// <summary>Takes a line apart; false when it is none of an error log.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out ErrorLine parsed)
    {
        parsed = default;
        return line.StartsWith("["u8) ? Apache(line, ref parsed) : Nginx(line, ref parsed);
    }

    private static bool Apache(ReadOnlySpan<byte> line, ref ErrorLine parsed)
    {
        parsed.Program = "apache2"u8;
        if (!Bracketed(ref line, out parsed.Time) || parsed.Time.Length is < 24 or > 40 || !LogTimes.TryParse(parsed.Time, null, false, out _)) return false;
        if (!Bracketed(ref line, out var level) || level.IsEmpty) return false;
        parsed.Severity = level[(level.LastIndexOf((byte)':') + 1)..];
        while (Bracketed(ref line, out var part))
        {
            if (part.StartsWith("pid "u8)) parsed.Process = part[4..];
            else if (part.StartsWith("client "u8)) parsed.Client = part[7..];
        }

        var port = parsed.Client.LastIndexOf((byte)':');
        // An address of IPv6 without a port has colons of its own.
        if (port > 0 && (parsed.Client.Count((byte)':') == 1 || parsed.Client[port - 1] == ']')) parsed.Client = parsed.Client[..port];
        parsed.Message = line;
        return true;
    }

    private static bool Nginx(ReadOnlySpan<byte> line, ref ErrorLine parsed)
    {
        parsed.Program = "nginx"u8;
        if (line.Length < 26 || line[4] != '/' || line[7] != '/' || line[19] != ' ' || !LogTimes.TryParse(line[..19], null, false, out _)) return false;
        parsed.Time = line[..19];
        line = line[20..];
        if (!Bracketed(ref line, out parsed.Severity)) return false;
        var mark = line.IndexOf((byte)'#');
        if (mark <= 0 || !Utf8Parser.TryParse(line, out int _, out var used) || used != mark) return false;
        parsed.Process = line[..mark];
        var colon = line.IndexOf(": "u8);
        if (colon < 0) return false;
        parsed.Message = line[(colon + 2)..];
        var client = parsed.Message.LastIndexOf(", client: "u8);
        if (client < 0) return true;
        parsed.Client = parsed.Message[(client + 10)..];
        var end = parsed.Client.IndexOf((byte)',');
        if (end >= 0) parsed.Client = parsed.Client[..end];
        return true;
    }

    private static bool Bracketed(scoped ref ReadOnlySpan<byte> line, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!line.StartsWith("["u8)) return false;
        var close = line.IndexOf((byte)']');
        if (close < 0) return false;
        text = line[1..close];
        line = line[(close + 1)..].TrimStart((byte)' ');
        return true;
    }
}
