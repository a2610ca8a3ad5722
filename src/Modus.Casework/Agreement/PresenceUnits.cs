using Modus.Casework.Investigation;
using Modus.Casework.Mappings;

namespace Modus.Casework.Agreement;

/// <summary>Every technique of the release in every document as a unit: each coder named it or not.</summary>
internal static class PresenceUnits
{
    private const int Absent = 0, Related = 1, Present = 2;
    private const double Half = 0.5;

    /// <summary>The units. What somebody named and the release does not know is a unit too.</summary>
    public static IReadOnlyList<AlignedUnit> Of(IReadOnlyList<Coder> coders, KnowledgeAtHand knowledge)
    {
        var byDocument = UnitAligner.ShareDocuments(coders);
        string KeyOf(StatedMapping mapping) => byDocument ? UnitAligner.DocumentKey(mapping.Document) : "";
        var sets = coders.Select(coder => coder.Mappings.GroupBy(KeyOf, StringComparer.Ordinal).ToDictionary(
            group => group.Key, group => group.Select(mapping => mapping.Technique).OfType<string>().ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal)).ToList();
        var named = sets.SelectMany(set => set.Values).SelectMany(ids => ids).Distinct(StringComparer.Ordinal).ToList();
        // The choice was among the techniques of the domains that anyone used.
        var known = knowledge.Targets.Where(release => named.Any(id => release.Find(id) is not null)).SelectMany(release => release.Techniques).Select(technique => technique.Id);
        var universe = known.Concat(named).Concat(named.Select(TechniqueIds.ParentOf)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return
        [
            .. sets.SelectMany(set => set.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).SelectMany(document => universe.Select(id => new AlignedUnit(
                document, id, null, [.. sets.Select(set => !set.TryGetValue(document, out var ids) ? null : (IReadOnlyList<string>)Near(ids, id))]))),
        ];
    }

    /// <summary>What each coder's value is at a level.</summary>
    public static RatingTable Table(AgreementLevel level, IReadOnlyList<AlignedUnit> units)
    {
        var rows = units.Select(unit => unit.Techniques.Select(set => set is null ? RatingTable.Missing : ValueOf(level, unit.Label, set)).ToArray()).ToList();
        return new RatingTable(
            static (left, right) => left == right ? 1 : left == Related || right == Related ? Half : 0,
            static value => value switch { Absent => [Absent, Related], Present => [Related, Present], _ => [Absent, Related, Present] },
            rows, Present + 1);
    }

    /// <summary>Of what a coder named in a document: the unit's technique, its parent, its sub-techniques.</summary>
    private static string[] Near(HashSet<string> ids, string id) =>
        [.. ids.Where(other => other == id || TechniqueIds.ParentOf(other) == id || TechniqueIds.ParentOf(id) == other).Order(StringComparer.Ordinal)];

    private static int ValueOf(AgreementLevel level, string unit, IReadOnlyList<string> near) => level switch
    {
        AgreementLevel.Technique => near.Count > 0 && !TechniqueIds.IsSub(unit) ? Present : Absent,
        _ when near.Contains(unit) => Present,
        AgreementLevel.PartialCredit when near.Count > 0 => Related,
        _ => Absent,
    };
}
