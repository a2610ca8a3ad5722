using System.Buffers.Text;

namespace Modus.Logs;

/// <summary>Reads the times that logs write.</summary>
internal static class LogTimes
{
    /// <summary>Reads a time: ISO 8601 and its near kin, or a number of seconds, milli-, micro- or nanoseconds since 1970.</summary>
    /// <param name="text">The text.</param>
    /// <param name="offset">The offset from UTC of a time without zone; null when unknown.</param>
    /// <param name="utc">Whether the format says that its times are UTC.</param>
    /// <param name="time">The time.</param>
    /// <param name="dayFirst">Whether the day stands before the month in a date that may be read both ways.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, TimeSpan? offset, bool utc, out LogTime time, bool dayFirst = false)
    {
        time = default;
        text = text.Trim(" \""u8);
        // What .NET's older serializer makes of a time: milliseconds since 1970.
        if (text.StartsWith("/Date("u8) && text.EndsWith(")/"u8)) text = text[6..^2];
        if (text.Length >= 8 && Utf8Parser.TryParse(text, out long _, out var digits) && (digits == text.Length || text[digits] == '.') && TryEpoch(text, out time)) return true;
        if (TryIso(text, offset, utc, out time)) return true;
        return TryNumbers(text, offset, utc, dayFirst, out time) || TryNamed(text, offset, utc, out time);
    }

    /// <summary>Makes a time of clock figures without a zone.</summary>
    public static LogTime Local(DateTime clock, TimeSpan? offset) => offset is { } known
        ? new LogTime(Shift(clock, -known), TimeQuality.ZoneAssumed)
        : new LogTime(DateTime.SpecifyKind(clock, DateTimeKind.Utc), TimeQuality.ZoneUnknown);

    /// <summary>A time whose zone was unknown, read in a zone; a clock time that daylight saving leaves out or repeats is taken as standard time.</summary>
    public static LogTime In(LogTime time, TimeZoneInfo zone)
    {
        var clock = DateTime.SpecifyKind(time.Utc, DateTimeKind.Unspecified);
        return new LogTime(Shift(time.Utc, -zone.GetUtcOffset(clock)), TimeQuality.ZoneAssumed);
    }

    private static bool TryEpoch(ReadOnlySpan<byte> text, out LogTime time)
    {
        time = default;
        if (!Utf8Parser.TryParse(text, out long whole, out var used) || whole < 0) return false;
        long ticks;
        if (used < text.Length)
        {
            if (!Utf8Parser.TryParse(text[(used + 1)..], out long fraction, out var places) || places + used + 1 != text.Length) return false;
            for (; places > 7; places--) fraction /= 10;
            for (; places < 7; places++) fraction *= 10;
            if (whole > 253402300799) return false;
            ticks = (whole * TimeSpan.TicksPerSecond) + fraction;
        }
        else if (whole < 100_000_000_000)
        {
            ticks = whole * TimeSpan.TicksPerSecond;
        }
        else if (whole < 100_000_000_000_000)
        {
            ticks = whole * TimeSpan.TicksPerMillisecond;
        }
        else if (whole < 100_000_000_000_000_000)
        {
            ticks = whole * TimeSpan.TicksPerMicrosecond;
        }
        else
        {
            ticks = whole / 100;
        }

        if (ticks > DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) return false;
        time = new LogTime(DateTime.UnixEpoch.AddTicks(ticks), TimeQuality.Exact);
        return true;
    }

    private static bool TryIso(ReadOnlySpan<byte> t, TimeSpan? offset, bool utc, out LogTime time)
    {
        time = default;
        if (t.Length < 10 || (t[4] is not ((byte)'-' or (byte)'/')) || t[7] != t[4]) return false;
        if (!Digits(t, 0, 4, out var year) || !Digits(t, 5, 2, out var month) || !Digits(t, 8, 2, out var day)) return false;
        int hour = 0, minute = 0, second = 0;
        long fraction = 0;
        var rest = t[10..];
        if (rest.Length >= 6 && (rest[0] is (byte)'T' or (byte)' ' or (byte)'t'))
        {
            if (!Digits(rest, 1, 2, out hour) || rest[3] != ':' || !Digits(rest, 4, 2, out minute)) return false;
            rest = rest[6..];
            if (rest.Length >= 3 && rest[0] == ':')
            {
                if (!Digits(rest, 1, 2, out second)) return false;
                rest = rest[3..];
                if (rest.Length > 1 && rest[0] is (byte)'.' or (byte)',')
                {
                    rest = Fraction(rest[1..], out fraction, out var places);
                    if (places == 0) return false;
                }
            }
        }

        return Make(year, month, day, hour, minute, second, fraction, rest, offset, utc, out time);
    }

    /// <summary>
    /// A day with the month's name: <c>Mar 04 2025 10:11:12 GMT</c>, <c>March 4, 2025, 10:11:12 (UTC+01:00)</c>, <c>Mar 4, 2025 @ 10:11:12.123</c>,
    /// <c>Tue Mar  4 10:11:12 2025</c>, <c>04/Mar/2025:10:11:12 +0000</c>, <c>04 Mar 2025 10:11:12</c>.
    /// </summary>
    private static bool TryNamed(ReadOnlySpan<byte> t, TimeSpan? offset, bool utc, out LogTime time)
    {
        time = default;
        if (t.Length is < 18 or > 64) return false;
        Span<int> numbers = stackalloc int[2];
        var (count, month, hour, minute, second, fraction) = (0, 0, -1, 0, 0, 0L);
        while (!t.IsEmpty && (count < 2 || hour < 0))
        {
            t = t.TrimStart(" ,/@-"u8);
            if (t.StartsWith(":"u8)) t = t[1..];
            if (t.IsEmpty) break;
            if (char.IsAsciiLetter((char)t[0]))
            {
                var letters = 0;
                while (letters < t.Length && char.IsAsciiLetter((char)t[letters])) letters++;
                // A weekday may stand before; a zone only behind.
                if (MonthOf(t[..letters]) is var named and > 0) month = named;
                else if (count > 0 || month > 0) return false;
                t = t[letters..];
                continue;
            }

            if (!Utf8Parser.TryParse(t, out int number, out var used) || number < 0 || used > 4) return false;
            t = t[used..];
            if (t.StartsWith(":"u8) && used == 2 && hour < 0)
            {
                hour = number;
                if (!Digits(t, 1, 2, out minute) || t.Length < 6 || t[3] != ':' || !Digits(t, 4, 2, out second)) return false;
                t = t[6..];
                if (t.Length > 1 && t[0] is (byte)'.' or (byte)',' && char.IsAsciiDigit((char)t[1])) t = Fraction(t[1..], out fraction, out _);
                continue;
            }

            if (count == 2) return false;
            numbers[count++] = number;
        }

        if (month == 0 || hour < 0 || count < 2 || numbers[1] < 1970) return false;
        if (!TryHalfDay(ref t, ref hour)) return false;
        t = t.Trim(" ()"u8);
        if (t.Length > 3 && t.StartsWith("UTC"u8)) t = t[3..];
        return Make(numbers[1], month, numbers[0], hour, minute, second, fraction, t, offset, utc, out time);
    }

    private static int MonthOf(ReadOnlySpan<byte> name)
    {
        if (name.Length < 3) return 0;
        var names = "JanFebMarAprMayJunJulAugSepOctNovDec"u8;
        for (var month = 0; month < 12; month++)
            if (name[..3].SequenceEqual(names.Slice(month * 3, 3)) && (name.Length == 3 || System.Text.Ascii.EqualsIgnoreCase(name, MonthNames[month]))) return month + 1;
        return 0;
    }

    private static readonly string[] MonthNames = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    /// <summary>Month/day/year or the like with an optional AM or PM, as Microsoft's exports write.</summary>
    private static bool TryNumbers(ReadOnlySpan<byte> t, TimeSpan? offset, bool utc, bool dayFirst, out LogTime time)
    {
        time = default;
        // Where days stand before months, dots or dashes stand between them, or the day alone shows it.
        var mark = t.IndexOfAny((byte)'/', (byte)'.', (byte)'-') is var first and > 0 and < 3 ? (char)t[first] : '/';
        if (!Number(ref t, mark, out var month) || !Number(ref t, mark, out var day) || !Number(ref t, ' ', out var year, ',')) return false;
        if (mark == '.' || month is > 12 and <= 31 || ((dayFirst || mark == '-') && day <= 12)) (month, day) = (day, month);
        t = t.TrimStart((byte)' ');
        if (!Number(ref t, ':', out var hour) || !Utf8Parser.TryParse(t, out int minute, out var used)) return false;
        t = t[used..];
        var second = 0;
        if (t.Length > 1 && t[0] == ':')
        {
            if (!Utf8Parser.TryParse(t[1..], out second, out used)) return false;
            t = t[(used + 1)..];
        }

        var fraction = 0L;
        if (t.Length > 1 && t[0] == '.' && char.IsAsciiDigit((char)t[1])) t = Fraction(t[1..], out fraction, out _);
        return TryHalfDay(ref t, ref hour) && Make(year, month, day, hour, minute, second, fraction, t, offset, utc, out time);
    }

    /// <summary>Takes an AM or PM, with any blank before it; false where the hour is none of twelve.</summary>
    private static bool TryHalfDay(ref ReadOnlySpan<byte> t, ref int hour)
    {
        if (t.StartsWith("\u202f"u8)) t = t[3..];
        t = t.Trim((byte)' ');
        if (t.Length < 2 || (t[1] | 0x20) != 'm' || (t[0] | 0x20) is not ('a' or 'p')) return true;
        if (hour is < 1 or > 12) return false;
        hour = (hour % 12) + ((t[0] | 0x20) == 'p' ? 12 : 0);
        t = t[2..];
        return true;
    }

    private static bool Make(
        int year, int month, int day, int hour, int minute, int second, long fraction, ReadOnlySpan<byte> zone, TimeSpan? offset, bool utc, out LogTime time)
    {
        time = default;
        if (second == 60) second = 59;
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59) return false;
        var clock = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).AddTicks(fraction);
        zone = zone.Trim((byte)' ');
        if (zone.IsEmpty)
        {
            time = utc ? new LogTime(clock, TimeQuality.Exact) : Local(clock, offset);
            return true;
        }

        if (zone.SequenceEqual("Z"u8) || zone.SequenceEqual("z"u8) || zone.SequenceEqual("UTC"u8) || zone.SequenceEqual("GMT"u8))
        {
            time = new LogTime(clock, TimeQuality.Exact);
            return true;
        }

        if (zone[0] is not ((byte)'+' or (byte)'-') || !Digits(zone, 1, 2, out var hours)) return false;
        var minutes = 0;
        var tail = zone[3..];
        if (tail.Length > 0 && tail[0] == ':') tail = tail[1..];
        if (tail.Length > 0 && (tail.Length != 2 || !Digits(tail, 0, 2, out minutes))) return false;
        var shift = new TimeSpan(hours, minutes, 0);
        time = new LogTime(Shift(clock, zone[0] == '+' ? -shift : shift), TimeQuality.Exact);
        return true;
    }

    private static DateTime Shift(DateTime clock, TimeSpan by)
    {
        var ticks = Math.Clamp(clock.Ticks + by.Ticks, 0, DateTime.MaxValue.Ticks);
        return new DateTime(ticks, DateTimeKind.Utc);
    }

    /// <summary>Takes the digits of a fraction of a second, as ticks.</summary>
    private static ReadOnlySpan<byte> Fraction(ReadOnlySpan<byte> t, out long ticks, out int places)
    {
        ticks = 0;
        places = 0;
        for (; t.Length > 0 && char.IsAsciiDigit((char)t[0]); t = t[1..], places++)
            if (places < 7) ticks = (ticks * 10) + (t[0] - '0');
        for (var missing = places; missing < 7; missing++) ticks *= 10;
        return t;
    }

    private static bool Number(ref ReadOnlySpan<byte> t, char end, out int value, char other = '\0')
    {
        if (!Utf8Parser.TryParse(t, out value, out var used) || used >= t.Length || (t[used] != end && t[used] != other)) return false;
        t = t[(used + 1)..];
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> t, int at, int count, out int value)
    {
        value = 0;
        if (at + count > t.Length) return false;
        for (var i = at; i < at + count; i++)
        {
            var digit = t[i] - '0';
            if ((uint)digit > 9) return false;
            value = (value * 10) + digit;
        }

        return true;
    }
}
