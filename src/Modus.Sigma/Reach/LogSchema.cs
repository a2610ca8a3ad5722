using System.Collections.Immutable;
using Modus.Logs;

namespace Modus.Sigma.Reach;

/// <summary>What was seen of a log source: which fields its events have, and what never varies.</summary>
public sealed record LogSchema
{
    /// <summary>The product, or null.</summary>
    public string? Product { get; init; }

    /// <summary>The services, in lower case.</summary>
    public ImmutableArray<string> Services { get; init; } = [];

    /// <summary>The categories, in lower case.</summary>
    public ImmutableArray<string> Categories { get; init; } = [];

    /// <summary>Fields whose value is the same for all its events, such as the channel and the event's number.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Constants { get; init; } = [];

    /// <summary>By service or category: the taxonomy's field to the event's own name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> FieldNames { get; init; } = ImmutableDictionary<string, IReadOnlyDictionary<string, string>>.Empty;

    /// <summary>The events' own field names.</summary>
    public IReadOnlySet<string> Fields { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>How many events were looked at.</summary>
    public long Events { get; init; }

    /// <summary>The day of the first event, or null.</summary>
    public DateOnly? First { get; init; }

    /// <summary>The day of the last event, or null.</summary>
    public DateOnly? Last { get; init; }

    /// <summary>Names of the hosts that sent them, as far as they were counted.</summary>
    public ImmutableArray<string> Hosts { get; init; } = [];

    /// <summary>The schema of a log source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="fields">The fields that its events had.</param>
    /// <param name="events">How many were looked at.</param>
    public static LogSchema Of(LogSource source, IEnumerable<string> fields, long events)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new()
        {
            Product = source.Product,
            Services = [.. source.Services],
            Categories = [.. source.Categories],
            Constants = [.. source.Constants],
            FieldNames = source.FieldNames,
            Fields = fields.ToHashSet(StringComparer.Ordinal),
            Events = events,
        };
    }

    /// <summary>Whether a rule with this log source reads these events; null parts match all.</summary>
    public bool Covers(string? product, string? service, string? category) =>
        (product is null || string.Equals(product, Product, StringComparison.OrdinalIgnoreCase))
        && (service is null || Services.Contains(service, StringComparer.OrdinalIgnoreCase))
        && (category is null || Categories.Contains(category, StringComparer.OrdinalIgnoreCase));

    /// <summary>The events' own name of a field of Sigma's taxonomy.</summary>
    public string FieldFor(string field, string? service, string? category) =>
        category is not null && FieldNames.TryGetValue(category, out var map) && map.TryGetValue(field, out var name) ? name
        : service is not null && FieldNames.TryGetValue(service, out map) && map.TryGetValue(field, out name) ? name : field;

    /// <summary>Product, services and categories, with the event's number where there is one.</summary>
    public override string ToString() => string.Join(' ', new[] { Product ?? "-" }.Concat(Services).Concat(Categories).Concat(Constants.Where(pair => pair.Value.All(char.IsAsciiDigit)).Select(pair => pair.Value)));
}
