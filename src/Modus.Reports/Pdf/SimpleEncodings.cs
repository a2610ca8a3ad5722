using System.Text;

namespace Modus.Reports.Pdf;

/// <summary>The named one-byte encodings of simple fonts (ISO 32000-1, annex D).</summary>
internal static class SimpleEncodings
{
    private const string StandardUpper =
        "A1 exclamdown A2 cent A3 sterling A4 fraction A5 yen A6 florin A7 section A8 currency A9 quotesingle AA quotedblleft AB guillemotleft AC guilsinglleft AD guilsinglright AE fi AF fl "
        + "B1 endash B2 dagger B3 daggerdbl B4 periodcentered B6 paragraph B7 bullet B8 quotesinglbase B9 quotedblbase BA quotedblright BB guillemotright BC ellipsis BD perthousand BF questiondown "
        + "C1 grave C2 acute C3 circumflex C4 tilde C5 macron C6 breve C7 dotaccent C8 dieresis CA ring CB cedilla CD hungarumlaut CE ogonek CF caron D0 emdash "
        + "E1 AE E3 ordfeminine E8 Lslash E9 Oslash EA OE EB ordmasculine F1 ae F5 dotlessi F8 lslash F9 oslash FA oe FB germandbls";

    /// <summary>StandardEncoding.</summary>
    public static IReadOnlyList<string?> Standard { get; } = MakeStandard();

    /// <summary>WinAnsiEncoding.</summary>
    public static IReadOnlyList<string?> WinAnsi { get; } = OfCodePage(1252);

    /// <summary>MacRomanEncoding.</summary>
    public static IReadOnlyList<string?> MacRoman { get; } = OfCodePage(10000);

    /// <summary>The encoding with a name; null for none.</summary>
    public static IReadOnlyList<string?>? Find(string? name) => name switch
    {
        "WinAnsiEncoding" => WinAnsi,
        "MacRomanEncoding" => MacRoman,
        "StandardEncoding" or "PDFDocEncoding" => Standard,
        _ => null,
    };

    private static string?[] MakeStandard()
    {
        var table = new string?[256];
        for (var code = 0x20; code < 0x7F; code++) table[code] = ((char)code).ToString();
        table[0x27] = "\u2019";
        table[0x60] = "\u2018";
        var parts = StandardUpper.Split(' ');
        for (var at = 0; at < parts.Length; at += 2) table[Convert.ToInt32(parts[at], 16)] = GlyphNames.Text(parts[at + 1]);
        return table;
    }

    private static string?[] OfCodePage(int page)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(page)!;
        var table = new string?[256];
        for (var code = 0x20; code < 256; code++)
        {
            var text = encoding.GetString([(byte)code]);
            table[code] = text.Length == 1 && !char.IsControl(text[0]) ? text : "\u2022";
        }

        table[0xA0] = " ";
        return table;
    }
}
