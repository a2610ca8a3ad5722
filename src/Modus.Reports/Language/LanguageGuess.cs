using System.Collections.Frozen;
using Modus.Reports.Documents;

namespace Modus.Reports.Language;

/// <summary>The language of a text, guessed from its script and its most frequent small words.</summary>
/// <param name="Code">ISO 639-1 code in lower case, or <c>und</c> where nothing fits.</param>
/// <param name="Share">Share of the words (for scripts of their own: of the letters) that speak for it, 0 to 1.</param>
public sealed record LanguageGuess(string Code, double Share)
{
    private const int SampleLength = 20_000;
    private const int MinimumWords = 8;
    private const double MinimumShare = 0.08;

    private static readonly (string Code, FrozenSet<string> Words)[] profiles =
    [
        ("en", Set("the of and to in is that for it with as was on are by this be from at which or an have has not their its were can will also been these they used")),
        ("de", Set("der die das und ist nicht ein eine den von mit des auf im für sich dem auch als werden wurde wird sind bei nach über oder aus einer durch zum zur")),
        ("fr", Set("le la les de des et est une un dans que pour par sur qui pas avec sont au aux ce cette ont été plus leur ou ces être du")),
        ("es", Set("el la los las de que y en un una es por con para se del al como más su ha han este esta fue son lo pero sus")),
        ("it", Set("il lo la gli le di che e un una per con non sono del della dei delle nel nella alla è stato questo questa più anche come da")),
        ("pt", Set("o os as de que e um uma em para com não por do da dos das no na ao foi são mais como este esta pelo pela ser")),
        ("nl", Set("de het een van en in is dat op te zijn met voor niet die aan er ook als bij door naar wordt worden werd deze dit")),
        ("pl", Set("i w na z się jest że do nie to o jak po co przez dla od są oraz został które tego może")),
    ];

    /// <summary>Whether the text is English, the only language whose sentences the mapper has learned.</summary>
    public bool IsEnglish => Code == "en";

    internal static LanguageGuess Unknown { get; } = new("und", 0);

    /// <summary>Guesses the language of a text.</summary>
    public static LanguageGuess Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return OfSample(text.AsSpan(0, Math.Min(text.Length, SampleLength)));
    }

    internal static LanguageGuess Of(string text, IReadOnlyList<Block> blocks)
    {
        var sample = new System.Text.StringBuilder();
        foreach (var block in blocks)
        {
            if (!block.IsBody || block.Kind is BlockKind.Code) continue;
            sample.Append(text, block.Start, Math.Min(block.Length, SampleLength)).Append('\n');
            if (sample.Length >= SampleLength) break;
        }

        return Of(sample.ToString());
    }

    private static LanguageGuess OfSample(ReadOnlySpan<char> text)
    {
        if (OwnScript(text) is { } guess) return guess;
        var hits = new int[profiles.Length];
        var words = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsLetter(text[at])) continue;
            var start = at;
            while (at < text.Length && char.IsLetter(text[at])) at++;
            words++;
            if (at - start > 6) continue;
            var word = text[start..at].ToString().ToLowerInvariant();
            for (var profile = 0; profile < profiles.Length; profile++)
                if (profiles[profile].Words.Contains(word)) hits[profile]++;
        }

        if (words < MinimumWords) return Unknown;
        var best = 0;
        for (var profile = 1; profile < hits.Length; profile++)
            if (hits[profile] > hits[best]) best = profile;
        var share = (double)hits[best] / words;
        return share < MinimumShare ? Unknown : new LanguageGuess(profiles[best].Code, Math.Round(share, 3));
    }

    private static LanguageGuess? OwnScript(ReadOnlySpan<char> text)
    {
        int letters = 0, cyrillic = 0, ukrainian = 0, han = 0, kana = 0, hangul = 0, arabic = 0, hebrew = 0;
        foreach (var c in text)
        {
            if (!char.IsLetter(c)) continue;
            letters++;
            if (c is >= '\u0400' and <= '\u04FF') cyrillic++;
            if (c is 'і' or 'ї' or 'є' or 'ґ') ukrainian++;
            if (c is >= '\u4E00' and <= '\u9FFF') han++;
            if (c is >= '\u3040' and <= '\u30FF') kana++;
            if (c is >= '\uAC00' and <= '\uD7AF') hangul++;
            if (c is >= '\u0600' and <= '\u06FF') arabic++;
            if (c is >= '\u0590' and <= '\u05FF') hebrew++;
        }

        (string Code, int Count)[] scripts =
        [
            (ukrainian * 20 > cyrillic ? "uk" : "ru", cyrillic), (kana * 10 > han ? "ja" : "zh", han + kana),
            ("ko", hangul), ("ar", arabic), ("he", hebrew),
        ];
        var best = scripts.MaxBy(static script => script.Count);
        return letters > 0 && best.Count * 10 > letters * 3
            ? new LanguageGuess(best.Code, Math.Round((double)best.Count / letters, 3))
            : null;
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
