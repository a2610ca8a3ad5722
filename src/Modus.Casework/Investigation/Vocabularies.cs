using Modus.Attack;
using Modus.Reports.Mentions;

namespace Modus.Casework.Investigation;

/// <summary>The names and ids that texts are searched for, taken from every release at hand.</summary>
internal static class Vocabularies
{
    /// <summary>The living objects of the targets by name and id; dead ones and those of other releases by id alone.</summary>
    public static MentionVocabulary Of(KnowledgeAtHand knowledge) => new(
        knowledge.Targets.SelectMany(release => Entries(release, isTarget: true))
            .Concat(knowledge.All.Except(knowledge.Targets).SelectMany(release => Entries(release, isTarget: false))));

    private static IEnumerable<VocabularyEntry> Entries(Release release, bool isTarget)
    {
        foreach (var item in release.All())
        {
            if (item.Id.Length == 0 || KindOf(item) is not { } kind) continue;
            // Dead mitigations carry the ids of techniques: only the living may speak for theirs.
            if (item is not Technique && !item.IsAlive) continue;
            yield return new VocabularyEntry(kind, item.Id, item.Name, (item as NamedActor)?.Aliases ?? [], isTarget && item.IsAlive);
        }
    }

    private static MentionKind? KindOf(AttackObject item) => item switch
    {
        Technique => MentionKind.Technique,
        Tactic => MentionKind.Tactic,
        Group => MentionKind.Group,
        Software => MentionKind.Software,
        Campaign => MentionKind.Campaign,
        Mitigation => MentionKind.Mitigation,
        _ => null,
    };
}
