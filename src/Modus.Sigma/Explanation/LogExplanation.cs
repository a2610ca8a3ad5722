using System.Collections.Immutable;
using Modus.Logs;
using Modus.Sigma.Expressions;
using Modus.Sigma.Linting;
using Modus.Sigma.Matching;
using Modus.Sigma.Rules;

namespace Modus.Sigma.Explanation;

/// <summary>How a test of a rule did over all events of the rule's log source.</summary>
/// <param name="Test">The test as the rule means it.</param>
/// <param name="InFilter">True when it stands behind a not.</param>
/// <param name="True">Events on which it was true.</param>
/// <param name="WithField">Events that have its field at all.</param>
public sealed record TestTally(Test Test, bool InFilter, long True, long WithField);

/// <summary>Why a rule found nothing, or so little, in logs.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Events">Events in the logs.</param>
/// <param name="OfSource">Events of the rule's log source.</param>
/// <param name="Matches">Events that the rule matched.</param>
/// <param name="Sources">The log sources seen with their events, the fullest first.</param>
/// <param name="Tests">The rule's tests over the events of its log source.</param>
/// <param name="Nearest">The explanation of the event that came nearest to a match; null without events of the log source.</param>
/// <param name="NearestPlace">Where that event lies.</param>
/// <param name="Causes">The causes, the first one first.</param>
public sealed record LogExplanation(
    CompiledRule Rule,
    long Events,
    long OfSource,
    long Matches,
    ImmutableArray<(string Source, long Events)> Sources,
    ImmutableArray<TestTally> Tests,
    RuleExplanation? Nearest,
    string NearestPlace,
    ImmutableArray<string> Causes);

/// <summary>Reads logs once and says why a rule found nothing in them.</summary>
public static class LogExplainer
{
    private const int MaxFieldNames = 10_000;

    /// <summary>Explains a rule over logs.</summary>
    /// <param name="rule">The rule as it is matched.</param>
    /// <param name="written">The rule as it was written, or null.</param>
    /// <param name="events">The events, as a reader gives them.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static LogExplanation Explain(CompiledRule rule, SigmaRule? written, IEnumerable<LogEvent> events, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(events);
        var tests = new List<(Test Test, bool InFilter)>();
        Collect(rule.Expression, false, tests);
        var hits = new long[tests.Count];
        var there = new long[tests.Count];
        var sources = new Dictionary<string, long>(StringComparer.Ordinal);
        var fields = new HashSet<string>(StringComparer.Ordinal);
        long all = 0, covered = 0, matches = 0;
        var least = int.MaxValue;
        RuleExplanation? nearest = null;
        var place = "";
        var guess = new FieldGuess();
        foreach (var logEvent in events)
        {
            cancellation.ThrowIfCancellationRequested();
            all++;
            var source = logEvent.Source;
            var name = source.ToString();
            sources[name] = sources.GetValueOrDefault(name) + 1;
            if (!source.Covers(rule.LogSource.Product, rule.LogSource.Service, rule.LogSource.Category)) continue;
            covered++;
            ImmutableArray<string> Names(string field) => [source.FieldFor(field, rule.LogSource.Service, rule.LogSource.Category)];
            for (var at = 0; at < tests.Count; at++)
            {
                var bound = Passes.FieldNames.Map(tests[at].Test, Names);
                if (EvidenceFinder.IsTrue(bound, logEvent)) hits[at]++;
                if (bound is not Test { Field: { } field } || logEvent.Fields.Find(field) is var number and >= 0 && logEvent.First(number) >= 0) there[at]++;
            }

            if (fields.Count < MaxFieldNames) fields.UnionWith(RuleExplainer.Values(logEvent).Select(value => value.Field));
            var expression = Passes.FieldNames.Map(rule.Expression, Names);
            var distance = Distance(expression, true, logEvent);
            if (distance == 0) matches++;
            if (distance == 1)
                guess.Try(
                    expression, tests.Where((test, at) => !test.InFilter && there[at] == 0 && test.Test.Field is not null).Select(test => Names(test.Test.Field!)[0]).Distinct(),
                    logEvent, changed => Distance(changed, true, logEvent) == 0, PlaceOf(logEvent));
            if (distance >= least) continue;
            least = distance;
            nearest = RuleExplainer.Explain(rule, written, logEvent);
            place = PlaceOf(logEvent);
        }

        ImmutableArray<(string Source, long Events)> seen = [.. sources.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value))];
        ImmutableArray<TestTally> tallies = [.. tests.Select((test, at) => new TestTally(test.Test, test.InFilter, hits[at], there[at]))];
        return new(rule, all, covered, matches, seen, tallies, nearest, place, Causes(rule, all, covered, matches, seen, tallies, fields, nearest, guess));
    }

    private static ImmutableArray<string> Causes(
        CompiledRule rule, long all, long covered, long matches, ImmutableArray<(string Source, long Events)> sources, ImmutableArray<TestTally> tests, HashSet<string> fields, RuleExplanation? nearest, FieldGuess guess)
    {
        var causes = ImmutableArray.CreateBuilder<string>();
        if (all == 0) return ["The logs hold no event that could be read."];
        if (covered == 0)
        {
            causes.Add($"No event is of the log source {rule.LogSource}; the logs hold {string.Join("; ", sources.Take(5).Select(source => $"{source.Source} ({source.Events})"))}. Collect it, or correct the rule's log source.");
            return causes.ToImmutable();
        }

        if (matches > 0) causes.Add($"The rule matched {matches} of {covered} events of its log source.");
        foreach (var field in tests.Where(test => test.WithField == 0 && test.Test is not NullTest && !test.InFilter).Select(test => test.Test.Field!).Distinct())
        {
            if (guess.For(field) is { } meant)
            {
                causes.Add($"None of the {covered} events of this log source has the field '{field}'. Did you mean '{meant.Instead}'? With it the rule matches {meant.Count} {(meant.Count == 1 ? "event" : "events")}: {meant.Place}.");
                continue;
            }

            var near = fields.FirstOrDefault(name => name.Equals(field, StringComparison.OrdinalIgnoreCase)) ?? Spelling.Nearest(field, fields);
            causes.Add($"None of the {covered} events of this log source has the field '{field}'.{(near is null ? "" : $" Did you mean '{near}'?")}");
        }

        if (matches == 0)
        {
            foreach (var test in tests.Where(test => test is { True: 0, InFilter: false, WithField: > 0 }).Take(5)) causes.Add($"Never true: {test.Test}.");
            foreach (var test in tests.Where(test => test.InFilter && test.True == covered).Take(3)) causes.Add($"The filter takes every event away: {test.Test}.");
            if (nearest is not null) causes.Add(nearest.Summary);
        }

        return causes.ToImmutable();
    }

    private static string PlaceOf(LogEvent logEvent) => logEvent.Line > 0 ? $"{logEvent.File}:{logEvent.Line}" : $"{logEvent.File} record {logEvent.RecordId}";

    private static void Collect(Expression expression, bool inFilter, List<(Test Test, bool InFilter)> tests)
    {
        switch (expression)
        {
            case Not not: Collect(not.Part, !inFilter, tests); break;
            case All all:
                foreach (var part in all.Parts) Collect(part, inFilter, tests);
                break;
            case Any any:
                foreach (var part in any.Parts) Collect(part, inFilter, tests);
                break;
            case Test test when tests.Count < RuleExplainer.MaxTests * 20 && !tests.Contains((test, inFilter)): tests.Add((test, inFilter)); break;
        }
    }

    // How many tests would have to change at least.
    private static int Distance(Expression expression, bool wanted, LogEvent logEvent)
    {
        switch (expression)
        {
            case Not not: return Distance(not.Part, !wanted, logEvent);
            case All or Any:
                var parts = expression is All all ? all.Parts : ((Any)expression).Parts;
                var needsAll = expression is All == wanted;
                if (parts.IsEmpty) return needsAll ? 0 : 1_000_000;
                var distances = parts.Select(part => Distance(part, wanted, logEvent));
                return needsAll ? distances.Sum() : distances.Min();
            case Constant constant: return constant.Value == wanted ? 0 : 1_000_000;
            default: return EvidenceFinder.IsTrue(expression, logEvent) == wanted ? 0 : 1;
        }
    }
}
