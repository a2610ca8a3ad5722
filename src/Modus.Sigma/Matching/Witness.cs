namespace Modus.Sigma.Matching;

/// <summary>Predicates of which at least one must be found if a rule is to match, with a guess how often that happens.</summary>
internal sealed record Witness(IReadOnlyList<Predicate> Predicates, double Cost)
{
    private const double KeywordSurcharge = 20;

    /// <summary>The cheapest witness of an expression, or null when there is none.</summary>
    public static Witness? Of(PlanNode node, Dictionary<Predicate, (IReadOnlyList<Literal> Literals, bool AreExact)> needles)
    {
        switch (node)
        {
            case AskNode ask when needles.TryGetValue(ask.Predicate, out var found):
                var keyword = ((ValuePredicate)ask.Predicate).Field < 0 ? KeywordSurcharge : 1;
                return new([ask.Predicate], found.Literals.Sum(Guess) * keyword);
            case AllNode all:
                return all.Parts.Select(part => Of(part, needles)).Where(witness => witness is not null).MinBy(witness => witness!.Cost);
            case AnyNode any:
                var parts = any.Parts.Select(part => Of(part, needles)).ToList();
                return parts.Contains(null) ? null : new([.. parts.SelectMany(part => part!.Predicates).Distinct()], parts.Sum(part => part!.Cost));
            default:
                return null;
        }
    }

    // Longer texts are rarer; texts that are bound to an end of the value rarer still.
    private static double Guess(Literal literal) =>
        0.5 * Math.Pow(0.55, Math.Min(literal.Needle.Length, 20)) * (literal.AtStart ? 0.7 : 1) * (literal.AtEnd ? 0.7 : 1);
}
