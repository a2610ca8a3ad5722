namespace Modus.Logs.WebAccess;

/// <summary>A line of a web server's access log in the common or combined format, perhaps with the virtual host before it, or of a load balancer of AWS.</summary>
internal ref struct AccessLine
{
    public ReadOnlySpan<byte> Client;
    public ReadOnlySpan<byte> User;
    public ReadOnlySpan<byte> Time;
    public ReadOnlySpan<byte> Request;
    public ReadOnlySpan<byte> Status;
    public ReadOnlySpan<byte> Bytes;
    public ReadOnlySpan<byte> Referrer;
    public ReadOnlySpan<byte> Agent;
    public ReadOnlySpan<byte> Host;
    public ReadOnlySpan<byte> Rest;

    /// <summary>Whether a proxy wrote the line: Squid adds how it came by the answer.</summary>
    public readonly bool IsProxy => Rest.StartsWith("TCP_"u8) || Rest.StartsWith("NONE"u8) || Rest.IndexOf(":HIER_"u8) >= 0;

    /// <summary>Takes a line apart; false when it is no access log line.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out AccessLine parsed)
    {
        parsed = default;
        if (IsBalancer(line)) return TryBalancer(line, ref parsed);
        parsed.Client = Word(ref line);
        var identity = Word(ref line);
        parsed.User = Word(ref line);
        if (!line.StartsWith("["u8) && parsed.Client.Contains((byte)':'))
        {
            // The virtual host stands first: host:port client identity user.
            parsed.Host = parsed.Client[..parsed.Client.LastIndexOf((byte)':')];
            parsed.Client = identity;
            parsed.User = Word(ref line);
        }

        if (parsed.User.IsEmpty || line.IsEmpty || line[0] != '[') return false;
        var close = line.IndexOf((byte)']');
        if (close is < 20 or > 40) return false;
        parsed.Time = line[1..close];
        line = line[(close + 1)..].TrimStart((byte)' ');
        if (!Quoted(ref line, out parsed.Request)) return false;
        parsed.Status = Word(ref line);
        if (parsed.Status.Length != 3 || parsed.Status.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0) return false;
        parsed.Bytes = Word(ref line);
        if (Quoted(ref line, out parsed.Referrer)) Quoted(ref line, out parsed.Agent);
        parsed.Rest = line;
        return true;
    }

    private static bool IsBalancer(ReadOnlySpan<byte> line) =>
        line.StartsWith("http "u8) || line.StartsWith("https "u8) || line.StartsWith("h2 "u8) || line.StartsWith("grpcs "u8) || line.StartsWith("ws "u8) || line.StartsWith("wss "u8);

    /// <summary>Kind, time, balancer, client, target, three durations, two statuses, bytes in and out, request, agent.</summary>
    private static bool TryBalancer(ReadOnlySpan<byte> line, ref AccessLine parsed)
    {
        Word(ref line);
        parsed.Time = Word(ref line);
        Word(ref line);
        var client = Word(ref line);
        var port = client.LastIndexOf((byte)':');
        parsed.Client = port < 0 ? client : client[..port];
        for (var skipped = 0; skipped < 4; skipped++) Word(ref line);
        parsed.Status = Word(ref line);
        Word(ref line);
        Word(ref line);
        parsed.Bytes = Word(ref line);
        if (!Quoted(ref line, out parsed.Request) || !LogTimes.TryParse(parsed.Time, null, false, out _)) return false;
        Quoted(ref line, out parsed.Agent);
        return true;
    }

    /// <summary>Reads a time such as <c>10/Oct/2000:13:55:36 -0700</c>.</summary>
    public static bool TryTime(ReadOnlySpan<byte> text, out LogTime time)
    {
        time = default;
        if (text.Length > 10 && text[10] == 'T') return LogTimes.TryParse(text, null, false, out time);
        if (text.Length < 20 || text[2] != '/' || text[6] != '/' || text[11] != ':') return false;
        var month = "JanFebMarAprMayJunJulAugSepOctNovDec"u8.IndexOf(text[3..6]);
        if (month < 0 || month % 3 != 0) return false;
        month = (month / 3) + 1;
        Span<byte> iso = stackalloc byte[32];
        text[7..11].CopyTo(iso);
        iso[4] = (byte)'-';
        iso[5] = (byte)('0' + (month / 10));
        iso[6] = (byte)('0' + (month % 10));
        iso[7] = (byte)'-';
        text[..2].CopyTo(iso[8..]);
        iso[10] = (byte)'T';
        var rest = text[12..];
        if (rest.Length > iso.Length - 11) return false;
        rest.CopyTo(iso[11..]);
        return LogTimes.TryParse(iso[..(11 + rest.Length)], null, false, out time);
    }

    private static ReadOnlySpan<byte> Word(scoped ref ReadOnlySpan<byte> line)
    {
        var end = line.IndexOf((byte)' ');
        var word = end < 0 ? line : line[..end];
        line = end < 0 ? default : line[(end + 1)..].TrimStart((byte)' ');
        return word;
    }

    /// <summary>Takes a quoted text; quotes within are escaped.</summary>
    private static bool Quoted(scoped ref ReadOnlySpan<byte> line, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (line.IsEmpty || line[0] != '"') return false;
        for (var i = 1; i < line.Length; i++)
        {
            if (line[i] == '\\')
            {
                i++;
                continue;
            }

            if (line[i] != '"') continue;
            text = line[1..i];
            line = line[(i + 1)..].TrimStart((byte)' ');
            return true;
        }

        return false;
    }
}
