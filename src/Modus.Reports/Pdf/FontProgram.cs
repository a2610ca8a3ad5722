using System.Buffers.Binary;
using System.Text;

namespace Modus.Reports.Pdf;

/// <summary>Asks an embedded TrueType program what its glyphs are, for fonts whose dictionary does not say.</summary>
internal static class FontProgram
{
    private const int MaxGlyphs = 70_000;

    /// <summary>The text of each code (simple fonts) or glyph number (composite fonts); null where the program tells nothing.</summary>
    public static IReadOnlyDictionary<uint, string>? Texts(PdfFile file, PdfDict? descriptor, bool composite)
    {
        if (file.Resolve(descriptor?.GetValueOrDefault("FontFile2")) is not PdfStream stream)
            return composite ? null : TypeOneProgram.Texts(file, descriptor);
        var data = PdfFilters.Decode(file, stream);
        var tables = Tables(data);
        var glyphs = new Dictionary<uint, string>();
        if (tables.TryGetValue("post", out var post)) ReadNames(data, post, glyphs);
        var codes = tables.TryGetValue("cmap", out var cmap) ? ReadCodes(data, cmap) : [];
        if (composite)
        {
            foreach (var (code, glyph, unicode) in codes)
                if (unicode && Rune.IsValid((int)code)) glyphs.TryAdd(glyph, new Rune((int)code).ToString());
            return glyphs.Count > 0 ? glyphs : null;
        }

        var texts = new Dictionary<uint, string>();
        foreach (var (code, glyph, unicode) in codes)
        {
            var plain = unicode && code >= 0xF000 && code <= 0xF0FF ? code - 0xF000 : code;
            if (plain < 256 && glyphs.TryGetValue(glyph, out var text)) texts.TryAdd(plain, text);
        }

        return texts.Count > 0 ? texts : null;
    }

    private static Dictionary<string, (int Offset, int Length)> Tables(byte[] data)
    {
        var tables = new Dictionary<string, (int, int)>(StringComparer.Ordinal);
        var count = U16(data, 4);
        for (var at = 0; at < count && 12 + (16 * at) + 16 <= data.Length; at++)
        {
            var entry = 12 + (16 * at);
            var offset = U32(data, entry + 8);
            var length = U32(data, entry + 12);
            if (offset < data.Length) tables[Encoding.Latin1.GetString(data, entry, 4)] = ((int)offset, (int)Math.Min(length, data.Length - offset));
        }

        return tables;
    }

    /// <summary>Glyph names of a "post" table of format 2; the first 258 numbers stand for the fixed Macintosh names.</summary>
    private static void ReadNames(byte[] data, (int Offset, int Length) post, Dictionary<uint, string> glyphs)
    {
        if (U32(data, post.Offset) != 0x00020000) return;
        var count = Math.Min(U16(data, post.Offset + 32), MaxGlyphs);
        var names = new List<string>();
        var end = post.Offset + post.Length;
        for (var at = post.Offset + 34 + (2 * count); at < end && names.Count < MaxGlyphs;)
        {
            var length = data[at++];
            if (at + length > end) break;
            names.Add(Encoding.Latin1.GetString(data, at, length));
            at += length;
        }

        for (var glyph = 0; glyph < count; glyph++)
        {
            var index = U16(data, post.Offset + 34 + (2 * glyph));
            var text = index < 258 ? MacGlyph(index) : index - 258 < names.Count ? GlyphNames.Text(names[index - 258]) : null;
            if (text is not null) glyphs.TryAdd((uint)glyph, text);
        }
    }

    /// <summary>The fixed Macintosh glyph order begins with the printable ASCII characters at 3.</summary>
    private static string? MacGlyph(int index) => index is >= 3 and <= 97 ? ((char)(index - 3 + ' ')).ToString() : null;

    private static List<(uint Code, uint Glyph, bool Unicode)> ReadCodes(byte[] data, (int Offset, int Length) cmap)
    {
        var codes = new List<(uint, uint, bool)>();
        var count = Math.Min(U16(data, cmap.Offset + 2), 32);
        for (var at = 0; at < count; at++)
        {
            var entry = cmap.Offset + 4 + (8 * at);
            var unicode = U16(data, entry) is 0 or 3;
            var table = cmap.Offset + (int)Math.Min(U32(data, entry + 4), int.MaxValue / 2);
            switch (U16(data, table))
            {
                case 0:
                    for (var code = 0; code < 256 && table + 6 + code < data.Length; code++)
                        if (data[table + 6 + code] > 0) codes.Add(((uint)code, data[table + 6 + code], false));
                    break;
                case 4:
                    Segments(data, table, unicode, codes);
                    break;
                case 6:
                    var first = U16(data, table + 6);
                    for (var step = 0; step < U16(data, table + 8) && table + 12 + (2 * step) <= data.Length; step++) codes.Add(((uint)(first + step), (uint)U16(data, table + 10 + (2 * step)), unicode));
                    break;
                case 12:
                    Groups(data, table, codes);
                    break;
            }
        }

        return codes;
    }

    private static void Segments(byte[] data, int table, bool unicode, List<(uint, uint, bool)> codes)
    {
        var segments = U16(data, table + 6) / 2;
        for (var at = 0; at < segments; at++)
        {
            var end = U16(data, table + 14 + (2 * at));
            var start = U16(data, table + 16 + (2 * segments) + (2 * at));
            var delta = U16(data, table + 16 + (4 * segments) + (2 * at));
            var place = table + 16 + (6 * segments) + (2 * at);
            var offset = U16(data, place);
            for (var code = start; code <= end && code != 0xFFFF && codes.Count < MaxGlyphs; code++)
            {
                var glyph = offset == 0 ? code + delta : U16(data, place + offset + (2 * (code - start))) is var found and > 0 ? found + delta : 0;
                if ((glyph & 0xFFFF) > 0) codes.Add(((uint)code, (uint)(glyph & 0xFFFF), unicode));
            }
        }
    }

    private static void Groups(byte[] data, int table, List<(uint, uint, bool)> codes)
    {
        var groups = Math.Min(U32(data, table + 12), 20_000);
        for (var at = 0; at < groups; at++)
        {
            var entry = table + 16 + (12 * at);
            var (start, end, glyph) = (U32(data, entry), U32(data, entry + 4), U32(data, entry + 8));
            for (var code = start; code <= end && code <= 0x10FFFF && codes.Count < MaxGlyphs; code++) codes.Add((code, glyph + (code - start), true));
        }
    }

    private static int U16(byte[] data, int at) => at >= 0 && at + 2 <= data.Length ? BinaryPrimitives.ReadUInt16BigEndian(data.AsSpan(at)) : 0;

    private static uint U32(byte[] data, int at) => at >= 0 && at + 4 <= data.Length ? BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(at)) : 0;
}
