using System.Buffers.Text;

namespace Modus.Logs.WebAccess;

/// <summary>A line of Squid's own access log: time, duration, client, result/status, bytes, method, address, user, peer, type.</summary>
internal ref struct SquidLine
{
    public ReadOnlySpan<byte> Time;
    public ReadOnlySpan<byte> Client;
    public ReadOnlySpan<byte> Result;
    public ReadOnlySpan<byte> Status;
    public ReadOnlySpan<byte> Bytes;
    public ReadOnlySpan<byte> Method;
    public ReadOnlySpan<byte> Uri;
    public ReadOnlySpan<byte> User;
    public ReadOnlySpan<byte> Peer;
    public ReadOnlySpan<byte> Type;

    /// <summary>Takes a line apart; false when it is none of Squid's.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out SquidLine parsed)
    {
        parsed = default;
        parsed.Time = Word(ref line);
        if (parsed.Time.Length is < 12 or > 18 || parsed.Time.IndexOf((byte)'.') != 10) return false;
        if (!Utf8Parser.TryParse(Word(ref line), out long _, out _)) return false;
        parsed.Client = Word(ref line);
        var result = Word(ref line);
        var slash = result.IndexOf((byte)'/');
        if (slash < 3 || !Utf8Parser.TryParse(result[(slash + 1)..], out int _, out _)) return false;
        parsed.Result = result[..slash];
        parsed.Status = result[(slash + 1)..];
        parsed.Bytes = Word(ref line);
        if (!Utf8Parser.TryParse(parsed.Bytes, out long _, out _)) return false;
        parsed.Method = Word(ref line);
        parsed.Uri = Word(ref line);
        parsed.User = Word(ref line);
        parsed.Peer = Word(ref line);
        parsed.Type = Word(ref line);
        return !parsed.Uri.IsEmpty && !parsed.Peer.IsEmpty;
    }

    private static ReadOnlySpan<byte> Word(scoped ref ReadOnlySpan<byte> line)
    {
        line = line.TrimStart((byte)' ');
        var end = line.IndexOf((byte)' ');
        var word = end < 0 ? line : line[..end];
        line = end < 0 ? default : line[(end + 1)..];
        return word;
    }
}
