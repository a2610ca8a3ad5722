using System.Globalization;
using Modus.Logs.Mapping;

namespace Modus.Logs;

/// <summary>
/// How the shapes of logs become Sigma's taxonomy: data, not code. What ships with Modus can be extended or replaced,
/// shape by shape, with files of the same form.
/// </summary>
public sealed class LogMappings
{
    private static readonly Lazy<LogMappings> Shipped = new(LoadShipped);

    private LogMappings(
        IReadOnlyList<ShapeMapping> shapes,
        IReadOnlyList<SourceRule> sources,
        IReadOnlyList<string> wrappers,
        IReadOnlyList<string> envelopes,
        IReadOnlyList<string> texts,
        IReadOnlyDictionary<string, string> providers,
        IReadOnlyList<RowLayout> layouts)
    {
        Shapes = shapes;
        Sources = sources;
        Wrappers = wrappers;
        Envelopes = envelopes;
        Texts = texts;
        Providers = providers;
        Layouts = layouts;
    }

    /// <summary>What ships with Modus.</summary>
    public static LogMappings Default => Shipped.Value;

    /// <summary>The names of the known shapes, in the order in which they are tried.</summary>
    public IEnumerable<string> ShapeNames => Shapes.Select(s => s.Name);

    /// <summary>The categories of Sigma that events of a service are of: <c>process_creation</c> and others for <c>windows</c> and <c>security</c>, but not <c>image_load</c>.</summary>
    /// <param name="product">The product.</param>
    /// <param name="service">The service.</param>
    /// <param name="eventCodes">The event codes that are there; empty for all.</param>
    /// <returns>The categories, sorted; null where no mapping knows the service.</returns>
    public IReadOnlyList<string>? CategoriesOf(string product, string service, IReadOnlyCollection<int> eventCodes)
    {
        ArgumentNullException.ThrowIfNull(eventCodes);
        var own = Sources.Where(rule => Same(rule.Becomes ?? rule.Product, product)).ToList();
        var services = own.Where(rule => rule.Service is not null && Same(rule.Service, service)).ToList();
        if (services.Count == 0) return null;
        return [.. own.Where(rule => rule.Category is not null && HasAny(rule, eventCodes) && services.Exists(one => Meet(one, rule))).Select(rule => rule.Category!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static bool HasAny(SourceRule rule, IReadOnlyCollection<int> eventCodes) => eventCodes.Count == 0 || !rule.When.TryGetValue("EventID", out var codes)
        || codes.Any(code => int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && eventCodes.Contains(number));

    // One event can fit both where its shape has what both ask for, and each field that both ask for has a value in common.
    private bool Meet(SourceRule one, SourceRule other) =>
        (one.Shapes.Count == 0 || other.Shapes.Count == 0 || one.Shapes.Intersect(other.Shapes, StringComparer.Ordinal).Any())
        && HasKeys(one.Shapes, other) && HasKeys(other.Shapes, one)
        && one.When.All(asked => !other.When.TryGetValue(asked.Key, out var values) || asked.Value.Any(value => values.Any(second => Overlap(value, second))));

    private bool HasKeys(IReadOnlyList<string> shapes, SourceRule rule) => shapes.Count == 0
        || Shapes.Any(shape => shapes.Contains(shape.Name, StringComparer.Ordinal) && rule.When.Keys.All(key => shape.Key.Contains(key, StringComparer.Ordinal)));

    private static bool Overlap(string one, string other) => (one.EndsWith('*'), other.EndsWith('*')) switch
    {
        (false, false) => Same(one, other),
        (true, false) => other.StartsWith(one[..^1], StringComparison.OrdinalIgnoreCase),
        (false, true) => one.StartsWith(other[..^1], StringComparison.OrdinalIgnoreCase),
        _ => one[..^1].StartsWith(other[..^1], StringComparison.OrdinalIgnoreCase) || other[..^1].StartsWith(one[..^1], StringComparison.OrdinalIgnoreCase),
    };

    internal IReadOnlyList<ShapeMapping> Shapes { get; }

    internal IReadOnlyList<SourceRule> Sources { get; }

    /// <summary>The keys under which documents keep their records in a list.</summary>
    internal IReadOnlyList<string> Wrappers { get; }

    /// <summary>The keys under which exports keep a record beside its index and id.</summary>
    internal IReadOnlyList<string> Envelopes { get; }

    /// <summary>The fields in which records that no shape knows may carry a whole record as text.</summary>
    internal IReadOnlyList<string> Texts { get; }

    /// <summary>The log (channel) that a provider of Windows writes to, by its name, or by its name and an event's number behind a number sign.</summary>
    internal IReadOnlyDictionary<string, string> Providers { get; }

    /// <summary>What the columns of messages are called that are rows without a header.</summary>
    internal IReadOnlyList<RowLayout> Layouts { get; }

    /// <summary>These mappings with those of a file before them: a shape of a known name replaces it, source rules are added.</summary>
    /// <param name="json">The text of a mapping file, UTF-8.</param>
    /// <param name="name">The file's name, for problems.</param>
    /// <param name="problem">Why the file cannot be used, or null.</param>
    /// <returns>The new mappings; these ones when the file cannot be used.</returns>
    public LogMappings With(ReadOnlyMemory<byte> json, string name, out LogProblem? problem)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!MappingFile.TryParse(json, out var shapes, out var sources, out var wrappers, out var envelopes, out var texts, out var providers, out var layouts, out var error))
        {
            problem = new LogProblem(LogProblemCodes.Mapping, error, name, 0, "Correct the mapping file; the shipped one shows the form.");
            return this;
        }

        problem = null;
        var replaced = shapes.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        return new LogMappings(
            [.. shapes, .. Shapes.Where(s => !replaced.Contains(s.Name))],
            [.. sources, .. Sources],
            [.. wrappers.Union(Wrappers, StringComparer.Ordinal)],
            [.. envelopes.Union(Envelopes, StringComparer.Ordinal)],
            [.. texts.Union(Texts, StringComparer.Ordinal)],
            Providers.Where(known => !providers.ContainsKey(known.Key)).Concat(providers).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase),
            [.. layouts, .. Layouts]);
    }

    private static LogMappings LoadShipped()
    {
        var all = new LogMappings([], [], [], [], [], new Dictionary<string, string>(), []);
        var assembly = typeof(LogMappings).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal).Reverse())
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            all = all.With(copy.ToArray(), resource, out var problem);
            if (problem is not null) throw new InvalidDataException($"{resource}: {problem.Message}");
        }

        return all;
    }
}
