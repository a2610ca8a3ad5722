using System.Text;

namespace Modus.Reports.Pdf;

/// <summary>Reads the built-in encoding of Type 1 font programs that are embedded in clear text; other programs tell nothing here.</summary>
internal static class TypeOneProgram
{
    private const int LongestHead = 65_536;

    /// <summary>The text of each code by the program's own encoding vector; null where it has none.</summary>
    public static IReadOnlyDictionary<uint, string>? Texts(PdfFile file, PdfDict? descriptor)
    {
        if (file.Resolve(descriptor?.GetValueOrDefault("FontFile")) is not PdfStream stream) return null;
        var data = PdfFilters.Decode(file, stream);
        var head = Encoding.Latin1.GetString(data, 0, Math.Min(data.Length, LongestHead));
        var start = head.IndexOf("/Encoding", StringComparison.Ordinal);
        if (start < 0 || head.AsSpan(start).StartsWith("/Encoding StandardEncoding", StringComparison.Ordinal)) return null;
        var end = head.IndexOf("readonly def", start, StringComparison.Ordinal);
        var lexer = new PdfLexer(data.AsMemory(0, end < 0 ? Math.Min(data.Length, LongestHead) : end), start);
        var texts = new Dictionary<uint, string>();
        object? before = null;
        while (lexer.Read(references: false) is var item && !ReferenceEquals(item, PdfLexer.End))
        {
            if (item is PdfName glyph && before is double code and >= 0 and < 256 && GlyphNames.Text(glyph.Value) is { } text) texts[(uint)code] = text;
            before = item;
        }

        return texts.Count > 0 ? texts : null;
    }
}
