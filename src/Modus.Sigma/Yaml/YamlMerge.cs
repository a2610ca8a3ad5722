using System.Collections.Immutable;

namespace Modus.Sigma.Yaml;

/// <summary>Lays one document over another, as the old multi-document rules ask for.</summary>
internal static class YamlMerge
{
    /// <summary>The keys of both; where both have a map it is merged, else the upper one wins.</summary>
    public static YamlMapping Merge(YamlMapping below, YamlMapping above)
    {
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        foreach (var entry in below.Entries)
        {
            if (entry.Key.Text == "action") continue;
            var over = above.Entry(entry.Key.Text);
            entries.Add((entry.Value, over?.Value) switch
            {
                (_, null) => entry,
                (YamlMapping lower, YamlMapping upper) => new(over!.Key, Merge(lower, upper)),
                _ => over!,
            });
        }

        foreach (var entry in above.Entries)
            if (entry.Key.Text != "action" && below.Entry(entry.Key.Text) is null) entries.Add(entry);
        return new(above.Position, entries.ToImmutable());
    }
}
