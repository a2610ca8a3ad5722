using System.Collections.Immutable;
using System.Runtime.InteropServices;
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
    private readonly RuleCode code;
    private readonly Lock gate = new();
    private int[] numbers = [];

    /// <summary>Prepares the rules.</summary>
    /// <param name="rules">The rules; hits name them by their place here.</param>
    /// <param name="fields">The table of field names of the reader whose events will come.</param>
    public Matcher(ImmutableArray<CompiledRule> rules, FieldTable fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        this.rules = rules;
        code = RuleCode.Of(rules);
        Fields = fields;
    }

    /// <summary>The table of field names that events must use.</summary>
    public FieldTable Fields { get; }

    /// <summary>The rules by their place.</summary>
    public ImmutableArray<CompiledRule> Rules => rules;

    /// <summary>A worker for one thread.</summary>
    public MatchWorker CreateWorker() => new(this, remembers: true);

    /// <summary>A worker for one thread.</summary>
    /// <param name="remembers">Whether values that come again are looked up instead of being searched again; the answers are the same.</param>
    internal MatchWorker CreateWorker(bool remembers) => new(this, remembers);

    /// <summary>The places of the rules that read a log source, ascending, whether or not they can match there.</summary>
    public ImmutableArray<int> RulesFor(LogSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return ImmutableCollectionsMarshal.AsImmutableArray(code.Covering(source));
    }

    /// <summary>A rule's expression as it is asked of the events of a log source: fields renamed, constants of the source answered.</summary>
    public static Expression Bind(CompiledRule rule, LogSource source)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(source);
        return SourceBinding.Bind(rule, source);
    }

    /// <summary>The plan for a log source; the same for every reading with these rules.</summary>
    internal MatchPlan PlanFor(LogSource source) => code.PlanFor(source.Signature, code => new PlanBuilder(code, source).Build());

    /// <summary>By the number that plans give a field: its number in <see cref="Fields"/>. Holds all fields of the plans that were made before the call.</summary>
    internal int[] FieldNumbers()
    {
        lock (gate)
        {
            var names = code.FieldNames;
            if (names.Length == numbers.Length) return numbers;
            var all = new int[names.Length];
            for (var at = 0; at < all.Length; at++) all[at] = at < numbers.Length ? numbers[at] : Fields.Intern(names[at]);
            return numbers = all;
        }
    }
}
