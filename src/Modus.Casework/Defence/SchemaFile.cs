using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Modus.Sigma.Reach;

namespace Modus.Casework.Defence;

/// <summary>Keeps what was seen of logs, so that later questions need not read them again.</summary>
public static class SchemaFile
{
    private const string Member = "log_schemas";

    /// <summary>Writes schemas as a JSON object.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<LogSchema> schemas)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(schemas);
        json.WriteStartObject();
        json.WriteStartArray(Member);
        foreach (var schema in schemas)
        {
            json.WriteStartObject();
            if (schema.Product is not null) json.WriteString("product", schema.Product);
            Texts(json, "services", schema.Services);
            Texts(json, "categories", schema.Categories);
            Map(json, "constants", schema.Constants);
            json.WriteStartObject("field_names");
            foreach (var (owner, names) in schema.FieldNames.OrderBy(pair => pair.Key, StringComparer.Ordinal)) Map(json, owner, names.OrderBy(pair => pair.Key, StringComparer.Ordinal));
            json.WriteEndObject();
            json.WriteNumber("events", schema.Events);
            if (schema.First is { } first) json.WriteString("first", first.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            if (schema.Last is { } last) json.WriteString("last", last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            Texts(json, "hosts", schema.Hosts);
            Texts(json, "fields", schema.Fields.Order(StringComparer.Ordinal));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>True where a JSON document is such a file.</summary>
    public static bool Is(JsonElement root) => root.ValueKind == JsonValueKind.Object && root.TryGetProperty(Member, out var list) && list.ValueKind == JsonValueKind.Array;

    /// <summary>Reads schemas.</summary>
    public static IReadOnlyList<LogSchema> Read(JsonElement root) =>
    [
        .. root.GetProperty(Member).EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(item => new LogSchema
        {
            Product = Text(item, "product"),
            Services = [.. List(item, "services")],
            Categories = [.. List(item, "categories")],
            Constants = [.. Pairs(item, "constants")],
            FieldNames = item.TryGetProperty("field_names", out var owners) && owners.ValueKind == JsonValueKind.Object
                ? owners.EnumerateObject().DistinctBy(owner => owner.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(owner => owner.Name, owner => (IReadOnlyDictionary<string, string>)Pairs(owners, owner.Name).DistinctBy(pair => pair.Key).ToDictionary(StringComparer.Ordinal), StringComparer.OrdinalIgnoreCase)
                : ImmutableDictionary<string, IReadOnlyDictionary<string, string>>.Empty,
            Events = item.TryGetProperty("events", out var events) && events.TryGetInt64(out var count) ? count : 0,
            First = Day(item, "first"),
            Last = Day(item, "last"),
            Hosts = [.. List(item, "hosts")],
            Fields = List(item, "fields").ToHashSet(StringComparer.Ordinal),
        }),
    ];

    private static string? Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DateOnly? Day(JsonElement item, string name) =>
        Text(item, name) is { } text && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static IEnumerable<string> List(JsonElement item, string name) =>
        item.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!) : [];

    private static IEnumerable<KeyValuePair<string, string>> Pairs(JsonElement item, string name) =>
        item.TryGetProperty(name, out var map) && map.ValueKind == JsonValueKind.Object ? map.EnumerateObject().Where(pair => pair.Value.ValueKind == JsonValueKind.String).Select(pair => new KeyValuePair<string, string>(pair.Name, pair.Value.GetString()!)) : [];

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void Map(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in pairs) json.WriteString(key, value);
        json.WriteEndObject();
    }
}
