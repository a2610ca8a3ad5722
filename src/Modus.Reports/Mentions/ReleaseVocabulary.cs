using Modus.Attack;

namespace Modus.Reports.Mentions;

/// <summary>Takes the vocabulary of mentions from releases of the knowledge base.</summary>
public static class ReleaseVocabulary
{
    /// <summary>The objects of one or several releases; where an id stands in several, the first release that has it alive names it.</summary>
    public static MentionVocabulary Of(params IEnumerable<Release> releases)
    {
        ArgumentNullException.ThrowIfNull(releases);
        return new MentionVocabulary(releases.SelectMany(static release => release.All()).Select(EntryOf).OfType<VocabularyEntry>());
    }

    private static VocabularyEntry? EntryOf(AttackObject thing)
    {
        if (thing.Id.Length == 0 || KindOf(thing) is not { } kind) return null;
        IReadOnlyList<string> aliases = thing switch
        {
            NamedActor actor => actor.Aliases,
            Technique when thing.FullName != thing.Name => [thing.FullName],
            _ => [],
        };
        return new VocabularyEntry(kind, thing.Id, thing.Name, aliases, thing.IsAlive);
    }

    private static MentionKind? KindOf(AttackObject thing) => thing switch
    {
        Technique => MentionKind.Technique,
        Tactic => MentionKind.Tactic,
        Group => MentionKind.Group,
        Software => MentionKind.Software,
        Campaign => MentionKind.Campaign,
        Mitigation => MentionKind.Mitigation,
        DataSource => MentionKind.DataSource,
        DataComponent => MentionKind.DataComponent,
        DetectionStrategy => MentionKind.DetectionStrategy,
        Analytic => MentionKind.Analytic,
        Asset => MentionKind.Asset,
        _ => null,
    };
}
