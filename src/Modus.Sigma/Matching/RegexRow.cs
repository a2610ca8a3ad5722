namespace Modus.Sigma.Matching;

/// <summary>Characters of one class in a row, as many as each match of a regular expression holds.</summary>
/// <param name="Class">The ASCII characters of the class, a bit for each.</param>
/// <param name="Length">The least number in a row.</param>
internal readonly record struct RegexRow(UInt128 Class, int Length)
{
    /// <summary>Whether an ASCII text holds the row. Looks at one character in <see cref="Length"/> where none fits.</summary>
    public bool IsIn(ReadOnlySpan<byte> ascii)
    {
        var (low, high) = ((ulong)Class, (ulong)(Class >> 64));
        for (var start = 0; start + Length <= ascii.Length;)
        {
            var at = start + Length - 1;
            while (at >= start && ((ascii[at] < 64 ? low : high) >> (ascii[at] & 63) & 1) != 0) at--;
            if (at < start) return true;
            start = at + 1;
        }

        return false;
    }
}
