using System.Collections.Immutable;
using Modus.Sigma.Expressions;
using Modus.Sigma.Rules;
using Modus.Sigma.Yaml;

namespace Modus.Sigma.Packs;

/// <summary>Reads what <see cref="PackWriter"/> wrote, in the same order.</summary>
internal sealed class PackReader(BinaryReader from)
{
    // What the compiler makes is far below both: more means a forged pack.
    private const int MaxItems = 5_000_000, MaxDepth = 500;
    private readonly List<string> texts = [];
    private int depth;

    public RuleSet Read()
    {
        var rules = List(Rule);
        var correlations = List(Correlation);
        var counts = new RuleSetCounts(Number(), Number(), Number(), Number(), Number(), Number());
        return new(rules, correlations, [], counts, List(Problem));
    }

    private CompiledRule Rule()
    {
        var header = Header();
        var source = new RuleLogSource(Text(), Text(), Text(), Text(), Position());
        var filters = List(Needed);
        var reported = from.ReadBoolean();
        return new(header, source, Expression()) { Filters = filters, IsReported = reported };
    }

    private RuleHeader Header() => new()
    {
        File = Needed(),
        Document = Number(),
        Position = Position(),
        Title = Needed(),
        Id = Text(),
        Name = Text(),
        Taxonomy = Needed(),
        Description = Needed(),
        License = Text(),
        Author = Needed(),
        Related = List(() => new RelatedRule(Needed(), Needed(), Position())),
        Status = (RuleStatus)from.ReadByte(),
        Level = (RuleLevel)from.ReadByte(),
        References = List(Needed),
        Date = Date(),
        Modified = Date(),
        Tags = List(() => new RuleTag(Needed(), Position())),
        Fields = List(Needed),
        FalsePositives = List(Needed),
    };

    private DateOnly? Date() => from.ReadInt32() is var day and >= 0 ? DateOnly.FromDayNumber(day) : null;

    private CompiledCorrelation Correlation()
    {
        var header = Header();
        var type = (CorrelationType)from.ReadByte();
        var rules = List(Reference);
        var groupBy = List(Needed);
        var timespan = new TimeSpan(from.ReadInt64());
        var bounds = List(() => new CorrelationBound((Comparison)from.ReadByte(), from.ReadDecimal(), Position()));
        var fields = List(Needed);
        var hasPercentile = from.ReadBoolean();
        var percentile = from.ReadDecimal();
        var aliases = List(() => new CorrelationAlias(Needed(), List(() => (Reference(), Needed())), Position()));
        var generate = from.ReadBoolean();
        var rule = new SigmaCorrelation(header, new(header.Position, []), type, rules, groupBy, timespan, bounds, fields, hasPercentile ? percentile : null, aliases, generate);
        var inputs = List(() => new CorrelationInput(from.ReadBoolean(), Number(), List(Needed), List(Needed)));
        return new(rule, inputs) { IsReported = from.ReadBoolean() };
    }

    private Expression Expression()
    {
        if (++depth > MaxDepth) throw new InvalidDataException("The pack has an expression that is nested too deep.");
        var expression = Inner();
        depth--;
        return expression;
    }

    private Expression Inner()
    {
        var kind = (PackKind)from.ReadByte();
        return kind switch
        {
            PackKind.False => Expressions.Expression.False,
            PackKind.True => Expressions.Expression.True,
            PackKind.All => new All(List(Expression)),
            PackKind.Any => new Any(List(Expression)),
            PackKind.Not => new Not(Expression()),
            PackKind.Pattern => PatternTest(),
            PackKind.Null => new NullTest(Needed()),
            PackKind.Exists => new ExistsTest(Needed()),
            PackKind.Number => new NumberTest(Needed(), (Comparison)from.ReadByte(), from.ReadDecimal()),
            PackKind.Time => new TimeTest(Needed(), (TimePart)from.ReadByte(), (Comparison)from.ReadByte(), from.ReadDecimal()),
            PackKind.Network => new NetworkTest(Needed(), Network.Parse(Needed()) ?? throw new InvalidDataException("A network of the pack is none.")),
            PackKind.Regex => new RegexTest(Text(), Needed(), from.ReadBoolean(), from.ReadBoolean(), from.ReadBoolean()),
            PackKind.Field => new FieldTest(Needed(), Needed(), from.ReadBoolean(), from.ReadBoolean(), from.ReadBoolean()),
            _ => throw new InvalidDataException($"The pack has an expression of an unknown kind {kind}."),
        };
    }

    private PatternTest PatternTest()
    {
        var field = Text();
        var cased = from.ReadBoolean();
        var parts = List(() =>
        {
            var kind = (PatternPartKind)from.ReadByte();
            return new PatternPart(kind, kind == PatternPartKind.Literal ? Needed() : "");
        });
        return new(field, new(parts), cased);
    }

    private Problem Problem() => new(Needed(), (ProblemSeverity)from.ReadByte(), Needed(), Needed(), Number(), Number(), Text());

    private RuleReference Reference() => new(Needed(), Position());

    private SourcePosition Position() => new(Number(), Number());

    private int Number() => from.Read7BitEncodedInt();

    private string Needed() => Text() ?? throw new InvalidDataException("The pack lacks a text.");

    private string? Text()
    {
        var number = Number();
        if (number == 0) return null;
        if (number > 1) return number - 2 < texts.Count ? texts[number - 2] : throw new InvalidDataException("The pack names a text that it does not have.");
        var text = from.ReadString();
        texts.Add(text);
        return text;
    }

    private ImmutableArray<T> List<T>(Func<T> read)
    {
        var count = Number();
        if (count is < 0 or > MaxItems) throw new InvalidDataException($"The pack has a list of {count} items.");
        var items = ImmutableArray.CreateBuilder<T>(count);
        for (var left = items.Capacity; left > 0; left--) items.Add(read());
        return items.MoveToImmutable();
    }
}
