using Modus.Logs.Mapping;

namespace Modus.Logs.Sources;

/// <summary>Makes one <see cref="LogSource"/> per distinct (shape, discriminator values) of a reader. Safe for many threads.</summary>
internal sealed class SourceTable(LogMappings mappings)
{
    /// <summary>The most log sources of one reader; events beyond it get the shape's own, without constants.</summary>
    public const int MaxSources = 16_384;

    private readonly Dictionary<string, LogSource> _known = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public LogSource Get(ShapeMapping shape, string?[] values)
    {
        var key = shape.Name + "\u0001" + string.Join('\u0001', values.Select(v => v ?? "\u0002"));
        lock (_lock)
        {
            if (_known.TryGetValue(key, out var known)) return known;
            if (_known.Count >= MaxSources && values.Any(v => v is not null)) return Get(shape, new string?[values.Length]);
            return _known[key] = Make(shape, values);
        }
    }

    private LogSource Make(ShapeMapping shape, string?[] values)
    {
        var constants = new List<KeyValuePair<string, string>>();
        for (var i = 0; i < values.Length; i++)
            if (values[i] is { } value) constants.Add(new(shape.Key[i], value));
        var services = new SortedSet<string>(StringComparer.Ordinal);
        var categories = new SortedSet<string>(StringComparer.Ordinal);
        var fields = new Dictionary<string, Dictionary<string, string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var rule in mappings.Sources)
        {
            if (rule.Product != shape.Product || (rule.Shapes.Count > 0 && !rule.Shapes.Contains(shape.Name))) continue;
            if (!rule.When.All(w => constants.Any(c => c.Key == w.Key && w.Value.Any(v => Fits(v, c.Value))))) continue;
            if (rule.Service is not null) services.Add(rule.Service);
            if (rule.Category is not null) categories.Add(rule.Category);
            if (rule.Fields.Count == 0 || (rule.Category ?? rule.Service) is not { } owner) continue;
            if (!fields.TryGetValue(owner, out var map)) fields[owner] = map = new(StringComparer.Ordinal);
            foreach (var (to, from) in rule.Fields) map.TryAdd(to, from);
        }

        return new LogSource(_known.Count + 1, shape.Product, [.. services], [.. categories], constants, fields);
    }

    private static bool Fits(string pattern, string value) =>
        pattern.EndsWith('*')
            ? value.StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.OrdinalIgnoreCase)
            : string.Equals(pattern, value, StringComparison.OrdinalIgnoreCase);
}
