using Modus.Casework.Mappings;

namespace Modus.Casework.Agreement;

/// <summary>Finds where coders differ, and what settling each difference would do to alpha.</summary>
internal static class DisputeFinder
{
    // Alpha is computed anew for each of these; more are too many to read anyway.
    private const int MostWeighed = 200;

    private const string Nothing = "nothing";

    /// <summary>How coders agree on each technique, the most disputed first.</summary>
    public static IReadOnlyList<TechniqueAgreement> Techniques(IReadOnlyList<AlignedUnit> units, int coders, Func<string, string> nameOf)
    {
        var named = new SortedDictionary<string, int[]>(StringComparer.Ordinal);
        var agreed = new Dictionary<string, (int Agreed, int Units)>(StringComparer.Ordinal);
        var presence = units.Count > 0 && units.All(unit => unit.Techniques.All(set => set is null || set.All(id => id == unit.Label || TechniqueIds.ParentOf(id) == unit.Label || TechniqueIds.ParentOf(unit.Label) == id))) && units.Any(unit => TechniqueIds.IsId(unit.Label));
        foreach (var unit in units)
        {
            var here = unit.Techniques.Where(set => set is not null).SelectMany(set => set!).Distinct(StringComparer.Ordinal);
            foreach (var id in presence ? here.Where(id => id == unit.Label) : here)
            {
                if (!named.TryGetValue(id, out var counts)) named[id] = counts = new int[coders];
                for (var coder = 0; coder < coders; coder++)
                    if (unit.Techniques[coder]?.Contains(id) == true) counts[coder]++;
                var (both, all) = agreed.GetValueOrDefault(id);
                agreed[id] = (both + (unit.Techniques.All(set => set?.Contains(id) != false) ? 1 : 0), all + 1);
            }
        }
        return
        [
            .. named.Select(pair => new TechniqueAgreement(pair.Key, nameOf(pair.Key), pair.Value, agreed[pair.Key].Agreed, agreed[pair.Key].Units))
                .OrderByDescending(technique => technique.Units - technique.Agreed).ThenBy(technique => technique.Technique, StringComparer.Ordinal),
        ];
    }

    /// <summary>The disagreements, those that raise alpha most first.</summary>
    public static IReadOnlyList<Disagreement> Find(IReadOnlyList<AlignedUnit> units, RatingTable table, AgreementBasis basis, int top)
    {
        if (table.Alpha() is not { } alpha) return [];
        var groups = Enumerable.Range(0, units.Count).Where(row => Differs(table.Rows[row]))
            .GroupBy(row => basis == AgreementBasis.Evidence ? string.Join('\u001f', Beyond(units[row].Techniques)) : $"{units[row].Document}\u001f{TechniqueIds.ParentOf(units[row].Label)}", StringComparer.Ordinal)
            .Select(group => group.ToList()).OrderByDescending(group => group.Count).ThenBy(group => group[0]).Take(MostWeighed);
        return
        [
            .. groups.Select(group => Describe(group, units, basis, GainOf(group, table, alpha)))
                .OrderByDescending(disagreement => disagreement.Gain).ThenBy(disagreement => disagreement.Where, StringComparer.Ordinal).Take(top),
        ];
    }

    private static Disagreement Describe(List<int> group, IReadOnlyList<AlignedUnit> units, AgreementBasis basis, double gain)
    {
        var first = units[group[0]];
        if (basis == AgreementBasis.Evidence)
            return new Disagreement(Beyond(first.Techniques), group.Count, gain, first.Text, first.Document.Length > 0 ? $"{first.Document}, {first.Label}" : first.Label);
        // A family of a technique and its sub-techniques, as far as the coders differ on it.
        var sets = Enumerable.Range(0, first.Techniques.Count).Select(coder => first.Techniques[coder] is null ? null
            : (IReadOnlyList<string>?)[.. group.Where(row => units[row].Techniques[coder]!.Contains(units[row].Label)).Select(row => units[row].Label)]).ToList();
        return new Disagreement([.. sets.Select(set => set is null ? null : set.Count == 0 ? Nothing : string.Join(", ", set))], group.Count, gain, null, first.Document.Length > 0 ? first.Document : TechniqueIds.ParentOf(first.Label));
    }

    /// <summary>What each coder gave that not all gave.</summary>
    private static string?[] Beyond(IReadOnlyList<IReadOnlyList<string>?> sets)
    {
        var judged = sets.OfType<IReadOnlyList<string>>().ToList();
        var common = judged.Aggregate(judged[0].AsEnumerable(), (left, right) => left.Intersect(right)).ToHashSet(StringComparer.Ordinal);
        return [.. sets.Select(set => set is null ? null : set.Where(id => !common.Contains(id)).ToList() is { Count: > 0 } more ? string.Join(", ", more) : Nothing)];
    }

    private static bool Differs(int[] row)
    {
        var first = row.FirstOrDefault(value => value != RatingTable.Missing, RatingTable.Missing);
        return row.Any(value => value != RatingTable.Missing && value != first);
    }

    /// <summary>The units settled as one coder has them, for each of the coders: the least gain of these.</summary>
    private static double GainOf(List<int> group, RatingTable table, double alpha)
    {
        var least = double.PositiveInfinity;
        for (var winner = 0; winner < table.Rows[group[0]].Length; winner++)
        {
            var rows = table.Rows.ToArray();
            var settled = false;
            foreach (var row in group)
            {
                var value = rows[row][winner];
                if (value == RatingTable.Missing) continue;
                settled = true;
                rows[row] = [.. rows[row].Select(other => other == RatingTable.Missing ? RatingTable.Missing : value)];
            }
            // Settled to the last unit nothing disagrees any more, and alpha has nothing to measure: that is full agreement.
            if (settled) least = Math.Min(least, (table.With(rows).Alpha() ?? 1) - alpha);
        }
        return double.IsInfinity(least) ? 0 : least;
    }
}
