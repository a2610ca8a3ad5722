using System.Globalization;
using System.Text;
using Modus.Sigma.Expressions;

namespace Modus.Sigma.Matching;

/// <summary>A part of a time that stands in a field: ISO 8601 and its common relatives, or a number of seconds or milliseconds since 1970.</summary>
internal sealed class TimeCheck(TimeTest test) : ValueCheck
{
    private const int Longest = 40;
    private const decimal FirstMilliseconds = 100_000_000_000;

    public override bool ReadsFolded => false;

    public override bool Matches(ReadOnlySpan<byte> value) =>
        TryRead(value, out var time) && Compare(test.Comparison, Part(test.Part, time), test.Value);

    internal static bool TryRead(ReadOnlySpan<byte> value, out DateTime time)
    {
        time = default;
        if (value.Length is < 4 or > Longest) return false;
        if (decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            if (number < FirstMilliseconds) number *= 1000;
            if (number > 253_402_300_799_999m) return false;
            time = DateTime.UnixEpoch.AddMilliseconds((double)number);
            return true;
        }

        // A date must lead: the class library would also take "10:00" as a time of today.
        if (value.Length < 8 || !char.IsAsciiDigit((char)value[0]) || value[..8].IndexOfAny((byte)'-', (byte)'/') < 0) return false;
        Span<char> text = stackalloc char[Longest];
        if (Ascii.ToUtf16(value, text, out var length) != System.Buffers.OperationStatus.Done) return false;
        return DateTime.TryParse(text[..length], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.NoCurrentDateDefault, out time);
    }

    private static int Part(TimePart part, DateTime time) => part switch
    {
        TimePart.Minute => time.Minute,
        TimePart.Hour => time.Hour,
        TimePart.Day => time.Day,
        TimePart.Week => ISOWeek.GetWeekOfYear(time),
        TimePart.Month => time.Month,
        _ => time.Year,
    };
}
