using System.Globalization;

namespace Modus.Reports.Entities;

/// <summary>Reads dates as reports write them: ISO, day and month in words, year and month, quarters; with time and zone.</summary>
internal static class DateReader
{
    private const int FirstYear = 1970;
    private const int LastYear = 2099;

    private static readonly string[] months = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    /// <summary>Reads a date that begins at a word.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">First character of the word.</param>
    /// <param name="limit">Where the block ends.</param>
    /// <returns>The date and the end of its text; null where none begins here.</returns>
    public static (StatedDate Date, int End)? Read(string text, int at, int limit)
    {
        Scan Begin() => new(text, at, limit);
        var found = char.IsAsciiDigit(text[at]) ? Iso(Begin()) ?? Dotted(Begin()) ?? DayFirst(Begin())
            : char.IsUpper(text[at]) ? MonthFirst(Begin()) ?? Quarter(Begin()) : null;
        if (found is not { } date || !IsReal(date.Date)) return null;
        return WithTime(text, date.Date, date.End, limit);
    }

    private static (StatedDate Date, int End)? Iso(Scan scan)
    {
        if (!scan.Number(4, 4, out var year) || !scan.Any("-/", out var mark) || !scan.Number(1, 2, out var month) || !scan.Is(mark) || !scan.Number(1, 2, out var day) || scan.IsAtDigit) return null;
        return (new StatedDate(year, month, day, null, null), scan.At);
    }

    /// <summary>Day, month and year with stops; with slashes only where the first number cannot be a month.</summary>
    private static (StatedDate Date, int End)? Dotted(Scan scan)
    {
        if (!scan.Number(1, 2, out var day) || !scan.Any("./", out var mark) || !scan.Number(1, 2, out var month) || !scan.Is(mark) || !scan.Number(4, 4, out var year) || scan.IsAtDigit) return null;
        if (scan.At < scan.Limit && scan.Text[scan.At] == '.' && scan.At + 1 < scan.Limit && char.IsAsciiDigit(scan.Text[scan.At + 1])) return null;
        if (mark == '/' && month > 12) (day, month) = (month, day);
        else if (mark == '/' && day <= 12) return null;
        return (new StatedDate(year, month, day, null, null), scan.At);
    }

    private static (StatedDate Date, int End)? DayFirst(Scan scan)
    {
        if (!scan.Number(1, 2, out var day)) return null;
        scan.Skip("st", "nd", "rd", "th");
        if (!scan.Space()) return null;
        scan.Skip("of ");
        if (!scan.Month(months, out var month) || !scan.Space() || !scan.Number(4, 4, out var year) || scan.IsAtDigit) return null;
        return (new StatedDate(year, month, day, null, null), scan.At);
    }

    private static (StatedDate Date, int End)? MonthFirst(Scan scan)
    {
        if (!scan.Month(months, out var month) || !scan.Space()) return null;
        var back = scan.At;
        if (scan.Number(4, 4, out var only) && !scan.IsAtDigit) return (new StatedDate(only, month, null, null, null), scan.At);
        scan.At = back;
        if (!scan.Number(1, 2, out var day)) return null;
        scan.Skip("st", "nd", "rd", "th");
        if (!scan.Is(',')) scan.Skip(".");
        return scan.Space() && scan.Number(4, 4, out var year) && !scan.IsAtDigit ? (new StatedDate(year, month, day, null, null), scan.At) : null;
    }

    private static (StatedDate Date, int End)? Quarter(Scan scan) =>
        scan.Is('Q') && scan.Number(1, 1, out var quarter) && quarter is >= 1 and <= 4 && scan.Space() && scan.Number(4, 4, out var year) && !scan.IsAtDigit
            ? (new StatedDate(year, null, null, null, null), scan.At) : null;

    private static (StatedDate Date, int End) WithTime(string text, StatedDate date, int end, int limit)
    {
        if (date.Day is null) return (date, end);
        var scan = new Scan(text, end, limit);
        if (!scan.Is('T'))
        {
            scan.Skip(",");
            if (!scan.Space()) return (date, end);
            scan.Skip("at ");
        }

        if (!scan.Number(1, 2, out var hour) || !scan.Is(':') || !scan.Number(2, 2, out var minute) || hour > 23 || minute > 59) return (date, end);
        var second = 0;
        var back = scan.At;
        if (scan.Is(':') && (!scan.Number(2, 2, out second) || second > 59)) scan.At = back;
        if (scan.Is('.')) scan.Number(1, 7, out _);
        if (scan.IsAtDigit) return (date, end);
        date = date with { Time = new TimeOnly(hour, minute, Math.Min(second, 59)) };
        end = scan.At;
        return Zone(scan) is { } offset ? (date with { Offset = offset }, scan.At) : (date, end);
    }

    private static TimeSpan? Zone(Scan scan)
    {
        if (scan.Is('Z')) return TimeSpan.Zero;
        scan.Space();
        var named = scan.Skip("UTC") || scan.Skip("GMT");
        var back = scan.At;
        if (scan.Any("+-", out var sign) && scan.Number(1, 2, out var hours) && hours <= 14)
        {
            scan.Is(':');
            scan.Number(2, 2, out var minutes);
            return new TimeSpan(hours, Math.Min(minutes, 59), 0) * (sign == '-' ? -1 : 1);
        }

        scan.At = back;
        if (named) return TimeSpan.Zero;
        foreach (var (name, hour) in (ReadOnlySpan<(string, int)>)[("EST", -5), ("EDT", -4), ("CST", -6), ("CDT", -5), ("MST", -7), ("MDT", -6), ("PST", -8), ("PDT", -7), ("CET", 1), ("CEST", 2), ("EET", 2), ("EEST", 3), ("MSK", 3), ("JST", 9)])
            if (scan.Word(name)) return TimeSpan.FromHours(hour);
        return null;
    }

    private static bool IsReal(StatedDate date) =>
        date.Year is >= FirstYear and <= LastYear && date.Month is null or (>= 1 and <= 12)
        && (date.Day is null || (date.Day >= 1 && date.Day <= DateTime.DaysInMonth(date.Year, date.Month ?? 1)));

    /// <summary>Steps through a text; a failed step leaves the place where it was only if the caller sets it back.</summary>
    private sealed class Scan(string text, int at, int limit)
    {
        public string Text { get; } = text;

        public int Limit { get; } = limit;

        public int At { get; set; } = at;

        public bool IsAtDigit => At < Limit && char.IsAsciiDigit(Text[At]);

        public bool Number(int least, int most, out int value)
        {
            var from = At;
            while (At < Limit && At - from < most && char.IsAsciiDigit(Text[At])) At++;
            if (int.TryParse(Text.AsSpan(from, At - from), NumberStyles.None, CultureInfo.InvariantCulture, out value) && At - from >= least) return true;
            At = from;
            return false;
        }

        public bool Any(string marks, out char mark)
        {
            mark = At < Limit ? Text[At] : '\0';
            if (!marks.Contains(mark, StringComparison.Ordinal)) return false;
            At++;
            return true;
        }

        public bool Is(char c)
        {
            if (At >= Limit || Text[At] != c) return false;
            At++;
            return true;
        }

        public bool Space() => Is(' ') || Is('\n');

        public bool Skip(params ReadOnlySpan<string> words)
        {
            foreach (var word in words)
            {
                if (At + word.Length > Limit || string.CompareOrdinal(Text, At, word, 0, word.Length) != 0) continue;
                At += word.Length;
                return true;
            }

            return false;
        }

        public bool Word(string word)
        {
            var end = At + word.Length;
            return (end >= Limit || !char.IsLetterOrDigit(Text[end])) && Skip(word);
        }

        public bool Month(string[] names, out int month)
        {
            var from = At;
            while (At < Limit && char.IsLetter(Text[At])) At++;
            var word = Text[from..At].ToLowerInvariant();
            month = 1 + Array.FindIndex(names, name => name == word || (word.Length is 3 or 4 && word is not "mayo" && name.StartsWith(word, StringComparison.Ordinal)));
            if (month == 0)
            {
                At = from;
                return false;
            }

            Is('.');
            Is(',');
            return true;
        }
    }
}
