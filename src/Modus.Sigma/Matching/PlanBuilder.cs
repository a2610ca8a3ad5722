using System.Collections.Immutable;
using Modus.Logs;
using Modus.Sigma.Expressions;

namespace Modus.Sigma.Matching;

/// <summary>Makes the plan of one log source: numbers the predicates that rules share, chooses each rule's witness, builds the scans.</summary>
/// <remarks>The first plan asks rule by rule: automata are not worth their making before a source has shown some events, and what it then shows chooses the witnesses.</remarks>
internal sealed class PlanBuilder(FieldTable fields, AutomatonCache automata)
{
    /// <summary>A field takes needles beyond the witnesses' while all of them together have at most so many bytes: larger tables leave the caches.</summary>
    private const int MaxExtraBytes = 4_000;

    /// <summary>Fields with longer values are searched for their witnesses only.</summary>
    private const int LongValue = 200;

    /// <summary>With more needles than these the filter before the automaton finds something nearly always.</summary>
    private const int MaxFiltered = 48;

    private readonly Dictionary<Expression, Predicate> known = [];
    private readonly Dictionary<Predicate, (IReadOnlyList<Literal> Literals, bool AreExact)> needles = [];
    private readonly List<int> rules = [];
    private readonly List<PlanNode> nodes = [];

    public void Add(int rule, Expression expression)
    {
        rules.Add(rule);
        nodes.Add(Node(expression));
    }

    /// <summary>The plan without scans.</summary>
    public MatchPlan First() => new([.. rules], [.. nodes], [.. Enumerable.Range(0, rules.Count)], new bool[known.Count], [],
        needles.Count > 0 ? new(known.Count, needles.Select(pair => (pair.Key, pair.Value.Literals, pair.Value.AreExact)), Build) : null);

    private MatchPlan Build(PlanProfile learned)
    {
        var always = new List<int>();
        var witnessOf = new Dictionary<Predicate, List<int>>();
        for (var place = 0; place < nodes.Count; place++)
        {
            if (Witness.Of(nodes[place], needles.ContainsKey, predicate => Cost(predicate, learned)) is not { } witness)
            {
                always.Add(place);
                continue;
            }

            foreach (var predicate in witness.Predicates)
            {
                if (!witnessOf.TryGetValue(predicate, out var list)) witnessOf[predicate] = list = [];
                list.Add(place);
            }
        }

        var scanned = new bool[known.Count];
        var scans = Scans(witnessOf.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray()), learned, scanned);
        return new([.. rules], [.. nodes], [.. always], scanned, scans, null);
    }

    private static int FieldOf(Predicate predicate) => ((ValuePredicate)predicate).Field;

    // What a witness costs an event, in nanoseconds: how often it calls its rule, and its share of scanning its field.
    private double Cost(Predicate predicate, PlanProfile learned)
    {
        const double evaluation = 150, perByte = 0.3;
        return (learned.Frequency(predicate.Id) * evaluation) + (learned.MeanBytes(FieldOf(predicate)) * perByte) + Guess(predicate);
    }

    // Longer texts are rarer; texts that are bound to an end of the value rarer still.
    private double Guess(Predicate predicate) => needles[predicate].Literals.Sum(literal =>
        0.5 * Math.Pow(0.55, Math.Min(literal.Needle.Length, 20)) * (literal.AtStart ? 0.7 : 1) * (literal.AtEnd ? 0.7 : 1));

    private FieldScan[] Scans(Dictionary<Predicate, int[]> witnesses, PlanProfile learned, bool[] scanned)
    {
        var scans = new List<FieldScan>();
        foreach (var field in witnesses.Keys.Select(FieldOf).Distinct().OrderBy(field => field < 0 ? "" : fields.Name(field), StringComparer.Ordinal))
        {
            // A field that is scanned for one witness is scanned for all its needles, while they stay few: the pass costs the same.
            var all = needles.Where(pair => FieldOf(pair.Key) == field).OrderBy(pair => pair.Key.Id).ToList();
            var few = learned.MeanBytes(field) < LongValue && all.Sum(pair => pair.Value.Literals.Sum(literal => literal.Needle.Length)) <= MaxExtraBytes;
            scans.Add(Scan(field, [.. all.Where(pair => few || witnesses.ContainsKey(pair.Key))], witnesses, scanned));
        }

        return [.. scans];
    }

    private FieldScan Scan(int field, List<KeyValuePair<Predicate, (IReadOnlyList<Literal> Literals, bool AreExact)>> wanted, Dictionary<Predicate, int[]> witnesses, bool[] scanned)
    {
        var builder = new AutomatonBuilder();
        var uses = new List<List<NeedleUse>>();
        foreach (var (predicate, (literals, exact)) in wanted)
        {
            scanned[predicate.Id] = true;
            var called = witnesses.GetValueOrDefault(predicate, []);
            foreach (var literal in literals)
            {
                var needle = builder.Add(literal.Needle);
                if (needle == uses.Count) uses.Add([]);
                uses[needle].Add(new(predicate.Id, called, literal.AtStart, literal.AtEnd, exact));
            }
        }

        return new(field, builder.Build(automata), [.. builder.Needles.Select(needle => needle.Length)], [.. uses.Select(list => list.ToArray())],
            builder.Needles.Count <= MaxFiltered ? KeywordFilter.For(builder.Needles) : null);
    }

    private PlanNode Node(Expression expression) => expression switch
    {
        Constant constant => new ConstantNode(constant.Value),
        Not not => new NotNode(Node(not.Part)),
        All all => new AllNode([.. all.Parts.Select(Node).OrderBy(Effort)]),
        Any any => AnyOf(any),
        Test test => new AskNode(Predicate(test, [test])),
        _ => throw new InvalidOperationException($"a rule that is not translated: {expression}"),
    };

    // Literals of one field that are joined by or become one predicate: one answer instead of many.
    private PlanNode AnyOf(Any any)
    {
        var parts = new List<PlanNode>();
        var literals = any.Parts.OfType<PatternTest>().Where(test => !Literal.Of(test).IsEmpty).GroupBy(test => test.Field).ToList();
        foreach (var group in literals)
        {
            ImmutableArray<Test> tests = [.. group];
            Expression key = tests.Length == 1 ? tests[0] : new Any([.. tests]);
            parts.Add(new AskNode(Predicate(key, tests)));
        }

        var rest = any.Parts.Where(part => part is not PatternTest test || Literal.Of(test).IsEmpty);
        parts.AddRange(rest.Select(Node));
        return parts.Count == 1 ? parts[0] : new AnyNode([.. parts.OrderBy(Effort)]);
    }

    private Predicate Predicate(Expression key, ImmutableArray<Test> tests)
    {
        if (known.TryGetValue(key, out var predicate)) return predicate;
        var test = tests[0];
        var field = test.Field is null ? -1 : fields.Intern(test.Field);
        var id = known.Count;
        predicate = test switch
        {
            NullTest => new NullPredicate(id, field),
            ExistsTest => new ExistsPredicate(id, field),
            FieldTest other => new FieldPredicate(id, field, fields.Intern(other.Other), other),
            _ when tests.Length > 1 => new ValuePredicate(id, field, new LiteralCheck([.. tests.SelectMany(one => Literal.Of((PatternTest)one))]), false),
            _ => new ValuePredicate(id, field, ValueCheck.For(test)!, test is PatternTest { Pattern.Shape: PatternShape.Anything }),
        };
        known[key] = predicate;
        var found = tests.Select(Needles.Of).ToList();
        if (found.All(one => one.Literals.Count > 0)) needles[predicate] = ([.. found.SelectMany(one => one.Literals)], found.All(one => one.AreExact));
        return predicate;
    }

    private static int Effort(PlanNode node) => node switch
    {
        AskNode { Predicate: ValuePredicate { Check: LiteralCheck check } predicate } => (predicate.Field < 0 ? 1000 : 0) + Math.Min(check.Literals.Length, 100),
        AskNode { Predicate: ValuePredicate predicate } => predicate.Field < 0 ? 2000 : 200,
        AskNode => 1,
        NotNode not => Effort(not.Part) + 1,
        AllNode all => all.Parts.Sum(Effort),
        AnyNode any => any.Parts.Sum(Effort),
        _ => 0,
    };
}
