using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Attribution;

/// <summary>What ties a software to actors beyond "is known to use it": who is written about beside it, and who uses what its users use.</summary>
/// <remarks>Half of the software of a new report is not known of its actor yet. A source that describes the software and speaks of
/// the actor, carries the actor's name, or the habits of the software's known users still say something.</remarks>
internal static class SoftwareLinks
{
    private const double SharedSourceScale = 2;
    private const double AssociateScale = 50;

    /// <summary>Beyond this rarity a suspected nation says no more.</summary>
    private const double MostRarity = 4;

    /// <summary>Adds the five measures of one software to every usable candidate.</summary>
    public static void Add(KnowledgeView view, int software, int piece, FeatureMatrix matrix)
    {
        var links = view.Index.Links;
        var mentioned = Shared(view, links, links.MentionedIn[software]);
        var described = Shared(view, links, links.DescribedIn[software]);
        var rarity = view.Rarity(mentioned.Count(share => share > 0));
        var named = Named(view, links, links.MentionedIn[software]);
        var associates = Associates(view, software);
        var users = Enumerable.Range(0, view.ActorCount).Where(actor => view.ActorSoftware[actor][software] > 0).ToArray();
        var nation = users.Length == 0 ? 0 : Math.Min(MostRarity, view.SoftwareIdf(software)) / users.Length;
        for (var actor = 0; actor < view.ActorCount; actor++)
        {
            if (!matrix.Usable[actor]) continue;
            if (mentioned[actor] > 0) matrix.Add(actor, (int)Measure.SoftwareSharedSources, piece, rarity * Math.Log(1 + SharedSourceScale * mentioned[actor]));
            if (described[actor] > 0) matrix.Add(actor, (int)Measure.SoftwareDescribedWith, piece, Math.Log(1 + SharedSourceScale * described[actor]));
            if (named[actor] > 0) matrix.Add(actor, (int)Measure.SoftwareNamedWith, piece, Math.Log(1 + named[actor]));
            if (associates[actor] > 0) matrix.Add(actor, (int)Measure.SoftwareOfAssociates, piece, Math.Log(1 + AssociateScale * associates[actor]));
            if (links.Compatriot[actor] is not { } own) continue;
            var compatriots = users.Count(user => user != actor && links.Compatriot[user] == own);
            if (compatriots > 0) matrix.Add(actor, (int)Measure.SoftwareOfCompatriots, piece, compatriots * nation);
        }
    }

    /// <summary>For each actor, the sources that speak of it too, each counted the less the more actors it speaks of.</summary>
    private static double[] Shared(KnowledgeView view, SourceLinks links, int[] sources)
    {
        var shares = new double[view.ActorCount];
        foreach (var source in sources)
        {
            if (!view.Alive[source]) continue;
            var actors = links.ActorsOfSource[source];
            foreach (var actor in actors) shares[actor] += 1.0 / actors.Length;
        }
        return shares;
    }

    /// <summary>Of the sources that describe a software: the share that speaks of the actor, and the share that speaks of no actor at all.</summary>
    public static (double Own, double Nobody) Owned(KnowledgeView view, int software, int actor)
    {
        var links = view.Index.Links;
        int own = 0, nobody = 0, all = 0;
        foreach (var source in links.DescribedIn[software])
        {
            if (!view.Alive[source]) continue;
            all++;
            if (links.ActorsOfSource[source].Contains(actor) || links.ActorsNamedBy[source].Contains(actor)) own++;
            else if (links.ActorsOfSource[source].Length == 0 && links.ActorsNamedBy[source].Length == 0) nobody++;
        }
        return (own / (all + 1.0), nobody / (all + 1.0));
    }

    private static int[] Named(KnowledgeView view, SourceLinks links, int[] sources)
    {
        var counts = new int[view.ActorCount];
        foreach (var source in sources)
            if (view.Alive[source])
                foreach (var actor in links.ActorsNamedBy[source]) counts[actor]++;
        return counts;
    }

    /// <summary>A walk from the software to its users, to what else they use, to who else uses that.</summary>
    private static double[] Associates(KnowledgeView view, int software)
    {
        var reached = new double[view.ActorCount];
        var beside = new double[view.SoftwareCount];
        var users = view.SoftwareDf[software];
        if (users == 0) return reached;
        for (var actor = 0; actor < view.ActorCount; actor++)
        {
            if (view.ActorSoftware[actor][software] == 0) continue;
            foreach (var other in view.SoftwareOfActor[actor]) beside[other] += 1.0 / users / view.SoftwareOfActor[actor].Length;
        }
        beside[software] = 0;
        for (var actor = 0; actor < view.ActorCount; actor++)
            foreach (var other in view.SoftwareOfActor[actor])
                if (beside[other] > 0) reached[actor] += beside[other] / view.SoftwareDf[other];
        return reached;
    }
}
