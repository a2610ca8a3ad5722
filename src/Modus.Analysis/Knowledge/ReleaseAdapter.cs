using Modus.Attack;

namespace Modus.Analysis.Knowledge;

/// <summary>Makes the facts that the analysis needs out of a release of ATT&amp;CK.</summary>
public static class ReleaseAdapter
{
    /// <summary>Takes actors, software, campaigns, techniques and who says what from a release.</summary>
    /// <param name="release">The release.</param>
    /// <param name="dates">Dates by source name, for sources whose reference text is not loaded. The text wins where it holds a date.</param>
    /// <param name="nations">Suspected country by actor id, or null.</param>
    /// <param name="domains">Only techniques of these domains; all of the release for <see cref="Domains.None"/>.</param>
    public static ActorKnowledge Read(
        Release release,
        IReadOnlyDictionary<string, DateOnly>? dates = null,
        IReadOnlyDictionary<string, string>? nations = null,
        Domains domains = Domains.None)
    {
        var techniques = release.Techniques.Where(item => domains == Domains.None || (item.Domains & domains) != 0).ToList();
        var uses = new List<Relation>();
        var softwareUses = new List<Relation>();
        var attributions = new List<Relation>();
        var citations = new SortedDictionary<string, Citation>(StringComparer.Ordinal);
        foreach (var relation in release.Relationships(RelationshipType.Uses))
        {
            if (!relation.Source.IsAlive || !relation.Target.IsAlive) continue;
            var to = relation.Target is Technique ? uses : relation.Target is Software ? softwareUses : null;
            to?.Add(Keep(relation));
        }
        foreach (var relation in release.Relationships(RelationshipType.AttributedTo))
            if (relation.Source.IsAlive && relation.Target.IsAlive) attributions.Add(Keep(relation));

        return new()
        {
            Release = release.Version,
            Techniques = [.. techniques.Select(item => new TechniqueFact(item.Id, item.FullName, item.Parent?.Id,
                [.. item.Tactics.Select(tactic => tactic.Shortname)], item.Platforms))],
            Actors = [.. release.Groups.Select(item => new ActorFact(item.Id, item.Name, item.Aliases) { SuspectedNation = nations?.GetValueOrDefault(item.Id) })],
            Software = [.. release.Software.Select(item => new SoftwareFact(item.Id, item.Name, item.Aliases, !item.IsMalware))],
            Campaigns = [.. release.Campaigns.Select(item => new CampaignFact(item.Id, item.Name, item.FirstSeen?.Date, item.LastSeen?.Date))],
            Sources = [.. citations.Select(item => new SourceFact(item.Key, DateOf(item.Value, dates), item.Value.Url))],
            Uses = uses,
            SoftwareUses = softwareUses,
            Attributions = attributions,
            TacticOrder = [.. release.Tactics.Where(tactic => domains == Domains.None || (tactic.Domains & domains) != 0)
                .Select(tactic => tactic.Shortname).Distinct(StringComparer.Ordinal)],
            Successors = Successors(release),
        };

        Relation Keep(Relationship relation)
        {
            foreach (var citation in relation.Citations) citations.TryAdd(citation.Name, citation);
            return new(relation.Source.Id, relation.Target.Id, [.. relation.Citations.Select(citation => citation.Name).Distinct(StringComparer.Ordinal)]);
        }
    }

    private static DateOnly? DateOf(Citation citation, IReadOnlyDictionary<string, DateOnly>? dates) =>
        citation.Description is { } text && SourceDate.FromReference(text) is { } read ? read
        : dates is not null && dates.TryGetValue(citation.Name, out var known) ? known
        : SourceDate.FromName(citation.Name);

    private static Dictionary<string, string> Successors(Release release)
    {
        var successors = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(release.All<Technique>());
        Add(release.All<Group>());
        Add(release.All<Software>());
        return successors;

        void Add(IEnumerable<AttackObject> items)
        {
            foreach (var item in items)
                if (item.IsRevoked && item.Succession.Successor is { IsAlive: true } heir && heir.Id.Length > 0 && heir.Id != item.Id)
                    successors.TryAdd(item.Id, heir.Id);
        }
    }
}
