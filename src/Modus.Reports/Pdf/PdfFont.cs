using System.Text;

namespace Modus.Reports.Pdf;

/// <summary>A code of a shown string: its text and its width.</summary>
/// <param name="Text">The characters; the replacement character where the font does not say.</param>
/// <param name="Width">Advance in thousandths of the font size.</param>
/// <param name="IsSpaceCode">Whether word spacing applies: a one-byte code 32.</param>
internal readonly record struct ShownCode(string Text, double Width, bool IsSpaceCode);

/// <summary>A font as far as reading text needs it: codes, their text, their widths (ISO 32000-1, 9.5 to 9.10).</summary>
internal sealed class PdfFont
{
    /// <summary>Stands for a glyph whose character the file does not tell.</summary>
    public const string Unknown = "\uFFFD";

    private const int LeastWidths = 8;

    private readonly CharacterMap? toUnicode;
    private readonly CharacterMap? codes;
    private readonly Encoding? codePage;
    private readonly bool isComposite;
    private readonly bool codesAreUnicode;
    private readonly string?[] table = new string?[256];
    private readonly Dictionary<uint, double> widths = [];
    private readonly double defaultWidth;
    private readonly IReadOnlyDictionary<uint, string>? programTexts;

    private PdfFont(PdfFile file, PdfDict dict)
    {
        isComposite = file.Name(dict.GetValueOrDefault("Subtype")) == "Type0";
        toUnicode = file.Resolve(dict.GetValueOrDefault("ToUnicode")) is PdfStream map ? CharacterMap.Read(PdfFilters.Decode(file, map)) : null;
        var descendant = isComposite ? file.Dict(file.Array(dict.GetValueOrDefault("DescendantFonts"))?.FirstOrDefault()) : null;
        var descriptor = file.Dict((descendant ?? dict).GetValueOrDefault("FontDescriptor"));
        var name = file.Name(dict.GetValueOrDefault("BaseFont")) ?? "";
        var flags = (int)file.Number(descriptor?.GetValueOrDefault("Flags"), 0);
        IsBold = name.Contains("Bold", StringComparison.OrdinalIgnoreCase) || name.Contains("Black", StringComparison.OrdinalIgnoreCase)
            || name.Contains("Heavy", StringComparison.OrdinalIgnoreCase) || (flags & 0x40000) != 0 || file.Number(descriptor?.GetValueOrDefault("StemV"), 0) > 140;
        IsFixedPitch = (flags & 1) != 0 || name.Contains("Courier", StringComparison.OrdinalIgnoreCase) || name.Contains("Mono", StringComparison.OrdinalIgnoreCase)
            || name.Contains("Consol", StringComparison.OrdinalIgnoreCase) || name.Contains("Typewriter", StringComparison.OrdinalIgnoreCase);
        Scale = 0.001;
        if (isComposite)
        {
            (codes, codePage, codesAreUnicode) = CompositeCodes(file, dict);
            defaultWidth = file.Number(descendant?.GetValueOrDefault("DW"), 1000);
            CompositeWidths(file, descendant);
            if (toUnicode is not { HasText: true }) programTexts = FontProgram.Texts(file, descriptor, composite: true);
            return;
        }

        if (toUnicode is not { HasText: true } || dict.ContainsKey("Encoding")) SimpleTable(file, dict, descriptor, name, flags);
        defaultWidth = file.Number(descriptor?.GetValueOrDefault("MissingWidth"), 0);
        SimpleWidths(file, dict, name);
        if (file.Name(dict.GetValueOrDefault("Subtype")) == "Type3" && file.Array(dict.GetValueOrDefault("FontMatrix")) is { Count: 6 } matrix)
            Scale = Math.Abs(file.Number(matrix[0], 0.001));
        var known = widths.Values.Where(static width => width > 0).ToArray();
        IsFixedPitch |= known.Length >= LeastWidths && known.Max() - known.Min() < 1;
    }

    /// <summary>Whether the font is bold by its name or weight.</summary>
    public bool IsBold { get; }

    /// <summary>Whether all its characters have one width, as in code.</summary>
    public bool IsFixedPitch { get; }

    /// <summary>What a unit of width is in parts of the font size.</summary>
    public double Scale { get; }

    /// <summary>Reads a font dictionary.</summary>
    public static PdfFont Read(PdfFile file, PdfDict dict) => new(file, dict);

    /// <summary>Cuts a shown string into codes.</summary>
    public void Decode(ReadOnlySpan<byte> bytes, List<ShownCode> shown)
    {
        while (!bytes.IsEmpty)
        {
            var length = isComposite ? CodeLength(bytes) : 1;
            uint code = 0;
            for (var at = 0; at < length; at++) code = (code << 8) | bytes[at];
            shown.Add(new ShownCode(TextOf(code, bytes[..length]), WidthOf(code), length == 1 && code == 32));
            bytes = bytes[length..];
        }
    }

    private int CodeLength(ReadOnlySpan<byte> bytes)
    {
        if (codePage is not null) return bytes[0] >= 0x81 && bytes[0] != 0xFF && bytes.Length > 1 && !(codePage.CodePage == 932 && bytes[0] is >= 0xA0 and <= 0xDF) ? 2 : 1;
        if (codes is { HasSpaces: true }) return Math.Max(1, codes.CodeLength(bytes));
        return Math.Min(2, bytes.Length);
    }

    private string TextOf(uint code, ReadOnlySpan<byte> bytes)
    {
        if (toUnicode?.Text(code) is { } text) return text;
        if (!isComposite) return table[code & 0xFF] ?? programTexts?.GetValueOrDefault(code) ?? Unknown;
        if (codePage is not null) return codePage.GetString(bytes);
        if (codesAreUnicode) return code == 0 ? Unknown : ((char)code).ToString();
        return programTexts?.GetValueOrDefault(codes?.Id(code) ?? code) ?? Unknown;
    }

    private double WidthOf(uint code) => widths.TryGetValue(codes is { HasSpaces: true } && isComposite ? codes.Id(code) is var id and > 0 ? id : code : code, out var width) ? width : defaultWidth;

    private static (CharacterMap? Codes, Encoding? CodePage, bool Unicode) CompositeCodes(PdfFile file, PdfDict dict)
    {
        var encoding = file.Resolve(dict.GetValueOrDefault("Encoding"));
        if (encoding is PdfStream stream) return (CharacterMap.Read(PdfFilters.Decode(file, stream)), null, false);
        var name = (encoding as PdfName)?.Value ?? "";
        if (name.StartsWith("Uni", StringComparison.Ordinal)) return (null, null, true);
        var page = name switch
        {
            _ when name.StartsWith("GBK", StringComparison.Ordinal) || name.StartsWith("GB-EUC", StringComparison.Ordinal) => 936,
            _ when name.Contains("RKSJ", StringComparison.Ordinal) => 932,
            _ when name.StartsWith("ETen", StringComparison.Ordinal) || name.StartsWith("B5", StringComparison.Ordinal) => 950,
            _ when name.StartsWith("KSC", StringComparison.Ordinal) => 949,
            _ => 0,
        };
        return (null, page == 0 ? null : CodePagesEncodingProvider.Instance.GetEncoding(page), false);
    }

    private void CompositeWidths(PdfFile file, PdfDict? descendant)
    {
        if (file.Array(descendant?.GetValueOrDefault("W")) is not { } list) return;
        for (var at = 0; at + 1 < list.Count;)
        {
            var first = (uint)Math.Clamp(file.Number(list[at], 0), 0, 1 << 20);
            if (file.Resolve(list[at + 1]) is List<object?> own)
            {
                for (var step = 0; step < own.Count; step++) widths[first + (uint)step] = file.Number(own[step], defaultWidth);
                at += 2;
            }
            else if (at + 2 < list.Count)
            {
                var last = (uint)Math.Clamp(file.Number(list[at + 1], 0), 0, 1 << 17);
                var width = file.Number(list[at + 2], defaultWidth);
                for (var code = first; code <= last; code++) widths[code] = width;
                at += 3;
            }
            else break;
        }
    }

    private void SimpleTable(PdfFile file, PdfDict dict, PdfDict? descriptor, string name, int flags)
    {
        var encoding = file.Resolve(dict.GetValueOrDefault("Encoding"));
        var own = encoding as PdfDict;
        var named = SimpleEncodings.Find((encoding as PdfName)?.Value ?? file.Name(own?.GetValueOrDefault("BaseEncoding")));
        var symbolic = (flags & 4) != 0 && (flags & 32) == 0;
        var program = named is null ? FontProgram.Texts(file, descriptor, composite: false) : null;
        var isTrueType = file.Name(dict.GetValueOrDefault("Subtype")) == "TrueType";
        var basis = named ?? (isTrueType ? SimpleEncodings.WinAnsi : SimpleEncodings.Standard);
        var pictures = name.Contains("Dingbats", StringComparison.OrdinalIgnoreCase) || name.EndsWith("Symbol", StringComparison.OrdinalIgnoreCase) || name.Contains("Wingdings", StringComparison.OrdinalIgnoreCase);
        for (var code = 0; code < 256; code++)
        {
            table[code] = pictures && named is null ? (code == 32 ? " " : code is 0xB7 or 0x6C or 0x6E or 0xA7 ? "•" : Unknown)
                : program?.GetValueOrDefault((uint)code) ?? (symbolic && named is null && program is { Count: > 0 } ? null : basis[code]);
        }

        if (file.Array(own?.GetValueOrDefault("Differences")) is not { } differences) return;
        var at = 0;
        foreach (var item in differences)
        {
            var value = file.Resolve(item);
            if (value is double number) at = (int)Math.Clamp(number, 0, 255);
            else if (value is PdfName glyph && at < 256)
            {
                table[at] = GlyphNames.Text(glyph.Value) ?? program?.GetValueOrDefault((uint)at) ?? Unknown;
                at++;
            }
        }
    }

    private void SimpleWidths(PdfFile file, PdfDict dict, string name)
    {
        var first = (uint)Math.Clamp(file.Number(dict.GetValueOrDefault("FirstChar"), 0), 0, 255);
        if (file.Array(dict.GetValueOrDefault("Widths")) is { } list)
        {
            for (var at = 0; at < Math.Min(list.Count, 256); at++) widths[first + (uint)at] = file.Number(list[at], 0);
            return;
        }

        for (var code = 0u; code < 256; code++)
            if ((toUnicode?.Text(code) ?? table[code]) is [var c, ..]) widths[code] = StandardWidths.Of(name, c);
    }
}
