using Modus.Logs;
using Modus.Sigma.Expressions;
using Modus.Sigma.Matching;
using Modus.Sigma.Passes;

namespace Modus.Sigma.Explanation;

/// <summary>Finds the field that a rule probably means where it names one that its log source does not have: the one that would make it match.</summary>
internal sealed class FieldGuess
{
    /// <summary>The most events that are tried: each costs a look at all its fields.</summary>
    private const int MaxEvents = 2_000;

    private readonly Dictionary<(string Missing, string Instead), (long Count, string Place)> found = [];
    private int tried;

    /// <summary>Tries the fields of an event to which only one test is wanting.</summary>
    /// <param name="expression">The rule, bound to the event's log source.</param>
    /// <param name="missing">Fields of the rule that the event does not have.</param>
    /// <param name="logEvent">The event.</param>
    /// <param name="matches">Whether an expression matches the event.</param>
    /// <param name="place">Where the event lies.</param>
    public void Try(Expression expression, IEnumerable<string> missing, LogEvent logEvent, Func<Expression, bool> matches, string place)
    {
        foreach (var field in missing)
        {
            if (++tried > MaxEvents) return;
            foreach (var instead in RuleExplainer.Values(logEvent).Where(value => value.Value is not null && value.Field.Length > 0).Select(value => value.Field).Distinct(StringComparer.Ordinal))
            {
                if (!matches(FieldNames.Map(expression, name => name == field ? [instead] : [name]))) continue;
                found[(field, instead)] = found.TryGetValue((field, instead), out var known) ? (known.Count + 1, known.Place) : (1, place);
            }
        }
    }

    /// <summary>The field that would make the rule match most often, with the number of events and the place of the first; null where none would.</summary>
    public (string Instead, long Count, string Place)? For(string missing)
    {
        var best = found.Where(pair => pair.Key.Missing == missing).OrderByDescending(pair => pair.Value.Count).ThenBy(pair => pair.Key.Instead, StringComparer.Ordinal).ToList();
        return best.Count == 0 ? null : (best[0].Key.Instead, best[0].Value.Count, best[0].Value.Place);
    }
}
