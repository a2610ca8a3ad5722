namespace Modus.Analysis.Evaluation;

/// <summary>How much of what was hidden a ranking found. Observed items neither count nor take a rank.</summary>
/// <param name="Recall10">Share of the hidden items among the first 10.</param>
/// <param name="Recall20">Share of the hidden items among the first 20.</param>
/// <param name="Ndcg20">Discounted gain of the first 20, the ideal cut at the number of hidden items.</param>
/// <param name="Precision10">Share of the first 10 that were hidden.</param>
public sealed record BasketMetrics(double Recall10, double Recall20, double Ndcg20, double Precision10)
{
    /// <summary>Judges one ranking; equal scores stand in the order of the items.</summary>
    /// <param name="scores">One score an item.</param>
    /// <param name="observed">Items that were given.</param>
    /// <param name="hidden">Items to find, at least one.</param>
    /// <param name="unknown">Hidden items that the ranking cannot hold; they count as missed.</param>
    public static BasketMetrics Of(double[] scores, IReadOnlyCollection<int> observed, IReadOnlyCollection<int> hidden, int unknown = 0)
    {
        var given = observed.ToHashSet();
        var wanted = hidden.ToHashSet();
        var order = Enumerable.Range(0, scores.Length).Where(item => !given.Contains(item))
            .OrderByDescending(item => scores[item]).ThenBy(item => item).Take(20).ToArray();
        var all = wanted.Count + unknown;
        double gain = 0, ideal = 0;
        for (var at = 0; at < order.Length; at++) if (wanted.Contains(order[at])) gain += 1 / Math.Log2(at + 2);
        for (var at = 0; at < Math.Min(20, all); at++) ideal += 1 / Math.Log2(at + 2);
        var ten = order.Take(10).Count(wanted.Contains);
        return new(ten / (double)all, order.Count(wanted.Contains) / (double)all, gain / ideal, ten / 10.0);
    }

    /// <summary>Mean over rankings.</summary>
    /// <param name="items">At least one.</param>
    public static BasketMetrics Mean(IReadOnlyCollection<BasketMetrics> items) => new(
        items.Average(item => item.Recall10), items.Average(item => item.Recall20),
        items.Average(item => item.Ndcg20), items.Average(item => item.Precision10));
}
