namespace Modus.Casework.Defence;

/// <summary>Whether a table writes days as day/month/year or as month/day/year, judged over its whole column; with dots the day always stands first.</summary>
internal sealed class DayOrder
{
    /// <summary>Day first.</summary>
    public static readonly DayOrder DayFirst = new(false);

    /// <summary>Month first.</summary>
    public static readonly DayOrder MonthFirst = new(true);

    /// <summary>No day of the table says which.</summary>
    public static readonly DayOrder Unsure = new(null);

    private readonly bool? monthFirst;

    private DayOrder(bool? monthFirst) => this.monthFirst = monthFirst;

    /// <summary>The order that the days of a column can only have; <see cref="Unsure"/> where both fit, or where they contradict each other.</summary>
    public static DayOrder Of(IEnumerable<string> cells)
    {
        bool dayFirst = false, monthFirst = false;
        foreach (var cell in cells)
        {
            if (Parts(cell) is not { } parts || parts.Dots) continue;
            dayFirst |= parts.First > 12;
            monthFirst |= parts.Second > 12;
        }

        return dayFirst == monthFirst ? Unsure : dayFirst ? DayFirst : MonthFirst;
    }

    /// <summary>Whether text begins like a day in figures whose year stands last.</summary>
    public static bool IsNumeric(string text) => Parts(text) is not null;

    /// <summary>The day; null where the order is unsure and matters, or where there is no such day.</summary>
    public DateOnly? Read(string text)
    {
        if (Parts(text) is not { } parts) return null;
        if (!parts.Dots && monthFirst is null && parts.First != parts.Second) return null;
        var (day, month) = !parts.Dots && monthFirst == true ? (parts.Second, parts.First) : (parts.First, parts.Second);
        return parts.Year is >= 1970 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(parts.Year, month) ? new DateOnly(parts.Year, month, day) : null;
    }

    private static (int First, int Second, int Year, bool Dots)? Parts(string text)
    {
        var day = text.Trim().Split([' ', ',', 'T'], 2)[0];
        var words = day.Split(['.', '/', '-']);
        if (words.Length != 3 || words.Any(word => word.Length == 0 || !word.All(char.IsAsciiDigit))) return null;
        if (words[0].Length > 2 || words[1].Length > 2 || words[2].Length is not (2 or 4)) return null;
        var year = Number(words[2]);
        return (Number(words[0]), Number(words[1]), words[2].Length == 2 ? 2000 + year : year, day.Contains('.', StringComparison.Ordinal));
    }

    private static int Number(string digits) => int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
}
