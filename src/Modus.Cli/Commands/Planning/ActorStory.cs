using Modus.Analysis.Knowledge;
using Modus.Analysis.Planning;
using Modus.Analysis.Planning.Threat;
using Modus.Attack;

namespace Modus.Cli.Commands.Planning;

/// <summary>What is told of an actor and one technique: the procedures to imitate.</summary>
/// <param name="Technique">The technique.</param>
/// <param name="Weight">Dated uses, the recent ones counting more.</param>
/// <param name="Procedures">Who tells it, with the text where the release has it.</param>
/// <param name="Software">The actor's software that is known for it.</param>
internal sealed record StoryPart(Technique Technique, double Weight, IReadOnlyList<ToldProcedure> Procedures, IReadOnlyList<string> Software);

/// <summary>One procedure as a release has it.</summary>
/// <param name="By">Id of the group or campaign.</param>
/// <param name="Sources">Names of the sources.</param>
/// <param name="Text">The text, or null where only facts are loaded.</param>
internal sealed record ToldProcedure(string By, IReadOnlyList<string> Sources, string? Text);

/// <summary>Everything that releases tell of actors, by technique.</summary>
internal static class ActorStory
{
    /// <summary>The techniques of actors and of the campaigns attributed to them.</summary>
    public static IReadOnlyList<StoryPart> Of(Release release, IReadOnlyList<string> actors)
    {
        var users = new List<NamedActor>();
        foreach (var id in actors)
        {
            if (release.Find(id) is not NamedActor actor) continue;
            users.Add(actor);
            if (actor is Group group) users.AddRange(group.Campaigns.Where(campaign => campaign.IsAlive));
        }
        users = [.. users.Distinct()];
        var ids = users.Select(user => user.Id).ToHashSet(StringComparer.Ordinal);
        var all = ReleaseUses.Of(release, EmbeddedFacts.SourceDates);
        var weights = ThreatModel.Weigh(all.Techniques, [.. all.Uses.Where(use => ids.Contains(use.User))], new() { SoftwareShare = 0, AsOf = all.Date })
            .Where(row => row.Weight > 0).ToDictionary(row => row.Technique, row => row.Weight, StringComparer.Ordinal);
        var software = users.SelectMany(user => user switch { Group group => group.Software, Campaign campaign => campaign.Software, _ => [] }).Where(item => item.IsAlive).Distinct().ToList();
        var tools = software.SelectMany(item => item.Procedures.Select(procedure => (procedure.Technique.Id, item.Name))).ToLookup(item => item.Id, item => item.Name, StringComparer.Ordinal);
        var told = users.SelectMany(user => user.Procedures.Select(procedure => (procedure.Technique, Told: new ToldProcedure(user.Id, [.. procedure.Citations.Select(source => source.Name).Distinct(StringComparer.Ordinal)], procedure.Text))))
            .ToLookup(item => item.Technique.Id, item => item.Told, StringComparer.Ordinal);
        return [.. weights.Select(item => new StoryPart(release.Find<Technique>(item.Key)!, item.Value, [.. told[item.Key]], [.. tools[item.Key].Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]))
            .OrderByDescending(part => part.Weight).ThenBy(part => part.Technique.Id, StringComparer.Ordinal)];
    }
}
