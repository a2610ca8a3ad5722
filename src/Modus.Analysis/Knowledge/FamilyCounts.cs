namespace Modus.Analysis.Knowledge;

/// <summary>The view at the level of techniques without sub-techniques: sources that name any of a family.</summary>
internal sealed class FamilyCounts
{
    private readonly ActorRows[] rows;
    private readonly double[] background;
    private readonly double average;

    /// <param name="rows">What is known of each actor.</param>
    /// <param name="families">How many families there are.</param>
    public FamilyCounts(ActorRows[] rows, int families)
    {
        this.rows = rows;
        var width = rows.Length == 0 ? 0 : rows[0].Families.Length;
        background = new double[width];
        var df = new int[width];
        var active = 0;
        foreach (var row in rows)
        {
            if (row.FamilyLength > 0) active++;
            foreach (var family in row.FamilyList)
            {
                background[family] += row.Families[family];
                df[family]++;
            }
        }
        average = active == 0 ? 1 : rows.Sum(row => row.FamilyLength) / active;
        Idf = [.. df.Select(users => Math.Log(1 + (active - users + 0.5) / (users + 0.5)))];
        var total = background.Sum();
        for (var f = 0; f < width; f++) background[f] = (background[f] + 0.5) / (total + 0.5 * families);
    }

    /// <summary>Rarity of each family among actors.</summary>
    public double[] Idf { get; }

    public double Bm25Part(int actor, int family)
    {
        var tf = rows[actor].Families[family];
        return tf == 0 ? 0 : Idf[family] * Attribution.Rankers.Saturated(tf, rows[actor].FamilyLength / average);
    }

    public double LanguagePart(int actor, int family, double mass) =>
        Math.Log((rows[actor].Families[family] + mass * background[family]) / (rows[actor].FamilyLength + mass) / background[family]);
}
