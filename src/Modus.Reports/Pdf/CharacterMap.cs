using System.Text;

namespace Modus.Reports.Pdf;

/// <summary>A character map: which codes there are, and what text or glyph number each stands for (ISO 32000-1, 9.7.5 and 9.10.3).</summary>
internal sealed class CharacterMap
{
    private const int MaxEntries = 200_000;
    private const int MaxText = 32;

    private readonly Dictionary<uint, string> texts = [];
    private readonly List<(uint Low, uint High, uint First)> ids = [];
    private readonly List<(int Length, uint Low, uint High)> spaces = [];

    /// <summary>Whether any code is mapped to text.</summary>
    public bool HasText => texts.Count > 0;

    /// <summary>Whether the map says how long codes are.</summary>
    public bool HasSpaces => spaces.Count > 0;

    /// <summary>Reads a map; broken parts are left out.</summary>
    public static CharacterMap Read(byte[] data)
    {
        var map = new CharacterMap();
        var lexer = new PdfLexer(data);
        var operands = new List<object?>();
        while (lexer.Read(references: false) is var item && !ReferenceEquals(item, PdfLexer.End))
        {
            if (item is not PdfKeyword word)
            {
                if (operands.Count < MaxEntries) operands.Add(item);
                continue;
            }

            map.Take(word.Value, operands);
            operands.Clear();
        }

        return map;
    }

    /// <summary>The text of a code; null where the map has none.</summary>
    public string? Text(uint code) => texts.GetValueOrDefault(code);

    /// <summary>The glyph number of a code.</summary>
    public uint Id(uint code)
    {
        foreach (var (low, high, first) in ids)
            if (code >= low && code <= high) return first + (code - low);
        return 0;
    }

    /// <summary>The number of bytes of the code that begins here.</summary>
    public int CodeLength(ReadOnlySpan<byte> bytes)
    {
        uint code = 0;
        for (var length = 1; length <= Math.Min(4, bytes.Length); length++)
        {
            code = (code << 8) | bytes[length - 1];
            foreach (var space in spaces)
                if (space.Length == length && code >= space.Low && code <= space.High) return length;
        }

        return Math.Min(bytes.Length, spaces.Count > 0 ? spaces.Min(static space => space.Length) : 2);
    }

    private void Take(string word, List<object?> operands)
    {
        switch (word)
        {
            case "endcodespacerange":
                for (var at = 0; at + 1 < operands.Count; at += 2)
                    if (operands[at] is PdfString low && operands[at + 1] is PdfString high && spaces.Count < 100) spaces.Add((low.Bytes.Length, Code(low), Code(high)));
                break;
            case "endbfchar":
                for (var at = 0; at + 1 < operands.Count; at += 2)
                    if (operands[at] is PdfString code) Put(Code(code), TextOf(operands[at + 1]));
                break;
            case "endbfrange":
                for (var at = 0; at + 2 < operands.Count; at += 3)
                    if (operands[at] is PdfString low && operands[at + 1] is PdfString high) PutRange(Code(low), Code(high), operands[at + 2]);
                break;
            case "endcidrange":
                for (var at = 0; at + 2 < operands.Count; at += 3)
                    if (operands[at] is PdfString low && operands[at + 1] is PdfString high && operands[at + 2] is double first && ids.Count < MaxEntries) ids.Add((Code(low), Code(high), (uint)first));
                break;
            case "endcidchar":
                for (var at = 0; at + 1 < operands.Count; at += 2)
                    if (operands[at] is PdfString code && operands[at + 1] is double id && ids.Count < MaxEntries) ids.Add((Code(code), Code(code), (uint)id));
                break;
        }
    }

    private void PutRange(uint low, uint high, object? target)
    {
        if (target is List<object?> list)
        {
            for (var at = 0; at < list.Count && low + at <= high; at++) Put(low + (uint)at, TextOf(list[at]));
            return;
        }

        var first = TextOf(target);
        if (first.Length == 0) return;
        for (var code = low; code <= high && texts.Count < MaxEntries; code++)
        {
            Put(code, first[..^1] + (char)(first[^1] + (code - low)));
            if (code == uint.MaxValue) break;
        }
    }

    private void Put(uint code, string text)
    {
        if (text.Length is > 0 and <= MaxText && texts.Count < MaxEntries) texts[code] = text;
    }

    private static uint Code(PdfString text)
    {
        uint code = 0;
        foreach (var b in text.Bytes.AsSpan(0, Math.Min(4, text.Bytes.Length))) code = (code << 8) | b;
        return code;
    }

    private static string TextOf(object? value) => value switch
    {
        PdfString { Bytes.Length: 1 } one => ((char)one.Bytes[0]).ToString(),
        PdfString text => Encoding.BigEndianUnicode.GetString(text.Bytes.AsSpan(0, text.Bytes.Length & ~1)),
        PdfName name => GlyphNames.Text(name.Value) ?? "",
        _ => "",
    };
}
