namespace Modus.Sigma.Matching;

/// <summary>Puts the parts of rules into the order in which they decide soonest: what is cheap and seldom true first in an and, cheap and often true in an or.</summary>
/// <param name="chance">How often a predicate is true, 0 to 1.</param>
/// <param name="cost">What it costs to answer a predicate, against looking up an answer that is there.</param>
internal sealed class PlanOrder(Func<Predicate, double> chance, Func<Predicate, double> cost)
{
    private const double Least = 1e-3;

    /// <summary>The same expression with its parts in order.</summary>
    public PlanNode Order(PlanNode node) => Weigh(node).Node;

    private Weighed Weigh(PlanNode node)
    {
        switch (node)
        {
            case AskNode ask:
                return new(node, cost(ask.Predicate), chance(ask.Predicate));
            case NotNode not:
                var part = Weigh(not.Part);
                return new(new NotNode(part.Node), part.Cost, 1 - part.Chance);
            case AllNode all:
                return Join(all.Parts, parts => new AllNode(parts), one => 1 - one.Chance, 0);
            case AnyNode any:
                return Join(any.Parts, parts => new AnyNode(parts), one => one.Chance, 1);
            default:
                return new(node, 0, 0.5);
        }
    }

    private Weighed Join(PlanNode[] parts, Func<PlanNode[], PlanNode> join, Func<Weighed, double> decides, double decided)
    {
        Weighed[] ordered = [.. parts.Select(Weigh).OrderBy(one => one.Cost / Math.Max(Least, decides(one)))];
        double total = 0, open = 1;
        foreach (var one in ordered)
        {
            total += open * one.Cost;
            open *= 1 - decides(one);
        }

        return new(join([.. ordered.Select(one => one.Node)]), total, decided == 0 ? open : 1 - open);
    }

    private readonly record struct Weighed(PlanNode Node, double Cost, double Chance);
}
