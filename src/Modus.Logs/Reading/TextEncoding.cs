using System.Text;

namespace Modus.Logs.Reading;

/// <summary>Finds UTF-16 and byte order marks at the start of text, and turns content into plain UTF-8.</summary>
internal static class TextEncoding
{
    /// <summary>The feed itself, or one that gives the same text as UTF-8 without a byte order mark.</summary>
    public static ByteFeed AsUtf8(ByteFeed feed)
    {
        var head = feed.Peek(LogLimits.SniffBytes);
        if (head.StartsWith("\ufeff"u8))
        {
            Span<byte> mark = stackalloc byte[3];
            feed.Fill(mark);
            return feed;
        }

        var encoding = Find(head);
        if (encoding is null) return feed;
        var utf8 = new ByteFeed(Encoding.CreateTranscodingStream(new FeedStream(feed), encoding, new UTF8Encoding(false)), null);
        if (!utf8.Peek(LogLimits.SniffBytes).StartsWith("\ufeff"u8)) return utf8;
        Span<byte> bytes = stackalloc byte[3];
        utf8.Fill(bytes);
        return utf8;
    }

    private static UnicodeEncoding? Find(ReadOnlySpan<byte> head)
    {
        if (head.Length < 4) return null;
        if (head[0] == 0xff && head[1] == 0xfe) return new UnicodeEncoding(false, true);
        if (head[0] == 0xfe && head[1] == 0xff) return new UnicodeEncoding(true, true);
        // Without a mark: two ASCII characters with their zero bytes tell the byte order.
        if (head[0] != 0 && head[1] == 0 && head[2] != 0 && head[3] == 0) return new UnicodeEncoding(false, false);
        return head[0] == 0 && head[1] != 0 && head[2] == 0 && head[3] != 0 ? new UnicodeEncoding(true, false) : null;
    }
}
