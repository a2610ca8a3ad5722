using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Modus.Reports.Pdf;

/// <summary>The characters that glyph names stand for.</summary>
internal static class GlyphNames
{
    private const string Listed =
        "space \u0020|exclam !|quotedbl \"|numbersign #|dollar $|percent %|ampersand &|quotesingle '|parenleft (|parenright )|asterisk *|plus +|comma ,|hyphen -|period .|slash /|"
        + "zero 0|one 1|two 2|three 3|four 4|five 5|six 6|seven 7|eight 8|nine 9|colon :|semicolon ;|less <|equal =|greater >|question ?|at @|bracketleft [|backslash \\|bracketright ]|"
        + "asciicircum ^|underscore _|grave `|braceleft {|braceright }|asciitilde ~|quoteleft \u2018|quoteright \u2019|quotedblleft \u201C|quotedblright \u201D|quotesinglbase \u201A|quotedblbase \u201E|"
        + "exclamdown ¡|cent ¢|sterling £|currency ¤|yen ¥|brokenbar ¦|section §|dieresis ¨|copyright ©|ordfeminine ª|guillemotleft «|logicalnot ¬|sfthyphen \u00AD|registered ®|macron ¯|degree °|plusminus ±|"
        + "twosuperior ²|threesuperior ³|acute ´|mu µ|paragraph ¶|periodcentered ·|cedilla ¸|onesuperior ¹|ordmasculine º|guillemotright »|onequarter ¼|onehalf ½|threequarters ¾|questiondown ¿|"
        + "Agrave À|Aacute Á|Acircumflex Â|Atilde Ã|Adieresis Ä|Aring Å|AE Æ|Ccedilla Ç|Egrave È|Eacute É|Ecircumflex Ê|Edieresis Ë|Igrave Ì|Iacute Í|Icircumflex Î|Idieresis Ï|Eth Ð|Ntilde Ñ|"
        + "Ograve Ò|Oacute Ó|Ocircumflex Ô|Otilde Õ|Odieresis Ö|multiply ×|Oslash Ø|Ugrave Ù|Uacute Ú|Ucircumflex Û|Udieresis Ü|Yacute Ý|Thorn Þ|germandbls ß|"
        + "agrave à|aacute á|acircumflex â|atilde ã|adieresis ä|aring å|ae æ|ccedilla ç|egrave è|eacute é|ecircumflex ê|edieresis ë|igrave ì|iacute í|icircumflex î|idieresis ï|eth ð|ntilde ñ|"
        + "ograve ò|oacute ó|ocircumflex ô|otilde õ|odieresis ö|divide ÷|oslash ø|ugrave ù|uacute ú|ucircumflex û|udieresis ü|yacute ý|thorn þ|ydieresis ÿ|"
        + "Abreve Ă|abreve ă|Aogonek Ą|aogonek ą|Cacute Ć|cacute ć|Ccaron Č|ccaron č|Dcaron Ď|dcaron ď|Dcroat Đ|dcroat đ|Eogonek Ę|eogonek ę|Ecaron Ě|ecaron ě|Gbreve Ğ|gbreve ğ|Idotaccent İ|dotlessi ı|"
        + "Lslash Ł|lslash ł|Nacute Ń|nacute ń|Ncaron Ň|ncaron ň|OE Œ|oe œ|Ohungarumlaut Ő|ohungarumlaut ő|Rcaron Ř|rcaron ř|Sacute Ś|sacute ś|Scaron Š|scaron š|Scedilla Ş|scedilla ş|Tcaron Ť|tcaron ť|"
        + "Uring Ů|uring ů|Uhungarumlaut Ű|uhungarumlaut ű|Ydieresis Ÿ|Zacute Ź|zacute ź|Zdotaccent Ż|zdotaccent ż|Zcaron Ž|zcaron ž|florin ƒ|circumflex ˆ|caron ˇ|breve ˘|dotaccent ˙|ring ˚|ogonek ˛|tilde ˜|hungarumlaut ˝|"
        + "endash –|emdash —|dagger †|daggerdbl ‡|bullet •|ellipsis …|perthousand ‰|guilsinglleft ‹|guilsinglright ›|fraction ⁄|Euro €|trademark ™|minus −|lozenge ◊|notequal ≠|lessequal ≤|greaterequal ≥|infinity ∞|"
        + "approxequal ≈|summation ∑|product ∏|integral ∫|radical √|partialdiff ∂|Omega Ω|Delta Δ|pi π|apple \uF8FF|arrowleft ←|arrowup ↑|arrowright →|arrowdown ↓|arrowboth ↔|checkmark ✓|"
        + "alpha α|beta β|gamma γ|delta δ|epsilon ε|zeta ζ|eta η|theta θ|iota ι|kappa κ|lambda λ|nu ν|xi ξ|omicron ο|rho ρ|sigma σ|tau τ|upsilon υ|phi φ|chi χ|psi ψ|omega ω|"
        + "Alpha Α|Beta Β|Gamma Γ|Epsilon Ε|Zeta Ζ|Eta Η|Theta Θ|Iota Ι|Kappa Κ|Lambda Λ|Mu Μ|Nu Ν|Xi Ξ|Omicron Ο|Pi Π|Rho Ρ|Sigma Σ|Tau Τ|Upsilon Υ|Phi Φ|Chi Χ|Psi Ψ|"
        + "ff ff|fi fi|fl fl|ffi ffi|ffl ffl|st st|nbspace \u0020|nonbreakingspace \u0020|visiblespace \u0020|middot ·|Tcommaaccent Ţ|tcommaaccent ţ|commaaccent ,|quotereversed \u201B|prime \u2032|figuredash -|square □|filledbox ■|circle ○|H18533 ■|a71 •|a107 •";

    private static readonly FrozenDictionary<string, string> listed = Listed.Split('|')
        .Select(static pair => (Name: pair[..pair.IndexOf(' ')], Text: pair[(pair.IndexOf(' ') + 1)..]))
        .ToFrozenDictionary(static pair => pair.Name, static pair => pair.Text, StringComparer.Ordinal);

    /// <summary>The characters of a glyph by its name; null where the name tells nothing.</summary>
    /// <remarks>Suffixes after a stop name a style; parts joined by low lines name a ligature; uniXXXX and uXXXXX name code points.</remarks>
    public static string? Text(string name)
    {
        if (name.Length is 0 or > 128 || name == ".notdef") return null;
        if (listed.TryGetValue(name, out var text)) return text;
        if (name.Length == 1) return name;
        if (name == "bar") return "|";
        var stop = name.IndexOf('.', StringComparison.Ordinal);
        if (stop > 0) return Text(name[..stop]);
        if (name.Contains('_', StringComparison.Ordinal))
        {
            var parts = name.Split('_').Select(Text).ToArray();
            return Array.Exists(parts, static part => part is null) ? null : string.Concat(parts);
        }

        if (name.StartsWith("uni", StringComparison.Ordinal) && name.Length >= 7 && name.Length % 4 == 3) return Units(name[3..]);
        return name[0] == 'u' && name.Length is >= 5 and <= 7 && int.TryParse(name.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code)
            && Rune.IsValid(code) ? new Rune(code).ToString() : null;
    }

    private static string? Units(string hex)
    {
        var text = new StringBuilder();
        for (var at = 0; at + 4 <= hex.Length; at += 4)
        {
            if (!ushort.TryParse(hex.AsSpan(at, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var unit)) return null;
            text.Append((char)unit);
        }

        return text.ToString();
    }
}
