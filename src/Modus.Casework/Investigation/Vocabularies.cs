using Modus.Attack;
using Modus.Reports.Mentions;

namespace Modus.Casework.Investigation;

/// <summary>The names and ids that texts are searched for, taken from every release at hand.</summary>
internal static class Vocabularies
{
    /// <summary>The living objects of the targets by name and id; what only other releases have, by id alone.</summary>
    /// <remarks>
    /// Domains share names of techniques: a bare name means the main domain's, also one that only its earlier releases gave;
    /// those of the others still have their ids.
    /// </remarks>
    public static MentionVocabulary Of(KnowledgeAtHand knowledge)
    {
        var main = ReleaseVocabulary.Of(knowledge.Targets[0]).Entries;
        var (domain, target) = knowledge.Domains[0];
        var taken = knowledge.All.Prepend(target).SelectMany(release => release.All()).OfType<Technique>().Where(technique => technique.Domains.HasFlag(domain))
            .Select(technique => technique.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var besides = ReleaseVocabulary.Of(knowledge.Targets.Skip(1)).Entries
            .Select(entry => entry.Kind == MentionKind.Technique && taken.Contains(entry.Name) ? entry with { IsActive = false } : entry);
        var old = ReleaseVocabulary.Of(knowledge.All.Except(knowledge.Targets)).Entries.Select(entry => entry with { IsActive = false });
        return new MentionVocabulary(main.Concat(besides).Concat(old));
    }
}
