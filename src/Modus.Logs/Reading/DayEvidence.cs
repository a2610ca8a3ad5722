using System.Text;

namespace Modus.Logs.Reading;

/// <summary>Which of day and month stands first in a file's dates, such as <c>3/4/2025 10:11</c>.</summary>
internal enum DayOrder
{
    /// <summary>No such dates were seen.</summary>
    None,

    /// <summary>A date with a day above 12 shows that months stand first.</summary>
    MonthFirst,

    /// <summary>A date with a day above 12 shows that days stand first.</summary>
    DayFirst,

    /// <summary>All dates that were seen may be read both ways.</summary>
    Doubtful,
}

/// <summary>Finds the order of day and month in a file's own dates: no month is above 12.</summary>
internal struct DayEvidence
{
    /// <summary>How many places of a long file are looked at, besides its start.</summary>
    private const int Places = 16;

    private int _monthFirst;
    private int _dayFirst;
    private int _doubtful;

    /// <summary>A date that may be read both ways; empty where there was none.</summary>
    public string Example { get; private set; }

    public readonly DayOrder Order => _monthFirst + _dayFirst == 0
        ? _doubtful > 0 ? DayOrder.Doubtful : DayOrder.None
        : _dayFirst > _monthFirst ? DayOrder.DayFirst : DayOrder.MonthFirst;

    /// <summary>Judges by the start of a file, and by places all over it where the start leaves a doubt.</summary>
    /// <param name="head">The start, as UTF-8.</param>
    /// <param name="file">The file, where it is one and not packed; it is left where it was.</param>
    public static DayEvidence Of(ReadOnlySpan<byte> head, Stream? file)
    {
        var evidence = new DayEvidence { Example = "" };
        evidence.Look(head);
        if (evidence.Order != DayOrder.Doubtful || file is null) return evidence;
        try
        {
            var position = file.Position;
            var place = new byte[LogLimits.SniffBytes];
            for (var i = 1; i <= Places && evidence.Order == DayOrder.Doubtful; i++)
            {
                file.Position = Math.Max(0, (file.Length - place.Length) / Places * i);
                var got = file.ReadAtLeast(place, place.Length, throwOnEndOfStream: false);
                evidence.Look(WithoutZeros(place.AsSpan(0, got)));
            }

            file.Position = position;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // What cannot be looked at leaves the doubt; the reading itself will say what is wrong with the file.
        }

        return evidence;
    }

    /// <summary>UTF-16 has a zero beside each of these characters.</summary>
    private static Span<byte> WithoutZeros(Span<byte> text)
    {
        var used = 0;
        foreach (var b in text)
            if (b != 0) text[used++] = b;
        return text[..used];
    }

    private void Look(ReadOnlySpan<byte> text)
    {
        for (var at = 0; at < text.Length;)
        {
            var slash = text[at..].IndexOf((byte)'/');
            if (slash < 0) return;
            slash += at;
            at = slash + 1;
            var start = slash;
            while (start > 0 && slash - start < 3 && char.IsAsciiDigit((char)text[start - 1])) start--;
            if (slash - start is < 1 or > 2 || (start > 0 && text[start - 1] is (byte)'/' or (byte)'.' or (byte)'-')) continue;
            var rest = text[(slash + 1)..];
            var digits = Digits(rest);
            if (digits is < 1 or > 2 || rest.Length < digits + 6 || rest[digits] != '/' || Digits(rest[(digits + 1)..]) != 4) continue;
            var behind = rest[(digits + 5)..];
            // A clock has to stand behind: other figures with slashes are no dates.
            var clock = behind.TrimStart(", T"u8);
            if (clock.Length == behind.Length || Digits(clock) is not (1 or 2) || clock.IndexOf((byte)':') is not (1 or 2)) continue;
            var (first, second) = (Number(text[start..slash]), Number(rest[..digits]));
            if (first > 12 && second is >= 1 and <= 12) _dayFirst++;
            else if (second > 12 && first is >= 1 and <= 12) _monthFirst++;
            else if (first != second && first is >= 1 and <= 12)
            {
                _doubtful++;
                if (Example.Length == 0) Example = Encoding.ASCII.GetString(text[start..(slash + digits + 6)]);
            }
        }
    }

    private static int Digits(ReadOnlySpan<byte> text)
    {
        var count = 0;
        while (count < text.Length && count < 6 && char.IsAsciiDigit((char)text[count])) count++;
        return count;
    }

    private static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits) number = (number * 10) + (digit - '0');
        return number;
    }
}
