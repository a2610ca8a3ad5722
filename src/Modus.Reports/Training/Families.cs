namespace Modus.Reports.Training;

/// <summary>
/// How texts of a sub-technique count for its technique: they speak for it, at a lower price than its own. Without that a technique is
/// fitted against the texts of its own sub-techniques, and is hardly ever found where people name no more than the technique.
/// </summary>
internal sealed class Families
{
    private readonly int[] parents;
    private readonly float familyPrice;
    private readonly Dictionary<(int Parent, float Price), ushort> groups = [];
    private readonly List<float[]> costs = [];

    /// <summary>Families of classes.</summary>
    /// <param name="parents">The parent of each class, or -1.</param>
    /// <param name="familyPrice">Part of a text's price for the parent of its class; 0 leaves the parent untouched.</param>
    public Families(int[] parents, float familyPrice)
    {
        this.parents = parents;
        this.familyPrice = familyPrice;
    }

    /// <summary>By group and class, the factor of a text's cost, for the groups that were asked for.</summary>
    public float[][] Costs => [.. costs];

    /// <summary>The group of a class's texts of a price.</summary>
    public ushort Group(int c, float price)
    {
        if (groups.TryGetValue((parents[c], price), out var group)) return group;
        groups[(parents[c], price)] = group = checked((ushort)costs.Count);
        var own = new float[parents.Length];
        Array.Fill(own, price);
        if (parents[c] >= 0) own[parents[c]] = price * familyPrice;
        costs.Add(own);
        return group;
    }

    /// <summary>The classes that a class's texts speak for.</summary>
    public int[] Positives(int c) => parents[c] >= 0 && familyPrice > 0 ? [c, parents[c]] : [c];
}
