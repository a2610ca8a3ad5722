using System.IO.Compression;

namespace Modus.Reports.Pdf;

/// <summary>Undoes the filters of a stream (ISO 32000-1, 7.4).</summary>
internal static class PdfFilters
{
    private const int MaxFilters = 8;
    private const int ChunkLength = 1 << 14;

    /// <summary>Unpacks a stream.</summary>
    /// <param name="file">The file, for references and the budget of unpacked bytes.</param>
    /// <param name="stream">The stream.</param>
    /// <returns>The bytes; empty where a filter is for pictures.</returns>
    public static byte[] Decode(PdfFile file, PdfStream stream)
    {
        var filters = Names(file, stream.Dict, "Filter", "F");
        if (filters.Count > MaxFilters) throw new PdfException("a stream names too many filters");
        var parameters = file.Resolve(stream.Dict.GetValueOrDefault("DecodeParms") ?? stream.Dict.GetValueOrDefault("DP"));
        var bytes = stream.Raw;
        for (var at = 0; at < filters.Count; at++)
        {
            var own = file.Resolve(parameters is List<object?> list ? list.ElementAtOrDefault(at) : at == 0 ? parameters : null) as PdfDict;
            byte[]? next = filters[at] switch
            {
                "FlateDecode" or "Fl" => Flate(file, bytes),
                "LZWDecode" or "LZW" => Lzw(file, bytes.Span, file.Number(own?.GetValueOrDefault("EarlyChange"), 1) != 0),
                "ASCII85Decode" or "A85" => Ascii85(bytes.Span),
                "ASCIIHexDecode" or "AHx" => AsciiHex(bytes.Span),
                "RunLengthDecode" or "RL" => RunLength(file, bytes.Span),
                _ => null,
            };
            if (next is null) return [];
            bytes = own is null ? next : Predict(file, next, own);
        }

        return filters.Count == 0 ? bytes.ToArray() : System.Runtime.InteropServices.MemoryMarshal.TryGetArray(bytes, out var array) && array.Offset == 0 && array.Count == array.Array!.Length ? array.Array : bytes.ToArray();
    }

    private static List<string> Names(PdfFile file, PdfDict dict, string key, string shortKey)
    {
        var value = file.Resolve(dict.GetValueOrDefault(key) ?? dict.GetValueOrDefault(shortKey));
        return value switch
        {
            PdfName name => [name.Value],
            List<object?> list => [.. list.Select(file.Resolve).OfType<PdfName>().Select(static name => name.Value)],
            _ => [],
        };
    }

    private static byte[] Flate(PdfFile file, ReadOnlyMemory<byte> bytes)
    {
        var made = Inflate(file, bytes, zlib: true);
        return made.Length == 0 && bytes.Length > 2 ? Inflate(file, bytes[2..], zlib: false) : made;
    }

    private static byte[] Inflate(PdfFile file, ReadOnlyMemory<byte> bytes, bool zlib)
    {
        using var input = new MemoryStream(bytes.ToArray(), writable: false);
        using Stream unpack = zlib ? new ZLibStream(input, CompressionMode.Decompress) : new DeflateStream(input, CompressionMode.Decompress);
        using var made = new MemoryStream();
        var chunk = new byte[ChunkLength];
        try
        {
            while (unpack.Read(chunk) is > 0 and var count)
            {
                file.Spend(count, made.Length + count);
                made.Write(chunk, 0, count);
            }
        }
        catch (InvalidDataException)
        {
            file.CountBrokenStream(); // What came before the damage is used.
        }

        return made.ToArray();
    }

    private static byte[] Lzw(PdfFile file, ReadOnlySpan<byte> bytes, bool early)
    {
        const int Clear = 256, Stop = 257, Codes = 4096;
        var prefix = new int[Codes];
        var suffix = new byte[Codes];
        var stack = new byte[Codes + 1];
        var made = new List<byte>(bytes.Length * 3);
        int next = 258, width = 9, last = -1, bits = 0, held = 0;
        byte first = 0;
        foreach (var b in bytes)
        {
            held = (held << 8) | b;
            bits += 8;
            if (bits < width) continue;
            bits -= width;
            var code = (held >> bits) & ((1 << width) - 1);
            held &= (1 << bits) - 1;
            if (code == Stop) break;
            if (code == Clear)
            {
                (next, width, last) = (258, 9, -1);
                continue;
            }

            if (code > next || (code == next && last < 0)) break;
            var depth = 0;
            var walk = code;
            if (code == next)
            {
                stack[depth++] = first;
                walk = last;
            }

            while (walk > Stop)
            {
                stack[depth++] = suffix[walk];
                walk = prefix[walk];
            }

            first = (byte)walk;
            stack[depth++] = first;
            file.Spend(depth, made.Count + depth);
            while (depth > 0) made.Add(stack[--depth]);
            if (last >= 0 && next < Codes)
            {
                prefix[next] = last;
                suffix[next++] = first;
                var edge = next + (early ? 1 : 0);
                if (edge >= 2048) width = 12;
                else if (edge >= 1024) width = 11;
                else if (edge >= 512) width = 10;
            }

            last = code;
        }

        return [.. made];
    }

    private static byte[] Ascii85(ReadOnlySpan<byte> bytes)
    {
        var made = new List<byte>(bytes.Length);
        long group = 0;
        var count = 0;
        foreach (var b in bytes)
        {
            if (b == '~') break;
            if (b == 'z' && count == 0) made.AddRange([0, 0, 0, 0]);
            if (b is < (byte)'!' or > (byte)'u') continue;
            group = (group * 85) + (b - '!');
            if (++count < 5) continue;
            Flush(made, group, 4);
            (group, count) = (0, 0);
        }

        if (count > 1)
        {
            for (var pad = count; pad < 5; pad++) group = (group * 85) + 84;
            Flush(made, group, count - 1);
        }

        return [.. made];
    }

    private static void Flush(List<byte> made, long group, int count)
    {
        for (var at = 0; at < count; at++) made.Add((byte)(group >> (24 - (8 * at))));
    }

    private static byte[] AsciiHex(ReadOnlySpan<byte> bytes)
    {
        byte[] framed = [(byte)'<', .. bytes, (byte)'>'];
        return new PdfLexer(framed).Read() is PdfString text ? text.Bytes : [];
    }

    private static byte[] RunLength(PdfFile file, ReadOnlySpan<byte> bytes)
    {
        var made = new List<byte>(bytes.Length);
        for (var at = 0; at < bytes.Length && bytes[at] != 128;)
        {
            var length = bytes[at++];
            if (length < 128)
            {
                var count = Math.Min(length + 1, bytes.Length - at);
                made.AddRange(bytes.Slice(at, count));
                at += count;
            }
            else if (at < bytes.Length)
            {
                file.Spend(257 - length, made.Count + 257 - length);
                for (var count = 257 - length; count > 0; count--) made.Add(bytes[at]);
                at++;
            }
        }

        return [.. made];
    }

    private static byte[] Predict(PdfFile file, byte[] bytes, PdfDict parameters)
    {
        var predictor = (int)file.Number(parameters.GetValueOrDefault("Predictor"), 1);
        if (predictor <= 1) return bytes;
        var colours = (int)Math.Clamp(file.Number(parameters.GetValueOrDefault("Colors"), 1), 1, 32);
        var depth = (int)Math.Clamp(file.Number(parameters.GetValueOrDefault("BitsPerComponent"), 8), 1, 16);
        var columns = (int)Math.Clamp(file.Number(parameters.GetValueOrDefault("Columns"), 1), 1, 1 << 20);
        var pixel = Math.Max(1, colours * depth / 8);
        var row = ((colours * depth * columns) + 7) / 8;
        return predictor == 2 ? Tiff(bytes, row, pixel, depth) : Png(bytes, row, pixel);
    }

    private static byte[] Tiff(byte[] bytes, int row, int pixel, int depth)
    {
        if (depth != 8) return bytes;
        for (var start = 0; start < bytes.Length; start += row)
            for (var at = start + pixel; at < Math.Min(start + row, bytes.Length); at++) bytes[at] += bytes[at - pixel];
        return bytes;
    }

    private static byte[] Png(byte[] bytes, int row, int pixel)
    {
        var rows = (bytes.Length + row) / (row + 1);
        var made = new byte[rows * row];
        for (var line = 0; line < rows; line++)
        {
            var from = line * (row + 1);
            var to = line * row;
            var kind = bytes[from++];
            for (var at = 0; at < row && from + at < bytes.Length; at++)
            {
                var left = at >= pixel ? made[to + at - pixel] : 0;
                var up = line > 0 ? made[to + at - row] : 0;
                var corner = at >= pixel && line > 0 ? made[to + at - row - pixel] : 0;
                made[to + at] = (byte)(bytes[from + at] + kind switch { 1 => left, 2 => up, 3 => (left + up) / 2, 4 => Paeth(left, up, corner), _ => 0 });
            }
        }

        return made;
    }

    private static int Paeth(int left, int up, int corner)
    {
        var estimate = left + up - corner;
        var (toLeft, toUp, toCorner) = (Math.Abs(estimate - left), Math.Abs(estimate - up), Math.Abs(estimate - corner));
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }
}
