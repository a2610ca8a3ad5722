using System.Collections.Immutable;
using Modus.Sigma.Expressions;
using Modus.Sigma.Passes;
using Modus.Sigma.Rules;

namespace Modus.Sigma.Filters;

/// <summary>Lays filters over rules: a rule then matches what it means and no filter takes away (Sigma 2.1 filters).</summary>
internal static class FilterApplication
{
    public static ImmutableArray<CompiledRule> Apply(
        ImmutableArray<CompiledRule> rules, IReadOnlyList<(SigmaFilter Filter, Expression TakesAway)> filters, ICollection<Problem> problems)
    {
        if (filters.Count == 0) return rules;
        var filtered = rules.ToArray();
        foreach (var (filter, takesAway) in filters)
        {
            var used = 0;
            for (var at = 0; at < filtered.Length; at++)
            {
                if (!Covers(filter.LogSource, filtered[at].LogSource) || !(filter.AnyRule || filter.Rules.Any(reference => Names(reference, filtered[at])))) continue;
                used++;
                filtered[at] = filtered[at] with
                {
                    Expression = Simplification.Simplify(new All([filtered[at].Expression, new Not(takesAway)])),
                    Filters = filtered[at].Filters.Add(filter.Header.Key),
                };
            }

            Report(filter, rules, used, problems);
        }

        return [.. filtered];
    }

    private static void Report(SigmaFilter filter, ImmutableArray<CompiledRule> rules, int used, ICollection<Problem> problems)
    {
        void Warn(string code, Yaml.SourcePosition at, string message) =>
            problems.Add(new(code, ProblemSeverity.Warning, message, filter.Header.File, at.Line, at.Column));

        if (filter.AnyRule && used == 0) Warn("MD2055", filter.Header.Position, $"No rule reads the filter's log source {filter.LogSource}, so it does nothing.");
        foreach (var reference in filter.Rules)
        {
            var named = rules.FirstOrDefault(rule => Names(reference, rule));
            if (named is null) Warn("MD2055", reference.Position, $"The filter names '{reference.Text}', and no rule here has that id or name.");
            else if (!Covers(filter.LogSource, named.LogSource))
                Warn("MD2056", reference.Position, $"The filter reads {filter.LogSource}, the rule '{reference.Text}' reads {named.LogSource}: the filter does not touch it.");
        }
    }

    internal static bool Names(RuleReference reference, CompiledRule rule) =>
        string.Equals(reference.Text, rule.Header.Id, StringComparison.OrdinalIgnoreCase) || reference.Text == rule.Header.Name;

    private static bool Covers(RuleLogSource filter, RuleLogSource rule) =>
        (filter.Product is null || filter.Product == rule.Product)
        && (filter.Category is null || filter.Category == rule.Category)
        && (filter.Service is null || filter.Service == rule.Service);
}
