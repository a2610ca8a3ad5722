using System.Text.Json;

namespace Modus.Logs.Mapping;

/// <summary>Reads mapping files.</summary>
internal static class MappingFile
{
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static bool TryParse(
        ReadOnlyMemory<byte> json,
        out List<ShapeMapping> shapes,
        out List<SourceRule> sources,
        out List<string> wrappers,
        out List<string> envelopes,
        out List<string> texts,
        out Dictionary<string, string> providers,
        out List<RowLayout> layouts,
        out string error)
    {
        shapes = [];
        sources = [];
        wrappers = [];
        envelopes = [];
        texts = [];
        providers = new(StringComparer.OrdinalIgnoreCase);
        layouts = [];
        error = "";
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            var root = document.RootElement;
            foreach (var shape in List(root, "shapes")) shapes.Add(Shape(shape));
            foreach (var source in List(root, "sources")) sources.Add(Source(source));
            wrappers.AddRange(Strings(root, "wrappers"));
            envelopes.AddRange(Strings(root, "envelopes"));
            texts.AddRange(Strings(root, "texts"));
            foreach (var provider in Members(root, "providers")) providers[provider.Name] = provider.Value.GetString()!;
            layouts.AddRange(List(root, "layouts").Select(Layout));
            return true;
        }
        catch (JsonException e)
        {
            error = $"not JSON: {e.Message}";
        }
        catch (InvalidDataException e)
        {
            error = e.Message;
        }
        catch (InvalidOperationException)
        {
            error = "a value has another type than the form asks for";
        }

        return false;
    }

    private static ShapeMapping Shape(JsonElement e)
    {
        var name = Required(e, "name");
        var needs = List(e, "needs").Select(n => (IReadOnlyList<string>)[.. n.EnumerateArray().Select(v => v.GetString()!)]).ToList();
        if (needs.SelectMany(n => n).Distinct().Count() > 64) throw new InvalidDataException($"shape {name} needs more than 64 paths");
        return new ShapeMapping
        {
            Name = name,
            Readers = [.. Strings(e, "readers")],
            Product = Optional(e, "product"),
            Needs = needs,
            Strip = [.. Strings(e, "strip")],
            Volumes = e.TryGetProperty("volumes", out var volumes) && volumes.GetBoolean(),
            Prefixes = [.. Strings(e, "prefixes")],
            IsAudit = e.TryGetProperty("audit", out var audit) && audit.GetBoolean(),
            FindingsOf = Optional(e, "findings"),
            Capital = [.. Strings(e, "capital")],
            Doubled = [.. Strings(e, "doubled")],
            Ignore = Strings(e, "ignore").ToHashSet(StringComparer.Ordinal),
            Fields = Members(e, "fields").ToDictionary(m => m.Name, m => OneOrMany(m.Value), StringComparer.Ordinal),
            Time = [.. Strings(e, "time")],
            Host = [.. Strings(e, "host")],
            Record = Optional(e, "record"),
            Embedded = Optional(e, "embedded"),
            Payload = Optional(e, "payload"),
            Message = Optional(e, "message"),
            Key = [.. Strings(e, "key")],
            Made = Members(e, "made").ToDictionary(m => m.Name, m => m.Value.GetString()!, StringComparer.Ordinal),
            Registry = e.TryGetProperty("registry", out var registry) ? Registry(registry) : null,
            Xml = e.TryGetProperty("xml", out var xml) && xml.GetBoolean(),
        };
    }

    private static RowLayout Layout(JsonElement e)
    {
        if (!e.TryGetProperty("column", out var column) || !column.TryGetInt32(out var number) || number < 0) throw new InvalidDataException("a layout lacks \"column\", the place of what tells it, from 0");
        return new RowLayout(Required(e, "shape"), number, [.. Strings(e, "values")], [.. Strings(e, "columns")]);
    }

    private static RegistryMapping Registry(JsonElement e)
    {
        var key = Required(e, "key");
        return new RegistryMapping(key, Optional(e, "value"), Required(e, "type"), Required(e, "data"), Optional(e, "needs") ?? key);
    }

    private static SourceRule Source(JsonElement e) => new()
    {
        Product = Required(e, "product"),
        Shapes = [.. Strings(e, "shapes")],
        Becomes = Optional(e, "becomes"),
        Service = Optional(e, "service"),
        Category = Optional(e, "category"),
        When = Members(e, "when").ToDictionary(m => m.Name, m => OneOrMany(m.Value), StringComparer.Ordinal),
        Fields = Members(e, "fields").ToDictionary(m => m.Name, m => m.Value.GetString()!, StringComparer.Ordinal),
    };

    private static string Required(JsonElement e, string name) =>
        Optional(e, name) ?? throw new InvalidDataException($"an entry lacks \"{name}\"");

    private static string? Optional(JsonElement e, string name) => e.TryGetProperty(name, out var v) ? v.GetString() : null;

    private static JsonElement.ArrayEnumerator List(JsonElement e, string name) =>
        e.TryGetProperty(name, out var v) ? v.EnumerateArray() : default;

    private static JsonElement.ObjectEnumerator Members(JsonElement e, string name) =>
        e.TryGetProperty(name, out var v) ? v.EnumerateObject() : default;

    private static IEnumerable<string> Strings(JsonElement e, string name) => List(e, name).Select(v => v.GetString()!);

    private static IReadOnlyList<string> OneOrMany(JsonElement e) =>
        e.ValueKind == JsonValueKind.Array ? [.. e.EnumerateArray().Select(Scalar)] : [Scalar(e)];

    private static string Scalar(JsonElement e) => e.ValueKind == JsonValueKind.Number ? e.GetRawText() : e.GetString()!;
}
