namespace Modus.Reports.Mentions;

/// <summary>The shapes of ids: which letters stand for which kind of object.</summary>
internal static class IdShape
{
    /// <summary>Digits of every id.</summary>
    public const int Digits = 4;

    /// <summary>Digits of a sub-technique's number.</summary>
    public const int SubDigits = 3;

    private static readonly (string Letters, MentionKind Kind)[] shapes =
    [
        ("DET", MentionKind.DetectionStrategy),
        ("TA", MentionKind.Tactic), ("DS", MentionKind.DataSource), ("DC", MentionKind.DataComponent), ("AN", MentionKind.Analytic),
        ("T", MentionKind.Technique), ("G", MentionKind.Group), ("S", MentionKind.Software), ("C", MentionKind.Campaign),
        ("M", MentionKind.Mitigation), ("A", MentionKind.Asset),
    ];

    /// <summary>Reads an id's letters and first four digits.</summary>
    /// <returns>Kind and number of characters, or null where no id begins here.</returns>
    public static (MentionKind Kind, int Length)? Read(ReadOnlySpan<char> text)
    {
        foreach (var (letters, kind) in shapes)
        {
            if (!text.StartsWith(letters, StringComparison.Ordinal)) continue;
            var length = letters.Length + Digits;
            if (text.Length < length || !AreDigits(text[letters.Length..length])) continue;
            if (text.Length > length && char.IsAsciiDigit(text[length])) return null;
            return (kind, length);
        }

        return null;
    }

    /// <summary>Whether all characters are ASCII digits.</summary>
    public static bool AreDigits(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (!char.IsAsciiDigit(c)) return false;
        return true;
    }
}
