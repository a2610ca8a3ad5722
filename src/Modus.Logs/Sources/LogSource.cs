namespace Modus.Logs;

/// <summary>A log source in Sigma's words. One object per distinct (shape, discriminator values), shared by all events of it.</summary>
public sealed class LogSource
{
    private readonly Dictionary<string, Dictionary<string, string>> _fields;

    internal LogSource(
        int number,
        string? product,
        IReadOnlyList<string> services,
        IReadOnlyList<string> categories,
        IReadOnlyList<KeyValuePair<string, string>> constants,
        Dictionary<string, Dictionary<string, string>> fields)
    {
        Number = number;
        Product = product;
        Services = services;
        Categories = categories;
        Constants = constants;
        _fields = fields;
    }

    /// <summary>The log source of events that no mapping knows.</summary>
    public static LogSource Unknown { get; } = new(0, null, [], [], [], []);

    /// <summary>A small number, one per object of a reader, 0 for <see cref="Unknown"/>; it may differ from run to run.</summary>
    public int Number { get; }

    /// <summary>The product, such as <c>windows</c>; null where unknown.</summary>
    public string? Product { get; }

    /// <summary>The services, such as <c>sysmon</c>; sorted.</summary>
    public IReadOnlyList<string> Services { get; }

    /// <summary>The categories, such as <c>process_creation</c>; sorted, several for some events (a Sysmon 13 is <c>registry_set</c> and <c>registry_event</c>).</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>Fields whose value is the same for all events of this source (its discriminators, such as Channel and EventID).</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Constants { get; }

    /// <summary>By service or category: the taxonomy's field to the event's own name, where they differ.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> FieldNames =>
        _fields.ToDictionary(pair => pair.Key, pair => (IReadOnlyDictionary<string, string>)pair.Value, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a rule with this logsource is to see the events; null parts match all.</summary>
    public bool Covers(string? product, string? service, string? category) =>
        (product is null || string.Equals(product, Product, StringComparison.OrdinalIgnoreCase))
        && (service is null || Services.Contains(service, StringComparer.OrdinalIgnoreCase))
        && (category is null || Categories.Contains(category, StringComparer.OrdinalIgnoreCase));

    /// <summary>
    /// The event's own name of a field of Sigma's taxonomy: a rule for <c>process_creation</c> that asks for <c>Image</c>
    /// finds it as <c>NewProcessName</c> in Security 4688. The same name where no mapping speaks.
    /// </summary>
    /// <param name="field">The field as the rule names it.</param>
    /// <param name="service">The rule's service, if it has one.</param>
    /// <param name="category">The rule's category, if it has one.</param>
    public string FieldFor(string field, string? service, string? category)
    {
        if (category is not null && _fields.TryGetValue(category, out var map) && map.TryGetValue(field, out var name)) return name;
        if (service is not null && _fields.TryGetValue(service, out map) && map.TryGetValue(field, out name)) return name;
        return field;
    }

    /// <summary>Product, services and categories in one line, for people.</summary>
    public override string ToString() =>
        Product is null && Services.Count == 0 && Categories.Count == 0
            ? "unknown"
            : string.Join(' ', new[] { Product ?? "-" }.Concat(Services).Concat(Categories));
}
