using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Attribution;

/// <summary>How much the software that an observation shares with an actor is that actor's own.</summary>
/// <remarks>In a young body of knowledge many a tool has one known user only. That one user is no proof of anything: the tool is
/// there for all, and so is malware that is described without any actor.</remarks>
/// <param name="ToolRarity">Rarity of the shared tools, summed.</param>
/// <param name="ToolUnique">Shared tools of at most two users, each counted as one over its users.</param>
/// <param name="Owned">Rarity of shared software, each times the share of the sources describing it that speak of the actor.</param>
/// <param name="Nobodys">The same with the share that speaks of no actor at all.</param>
internal readonly record struct SharedSoftware(double ToolRarity, double ToolUnique, double Owned, double Nobodys)
{
    public static SharedSoftware Of(KnowledgeView view, Observation seen, int actor)
    {
        double rarity = 0, unique = 0, owned = 0, nobodys = 0;
        foreach (var s in seen.Software)
        {
            if (view.ActorSoftware[actor][s] == 0) continue;
            var idf = view.SoftwareIdf(s);
            var (own, nobody) = SoftwareLinks.Owned(view, s, actor);
            owned += idf * own;
            nobodys += idf * nobody;
            if (!view.Index.IsTool[s]) continue;
            rarity += idf;
            if (view.SoftwareDf[s] <= CandidateFeatures.UniqueUsers) unique += 1.0 / view.SoftwareDf[s];
        }
        return new(rarity, unique, owned, nobodys);
    }
}
