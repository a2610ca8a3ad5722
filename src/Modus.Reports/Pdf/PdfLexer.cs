using System.Globalization;
using System.Text;

namespace Modus.Reports.Pdf;

/// <summary>Reads PDF syntax (ISO 32000-1, 7.2 and 7.3) from bytes; broken syntax gives what can be made of it.</summary>
internal sealed class PdfLexer(ReadOnlyMemory<byte> memory, int position = 0)
{
    private const int MaxDepth = 64;
    private const int MaxItems = 2_000_000;

    /// <summary>Marks the end of the bytes.</summary>
    public static readonly object End = new();

    private static readonly PdfKeyword closeArray = new("]");
    private static readonly PdfKeyword closeDict = new(">>");

    /// <summary>Where the next byte is read.</summary>
    public int Position { get; set; } = position;

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes => memory.Span;

    /// <summary>Reads the next value; references are recognised when asked for.</summary>
    public object? Read(bool references = true, int depth = 0)
    {
        SkipSpace();
        var bytes = memory.Span;
        if (Position >= bytes.Length) return End;
        var b = bytes[Position];
        switch (b)
        {
            case (byte)'/':
                return new PdfName(Name());
            case (byte)'(':
                return new PdfString(Literal());
            case (byte)'<':
                if (Position + 1 < bytes.Length && bytes[Position + 1] == '<')
                {
                    Position += 2;
                    return Dict(references, depth);
                }

                return new PdfString(Hex());
            case (byte)'>':
                Position += Position + 1 < bytes.Length && bytes[Position + 1] == '>' ? 2 : 1;
                return closeDict;
            case (byte)'[':
                Position++;
                return Array(references, depth);
            case (byte)']':
                Position++;
                return closeArray;
            case (byte)'{' or (byte)'}' or (byte)')':
                Position++;
                return new PdfKeyword(((char)b).ToString());
        }

        if (IsNumberStart(b)) return references ? NumberOrReference() : Number();
        var start = Position;
        while (Position < bytes.Length && !IsDelimiter(bytes[Position])) Position++;
        if (Position == start) Position++;
        var word = Encoding.Latin1.GetString(bytes[start..Position]);
        return word switch { "true" => true, "false" => false, "null" => null, _ => new PdfKeyword(word) };
    }

    /// <summary>Steps over white space and comments.</summary>
    public void SkipSpace()
    {
        var bytes = memory.Span;
        while (Position < bytes.Length)
        {
            if (IsSpace(bytes[Position])) Position++;
            else if (bytes[Position] == '%')
                while (Position < bytes.Length && bytes[Position] is not ((byte)'\r' or (byte)'\n')) Position++;
            else return;
        }
    }

    /// <summary>Whether a byte is white space (7.2.2).</summary>
    public static bool IsSpace(byte b) => b is 0 or 9 or 10 or 12 or 13 or 32;

    private static bool IsDelimiter(byte b) =>
        IsSpace(b) || b is (byte)'(' or (byte)')' or (byte)'<' or (byte)'>' or (byte)'[' or (byte)']' or (byte)'{' or (byte)'}' or (byte)'/' or (byte)'%';

    private static bool IsNumberStart(byte b) => b is >= (byte)'0' and <= (byte)'9' or (byte)'+' or (byte)'-' or (byte)'.';

    private object NumberOrReference()
    {
        var first = Number();
        if (first is < 0 or > int.MaxValue || first != Math.Floor(first)) return first;
        var back = Position;
        var bytes = memory.Span;
        SkipSpace();
        var start = Position;
        while (Position < bytes.Length && bytes[Position] is >= (byte)'0' and <= (byte)'9' && Position - start < 6) Position++;
        if (Position > start && Position < bytes.Length && IsSpace(bytes[Position]))
        {
            var generation = int.Parse(Encoding.Latin1.GetString(bytes[start..Position]), NumberStyles.None, CultureInfo.InvariantCulture);
            SkipSpace();
            if (Position < bytes.Length && bytes[Position] == 'R' && (Position + 1 >= bytes.Length || IsDelimiter(bytes[Position + 1])))
            {
                Position++;
                return new PdfRef((int)first, generation);
            }
        }

        Position = back;
        return first;
    }

    private double Number()
    {
        var bytes = memory.Span;
        var negative = false;
        while (Position < bytes.Length && bytes[Position] is (byte)'+' or (byte)'-')
        {
            negative |= bytes[Position] == '-';
            Position++;
        }

        double value = 0;
        double scale = 0;
        for (; Position < bytes.Length; Position++)
        {
            var b = bytes[Position];
            if (b is >= (byte)'0' and <= (byte)'9')
            {
                value = (value * 10) + (b - '0');
                scale *= 10;
            }
            else if (b == '.' && scale == 0) scale = 1;
            else if (b != '-') break;
        }

        if (scale > 1) value /= scale;
        return negative ? -value : value;
    }

    private string Name()
    {
        var bytes = memory.Span;
        var start = ++Position;
        while (Position < bytes.Length && !IsDelimiter(bytes[Position])) Position++;
        var raw = bytes[start..Position];
        if (!raw.Contains((byte)'#')) return Encoding.Latin1.GetString(raw);
        var name = new StringBuilder(raw.Length);
        for (var at = 0; at < raw.Length; at++)
        {
            if (raw[at] == '#' && at + 2 < raw.Length && Digit(raw[at + 1]) is >= 0 and var high && Digit(raw[at + 2]) is >= 0 and var low)
            {
                name.Append((char)((high << 4) | low));
                at += 2;
            }
            else name.Append((char)raw[at]);
        }

        return name.ToString();
    }

    private byte[] Literal()
    {
        var bytes = memory.Span;
        var made = new List<byte>();
        var depth = 1;
        for (Position++; Position < bytes.Length; Position++)
        {
            var b = bytes[Position];
            if (b == '(') depth++;
            if (b == ')' && --depth == 0)
            {
                Position++;
                break;
            }

            if (b == '\\') Escape(made);
            else made.Add(b);
        }

        return [.. made];
    }

    private void Escape(List<byte> made)
    {
        var bytes = memory.Span;
        if (++Position >= bytes.Length) return;
        var b = bytes[Position];
        switch (b)
        {
            case (byte)'n': made.Add(10); break;
            case (byte)'r': made.Add(13); break;
            case (byte)'t': made.Add(9); break;
            case (byte)'b': made.Add(8); break;
            case (byte)'f': made.Add(12); break;
            case (byte)'\n': break;
            case (byte)'\r':
                if (Position + 1 < bytes.Length && bytes[Position + 1] == '\n') Position++;
                break;
            case >= (byte)'0' and <= (byte)'7':
                var value = 0;
                var digits = 0;
                for (; digits < 3 && Position < bytes.Length && bytes[Position] is >= (byte)'0' and <= (byte)'7'; digits++, Position++) value = (value * 8) + bytes[Position] - '0';
                Position--;
                made.Add((byte)value);
                break;
            default: made.Add(b); break;
        }
    }

    private byte[] Hex()
    {
        var bytes = memory.Span;
        var made = new List<byte>();
        var half = -1;
        for (Position++; Position < bytes.Length; Position++)
        {
            if (bytes[Position] == '>')
            {
                Position++;
                break;
            }

            var digit = Digit(bytes[Position]);
            if (digit < 0) continue;
            if (half < 0) half = digit;
            else
            {
                made.Add((byte)((half << 4) | digit));
                half = -1;
            }
        }

        if (half >= 0) made.Add((byte)(half << 4));
        return [.. made];
    }

    private List<object?> Array(bool references, int depth)
    {
        if (depth > MaxDepth) throw new PdfException("arrays and dictionaries are nested too deep");
        var items = new List<object?>();
        while (items.Count < MaxItems)
        {
            var item = Read(references, depth + 1);
            if (ReferenceEquals(item, closeArray) || ReferenceEquals(item, End)) break;
            if (item is PdfKeyword) continue;
            items.Add(item);
        }

        return items;
    }

    private PdfDict Dict(bool references, int depth)
    {
        if (depth > MaxDepth) throw new PdfException("arrays and dictionaries are nested too deep");
        var dict = new PdfDict();
        while (dict.Count < MaxItems)
        {
            var key = Read(references, depth + 1);
            if (ReferenceEquals(key, closeDict) || ReferenceEquals(key, End)) break;
            if (key is PdfKeyword { Value: "endobj" or "stream" }) break;
            if (key is not PdfName name) continue;
            var value = Read(references, depth + 1);
            if (ReferenceEquals(value, closeDict) || ReferenceEquals(value, End)) break;
            dict[name.Value] = value;
        }

        return dict;
    }

    private static int Digit(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        _ => -1,
    };
}
