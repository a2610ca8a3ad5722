using Modus.Analysis.Knowledge;
using Modus.Analysis.Planning.Threat;
using Modus.Attack;

namespace Modus.Analysis.Planning;

/// <summary>What planning needs of a release, as plain records.</summary>
/// <param name="Version">The release.</param>
/// <param name="Date">When it came out, or the newest date in it.</param>
/// <param name="Techniques">Ids of the living techniques, in order.</param>
/// <param name="Uses">Who used what.</param>
/// <param name="Actors">Ids of the living groups and campaigns.</param>
public sealed record ReleaseUses(string Version, DateOnly Date, IReadOnlyList<string> Techniques, IReadOnlyList<UseRecord> Uses, IReadOnlySet<string> Actors)
{
    /// <summary>Takes uses from a release. A use is dated by when the relation was made, else by its newest dated source, else by when the actor's page was made.</summary>
    /// <param name="release">The release.</param>
    /// <param name="dates">Dates of sources by name, for releases whose references are not loaded.</param>
    /// <param name="domain">Only techniques of this domain.</param>
    public static ReleaseUses Of(Release release, IReadOnlyDictionary<string, DateOnly>? dates = null, Domains domain = Domains.Enterprise)
    {
        var techniques = release.Techniques.Where(item => (item.Domains & domain) != 0).Select(item => item.Id).Order(StringComparer.Ordinal).ToList();
        var known = techniques.ToHashSet(StringComparer.Ordinal);
        var uses = new List<UseRecord>();
        foreach (var relation in release.Relationships(RelationshipType.Uses))
        {
            if (relation.IsDead || !relation.Source.IsAlive || relation.Target is not Technique { IsAlive: true } technique || !known.Contains(technique.Id)) continue;
            var kind = relation.Source switch { Group => UserKind.Group, Campaign => UserKind.Campaign, _ => UserKind.Software };
            var sources = relation.Citations;
            uses.Add(new(relation.Source.Id, kind, technique.Id, Day(relation.Created) ?? Newest(sources, dates) ?? Day(relation.Source.Created),
                [.. sources.Select(item => item.Name).Distinct(StringComparer.Ordinal)]));
        }
        var actors = release.Groups.Select(item => item.Id).Concat(release.Campaigns.Select(item => item.Id)).ToHashSet(StringComparer.Ordinal);
        return new(release.Version, Day(release.Stamp) ?? uses.Max(use => use.Date) ?? default, techniques, uses, actors);
    }

    private static DateOnly? Day(DateTimeOffset? time) => time is { } known ? DateOnly.FromDateTime(known.UtcDateTime) : null;

    private static DateOnly? Newest(IReadOnlyList<Citation> sources, IReadOnlyDictionary<string, DateOnly>? dates)
    {
        DateOnly? newest = null;
        foreach (var source in sources)
        {
            var date = source.Description is { } text && SourceDate.FromReference(text) is { } read ? read
                : dates is not null && dates.TryGetValue(source.Name, out var known) ? known : SourceDate.FromName(source.Name);
            if (date > (newest ?? DateOnly.MinValue)) newest = date;
        }
        return newest;
    }
}
