using Modus.Sigma.Rules;

namespace Modus.Sigma.Linting;

/// <summary>Checks of correlations and filters: what they name and how they count.</summary>
internal static class ReferenceChecks
{
    private static readonly TimeSpan longSpan = TimeSpan.FromDays(30);

    public static void Correlation(SigmaCorrelation correlation, IReadOnlyDictionary<string, RuleDocument> known, LintContext lint)
    {
        var header = correlation.Header;
        Named(header, correlation.Rules, known, lint);
        foreach (var rule in correlation.Rules.Where(rule => Same(rule.Text, header)))
            lint.Report(Catalogue.CorrelationSelf, header, rule.Position, "The correlation names itself.", "Name the rules whose matches are counted.");
        if (correlation.GroupBy.IsEmpty)
            lint.Report(Catalogue.GroupMissing, header, header.Position, "The correlation has no group-by.", "Group by host, user or address.");
        if (correlation.Type is CorrelationType.Temporal or CorrelationType.TemporalOrdered && correlation.Rules.Length == 1)
            lint.Report(Catalogue.TemporalSingle, header, correlation.Rules[0].Position, "The correlation names one rule only.", "Name the rules that must match together, or use event_count.");
        if (correlation.Timespan > longSpan)
            lint.Report(Catalogue.TimespanLong, header, header.Position, $"The window is {correlation.Timespan.TotalDays:0} days long.");
        if (correlation.Type is CorrelationType.EventCount or CorrelationType.ValueCount)
        {
            foreach (var bound in correlation.Bounds)
            {
                var always = bound is { Comparison: Comparison.Gte, Value: <= 1 } or { Comparison: Comparison.Gt, Value: < 1 };
                var never = bound is { Comparison: Comparison.Lt, Value: <= 1 } or { Comparison: Comparison.Lte, Value: < 1 };
                if (always || never)
                    lint.Report(Catalogue.BoundTrivial, header, bound.Position, $"The condition holds for {(always ? "every single event" : "no event")}.", "Give a number above 1.");
            }
        }

        foreach (var alias in correlation.Aliases)
        {
            if (!correlation.GroupBy.Contains(alias.Name) && !correlation.Fields.Contains(alias.Name))
                lint.Report(Catalogue.AliasUnused, header, alias.Position, $"The alias '{alias.Name}' is not used.", "Use it in group-by, or remove it.");
        }
    }

    public static void Filter(SigmaFilter filter, IReadOnlyDictionary<string, RuleDocument> known, LintContext lint)
    {
        Named(filter.Header, filter.Rules, known, lint);
        foreach (var named in filter.Rules)
        {
            if (known.GetValueOrDefault(named.Text.ToLowerInvariant()) is SigmaRule rule && !Agree(filter.LogSource, rule.LogSource))
                lint.Report(Catalogue.FilterSource, filter.Header, named.Position, $"The filter reads {filter.LogSource}, '{rule.Header.Title}' reads {rule.LogSource}.", "Give both the same log source.");
        }
    }

    private static void Named(RuleHeader header, IEnumerable<RuleReference> rules, IReadOnlyDictionary<string, RuleDocument> known, LintContext lint)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var rule in rules)
        {
            if (!seen.Add(rule.Text)) lint.Report(Catalogue.ReferenceTwice, header, rule.Position, $"'{rule.Text}' is named twice.", "Remove one.");
            if (!known.ContainsKey(rule.Text.ToLowerInvariant()) && !Same(rule.Text, header))
            {
                lint.Report(Catalogue.ReferenceUnknown, header, rule.Position, $"No rule among the given files has the id or name '{rule.Text}'.",
                    Spelling.Nearest(rule.Text, known.Keys) is { } near ? $"Did you mean '{near}'?" : "Give its file too.");
            }
        }
    }

    private static bool Same(string reference, RuleHeader header) =>
        reference.Equals(header.Id, StringComparison.OrdinalIgnoreCase) || reference.Equals(header.Name, StringComparison.OrdinalIgnoreCase);

    private static bool Agree(RuleLogSource one, RuleLogSource other) =>
        Fits(one.Product, other.Product) && Fits(one.Category, other.Category) && Fits(one.Service, other.Service);

    private static bool Fits(string? one, string? other) => one is null || other is null || one == other;
}
