using Modus.Logs;
using Modus.Sigma.Expressions;
using Modus.Sigma.Rules;

namespace Modus.Sigma.Matching;

/// <summary>Makes the plan of one log source: fits the rules to it, numbers the questions they share, builds the indexes over their texts.</summary>
/// <remarks>Tests on fields that never vary in the source are answered here, so that most rules of other channels vanish.</remarks>
internal sealed class PlanBuilder(RuleCode code, LogSource source)
{
    private static readonly PlanNode yes = new ConstantNode(true), no = new ConstantNode(false);

    private readonly Dictionary<(int Question, string? Field), PlanNode> asked = [];
    private readonly List<(Predicate Predicate, Question Question)> predicates = [];
    private readonly Dictionary<int, int> memos = [];
    private readonly Dictionary<string, string> constants = source.Constants.ToDictionary(StringComparer.Ordinal);
    private RuleLogSource asks = null!;

    /// <summary>The plan that asks rule by rule and watches the source's first events.</summary>
    public MatchPlan Build()
    {
        var rules = new List<int>();
        var nodes = new List<PlanNode>();
        foreach (var rule in code.Covering(source))
        {
            asks = code.Rules[rule].LogSource;
            var node = Node(code.CodeOf(rule));
            if (ReferenceEquals(node, no)) continue;
            rules.Add(rule);
            nodes.Add(node);
        }

        var scans = Scans();
        var scanned = new bool[predicates.Count];
        foreach (var scan in scans)
            foreach (var predicate in scan.Predicates) scanned[predicate] = true;
        int[] always = [.. Enumerable.Range(0, rules.Count)];
        var profile = scans.Length == 0 ? null : new PlanProfile(predicates.Count);
        return new([.. rules], [.. nodes], always, new int[]?[predicates.Count], scanned, scans, [.. memos.OrderBy(memo => memo.Value).Select(memo => code.FieldName(memo.Key))], profile);
    }

    private FieldScan[] Scans()
    {
        var byField = new SortedDictionary<string, List<(Predicate Predicate, Question Question)>>(StringComparer.Ordinal);
        foreach (var one in predicates)
        {
            if (one.Predicate is not ValuePredicate value || one.Question.Needles.Literals.Count == 0) continue;
            var name = value.Field < 0 ? "" : code.FieldName(value.Field);
            if (!byField.TryGetValue(name, out var list)) byField[name] = list = [];
            list.Add(one);
        }

        return [.. byField.Values.Select(list => FieldScan.For(((ValuePredicate)list[0].Predicate).Field, ((ValuePredicate)list[0].Predicate).Memo,
            [.. list.Select(one => (one.Predicate.Id, one.Question.Needles.Literals, one.Question.Needles.AreExact))]))];
    }

    private PlanNode Node(CodeNode node)
    {
        switch (node)
        {
            case CodeAsk ask: return Ask(ask.Question);
            case CodeConstant constant: return constant.Value ? yes : no;
            case CodeNot not:
                var part = Node(not.Part);
                return ReferenceEquals(part, yes) ? no : ReferenceEquals(part, no) ? yes : new NotNode(part);
            case CodeAll all: return Join(all.Parts, no, yes, parts => new AllNode(parts));
            case CodeAny any: return Join(any.Parts, yes, no, parts => new AnyNode(parts));
            default: throw new InvalidOperationException($"an unknown part: {node}");
        }
    }

    private PlanNode Join(CodeNode[] parts, PlanNode decides, PlanNode neutral, Func<PlanNode[], PlanNode> join)
    {
        var kept = new PlanNode[parts.Length];
        var count = 0;
        foreach (var part in parts)
        {
            var node = Node(part);
            if (ReferenceEquals(node, decides)) return decides;
            if (!ReferenceEquals(node, neutral)) kept[count++] = node;
        }

        return count switch { 0 => neutral, 1 => kept[0], _ => join(count == kept.Length ? kept : kept[..count]) };
    }

    private PlanNode Ask(Question question)
    {
        var field = question.Field is { } name ? source.FieldFor(name, asks.Service, asks.Category) : null;
        if (question.Tests[0] is FieldTest pair)
            return new AskNode(Add(id => new FieldPredicate(id, code.FieldNumber(field), code.FieldNumber(source.FieldFor(pair.Other, asks.Service, asks.Category)), pair), question));
        if (asked.TryGetValue((question.Number, field), out var known)) return known;
        return asked[(question.Number, field)] = field is not null && constants.TryGetValue(field, out var value) ? Answer(question, value) : Variable(question, field);
    }

    private AskNode Variable(Question question, string? name)
    {
        var field = code.FieldNumber(name);
        return new(Add(id => question.Tests[0] switch
        {
            NullTest => new NullPredicate(id, field),
            ExistsTest => new ExistsPredicate(id, field),
            var test => new ValuePredicate(id, field, Memo(field), question.Check!, test is PatternTest { Pattern.Shape: PatternShape.Anything }),
        }, question));
    }

    private int Memo(int field)
    {
        if (field < 0) return -1;
        if (!memos.TryGetValue(field, out var memo)) memos[field] = memo = memos.Count;
        return memo;
    }

    private static PlanNode Answer(Question question, string value) => question.Tests[0] switch
    {
        NullTest => no,
        ExistsTest => yes,
        _ => SourceBinding.Matches(question.Check!, value) ? yes : no,
    };

    private Predicate Add(Func<int, Predicate> make, Question question)
    {
        var predicate = make(predicates.Count);
        predicates.Add((predicate, question));
        return predicate;
    }
}
