using System.Xml;
using Modus.Reports.Documents;

namespace Modus.Reports.Docx;

/// <summary>What the paragraph styles of a document mean: headings with their level, captions, lists.</summary>
internal sealed class DocxStyles
{
    private const int MaxBasis = 16;
    private readonly Dictionary<string, (BlockKind Kind, int Level)> known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> basis = new(StringComparer.Ordinal);

    /// <summary>Reads the styles part; null gives the names that every document may use.</summary>
    public static DocxStyles Read(string? part, ReportLimits limits)
    {
        var styles = new DocxStyles();
        if (part is null) return styles;
        using var xml = DocxReader.Xml(part, limits);
        var id = "";
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            var value = DocxBody.Value(xml);
            switch (xml.LocalName)
            {
                case "style":
                    id = xml.GetAttribute("styleId", xml.NamespaceURI) ?? "";
                    break;
                case "name" when KindOf(value) is { } kind:
                    styles.known[id] = kind;
                    break;
                case "basedOn":
                    styles.basis[id] = value;
                    break;
                case "outlineLvl" when int.TryParse(value, out var level) && level is >= 0 and < 9:
                    styles.known.TryAdd(id, (BlockKind.Heading, level + 1));
                    break;
            }
        }

        return styles;
    }

    /// <summary>The meaning of a style; null for ordinary paragraphs.</summary>
    public (BlockKind Kind, int Level)? Find(string id)
    {
        for (var steps = 0; steps < MaxBasis; steps++)
        {
            if (known.TryGetValue(id, out var kind)) return kind;
            if (!basis.TryGetValue(id, out var next)) return steps == 0 ? KindOf(id) : null;
            id = next;
        }

        return null;
    }

    private static (BlockKind Kind, int Level)? KindOf(string name)
    {
        var plain = name.Replace(" ", "", StringComparison.Ordinal);
        if (plain.Equals("Title", StringComparison.OrdinalIgnoreCase)) return (BlockKind.Heading, 1);
        if (plain.Equals("Caption", StringComparison.OrdinalIgnoreCase)) return (BlockKind.Caption, 0);
        if (plain.StartsWith("HTMLPreformatted", StringComparison.OrdinalIgnoreCase) || plain.Equals("Code", StringComparison.OrdinalIgnoreCase)) return (BlockKind.Code, 0);
        return plain.Length == 8 && plain.StartsWith("heading", StringComparison.OrdinalIgnoreCase) && char.IsAsciiDigit(plain[7]) ? (BlockKind.Heading, plain[7] - '0') : null;
    }
}
