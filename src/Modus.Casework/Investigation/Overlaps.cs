using Modus.Attack;

namespace Modus.Casework.Investigation;

/// <summary>Counts the techniques that groups share with a case. Plain overlap: it says nothing about who did it.</summary>
internal static class Overlaps
{
    // One shared technique says nothing at all, and a list longer than this is not read.
    private const int FewestShared = 2, Most = 10;

    public static IReadOnlyList<GroupOverlap> Of(IReadOnlyCollection<string> techniques, KnowledgeAtHand knowledge)
    {
        var wanted = techniques.ToHashSet(StringComparer.Ordinal);
        return
        [
            .. knowledge.Targets.SelectMany(release => release.Groups).DistinctBy(group => group.StixId)
                .Select(group => Overlap(group, wanted))
                .Where(overlap => overlap.Shared.Count >= FewestShared)
                .OrderByDescending(overlap => overlap.Shared.Count).ThenByDescending(overlap => overlap.Jaccard).ThenBy(overlap => overlap.Id, StringComparer.Ordinal)
                .Take(Most),
        ];
    }

    private static GroupOverlap Overlap(Group group, HashSet<string> wanted)
    {
        var known = group.Techniques(Inheritance.Direct).Select(use => use.Technique).Where(technique => technique.IsAlive).Select(technique => technique.Id).ToHashSet(StringComparer.Ordinal);
        var shared = known.Where(wanted.Contains).Order(StringComparer.Ordinal).ToList();
        return new GroupOverlap(group.Id, group.Name, shared, known.Count, known.Count == 0 ? 0 : (double)shared.Count / (known.Count + wanted.Count - shared.Count));
    }
}
