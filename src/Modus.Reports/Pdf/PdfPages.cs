namespace Modus.Reports.Pdf;

/// <summary>A page, ready to be read.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Width">Width as shown, in points.</param>
/// <param name="Height">Height as shown, in points.</param>
/// <param name="Transform">From the page's own space to points from the top left corner as shown.</param>
/// <param name="Content">Its content streams, joined.</param>
/// <param name="Resources">Its resources.</param>
/// <param name="Links">Areas that lead to addresses.</param>
internal sealed record PdfPage(
    int Number, double Width, double Height, Matrix Transform, ReadOnlyMemory<byte> Content, PdfDict? Resources, List<(PdfRect Area, string Target)> Links);

/// <summary>Fonts by their dictionaries.</summary>
internal sealed class FontCache(PdfFile file)
{
    private readonly Dictionary<object, PdfFont> fonts = [];
    private readonly Lazy<PdfFont> plain = new(() => PdfFont.Read(file, new PdfDict { ["Subtype"] = new PdfName("Type1"), ["BaseFont"] = new PdfName("Helvetica") }));

    /// <summary>The font that a resource names; a plain one where that is missing or leads in circles, as viewers do.</summary>
    public PdfFont Find(object? resource)
    {
        if (resource is null) return plain.Value;
        var key = resource is PdfRef reference ? (object)reference : resource;
        if (!fonts.TryGetValue(key, out var font)) fonts[key] = font = file.Dict(resource) is { } dict ? PdfFont.Read(file, dict) : plain.Value;
        return font;
    }
}

/// <summary>Optional content that is switched off when the document opens (ISO 32000-1, 8.11).</summary>
internal sealed class HiddenLayers
{
    private readonly HashSet<int> off = [];
    private readonly PdfFile file;

    public HiddenLayers(PdfFile file)
    {
        this.file = file;
        var properties = file.Dict(file.Dict(file.Trailer.GetValueOrDefault("Root"))?.GetValueOrDefault("OCProperties"));
        var configuration = file.Dict(properties?.GetValueOrDefault("D"));
        foreach (var layer in file.Array(configuration?.GetValueOrDefault("OFF")) ?? [])
            if (layer is PdfRef reference) off.Add(reference.Number);
    }

    /// <summary>Whether a layer, or all layers of a membership dictionary, are switched off.</summary>
    public bool AreOff(object? layer)
    {
        if (off.Count == 0 || layer is null) return false;
        if (layer is PdfRef reference && off.Contains(reference.Number)) return true;
        var members = file.Dict(layer)?.GetValueOrDefault("OCGs");
        if (members is PdfRef one && off.Contains(one.Number)) return true;
        return file.Array(members) is { Count: > 0 } list && list.TrueForAll(member => member is PdfRef own && off.Contains(own.Number));
    }
}

/// <summary>Walks the page tree (ISO 32000-1, 7.7.3), loops and wrong counts notwithstanding.</summary>
internal sealed class PdfPages(PdfFile file)
{
    private const int MaxTreeDepth = 64;
    private const int MaxSide = 20_000;
    private const int MaxLinks = 5_000;

    /// <summary>The pages in order, each made when asked for.</summary>
    public IEnumerable<PdfPage> Read()
    {
        var root = file.Dict(file.Dict(file.Trailer.GetValueOrDefault("Root"))?.GetValueOrDefault("Pages"));
        if (root is null) yield break;
        var number = 0;
        var seen = new HashSet<PdfDict>(ReferenceEqualityComparer.Instance);
        var stack = new Stack<(PdfDict Node, PdfDict Inherited, int Depth)>();
        stack.Push((root, [], 0));
        while (stack.TryPop(out var next))
        {
            if (!seen.Add(next.Node) || next.Depth > MaxTreeDepth) continue;
            var inherited = Inherit(next.Node, next.Inherited);
            if (file.Array(next.Node.GetValueOrDefault("Kids")) is { } kids && file.Name(next.Node.GetValueOrDefault("Type")) != "Page")
            {
                for (var at = kids.Count - 1; at >= 0; at--)
                    if (file.Dict(kids[at]) is { } kid) stack.Push((kid, inherited, next.Depth + 1));
            }
            else yield return Make(++number, next.Node, inherited);
        }
    }

    private static PdfDict Inherit(PdfDict node, PdfDict outer)
    {
        var inherited = new PdfDict();
        foreach (var key in (ReadOnlySpan<string>)["Resources", "MediaBox", "CropBox", "Rotate"])
            if ((node.GetValueOrDefault(key) ?? outer.GetValueOrDefault(key)) is { } value) inherited[key] = value;
        return inherited;
    }

    private PdfPage Make(int number, PdfDict node, PdfDict inherited)
    {
        var box = Rectangle(inherited.GetValueOrDefault("CropBox")) ?? Rectangle(inherited.GetValueOrDefault("MediaBox")) ?? new PdfRect(0, 0, 612, 792);
        var turns = (((int)file.Number(inherited.GetValueOrDefault("Rotate"), 0) / 90 % 4) + 4) % 4;
        var (width, height) = (box.Right - box.Left, box.Bottom - box.Top);
        var transform = turns switch
        {
            1 => new Matrix(0, 1, 1, 0, -box.Top, -box.Left),
            2 => new Matrix(-1, 0, 0, 1, box.Right, -box.Top),
            3 => new Matrix(0, -1, -1, 0, box.Bottom, box.Right),
            _ => new Matrix(1, 0, 0, -1, -box.Left, box.Bottom),
        };
        if (turns % 2 == 1) (width, height) = (height, width);
        return new PdfPage(number, width, height, transform, Content(node), file.Dict(inherited.GetValueOrDefault("Resources")), Links(node, transform));
    }

    /// <summary>A rectangle with its corners in order: top is the smaller number here.</summary>
    private PdfRect? Rectangle(object? value)
    {
        if (file.Array(value) is not { Count: 4 } list) return null;
        var n = list.ConvertAll(part => Math.Clamp(file.Number(part, 0), -MaxSide, MaxSide));
        var made = new PdfRect(Math.Min(n[0], n[2]), Math.Min(n[1], n[3]), Math.Max(n[0], n[2]), Math.Max(n[1], n[3]));
        return made.Right - made.Left < 1 || made.Bottom - made.Top < 1 ? null : made;
    }

    private ReadOnlyMemory<byte> Content(PdfDict node)
    {
        var value = file.Resolve(node.GetValueOrDefault("Contents"));
        if (value is PdfStream one) return PdfFilters.Decode(file, one);
        if (value is not List<object?> list) return default;
        using var joined = new MemoryStream();
        foreach (var part in list)
        {
            if (file.Resolve(part) is not PdfStream stream) continue;
            joined.Write(PdfFilters.Decode(file, stream));
            joined.WriteByte((byte)'\n');
        }

        return joined.ToArray();
    }

    private List<(PdfRect, string)> Links(PdfDict node, Matrix transform)
    {
        var links = new List<(PdfRect, string)>();
        foreach (var annotation in file.Array(node.GetValueOrDefault("Annots")) ?? [])
        {
            if (links.Count >= MaxLinks || file.Dict(annotation) is not { } dict || file.Name(dict.GetValueOrDefault("Subtype")) != "Link") continue;
            if (file.Resolve(file.Dict(dict.GetValueOrDefault("A"))?.GetValueOrDefault("URI")) is not PdfString address || Rectangle(dict.GetValueOrDefault("Rect")) is not { } area) continue;
            var (x1, y1) = transform.Apply(area.Left, area.Top);
            var (x2, y2) = transform.Apply(area.Right, area.Bottom);
            links.Add((new PdfRect(Math.Min(x1, x2), Math.Min(y1, y2), Math.Max(x1, x2), Math.Max(y1, y2)), PdfText.Decode(address.Bytes)));
        }

        return links;
    }
}
