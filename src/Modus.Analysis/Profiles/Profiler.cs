using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Profiles;

/// <summary>Writes profiles of actors and compares them. May be used by many threads.</summary>
public sealed class Profiler
{
    private const int RareUsers = 3;
    private readonly KnowledgeIndex index;
    private readonly Dictionary<string, TechniqueFact> techniques;
    private readonly Dictionary<string, SoftwareFact> software;

    /// <summary>Prepares the knowledge.</summary>
    /// <param name="knowledge">Who does what, says who.</param>
    /// <param name="lens">Which part of it counts.</param>
    public Profiler(ActorKnowledge knowledge, Lens lens)
    {
        index = new(knowledge);
        View = new(index, lens);
        techniques = knowledge.Techniques.ToDictionary(item => item.Id, StringComparer.Ordinal);
        software = knowledge.Software.ToDictionary(item => item.Id, StringComparer.Ordinal);
    }

    internal KnowledgeView View { get; }

    /// <summary>Actors that have an id, name or alias; compared by letters and digits only.</summary>
    /// <param name="name">As people write it.</param>
    /// <returns>Ids: several where a name is shared, none where it is not known.</returns>
    public IReadOnlyList<string> Find(string name)
    {
        var plain = Attribution.QuestionReader.Plain(name);
        if (plain.Length == 0) return [];
        var id = index.Knowledge.Successors.GetValueOrDefault(name.ToUpperInvariant(), name.ToUpperInvariant());
        return index.Actors.Find(id) >= 0 ? [id] : [.. index.Knowledge.Actors
            .Where(actor => actor.Aliases.Append(actor.Name).Any(alias => Attribution.QuestionReader.Plain(alias) == plain))
            .Select(actor => actor.Id).Order(StringComparer.Ordinal)];
    }

    /// <summary>The profile of an actor, or null where no actor has the id.</summary>
    /// <param name="id">Its id.</param>
    public ActorProfile? Profile(string id)
    {
        if (index.Actors.Find(id) is not (>= 0 and var actor)) return null;
        var fact = index.Knowledge.Actors.First(item => item.Id == id);
        var campaigns = Campaigns(id);
        var procedures = Procedures(id, actor, campaigns);
        var used = Software(id);
        var days = View.Reports[actor].Where(report => report.Day != KnowledgeIndex.Undated).Select(report => DateOnly.FromDayNumber(report.Day)).Order().ToList();
        return new(id, fact.Name, [.. fact.Aliases.Where(alias => alias != fact.Name)], fact.SuspectedNation, index.Knowledge.Release,
            View.Reports[actor].Length, days.Count > 0 ? days[0] : null, days.Count > 0 ? days[^1] : null, procedures, used, campaigns, Rare(actor));
    }

    private List<ProfiledCampaign> Campaigns(string actor)
    {
        var facts = index.Knowledge.Campaigns.ToDictionary(item => item.Id, StringComparer.Ordinal);
        return [.. index.Knowledge.Attributions.Where(item => item.Object == actor && facts.ContainsKey(item.Subject))
            .Select(item => (Fact: facts[item.Subject], Sources: Alive(item.Sources))).Where(item => item.Sources.Count > 0)
            .OrderBy(item => item.Fact.Id, StringComparer.Ordinal)
            .Select(item => new ProfiledCampaign(item.Fact.Id, item.Fact.Name, item.Fact.FirstSeen, item.Fact.LastSeen, item.Sources))];
    }

    private List<ProfiledTechnique> Procedures(string id, int actor, List<ProfiledCampaign> campaigns)
    {
        var named = campaigns.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        var direct = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var through = new Dictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        var campaignSources = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var relation in index.Knowledge.Uses)
        {
            var ofActor = relation.Subject == id;
            if ((!ofActor && !named.Contains(relation.Subject)) || !techniques.ContainsKey(relation.Object)) continue;
            var sources = Alive(relation.Sources);
            if (sources.Count < (ofActor ? Math.Max(1, View.Lens.MinSources) : 1)) continue;
            if (ofActor) direct[relation.Object] = sources;
            else
            {
                if (!through.TryGetValue(relation.Object, out var set)) through[relation.Object] = set = new(StringComparer.Ordinal);
                set.Add(relation.Subject);
                if (!campaignSources.TryGetValue(relation.Object, out var list)) campaignSources[relation.Object] = list = [];
                list.AddRange(sources);
            }
        }
        var implied = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var s in View.SoftwareOfActor[actor])
            foreach (var t in View.TechniquesOfSoftware[s])
            {
                if (!implied.TryGetValue(index.Techniques[t], out var list)) implied[index.Techniques[t]] = list = [];
                list.Add(index.Software[s]);
            }
        return [.. direct.Keys.Union(through.Keys).Union(implied.Keys).Order(StringComparer.Ordinal).Select(technique =>
        {
            var own = direct.GetValueOrDefault(technique, []);
            var all = own.Concat(campaignSources.GetValueOrDefault(technique, [])).Distinct(StringComparer.Ordinal).ToList();
            return new ProfiledTechnique(technique, techniques[technique].Name, techniques[technique].Tactics, own,
                [.. through.GetValueOrDefault(technique, [])], implied.GetValueOrDefault(technique, []), all.Count, Latest(all),
                View.TechniqueDf[index.Techniques.Find(technique)]);
        })];
    }

    private List<ProfiledSoftware> Software(string id) =>
        [.. index.Knowledge.SoftwareUses.Where(item => item.Subject == id && software.ContainsKey(item.Object))
            .Select(item => (item.Object, Sources: Alive(item.Sources))).Where(item => item.Sources.Count >= Math.Max(1, View.Lens.MinSources))
            .OrderBy(item => item.Object, StringComparer.Ordinal)
            .Select(item => new ProfiledSoftware(item.Object, software[item.Object].Name, software[item.Object].IsTool, item.Sources,
                Latest(item.Sources), View.SoftwareDf[index.Software.Find(item.Object)]))];

    private List<RareTrait> Rare(int actor)
    {
        var traits = new List<RareTrait>();
        foreach (var t in View.TechniquesOfActor[actor])
            if (View.TechniqueDf[t] <= RareUsers)
                traits.Add(new(false, index.Techniques[t], techniques[index.Techniques[t]].Name, Others(View.TechniquesOfActor, t)));
        foreach (var s in View.SoftwareOfActor[actor])
            if (View.SoftwareDf[s] <= RareUsers)
                traits.Add(new(true, index.Software[s], software[index.Software[s]].Name, Others(View.SoftwareOfActor, s)));
        return [.. traits.OrderBy(trait => trait.Others.Count).ThenBy(trait => trait.Id, StringComparer.Ordinal)];

        List<string> Others(int[][] rows, int column) =>
            [.. Enumerable.Range(0, rows.Length).Where(other => other != actor && Array.BinarySearch(rows[other], column) >= 0).Select(other => index.Actors[other])];
    }

    private List<string> Alive(IReadOnlyList<string> sources) =>
        [.. sources.Where(source => View.Alive[index.Sources.Find(source)]).Order(StringComparer.Ordinal)];

    private DateOnly? Latest(IEnumerable<string> sources)
    {
        var day = sources.Select(source => index.SourceDay[index.Sources.Find(source)]).DefaultIfEmpty(KnowledgeIndex.Undated).Max();
        return day == KnowledgeIndex.Undated ? null : DateOnly.FromDayNumber(day);
    }
}
