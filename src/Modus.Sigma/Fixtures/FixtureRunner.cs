using System.Collections.Immutable;
using System.Text;
using Modus.Logs;
using Modus.Sigma.Correlation;
using Modus.Sigma.Expressions;
using Modus.Sigma.Matching;

namespace Modus.Sigma.Fixtures;

/// <summary>Runs rules on their fixtures.</summary>
public static class FixtureRunner
{
    /// <summary>Runs the cases of a rule, each as a log of its own.</summary>
    /// <param name="rules">A set that holds the rule, and the rules it refers to.</param>
    /// <param name="fixtures">The cases.</param>
    /// <param name="options">How the cases are read; null for the reader's own defaults on one thread.</param>
    /// <returns>One result a case in their order; each failed with the reason when the set lacks the rule.</returns>
    public static ImmutableArray<FixtureResult> Run(RuleSet rules, FixtureSet fixtures, LogReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(fixtures);
        var read = (options ?? new()) with { Threads = 1 };
        var rule = rules.Find(fixtures.Rule);
        var correlation = rules.Correlations.FirstOrDefault(one => string.Equals(one.Header.Id, fixtures.Rule, StringComparison.OrdinalIgnoreCase) || one.Header.Name == fixtures.Rule);
        return [.. fixtures.Cases.Select(one => rule is null && correlation is null
            ? new FixtureResult(one, false, 0, 0, $"The rule '{fixtures.Rule}' is not among the loaded rules, or was refused.")
            : Run(rules, rule, correlation, one, read))];
    }

    private static FixtureResult Run(RuleSet rules, CompiledRule? rule, CompiledCorrelation? correlation, FixtureCase one, LogReadOptions options)
    {
        var reader = new LogReader(options);
        var worker = new Matcher(rules.Rules, reader.Fields).CreateWorker();
        var feeds = new CorrelationFeeds(rules, reader.Fields);
        var correlator = new Correlator(rules);
        var index = rule is null ? -1 : rules.Rules.IndexOf(rule);
        int events = 0, matches = 0;
        var sources = new SortedSet<string>(StringComparer.Ordinal);
        string? reason = null;
        using (var log = new MemoryStream(Encoding.UTF8.GetBytes(one.Log)))
        {
            foreach (var logEvent in reader.Read(log, one.Says))
            {
                events++;
                sources.Add(logEvent.Source.ToString());
                foreach (var matched in worker.Match(logEvent))
                {
                    if (matched == index) matches++;
                    if (feeds.Wants(matched)) correlator.Add(feeds.Take(matched, rules.Rules[matched], logEvent));
                }

                if (rule is not null && reason is null) reason = Reason(rule, logEvent, one.MustMatch);
            }
        }

        if (correlation is not null) matches += correlator.Run().Count(hit => ReferenceEquals(hit.Correlation, correlation));
        if (events == 0)
            return new(one, false, 0, 0, $"No event could be read: {reader.Report.Problems.Select(problem => problem.Message).FirstOrDefault() ?? "the case is empty"}.");
        if (matches > 0 == one.MustMatch) return new(one, true, events, matches, "");
        var why = one.MustMatch
            ? reason ?? $"The correlation did not fire on {events} events of {string.Join("; ", sources)}."
            : reason ?? $"The correlation fired {matches} times.";
        return new(one, false, events, matches, why);
    }

    private static string? Reason(CompiledRule rule, LogEvent logEvent, bool mustMatch)
    {
        var source = logEvent.Source;
        if (!source.Covers(rule.LogSource.Product, rule.LogSource.Service, rule.LogSource.Category))
            return mustMatch ? $"The event is of {source}, the rule reads {rule.LogSource}." : null;
        var bound = Matcher.Bind(rule, source);
        if (EvidenceFinder.IsTrue(bound, logEvent) == mustMatch) return null;
        return mustMatch
            ? "Not true: " + string.Join("; ", Missing(bound, logEvent).Take(3))
            : "Matched by: " + string.Join("; ", EvidenceFinder.Collect(bound, logEvent).Take(3).Select(evidence => evidence.Test.ToString()));
    }

    // The parts of a false expression that would have to change: for an or all of them are named as one.
    private static IEnumerable<string> Missing(Expression expression, LogEvent logEvent) => expression switch
    {
        All all => all.Parts.Where(part => !EvidenceFinder.IsTrue(part, logEvent)).SelectMany(part => Missing(part, logEvent)),
        Any { Parts.Length: > 4 } any => [$"none of {any.Parts.Length} parts such as {any.Parts[0]}"],
        _ => [expression.ToString()!],
    };
}
