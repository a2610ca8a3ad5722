using Modus.Logs.Mapping;

namespace Modus.Logs.Sources;

/// <summary>Makes one <see cref="LogSource"/> per distinct (shape, discriminator values) of a reader. Safe for many threads.</summary>
internal sealed class SourceTable(LogMappings mappings)
{
    /// <summary>The most log sources of one reader; events beyond it get the shape's own, without constants.</summary>
    public const int MaxSources = 16_384;

    /// <summary>The characters a discriminator's value must stay under to count as whole.</summary>
    private const int MaxConstant = 64;

    private readonly Dictionary<string, LogSource> _known = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>The log source of the values of the shape's key fields; a field may have several or none.</summary>
    public LogSource Get(ShapeMapping shape, string[][] values)
    {
        for (var i = 0; i < values.Length; i++)
            if (values[i].Length > 1) values[i] = [.. values[i].Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var key = shape.Name + "\u0001" + string.Join('\u0001', values.Select(v => string.Join('\u0002', v)));
        lock (_lock)
        {
            if (_known.TryGetValue(key, out var known)) return known;
            if (_known.Count >= MaxSources && values.Any(v => v.Length > 0)) return Get(shape, [.. values.Select(_ => Array.Empty<string>())]);
            return _known[key] = Make(shape, values);
        }
    }

    private LogSource Make(ShapeMapping shape, string[][] values)
    {
        var all = shape.Key.Zip(values).SelectMany(k => k.Second.Select(v => new KeyValuePair<string, string>(k.First, v))).ToList();
        var constants = shape.Key.Zip(values).Where(k => k.Second is [{ Length: < MaxConstant }]).Select(k => new KeyValuePair<string, string>(k.First, k.Second[0])).ToList();
        var services = new SortedSet<string>(StringComparer.Ordinal);
        var categories = new SortedSet<string>(StringComparer.Ordinal);
        var fields = new Dictionary<string, Dictionary<string, string>>(StringComparer.OrdinalIgnoreCase);
        var product = mappings.Sources.FirstOrDefault(r => r.Becomes is not null && r.Product == shape.Product && Applies(r, shape, all))?.Becomes ?? shape.Product;
        foreach (var rule in mappings.Sources)
        {
            if (rule.Becomes is not null || rule.Product != product || !Applies(rule, shape, all)) continue;
            if (rule.Service is not null) services.Add(rule.Service);
            if (rule.Category is not null) categories.Add(rule.Category);
            if (rule.Fields.Count == 0 || (rule.Category ?? rule.Service) is not { } owner) continue;
            if (!fields.TryGetValue(owner, out var map)) fields[owner] = map = new(StringComparer.Ordinal);
            foreach (var (to, from) in rule.Fields) map.TryAdd(to, from);
        }

        return new LogSource(_known.Count + 1, product, [.. services], [.. categories], constants, fields);
    }

    private static bool Applies(SourceRule rule, ShapeMapping shape, List<KeyValuePair<string, string>> values) =>
        (rule.Shapes.Count == 0 || rule.Shapes.Contains(shape.Name)) && AllFit(rule, values);

    // Asked of each mapping for each new source: plain loops, which make no objects.
    private static bool AllFit(SourceRule rule, List<KeyValuePair<string, string>> values)
    {
        foreach (var (field, wanted) in rule.When)
        {
            var fits = false;
            foreach (var (name, value) in values)
            {
                if (name != field) continue;
                for (var at = 0; at < wanted.Count && !fits; at++) fits = Fits(wanted[at], value);
                if (fits) break;
            }

            if (!fits) return false;
        }

        return true;
    }

    private static bool Fits(string pattern, string value) =>
        pattern is [.., '*']
            ? value.StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.OrdinalIgnoreCase)
            : string.Equals(pattern, value, StringComparison.OrdinalIgnoreCase);
}
