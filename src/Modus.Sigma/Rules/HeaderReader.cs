using System.Collections.Immutable;
using System.Globalization;
using Modus.Sigma.Yaml;

namespace Modus.Sigma.Rules;

/// <summary>Reads the attributes that rules, correlations and filters share.</summary>
internal static class HeaderReader
{
    private static readonly string[] dateShapes = ["yyyy-MM-dd", "yyyy/MM/dd", "yyyy-M-d", "yyyy/M/d"];

    public static RuleHeader Read(YamlMapping map, int document, DocumentContext context)
    {
        var title = map.Text("title") ?? "";
        if (title.Length == 0) context.Warn("MD2010", map.Position, "The rule has no title.", "Add 'title:' with a short sentence.");
        return new()
        {
            File = context.File,
            Document = document,
            Position = map.Position,
            Title = title,
            Id = map.Text("id")?.Trim().ToLowerInvariant(),
            Name = map.Text("name"),
            Related = Related(map.Find("related"), context),
            Taxonomy = map.Text("taxonomy") ?? "sigma",
            Status = Word(map, "status", RuleStatus.Unstated, context),
            Description = map.Text("description") ?? "",
            License = map.Text("license"),
            References = Texts(map, "references", context),
            Author = string.Join(", ", Texts(map, "author", context)),
            Date = Date(map, "date", context),
            Modified = Date(map, "modified", context),
            Tags = [.. context.Scalars(map.Find("tags"), "tags", "MD2012").Select(tag => new RuleTag(tag.Text.Trim(), tag.Position))],
            Level = Word(map, "level", RuleLevel.Unstated, context),
            Fields = Texts(map, "fields", context),
            FalsePositives = Texts(map, "falsepositives", context),
        };
    }

    public static RuleLogSource? LogSource(YamlMapping map, DocumentContext context)
    {
        if (map.Find("logsource") is not YamlMapping source)
        {
            context.Error("MD2020", map.Position, "There is no 'logsource' map, so no log can be chosen for it.",
                "Add 'logsource:' with at least one of product, category, service.");
            return null;
        }

        string? Part(string key) => source.Text(key)?.Trim().ToLowerInvariant() is { Length: > 0 } text ? text : null;
        var read = new RuleLogSource(Part("product"), Part("category"), Part("service"), source.Text("definition"), source.Position);
        if (read is { Product: null, Category: null, Service: null })
            context.Error("MD2020", source.Position, "'logsource' names neither product, category nor service.");
        return read;
    }

    private static ImmutableArray<string> Texts(YamlMapping map, string key, DocumentContext context) =>
        [.. context.Scalars(map.Find(key), key, "MD2012").Select(scalar => scalar.Text)];

    private static T Word<T>(YamlMapping map, string key, T none, DocumentContext context)
        where T : struct, Enum
    {
        if (map.Find(key) is not YamlScalar { IsNull: false } scalar) return none;
        foreach (var value in Enum.GetValues<T>())
            if (!value.Equals(none) && scalar.Text.Equals(value.ToString(), StringComparison.OrdinalIgnoreCase)) return value;
        context.Warn("MD2011", scalar.Position, $"'{key}' is '{scalar.Text}', which is none of its words.",
            "Write one of: " + string.Join(", ", Enum.GetNames<T>().Skip(1).Select(word => word.ToLowerInvariant())) + ".");
        return none;
    }

    private static DateOnly? Date(YamlMapping map, string key, DocumentContext context)
    {
        if (map.Find(key) is not YamlScalar { IsNull: false } scalar) return null;
        if (!DateOnly.TryParseExact(scalar.Text.Trim(), dateShapes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            context.Warn("MD2013", scalar.Position, $"'{key}' is '{scalar.Text}', which is no date.", "Write it as YYYY-MM-DD.");
            return null;
        }

        return date;
    }

    private static ImmutableArray<RelatedRule> Related(YamlNode? node, DocumentContext context)
    {
        if (node is null or YamlScalar { IsNull: true }) return [];
        if (node is not YamlSequence list)
        {
            context.Warn("MD2012", node.Position, "'related' takes a list of maps with id and type.");
            return [];
        }

        var related = ImmutableArray.CreateBuilder<RelatedRule>();
        foreach (var item in list.Items)
        {
            if (item is YamlMapping map && map.Text("id") is { } id) related.Add(new(id.ToLowerInvariant(), map.Text("type") ?? "", item.Position));
            else context.Warn("MD2012", item.Position, "An entry of 'related' needs an id and a type.");
        }

        return related.ToImmutable();
    }
}
