using Modus.Sigma;

namespace Modus.Casework.Indicators;

/// <summary>Indicators in the predicates of rules; what a filter takes away is none.</summary>
internal static class RuleIndicators
{
    public static IReadOnlyList<FoundIndicator> Of(RuleSet rules, string file)
    {
        var found = new List<FoundIndicator>();
        foreach (var rule in rules.Rules)
        {
            var text = rule.Expression.ToString();
            foreach (var one in Modus.Sigma.Scoring.Indicators.In(rule))
            {
                if (EventIndicators.TypeOf(one, text) is not { } type) continue;
                DateTimeOffset? day = one.Seen is { } seen ? new(seen.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null;
                found.Add(new FoundIndicator(file, type, one.Value)
                {
                    Place = rule.Header.Key,
                    Written = one.Value,
                    Context = rule.Header.Title,
                    First = day,
                    Last = day,
                    Basis = day is null ? "" : "rule",
                    Rule = rule.Header.Id ?? rule.Header.Title,
                    Techniques = [.. rule.Header.Tags.Where(tag => tag.Namespace == "attack").Select(tag => Mappings.TechniqueIds.Normal(tag.Value)).OfType<string>().Distinct().Order(StringComparer.Ordinal)],
                });
            }
        }

        return found;
    }
}
