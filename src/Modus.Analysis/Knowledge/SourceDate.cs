using System.Globalization;
using System.Text.RegularExpressions;

namespace Modus.Analysis.Knowledge;

/// <summary>Finds the day a source came out in the way it is cited.</summary>
/// <remarks>A month alone counts as its 15th, a year alone as 1 July. The day somebody retrieved a page says nothing.</remarks>
public static partial class SourceDate
{
    private const int MiddleOfMonth = 15;
    private static readonly DateTimeFormatInfo months = CultureInfo.InvariantCulture.DateTimeFormat;

    /// <summary>Reads a reference such as "Author. (2018, October 03). Title. Retrieved …": the first bracket that holds a date.</summary>
    /// <param name="text">The reference.</param>
    public static DateOnly? FromReference(string text)
    {
        var end = text.IndexOf("Retrieved", StringComparison.OrdinalIgnoreCase);
        var scope = end >= 0 ? text[..end] : text;
        foreach (var match in Bracket().EnumerateMatches(scope))
            if (FromParts(scope.Substring(match.Index + 1, match.Length - 2)) is { } date) return date;
        return null;
    }

    /// <summary>Reads a citation name such as "Vendor Actor March 2021": a month and a year, or nothing.</summary>
    /// <param name="name">The citation name.</param>
    public static DateOnly? FromName(string name)
    {
        var words = name.Split([' ', '-', '_'], StringSplitOptions.RemoveEmptyEntries);
        for (var at = 0; at + 1 < words.Length; at++)
            if (Month(words[at]) is { } month && Year(words[at + 1]) is { } year) return new DateOnly(year, month, MiddleOfMonth);
        return null;
    }

    private static DateOnly? FromParts(string text)
    {
        int? year = null, month = null, day = null;
        foreach (var word in text.Split([' ', ',', '.'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (Year(word) is { } y) year ??= y;
            else if (Month(word) is { } m) month ??= m;
            else if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var d) && d is >= 1 and <= 31) day ??= d;
            else return null;
        }
        if (year is not { } known) return null;
        if (month is not { } named) return day is null ? new DateOnly(known, 7, 1) : null;
        return day is not { } exact ? new DateOnly(known, named, MiddleOfMonth)
            : exact <= DateTime.DaysInMonth(known, named) ? new DateOnly(known, named, exact) : null;
    }

    private static int? Year(string word) =>
        word.Length == 4 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1980 and <= 2100 ? year : null;

    private static int? Month(string word)
    {
        var plain = word.TrimEnd('.');
        for (var month = 1; month <= 12; month++)
            if (plain.Equals(months.GetMonthName(month), StringComparison.OrdinalIgnoreCase)
                || plain.Equals(months.GetAbbreviatedMonthName(month), StringComparison.OrdinalIgnoreCase)
                || (month == 9 && plain.Equals("Sept", StringComparison.OrdinalIgnoreCase))) return month;
        return null;
    }

    [GeneratedRegex(@"\([^()]{4,40}\)", RegexOptions.NonBacktracking)]
    private static partial Regex Bracket();
}
