using System.Buffers;
using System.Buffers.Text;
using System.Numerics;

namespace Modus.Sigma.Matching;

/// <summary>What a JSON record writes as something else and what is ASCII once it is decoded and folded: then a search of the record as it stands proves nothing.</summary>
internal static class HiddenAscii
{
    // Letters beyond ASCII that some tables of Unicode fold to ASCII ones: capital I with a dot, the i without, the long s, the Kelvin sign.
    private const int DottedI = 0x130, DotlessI = 0x131, LongS = 0x17F, Kelvin = 0x212A;
    private const int Escape = 6;

    private static readonly SearchValues<byte> FirstBytes = SearchValues.Create([0xC4, 0xC5, 0xE2]);

    /// <summary>Whether a text holds a letter beyond ASCII whose fold is an ASCII letter, as it stands.</summary>
    public static bool IsIn(ReadOnlySpan<byte> text)
    {
        while (text.IndexOfAny(FirstBytes) is var next and >= 0)
        {
            text = text[next..];
            if (text.StartsWith("\u212A"u8) || text.StartsWith("\u017F"u8) || text.StartsWith("\u0130"u8) || text.StartsWith("\u0131"u8)) return true;
            text = text[1..];
        }

        return false;
    }

    /// <summary>Whether a record holds an escape by number that stands for ASCII, from a place on.</summary>
    public static bool IsEscapedIn(ReadOnlySpan<byte> record, int from)
    {
        while (record[from..].IndexOf("\\u"u8) is var next and >= 0)
        {
            if (IsEscape(record, from + next)) return true;
            from += next + 1;
        }

        return false;
    }

    /// <summary>The same for escapes of which the places are known.</summary>
    /// <param name="record">The record.</param>
    /// <param name="from">The place of the first bit.</param>
    /// <param name="places">A bit for each backslash before a u.</param>
    public static bool IsEscapedAt(ReadOnlySpan<byte> record, int from, ulong places)
    {
        for (; places != 0; places &= places - 1)
            if (IsEscape(record, from + BitOperations.TrailingZeroCount(places))) return true;
        return false;
    }

    // A backslash before a u is an escape unless another one escapes it, as in paths. One whose number cannot be read may be anything.
    private static bool IsEscape(ReadOnlySpan<byte> record, int slash)
    {
        var run = 1;
        while (slash - run >= 0 && record[slash - run] == '\\') run++;
        if (run % 2 == 0) return false;
        return record.Length < slash + Escape || !Utf8Parser.TryParse(record.Slice(slash + 2, Escape - 2), out ushort unit, out var read, 'x') || read != Escape - 2
            || unit is < 0x80 or DottedI or DotlessI or LongS or Kelvin;
    }
}
