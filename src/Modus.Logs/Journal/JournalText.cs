using System.Buffers.Binary;

namespace Modus.Logs.Journal;

/// <summary>The form in which <c>journalctl -o export</c> writes: a field a line, binary values with their length, an empty line behind each record.</summary>
internal static class JournalText
{
    /// <summary>Whether text begins like an export of a journal.</summary>
    public static bool Looks(ReadOnlySpan<byte> text) =>
        text.StartsWith("__"u8) && text.IndexOf((byte)'=') is > 2 and < 40 and var equals && text[..equals].IndexOfAnyExcept(NameLetters) < 0
        && text[..Math.Min(text.Length, 4096)].IndexOf("__REALTIME_TIMESTAMP="u8) >= 0;

    private static readonly System.Buffers.SearchValues<byte> NameLetters = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"u8);

    /// <summary>Takes the next field of a record.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where the field starts; then where the next does.</param>
    /// <param name="name">Its name; empty at the end of a record.</param>
    /// <param name="value">Its value.</param>
    /// <returns>False where the text ends within the field.</returns>
    public static bool TryField(ReadOnlySpan<byte> text, ref int at, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = value = default;
        var rest = text[at..];
        var end = rest.IndexOf((byte)'\n');
        if (end < 0) return false;
        var line = rest[..end];
        var equals = line.IndexOf((byte)'=');
        if (equals >= 0 || line.IsEmpty)
        {
            name = equals < 0 ? default : line[..equals];
            value = equals < 0 ? default : line[(equals + 1)..];
            at += end + 1;
            return true;
        }

        var start = end + 9;
        if (rest.Length < start) return false;
        var length = BinaryPrimitives.ReadUInt64LittleEndian(rest[(end + 1)..]);
        // A length that no record can have is damage: the line alone is left out.
        if (length > LogLimits.MaxRecordBytes)
        {
            at += end + 1;
            name = "?"u8;
            return true;
        }

        if (rest.Length < start + (int)length + 1) return false;
        name = line;
        value = rest.Slice(start, (int)length);
        at += start + (int)length + 1;
        return true;
    }

    /// <summary>The bytes up to the end of the last whole record, or 0.</summary>
    public static int LastRecordEnd(ReadOnlySpan<byte> text)
    {
        var whole = 0;
        for (var at = 0; TryField(text, ref at, out var name, out _);)
            if (name.IsEmpty) whole = at;
        return whole;
    }
}
