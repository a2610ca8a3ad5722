using System.Collections.Concurrent;
using System.Collections.Immutable;
using Modus.Logs;
using Modus.Sigma.Expressions;

namespace Modus.Sigma.Matching;

/// <summary>Matches the rules of a set against events. One for all threads; each thread has a <see cref="MatchWorker"/> of its own.</summary>
/// <remarks>
/// The first event of a log source makes the plan for it: which rules apply, and what their fields are called there. The first events are asked rule by rule;
/// what they hold decides what is searched first in all that follow.
/// </remarks>
public sealed class Matcher
{
    private readonly ImmutableArray<CompiledRule> rules;
    private readonly AutomatonCache automata = new();
    private readonly ConcurrentDictionary<string, Lazy<MatchPlan>> plans = new(StringComparer.Ordinal);

    /// <summary>Prepares the rules.</summary>
    /// <param name="rules">The rules; hits name them by their place here.</param>
    /// <param name="fields">The table of field names of the reader whose events will come.</param>
    public Matcher(ImmutableArray<CompiledRule> rules, FieldTable fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        this.rules = rules;
        Fields = fields;
    }

    /// <summary>The table of field names that events must use.</summary>
    public FieldTable Fields { get; }

    /// <summary>The rules by their place.</summary>
    public ImmutableArray<CompiledRule> Rules => rules;

    /// <summary>A worker for one thread.</summary>
    public MatchWorker CreateWorker() => new(this);

    /// <summary>The places of the rules that read a log source, ascending, whether or not they can match there.</summary>
    public ImmutableArray<int> RulesFor(LogSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return [.. Enumerable.Range(0, rules.Length).Where(rule => Covers(rules[rule], source))];
    }

    /// <summary>A rule's expression as it is asked of the events of a log source: fields renamed, constants of the source answered.</summary>
    public static Expression Bind(CompiledRule rule, LogSource source)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(source);
        return SourceBinding.Bind(rule, source);
    }

    /// <summary>The plan for a log source.</summary>
    internal MatchPlan PlanFor(LogSource source)
    {
        var key = source + "\u0001" + string.Join('\u0001', source.Constants.Select(constant => constant.Key + "\u0002" + constant.Value));
        return plans.GetOrAdd(key, _ => new(() => Build(source))).Value is var plan && plan.Profile?.Successor is { } better ? better : plan;
    }

    private static bool Covers(CompiledRule rule, LogSource source) =>
        source.Covers(rule.LogSource.Product, rule.LogSource.Service, rule.LogSource.Category);

    private MatchPlan Build(LogSource source)
    {
        var builder = new PlanBuilder(Fields, automata);
        for (var rule = 0; rule < rules.Length; rule++)
        {
            if (!Covers(rules[rule], source) || !SourceBinding.CanMatch(rules[rule], source)) continue;
            var bound = SourceBinding.Bind(rules[rule], source);
            if (bound is not Constant { Value: false }) builder.Add(rule, bound);
        }

        return builder.First();
    }
}
