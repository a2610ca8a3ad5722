using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Prediction;

/// <summary>A model of what is seen together at the level of techniques without sub-techniques; every member of a family gets the family's score.</summary>
internal sealed class FamilyModel : IPredictor
{
    private readonly IPredictor model;
    private readonly int[] family;

    /// <param name="name">The name of the model.</param>
    /// <param name="family">The number of each item's family among the families.</param>
    /// <param name="model">Knows families only.</param>
    public FamilyModel(string name, int[] family, IPredictor model)
    {
        Name = name;
        this.family = family;
        this.model = model;
    }

    public string Name { get; }

    public double[] Score(int[] observed)
    {
        var scores = model.Score([.. observed.Select(item => family[item]).Distinct().Order()]);
        return [.. family.Select(f => scores[f])];
    }

    /// <summary>The same baskets with families in place of their members, and the number of each item's family.</summary>
    public static (Baskets Baskets, int[] Family) Folded(Baskets baskets, int[] parent)
    {
        string Root(int item) => baskets.Items[parent[item] < 0 ? item : parent[item]];
        var families = new IdTable(Enumerable.Range(0, baskets.Items.Count).Select(Root));
        int[] family = [.. Enumerable.Range(0, baskets.Items.Count).Select(item => families.Find(Root(item)))];
        return (new(families, [.. baskets.Rows.Select(row => row.Select(item => family[item]).Distinct().Order().ToArray())]), family);
    }
}
