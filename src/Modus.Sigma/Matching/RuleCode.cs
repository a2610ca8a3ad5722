using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Modus.Logs;
using Modus.Sigma.Expressions;
using Modus.Sigma.Rules;

namespace Modus.Sigma.Matching;

/// <summary>A question that rules ask of one field: one test, or several literals of which any will do. Rules that ask the same share one.</summary>
/// <param name="number">Its number in the rule set.</param>
/// <param name="tests">The tests, all of the same field.</param>
internal sealed class Question(int number, ImmutableArray<Test> tests)
{
    private (IReadOnlyList<Literal> Literals, bool AreExact)? needles;
    private ValueCheck? check;

    public int Number => number;

    public ImmutableArray<Test> Tests => tests;

    /// <summary>The field as the rules name it; null for all values.</summary>
    public string? Field => tests[0].Field;

    /// <summary>The texts of which one must be in the value if the answer is yes; empty when there are none. Exact ones make it yes.</summary>
    public (IReadOnlyList<Literal> Literals, bool AreExact) Needles => needles ??= tests.Length == 1
        ? Matching.Needles.Of(tests[0])
        : ([.. tests.SelectMany(one => Literal.Of((PatternTest)one))], true);

    /// <summary>The check of one value; null for questions that ask for more than a value.</summary>
    public ValueCheck? Check => check ??= tests.Length == 1
        ? ValueCheck.Known(tests[0])
        : new LiteralCheck([.. tests.SelectMany(one => Literal.Of((PatternTest)one))]);
}

/// <summary>A part of a rule over questions.</summary>
internal abstract record CodeNode;

internal sealed record CodeConstant(bool Value) : CodeNode;

internal sealed record CodeNot(CodeNode Part) : CodeNode;

internal sealed record CodeAll(CodeNode[] Parts) : CodeNode;

internal sealed record CodeAny(CodeNode[] Parts) : CodeNode;

internal sealed record CodeAsk(Question Question) : CodeNode;

/// <summary>The rules of a set with their questions numbered, made rule by rule as log sources ask for them; and the plans that were made of them. Safe for many threads.</summary>
/// <remarks>Nothing here belongs to one reading: all readings with the same rule set share it.</remarks>
internal sealed class RuleCode(ImmutableArray<CompiledRule> rules)
{
    private static readonly ConditionalWeakTable<CompiledRule[], RuleCode> known = [];

    // A hostile log could name ever new sources: plans beyond these are made for one reading only.
    private const int MaxPlans = 4_096;

    private readonly Lock gate = new();
    private readonly (RuleLogSource Source, int[] Rules)[] bySource =
    [
        .. Enumerable.Range(0, rules.Length)
            .GroupBy(rule => (rules[rule].LogSource.Product, rules[rule].LogSource.Service, rules[rule].LogSource.Category))
            .Select(group => (rules[group.First()].LogSource, group.ToArray())),
    ];

    private readonly CodeNode?[] codes = new CodeNode?[rules.Length];
    private readonly Dictionary<Test, Question> single = [];
    private readonly Dictionary<ImmutableArray<Test>, Question> several = new(TestList.Instance);
    private readonly Dictionary<string, int> fieldNumbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MatchPlan> plans = new(StringComparer.Ordinal);
    private string[] fieldNames = new string[64];
    private int questions;

    public ImmutableArray<CompiledRule> Rules => rules;

    /// <summary>The code of a rule set, made once.</summary>
    public static RuleCode Of(ImmutableArray<CompiledRule> rules) =>
        known.GetValue(ImmutableCollectionsMarshal.AsArray(rules) ?? [], static array => new(ImmutableCollectionsMarshal.AsImmutableArray(array)));

    /// <summary>The name of a field by its number. Only while a plan is made.</summary>
    public string FieldName(int field) => fieldNames[field];

    /// <summary>The places of the rules that read a log source, ascending.</summary>
    public int[] Covering(LogSource source)
    {
        int[] all = [.. bySource.Where(group => source.Covers(group.Source.Product, group.Source.Service, group.Source.Category)).SelectMany(group => group.Rules)];
        Array.Sort(all);
        return all;
    }

    /// <summary>The names of all fields that plans ask for, by number.</summary>
    public ReadOnlySpan<string> FieldNames
    {
        get
        {
            lock (gate) return fieldNames.AsSpan(0, fieldNumbers.Count);
        }
    }

    /// <summary>The plan under a key, made when there is none.</summary>
    public MatchPlan PlanFor(string key, Func<RuleCode, MatchPlan> make)
    {
        lock (gate)
        {
            if (plans.TryGetValue(key, out var plan)) return plan.Profile?.Successor is { } better ? plans[key] = better : plan;
            plan = make(this);
            if (plans.Count < MaxPlans) plans[key] = plan;
            return plan;
        }
    }

    /// <summary>A rule over numbered questions. Only while a plan is made.</summary>
    public CodeNode CodeOf(int rule) => codes[rule] ??= Node(rules[rule].Expression);

    /// <summary>The number of a field's name. Only while a plan is made.</summary>
    public int FieldNumber(string? name)
    {
        if (name is null) return -1;
        if (fieldNumbers.TryGetValue(name, out var number)) return number;
        number = fieldNumbers.Count;
        if (number == fieldNames.Length) Array.Resize(ref fieldNames, number * 2);
        fieldNames[number] = name;
        return fieldNumbers[name] = number;
    }

    private CodeNode Node(Expression expression) => expression switch
    {
        Constant constant => new CodeConstant(constant.Value),
        Not not => new CodeNot(Node(not.Part)),
        All all => new CodeAll([.. all.Parts.Select(Node).OrderBy(Effort)]),
        Any any => AnyOf(any),
        Test test => new CodeAsk(Ask(test)),
        _ => throw new InvalidOperationException($"a rule that is not translated: {expression}"),
    };

    // Literals of one field that are joined by or become one question: one answer instead of many.
    private CodeNode AnyOf(Any any)
    {
        var parts = new List<CodeNode>();
        Dictionary<string, List<Test>>? literals = null;
        foreach (var part in any.Parts)
        {
            if (part is not PatternTest test || Literal.Of(test).IsEmpty)
            {
                parts.Add(Node(part));
                continue;
            }

            literals ??= new(StringComparer.Ordinal);
            // No field has a name with a zero.
            ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(literals, test.Field ?? "\0", out _);
            (list ??= []).Add(test);
        }

        if (literals is not null)
            foreach (var list in literals.Values) parts.Add(new CodeAsk(list.Count == 1 ? Ask(list[0]) : Ask([.. list])));
        return parts.Count == 1 ? parts[0] : new CodeAny([.. parts.OrderBy(Effort)]);
    }

    private Question Ask(Test test)
    {
        ref var question = ref CollectionsMarshal.GetValueRefOrAddDefault(single, test, out _);
        return question ??= new(questions++, [test]);
    }

    private Question Ask(ImmutableArray<Test> tests)
    {
        ref var question = ref CollectionsMarshal.GetValueRefOrAddDefault(several, tests, out _);
        return question ??= new(questions++, tests);
    }

    private static int Effort(CodeNode node) => node switch
    {
        CodeAsk { Question: { Tests: [NullTest or ExistsTest or FieldTest, ..] } } => 1,
        CodeAsk { Question: var question } when question.Tests[0] is PatternTest pattern && !Literal.Of(pattern).IsEmpty => (question.Field is null ? 1000 : 0) + Math.Min(question.Tests.Length, 100),
        CodeAsk { Question.Field: var field } => field is null ? 2000 : 200,
        CodeNot not => Effort(not.Part) + 1,
        CodeAll all => all.Parts.Sum(Effort),
        CodeAny any => any.Parts.Sum(Effort),
        _ => 0,
    };

    private sealed class TestList : IEqualityComparer<ImmutableArray<Test>>
    {
        public static TestList Instance { get; } = new();

        public bool Equals(ImmutableArray<Test> x, ImmutableArray<Test> y) => x.AsSpan().SequenceEqual(y.AsSpan());

        public int GetHashCode(ImmutableArray<Test> obj) => HashCode.Combine(obj.Length, obj[0], obj[^1]);
    }
}
