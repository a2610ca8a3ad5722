using System.Collections.Immutable;
using System.Text;
using Modus.Logs;
using Modus.Sigma.Expressions;
using Modus.Sigma.Matching;
using Modus.Sigma.Rules;

namespace Modus.Sigma.Explanation;

/// <summary>Says why a rule matched an event, or why not.</summary>
public static class RuleExplainer
{
    /// <summary>Deciding tests that are told: 50.</summary>
    public const int MaxTests = 50;

    // Rules may hold thousands of values: what is told is taken from the first of them.
    private const int MaxLooked = 2 * MaxTests;

    private const int MaxValue = 500;

    /// <summary>Explains the answer of a rule on an event.</summary>
    /// <param name="rule">The rule as it is matched.</param>
    /// <param name="written">The rule as it was written, for the names of its search identifiers; null when not at hand.</param>
    /// <param name="logEvent">The event.</param>
    /// <param name="options">How the rule was compiled; null for the default.</param>
    public static RuleExplanation Explain(CompiledRule rule, SigmaRule? written, LogEvent logEvent, CompileOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(logEvent);
        var source = logEvent.Source;
        var fits = source.Covers(rule.LogSource.Product, rule.LogSource.Service, rule.LogSource.Category);
        // The constants of a log source are asked like other fields here, so that they can be told.
        var bound = Passes.FieldNames.Map(rule.Expression, field => [source.FieldFor(field, rule.LogSource.Service, rule.LogSource.Category)]);
        var holds = EvidenceFinder.IsTrue(bound, logEvent);
        var values = Values(logEvent);
        var deciding = new List<TestAnswer>();
        Decide(bound, holds, inFilter: false, logEvent, values, deciding);
        var condition = written is null ? "" : string.Join(" or ", written.Conditions.Select(one => one.Text.Trim()));
        return new(rule, fits && holds, source.ToString(), fits, condition, Selections(rule, written, logEvent, options ?? new()), [.. deciding.Distinct().Take(MaxTests)], Summary(rule, source, fits, holds, deciding));
    }

    private static ImmutableArray<SelectionAnswer> Selections(CompiledRule rule, SigmaRule? written, LogEvent logEvent, CompileOptions options)
    {
        if (written is null) return [];
        var answers = ImmutableArray.CreateBuilder<SelectionAnswer>(written.Selections.Length);
        foreach (var selection in written.Selections)
        {
            if (RuleCompiler.Compile(selection, rule.Header.File, options, new List<Problem>()) is not { } expression) continue;
            var bound = Passes.FieldNames.Map(expression, field => [logEvent.Source.FieldFor(field, rule.LogSource.Service, rule.LogSource.Category)]);
            answers.Add(new(selection.Name, selection.Position.Line, EvidenceFinder.IsTrue(bound, logEvent)));
        }

        return answers.ToImmutable();
    }

    // Follows the parts that made the expression what it is: of a false and the false parts, of a false or all parts.
    private static void Decide(Expression expression, bool answer, bool inFilter, LogEvent logEvent, IReadOnlyList<(string Field, string? Value)> values, List<TestAnswer> deciding)
    {
        switch (expression)
        {
            case Not not:
                Decide(not.Part, !answer, !inFilter, logEvent, values, deciding);
                break;
            case All or Any:
                foreach (var part in expression is All all ? all.Parts : ((Any)expression).Parts)
                    if (deciding.Count < MaxLooked && EvidenceFinder.IsTrue(part, logEvent) == answer) Decide(part, answer, inFilter, logEvent, values, deciding);
                break;
            case Test test:
                deciding.Add(Answer(test, answer, inFilter, logEvent, values));
                break;
        }
    }

    private static TestAnswer Answer(Test test, bool answer, bool inFilter, LogEvent logEvent, IReadOnlyList<(string Field, string? Value)> values)
    {
        if (answer)
        {
            var evidence = EvidenceFinder.Find(test, logEvent);
            var seen = evidence?.Value is { } value ? $"'{evidence.Field}' holds '{Cut(value.Substring(evidence.Start, evidence.Length), 120)}'." : $"'{test.Field}' is missing or without a value.";
            return new(test, true, inFilter, evidence?.Field ?? test.Field ?? "", evidence?.Value is { } whole ? Cut(whole, MaxValue) : null, seen, null);
        }

        var (cause, fix) = NearMisses.Of(test, values);
        var found = values.FirstOrDefault(value => value.Field == test.Field).Value;
        return new(test, false, inFilter, test.Field ?? "", found is null ? null : Cut(found, MaxValue), cause, fix);
    }

    private static string Summary(CompiledRule rule, LogSource source, bool fits, bool holds, List<TestAnswer> deciding)
    {
        if (!fits)
        {
            return $"The rule reads {rule.LogSource}, the event is of {source}: {(source.Product is null ? "no mapping knows its shape, so its log source is unknown" : "another log source")}."
                + (holds ? " Its condition would be true." : "");
        }

        if (holds) return $"Matched: {string.Join(" ", deciding.Where(test => !test.InFilter).Select(test => test.Cause).Distinct().Take(3))}";
        var first = deciding.FirstOrDefault(test => test is { IsTrue: true, InFilter: true }) ?? deciding.OrderBy(test => test.Fix is null).FirstOrDefault();
        if (first is null) return "The rule can never match.";
        return first is { IsTrue: true, InFilter: true } ? $"A filter took the event away: {first.Cause}" : $"{(deciding.Count == 1 ? "One test was" : deciding.Count >= MaxLooked ? $"{MaxLooked} tests or more were" : $"{deciding.Count} tests were")} not true, first: {first.Test} {first.Cause}";
    }

    internal static List<(string Field, string? Value)> Values(LogEvent logEvent)
    {
        var values = new List<(string, string?)>(logEvent.Count);
        for (var slot = 0; slot < logEvent.Count; slot++)
        {
            var number = logEvent.FieldOf(slot);
            if (logEvent.Kind(slot) == ValueKind.Object) continue;
            values.Add((number < 0 ? "" : logEvent.Fields.Name(number), logEvent.Kind(slot) == ValueKind.Null ? null : Encoding.UTF8.GetString(logEvent.Text(slot))));
        }

        return values;
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";
}
