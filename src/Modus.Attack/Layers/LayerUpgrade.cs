using Modus.Attack.Projection;

namespace Modus.Attack.Layers;

/// <summary>What became of one entry of a layer.</summary>
/// <param name="Before">The entry as it was.</param>
/// <param name="Projection">The verdict, its reason and the way.</param>
/// <param name="After">The entry that it became, or became a part of; null where it was dropped.</param>
/// <param name="IsJoined">True where the entry was joined to an earlier one in the same place.</param>
public sealed record UpgradedEntry(LayerTechnique Before, ProjectionAnswer Projection, LayerTechnique? After, bool IsJoined);

/// <summary>A layer in another release, and what happened on the way.</summary>
/// <param name="Layer">The layer in the target release.</param>
/// <param name="Entries">One row for each entry given, in its order.</param>
/// <param name="Source">The release the entries were read in, as text; null where it is unknown.</param>
/// <param name="Problems">What a person should look at beside the entries.</param>
public sealed record UpgradedLayer(Layer Layer, IReadOnlyList<UpgradedEntry> Entries, string? Source, IReadOnlyList<Problem> Problems)
{
    /// <summary>Entries given: those that stand on their own, were joined and were dropped.</summary>
    public int Given => Entries.Count;

    /// <summary>Entries of the new layer.</summary>
    public int Written => Layer.Techniques.Count;

    /// <summary>Entries that were joined to another one.</summary>
    public int Joined => Entries.Count(entry => entry.IsJoined);

    /// <summary>Entries without a place in the target release; they are kept in the layer under <see cref="LayerUpgrade.DroppedMember"/>.</summary>
    public int Dropped => Entries.Count(entry => entry.After is null);

    /// <summary>Entries that a person should decide on.</summary>
    public int ToReview => Entries.Count(entry => !entry.Projection.IsSettled);
}

/// <summary>Carries a layer to another release.</summary>
public static class LayerUpgrade
{
    /// <summary>The member of an upgraded layer that keeps entries without a place, each with its verdict and reason.</summary>
    public const string DroppedMember = "dropped";

    /// <summary>Carries every entry. Entries that meet in one place are joined, never overwritten.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="projector">From the layer's release to the wanted one, in the layer's domain.</param>
    /// <param name="file">The file that problems name.</param>
    public static UpgradedLayer Upgrade(Layer layer, Projector projector, string file = "")
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(projector);
        var places = new Dictionary<(string, string?), EntryJoin>();
        var order = new List<EntryJoin>();
        var rows = new List<(LayerTechnique Before, ProjectionAnswer Projection, EntryJoin? Place, bool IsJoined)>();
        var hints = layer.Filters?.Platforms;
        foreach (var entry in layer.Techniques)
        {
            var projection = projector.Project(new ProjectionQuestion(entry.TechniqueId, entry.Tactic, hints));
            if (projection.TechniqueId is not { } id)
            {
                rows.Add((entry, projection, null, false));
                continue;
            }
            var key = (id, projection.Tactic);
            if (places.TryGetValue(key, out var place)) place.Join(entry);
            else order.Add(places[key] = place = new EntryJoin(entry, id, projection.Tactic));
            rows.Add((entry, projection, place, place.Count > 1));
        }
        var problems = new List<Problem>();
        var dropped = rows.Where(row => row.Place is null).Select(row => (row.Before, row.Projection)).ToList();
        var others = layer.Others.Where(member => member.Name != DroppedMember).ToList();
        if (DroppedEntries.Write(dropped, layer.Others) is { } kept) others.Add(new LayerMember(DroppedMember, kept));
        var upgraded = layer with
        {
            Versions = layer.Versions with { Attack = projector.Target.Version, Format = LayerWriter.Format },
            Filters = Carry(layer.Filters, projector, problems, file),
            Techniques = [.. order.Select(place => place.Result)],
            Others = others,
        };
        return new UpgradedLayer(upgraded, [.. rows.Select(row => new UpgradedEntry(row.Before, row.Projection, row.Place?.Result, row.IsJoined))], projector.SourceVersion, problems);
    }

    /// <summary>Platforms of old formats are spelt in lower case and short: the one platform of the release that begins so is meant.</summary>
    private static LayerFilters? Carry(LayerFilters? filters, Projector projector, List<Problem> problems, string file)
    {
        if (filters?.Platforms is not { } platforms) return filters;
        var known = projector.Target.Techniques.Where(technique => technique.IsAlive && (technique.Domains & projector.Domain) != 0)
            .SelectMany(technique => technique.Platforms).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var carried = new List<string>();
        foreach (var platform in platforms)
        {
            var same = known.FirstOrDefault(name => name.Equals(platform, StringComparison.OrdinalIgnoreCase));
            var begun = known.Where(name => name.StartsWith(platform, StringComparison.OrdinalIgnoreCase)).ToList();
            var meant = same ?? (begun.Count == 1 ? begun[0] : null);
            if (meant is null)
                problems.Add(new Problem(LayerCodes.UnknownPlatform, $"$.filters.platforms: {projector.Target.Version} has no platform '{platform}'; it is kept", file, 0,
                    $"choose of {string.Join(", ", known)}"));
            carried.Add(meant ?? platform);
        }
        return filters with { Platforms = [.. carried.Distinct(StringComparer.Ordinal)] };
    }
}
