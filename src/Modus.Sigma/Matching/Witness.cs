namespace Modus.Sigma.Matching;

/// <summary>Predicates of which at least one must be found if a rule is to match, with what they cost an event.</summary>
internal sealed record Witness(IReadOnlyList<Predicate> Predicates, double Cost)
{
    /// <summary>The cheapest witness of an expression, or null when there is none.</summary>
    /// <param name="node">The expression.</param>
    /// <param name="canScan">Whether a scan can find a predicate.</param>
    /// <param name="cost">What a predicate costs as a witness.</param>
    public static Witness? Of(PlanNode node, Func<Predicate, bool> canScan, Func<Predicate, double> cost)
    {
        switch (node)
        {
            case AskNode ask when canScan(ask.Predicate):
                return new([ask.Predicate], cost(ask.Predicate));
            case AllNode all:
                return all.Parts.Select(part => Of(part, canScan, cost)).Where(witness => witness is not null).MinBy(witness => witness!.Cost);
            case AnyNode any:
                var parts = any.Parts.Select(part => Of(part, canScan, cost)).ToList();
                return parts.Contains(null) ? null : new([.. parts.SelectMany(part => part!.Predicates).Distinct()], parts.Sum(part => part!.Cost));
            default:
                return null;
        }
    }
}
