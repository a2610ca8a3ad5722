using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Prediction;

/// <summary>Sets of techniques that were seen together: incidents, reports, actors, campaigns.</summary>
internal sealed class Baskets
{
    /// <summary>With fewer whole incidents there is nothing to learn from them alone.</summary>
    private const int LeastIncidents = 30;

    /// <param name="items">What can be in a basket.</param>
    /// <param name="rows">Ascending item numbers of each basket.</param>
    /// <param name="whole">Which baskets are all that an intruder or a campaign did, not one report or a tool; null where no such difference is known.</param>
    public Baskets(IdTable items, IReadOnlyList<int[]> rows, IReadOnlyList<bool>? whole = null)
    {
        Items = items;
        Rows = rows;
        var incidents = whole?.Count(item => item) ?? 0;
        Incidents = incidents < LeastIncidents || incidents == rows.Count ? this : new(items, [.. rows.Where((_, row) => whole![row])]);
        Users = new int[items.Count];
        foreach (var row in rows)
            foreach (var item in row) Users[item]++;
        RowsOf = new int[items.Count][];
        var lists = new List<int>[items.Count];
        for (var i = 0; i < lists.Length; i++) lists[i] = [];
        for (var r = 0; r < rows.Count; r++)
            foreach (var item in rows[r]) lists[item].Add(r);
        for (var i = 0; i < lists.Length; i++) RowsOf[i] = [.. lists[i]];
    }

    public IdTable Items { get; }

    /// <summary>Ascending item numbers of each basket, each once.</summary>
    public IReadOnlyList<int[]> Rows { get; }

    /// <summary>The baskets that are all of an intruder's or a campaign's doing; these baskets themselves where too few are, or all.</summary>
    public Baskets Incidents { get; }

    /// <summary>How many baskets hold an item.</summary>
    public int[] Users { get; }

    /// <summary>The baskets that hold an item.</summary>
    public int[][] RowsOf { get; }

    /// <summary>How many baskets hold both items: a full symmetric table.</summary>
    public double[] Together(Func<int[], double> weight)
    {
        var size = Items.Count;
        var table = new double[size * size];
        foreach (var row in Rows)
        {
            var w = weight(row);
            foreach (var i in row)
                foreach (var j in row) table[i * size + j] += w;
        }
        return table;
    }
}

/// <summary>Scores every technique given some.</summary>
internal interface IPredictor
{
    string Name { get; }

    /// <summary>Adds nothing for observed items in particular: the caller leaves those out of any ranking.</summary>
    double[] Score(int[] observed);
}
