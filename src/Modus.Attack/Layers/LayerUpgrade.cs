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
    /// <summary>Entries given. With <see cref="Spread"/> they are those written, joined and dropped.</summary>
    public int Given => Entries.Count;

    /// <summary>Entries of the new layer.</summary>
    public int Written => Layer.Techniques.Count;

    /// <summary>Entries more than were given, because one for every tactic was spread over the tactics.</summary>
    public int Spread { get; init; }

    /// <summary>Entries, spread ones included, that were joined to another one.</summary>
    public int Joined { get; init; }

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
        var rows = Project(layer, projector);
        var everywhere = Everywhere(rows);
        var places = new Dictionary<(string, string?), EntryJoin>();
        var order = new List<EntryJoin>();
        var extra = 0;
        for (var at = 0; at < rows.Count; at++)
        {
            if (rows[at].Projection.TechniqueId is not { } id) continue;
            var tactics = rows[at].Projection.Tactic is null && everywhere.Contains(id) ? [.. Tactics(projector, id)] : (IReadOnlyList<string?>)[rows[at].Projection.Tactic];
            extra += tactics.Count - 1;
            foreach (var tactic in tactics)
            {
                if (places.TryGetValue((id, tactic), out var place)) place.Join(rows[at].Before);
                else order.Add(places[(id, tactic)] = place = new EntryJoin(rows[at].Before, id, tactic));
                rows[at] = rows[at] with { Place = rows[at].Place ?? place, Joins = rows[at].Joins + (place.Count > 1 ? 1 : 0) };
            }
        }
        var problems = new List<Problem>();
        var dropped = rows.Where(row => row.Projection.TechniqueId is null).Select(row => (row.Before, row.Projection)).ToList();
        var others = layer.Others.Where(member => member.Name != DroppedMember).ToList();
        if (DroppedEntries.Write(dropped, layer.Others) is { } kept) others.Add(new LayerMember(DroppedMember, kept));
        var upgraded = layer with
        {
            Versions = layer.Versions with { Attack = projector.Target.Version, Format = LayerWriter.Format },
            Filters = Carry(layer.Filters, projector, problems, file),
            Techniques = [.. order.Select(place => place.Result)],
            Others = others,
        };
        return new UpgradedLayer(upgraded, [.. rows.Select(row => new UpgradedEntry(row.Before, row.Projection, row.Place?.Result, row.Joins > 0))], projector.SourceVersion, problems)
        {
            Spread = extra,
            Joined = rows.Sum(row => row.Joins),
        };
    }

    private sealed record Row(LayerTechnique Before, ProjectionAnswer Projection, EntryJoin? Place = null, int Joins = 0);

    private static List<Row> Project(Layer layer, Projector projector)
    {
        var hints = layer.Filters?.Platforms;
        return [.. layer.Techniques.Select(entry => new Row(entry, projector.Project(new ProjectionQuestion(entry.TechniqueId, entry.Tactic, hints))))];
    }

    /// <summary>
    /// Techniques in which entries of different old techniques meet, one for every tactic and one for a single tactic: the
    /// first is spread over its tactics, or the Navigator would let the one hide the other. Where both are of one technique,
    /// the second hiding the first is what the layer's maker saw, and stays so.
    /// </summary>
    private static HashSet<string> Everywhere(List<Row> rows) =>
    [
        .. rows.Where(row => row.Projection.TechniqueId is not null).GroupBy(row => row.Projection.TechniqueId!)
            .Where(group => group.Select(row => row.Before.TechniqueId).Distinct(StringComparer.Ordinal).Count() > 1
                && group.Any(row => row.Projection.Tactic is null) && group.Any(row => row.Projection.Tactic is not null))
            .Select(group => group.Key),
    ];

    private static IEnumerable<string?> Tactics(Projector projector, string id) =>
        projector.Target.FindAll(id).OfType<Technique>().First(technique => (technique.Domains & projector.Domain) != 0).Tactics.Select(tactic => tactic.Shortname);

    /// <summary>
    /// Platforms of old formats are spelt in lower case and short: the one platform of the release that begins so is meant.
    /// Those that a release renamed are shown under their new name.
    /// </summary>
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
            var meant = same ?? PlatformNames.Of(platform, known) ?? (begun.Count == 1 ? begun[0] : null);
            if (meant is null)
                problems.Add(new Problem(LayerCodes.UnknownPlatform, $"$.filters.platforms: {projector.Target.Version} has no platform '{platform}'; it is kept", file, 0,
                    $"choose of {string.Join(", ", known)}"));
            carried.Add(meant ?? platform);
        }
        return filters with { Platforms = [.. carried.Distinct(StringComparer.Ordinal)] };
    }
}
