namespace Modus.Reports.Documents;

/// <summary>Which characters are written in another way in the normalised text.</summary>
internal static class CharacterFold
{
    /// <summary>Whether a character has no width and no meaning for reading: soft hyphen, zero-width marks, direction marks.</summary>
    public static bool IsInvisible(char c) => c switch
    {
        '\u00AD' or '\uFEFF' or '\u2060' => true,
        >= '\u200B' and <= '\u200F' => true,
        >= '\u202A' and <= '\u202E' => true,
        >= '\u2066' and <= '\u2069' => true,
        _ => c < ' ' && c is not ('\t' or '\n' or '\r' or '\f'),
    };

    /// <summary>The letters of a typographic ligature, or null.</summary>
    public static string? Ligature(char c) => c switch
    {
        '\uFB00' => "ff",
        '\uFB01' => "fi",
        '\uFB02' => "fl",
        '\uFB03' => "ffi",
        '\uFB04' => "ffl",
        '\uFB05' or '\uFB06' => "st",
        _ => null,
    };

    /// <summary>The plain form of a typographic quote or hyphen, else the character itself.</summary>
    public static char Plain(char c) => c switch
    {
        '\u2018' or '\u2019' or '\u201A' or '\u201B' => '\'',
        '\u201C' or '\u201D' or '\u201E' or '\u201F' => '"',
        '\u2010' or '\u2011' => '-',
        _ => c,
    };
}
