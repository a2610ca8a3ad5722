using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Modus.Logs;
using Modus.Sigma.Expressions;
using Modus.Sigma.Rules;

namespace Modus.Sigma.Matching;

/// <summary>Collects the evidence of the hits of one worker.</summary>
internal sealed class EvidenceCollector(MatchWorker worker, ImmutableArray<CompiledRule> rules, FieldTable fields)
{
    private readonly Dictionary<LogSource, Dictionary<int, EvidencePart>> parts = new(ReferenceEqualityComparer.Instance);
    private readonly List<Evidence> found = [];
    private long turn;

    /// <summary>The values of the event.</summary>
    public EventTexts Texts { get; } = new(worker);

    /// <summary>Turns to the event that the worker has just matched.</summary>
    public void Turn(LogEvent e)
    {
        Texts.For(e);
        turn++;
    }

    /// <summary>The values that made a rule match the event.</summary>
    public ImmutableArray<Evidence> Collect(int rule)
    {
        var source = Texts.Event.Source;
        if (!parts.TryGetValue(source, out var known)) parts[source] = known = [];
        if (!known.TryGetValue(rule, out var part)) known[rule] = part = Part(Matcher.Bind(rules[rule], source));
        found.Clear();
        part.Collect(this, found);
        return ImmutableCollectionsMarshal.AsImmutableArray(found.ToArray());
    }

    /// <summary>The evidence of tests of one field.</summary>
    public Evidence[] Of(ValueEvidence asked)
    {
        // An or asks first whether a part is true, and then what made it so.
        if (asked.Answer.Turn != turn) asked.Answer = (turn, Find(asked));
        return asked.Answer.Found;
    }

    private Evidence[] Find(ValueEvidence asked)
    {
        var e = Texts.Event;
        var slot = e.First(asked.Field);
        if (slot < 0) return [];
        if (asked.Memo < 0 || worker.Recalled(asked.Memo, e, slot) is not (>= 0 and var place)) return asked.Find(Texts);
        var name = e.FieldOf(slot);
        if (worker.EvidenceOf(place, asked, name) is { } before) return before;
        var made = asked.Find(Texts);
        worker.Keep(place, asked, name, made);
        return made;
    }

    private EvidencePart Part(Expression expression) => expression switch
    {
        All all => new AllEvidence(Parts(all.Parts, true)),
        Any any => new AnyEvidence(Parts(any.Parts, false)),
        Not not => new NoEvidence(Part(not.Part)),
        Test { Field: { } field } test when ValueCheck.Known(test) is not null => Values([test], field, true),
        _ => new OtherEvidence(expression),
    };

    private EvidencePart[] Parts(ImmutableArray<Expression> expressions, bool needsAll)
    {
        var made = new List<EvidencePart>();
        for (var at = 0; at < expressions.Length; at++)
        {
            var tests = expressions.Skip(at).TakeWhile(part => part is Test { Field: { } name } test && name == (expressions[at] as Test)?.Field && ValueCheck.Known(test) is not null)
                .Cast<Test>().ToArray();
            if (tests is [{ Field: { } field }, ..])
            {
                made.Add(Values(tests, field, needsAll));
                at += tests.Length - 1;
            }
            else
            {
                made.Add(Part(expressions[at]));
            }
        }

        return [.. made];
    }

    private ValueEvidence Values(Test[] tests, string field, bool needsAll) =>
        new([.. tests.Select(test => (test, ValueCheck.Known(test)!))], needsAll, fields.Intern(field), worker.MemoOf(field));
}
