using System.Globalization;
using Modus.Casework.Mappings;

namespace Modus.Casework.Agreement;

/// <summary>How closely two technique ids have to match.</summary>
public enum AgreementLevel
{
    /// <summary>Sub-techniques count as their parent.</summary>
    Technique,

    /// <summary>The ids have to be the same.</summary>
    SubTechnique,

    /// <summary>The ids count by how near they stand in the hierarchy: a parent and its sub-technique 2/3, two of its sub-techniques 1/2.</summary>
    PartialCredit,
}

/// <summary>
/// The values that coders gave (sets of techniques, the empty set among them) and how alike two of them are, 0 to 1.
/// </summary>
/// <remarks>
/// One technique against one technique is the plain case: 1 where they are the same, else 0, or what the hierarchy gives
/// (Wu and Palmer, "Verb semantics and lexical selection", 1994: twice the depth of the common ancestor by the sum of depths).
/// Sets are compared by Dice's coefficient over best matches; two empty sets are the same value.
/// </remarks>
internal sealed class ValueSpace(AgreementLevel level)
{
    private const double ParentAndChild = 2.0 / 3, Sisters = 0.5;

    private readonly List<string[]> values = [];
    private readonly Dictionary<string, int> index = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> byParent = new(StringComparer.Ordinal);
    private readonly Dictionary<(int, int), double> known = [];
    private readonly List<int[]?> neighbours = [];

    /// <summary>Number of different values.</summary>
    public int Count => values.Count;

    /// <summary>The techniques of a value.</summary>
    public IReadOnlyList<string> this[int value] => values[value];

    /// <summary>The number of a set of techniques at this level; the same set has the same number.</summary>
    public int Of(IEnumerable<string> techniques)
    {
        var set = techniques.Select(id => level == AgreementLevel.Technique ? TechniqueIds.ParentOf(id) : id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var key = string.Join(' ', set);
        if (index.TryGetValue(key, out var found)) return found;
        index[key] = values.Count;
        foreach (var parent in set.Select(TechniqueIds.ParentOf).DefaultIfEmpty("").Distinct())
        {
            if (!byParent.TryGetValue(parent, out var there)) byParent[parent] = there = [];
            there.Add(values.Count);
        }
        values.Add(set);
        neighbours.Add(null);
        return values.Count - 1;
    }

    /// <summary>How alike two values are, 0 to 1.</summary>
    public double Similarity(int left, int right)
    {
        if (left == right) return 1;
        var pair = left < right ? (left, right) : (right, left);
        if (!known.TryGetValue(pair, out var similarity)) known[pair] = similarity = Compare(values[left], values[right]);
        return similarity;
    }

    /// <summary>The values that are alike at all, itself among them: all others have a similarity of 0.</summary>
    public int[] Neighbours(int value)
    {
        if (neighbours[value] is { } found) return found;
        return neighbours[value] = [.. values[value].Select(TechniqueIds.ParentOf).DefaultIfEmpty("").Distinct().SelectMany(parent => byParent[parent]).Distinct().Where(other => Similarity(value, other) > 0).Order()];
    }

    private double Compare(string[] left, string[] right)
    {
        if (left.Length == 0 || right.Length == 0) return left.Length == right.Length ? 1 : 0;
        return (left.Sum(one => right.Max(other => Credit(one, other))) + right.Sum(one => left.Max(other => Credit(one, other)))) / (left.Length + right.Length);
    }

    private double Credit(string left, string right)
    {
        if (left == right) return 1;
        if (level != AgreementLevel.PartialCredit || TechniqueIds.ParentOf(left) != TechniqueIds.ParentOf(right)) return 0;
        return TechniqueIds.IsSub(left) && TechniqueIds.IsSub(right) ? Sisters : ParentAndChild;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} values at {level}");
}
