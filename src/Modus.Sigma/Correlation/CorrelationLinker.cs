using System.Collections.Immutable;
using Modus.Sigma.Filters;
using Modus.Sigma.Rules;

namespace Modus.Sigma;

/// <summary>Resolves what correlations refer to, orders chains, and finds rules that only feed correlations.</summary>
internal static class CorrelationLinker
{
    public static ImmutableArray<CompiledCorrelation> Link(
        ImmutableArray<SigmaCorrelation> correlations, ref ImmutableArray<CompiledRule> rules, ICollection<Problem> problems)
    {
        if (correlations.IsEmpty) return [];
        var linked = ImmutableArray.CreateBuilder<CompiledCorrelation>();
        var pending = correlations.ToList();
        // Each round takes the correlations whose inputs are all known; what is left refers to nothing, or in a circle.
        for (var progress = true; progress;)
        {
            progress = false;
            for (var at = 0; at < pending.Count; at++)
            {
                if (Inputs(pending[at], rules, linked) is not { } inputs) continue;
                linked.Add(new(pending[at], inputs));
                pending.RemoveAt(at--);
                progress = true;
            }
        }

        foreach (var correlation in pending) Refuse(correlation, rules, linked, pending, problems);
        CheckAliases(linked, problems);
        return Silence(linked, ref rules);
    }

    private static ImmutableArray<CorrelationInput>? Inputs(SigmaCorrelation correlation, ImmutableArray<CompiledRule> rules, IReadOnlyList<CompiledCorrelation> linked)
    {
        var inputs = ImmutableArray.CreateBuilder<CorrelationInput>(correlation.Rules.Length);
        foreach (var reference in correlation.Rules)
        {
            if (Find(reference, rules, linked) is not var (isCorrelation, index, header)) return null;
            string Field(string name)
            {
                var alias = correlation.Aliases.FirstOrDefault(alias => alias.Name == name);
                if (alias is null) return name;
                var own = alias.Fields.FirstOrDefault(field => field.Rule.Text == reference.Text || field.Rule.Text == header.Name
                    || string.Equals(field.Rule.Text, header.Id, StringComparison.OrdinalIgnoreCase));
                return own.Field ?? name;
            }

            inputs.Add(new(isCorrelation, index, [.. correlation.GroupBy.Select(Field)], [.. correlation.Fields.Select(Field)]));
        }

        return inputs.ToImmutable();
    }

    private static (bool IsCorrelation, int Index, RuleHeader Header)? Find(
        RuleReference reference, ImmutableArray<CompiledRule> rules, IReadOnlyList<CompiledCorrelation> linked)
    {
        for (var at = 0; at < rules.Length; at++)
            if (FilterApplication.Names(reference, rules[at])) return (false, at, rules[at].Header);
        for (var at = 0; at < linked.Count; at++)
            if (Names(reference, linked[at].Header)) return (true, at, linked[at].Header);
        return null;
    }

    private static bool Names(RuleReference reference, RuleHeader header) =>
        string.Equals(reference.Text, header.Id, StringComparison.OrdinalIgnoreCase) || reference.Text == header.Name;

    private static void Refuse(SigmaCorrelation correlation, ImmutableArray<CompiledRule> rules, IReadOnlyList<CompiledCorrelation> linked,
        List<SigmaCorrelation> pending, ICollection<Problem> problems)
    {
        foreach (var reference in correlation.Rules)
        {
            if (Find(reference, rules, linked) is not null) continue;
            var circle = pending.Any(other => Names(reference, other.Header));
            problems.Add(new(circle ? "MD2049" : "MD2048", ProblemSeverity.Error,
                circle ? $"'{reference.Text}' is a correlation that is not usable itself, or that refers back to this one."
                    : $"The correlation names '{reference.Text}', and no rule here that is in use has that id or name.",
                correlation.Header.File, reference.Position.Line, reference.Position.Column,
                circle ? null : "Load the rule together with the correlation, and refer to it by its id or its 'name:'."));
        }
    }

    private static void CheckAliases(ImmutableArray<CompiledCorrelation>.Builder linked, ICollection<Problem> problems)
    {
        foreach (var correlation in linked)
        {
            foreach (var alias in correlation.Rule.Aliases)
            {
                foreach (var (reference, _) in alias.Fields)
                {
                    if (correlation.Rule.Rules.Any(rule => rule.Text == reference.Text)) continue;
                    problems.Add(new("MD2047", ProblemSeverity.Warning, $"The alias '{alias.Name}' speaks of '{reference.Text}', which the correlation does not name among its rules.",
                        correlation.Header.File, reference.Position.Line, reference.Position.Column));
                }
            }
        }
    }

    private static ImmutableArray<CompiledCorrelation> Silence(ImmutableArray<CompiledCorrelation>.Builder linked, ref ImmutableArray<CompiledRule> rules)
    {
        var feeds = linked.SelectMany(correlation => correlation.Inputs.Select(input => (input.IsCorrelation, input.Index, correlation.Rule.Generate))).ToLookup(
            input => (input.IsCorrelation, input.Index), input => input.Generate);
        bool Silent(bool isCorrelation, int index) => feeds.Contains((isCorrelation, index)) && !feeds[(isCorrelation, index)].Any(generate => generate);

        rules = [.. rules.Select((rule, at) => Silent(false, at) ? rule with { IsReported = false } : rule)];
        return [.. linked.Select((correlation, at) => Silent(true, at) ? correlation with { IsReported = false } : correlation)];
    }
}
