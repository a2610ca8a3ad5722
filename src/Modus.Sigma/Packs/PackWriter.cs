using System.Collections.Immutable;
using Modus.Sigma.Expressions;
using Modus.Sigma.Rules;
using Modus.Sigma.Yaml;

namespace Modus.Sigma.Packs;

/// <summary>Writes a rule set. Texts are written once and then named by number.</summary>
internal sealed class PackWriter(BinaryWriter to)
{
    private readonly Dictionary<string, int> texts = new(StringComparer.Ordinal);

    public void Write(RuleSet set)
    {
        List(set.Rules, Rule);
        List(set.Correlations, Correlation);
        foreach (var count in new[] { set.Counts.Given, set.Counts.Rules, set.Counts.Correlations, set.Counts.Filters, set.Counts.Refused, set.Counts.Files }) to.Write7BitEncodedInt(count);
        List(set.Problems, Problem);
    }

    private void Rule(CompiledRule rule)
    {
        Header(rule.Header);
        Source(rule.LogSource);
        List(rule.Filters, Text);
        to.Write(rule.IsReported);
        Expression(rule.Expression);
    }

    private void Header(RuleHeader header)
    {
        Text(header.File);
        to.Write7BitEncodedInt(header.Document);
        Position(header.Position);
        foreach (var text in new[] { header.Title, header.Id, header.Name, header.Taxonomy, header.Description, header.License, header.Author }) Text(text);
        List(header.Related, related =>
        {
            Text(related.Id);
            Text(related.Type);
            Position(related.Position);
        });
        to.Write((byte)header.Status);
        to.Write((byte)header.Level);
        List(header.References, Text);
        to.Write(header.Date?.DayNumber ?? -1);
        to.Write(header.Modified?.DayNumber ?? -1);
        List(header.Tags, tag =>
        {
            Text(tag.Text);
            Position(tag.Position);
        });
        List(header.Fields, Text);
        List(header.FalsePositives, Text);
    }

    private void Source(RuleLogSource source)
    {
        foreach (var text in new[] { source.Product, source.Category, source.Service, source.Definition }) Text(text);
        Position(source.Position);
    }

    private void Correlation(CompiledCorrelation correlation)
    {
        var rule = correlation.Rule;
        Header(rule.Header);
        to.Write((byte)rule.Type);
        List(rule.Rules, Reference);
        List(rule.GroupBy, Text);
        to.Write(rule.Timespan.Ticks);
        List(rule.Bounds, bound =>
        {
            to.Write((byte)bound.Comparison);
            to.Write(bound.Value);
            Position(bound.Position);
        });
        List(rule.Fields, Text);
        to.Write(rule.Percentile is not null);
        to.Write(rule.Percentile ?? 0);
        List(rule.Aliases, alias =>
        {
            Text(alias.Name);
            List(alias.Fields, field =>
            {
                Reference(field.Rule);
                Text(field.Field);
            });
            Position(alias.Position);
        });
        to.Write(rule.Generate);
        List(correlation.Inputs, input =>
        {
            to.Write(input.IsCorrelation);
            to.Write7BitEncodedInt(input.Index);
            List(input.GroupFields, Text);
            List(input.ValueFields, Text);
        });
        to.Write(correlation.IsReported);
    }

    private void Expression(Expression expression)
    {
        void Kind(PackKind kind) => to.Write((byte)kind);

        switch (expression)
        {
            case Constant constant:
                Kind(constant.Value ? PackKind.True : PackKind.False);
                break;
            case All all:
                Kind(PackKind.All);
                List(all.Parts, Expression);
                break;
            case Any any:
                Kind(PackKind.Any);
                List(any.Parts, Expression);
                break;
            case Not not:
                Kind(PackKind.Not);
                Expression(not.Part);
                break;
            case Test test:
                Test(test, Kind);
                break;
            default:
                throw new InvalidOperationException($"an expression that is not translated: {expression}");
        }
    }

    private void Test(Test test, Action<PackKind> kind)
    {
        kind(test switch
        {
            PatternTest => PackKind.Pattern,
            NullTest => PackKind.Null,
            ExistsTest => PackKind.Exists,
            NumberTest => PackKind.Number,
            TimeTest => PackKind.Time,
            NetworkTest => PackKind.Network,
            RegexTest => PackKind.Regex,
            FieldTest => PackKind.Field,
            _ => throw new InvalidOperationException($"unknown test: {test}"),
        });
        Text(test.Field);
        switch (test)
        {
            case PatternTest pattern:
                to.Write(pattern.IsCased);
                List(pattern.Pattern.Parts, part =>
                {
                    to.Write((byte)part.Kind);
                    if (part.Kind == PatternPartKind.Literal) Text(part.Text);
                });
                break;
            case NumberTest number:
                to.Write((byte)number.Comparison);
                to.Write(number.Value);
                break;
            case TimeTest time:
                to.Write((byte)time.Part);
                to.Write((byte)time.Comparison);
                to.Write(time.Value);
                break;
            case NetworkTest network:
                Text(network.Network.ToString());
                break;
            case RegexTest regex:
                Text(regex.Regex);
                Flags(regex.IgnoreCase, regex.MultiLine, regex.DotAll);
                break;
            case FieldTest field:
                Text(field.Other);
                Flags(field.OpenStart, field.OpenEnd, field.IsCased);
                break;
        }
    }

    private void Flags(bool first, bool second, bool third)
    {
        to.Write(first);
        to.Write(second);
        to.Write(third);
    }

    private void Problem(Problem problem)
    {
        Text(problem.Code);
        to.Write((byte)problem.Severity);
        Text(problem.Message);
        Text(problem.File);
        to.Write7BitEncodedInt(problem.Line);
        to.Write7BitEncodedInt(problem.Column);
        Text(problem.Fix);
    }

    private void Reference(RuleReference reference)
    {
        Text(reference.Text);
        Position(reference.Position);
    }

    private void Position(SourcePosition position)
    {
        to.Write7BitEncodedInt(position.Line);
        to.Write7BitEncodedInt(position.Column);
    }

    // 0 is null, 1 a new text that follows, more the text of that number.
    private void Text(string? text)
    {
        if (text is null)
        {
            to.Write7BitEncodedInt(0);
        }
        else if (texts.TryGetValue(text, out var number))
        {
            to.Write7BitEncodedInt(number + 2);
        }
        else
        {
            texts[text] = texts.Count;
            to.Write7BitEncodedInt(1);
            to.Write(text);
        }
    }

    private void List<T>(ImmutableArray<T> items, Action<T> write)
    {
        to.Write7BitEncodedInt(items.Length);
        foreach (var item in items) write(item);
    }
}

/// <summary>The kinds of expressions in a pack.</summary>
internal enum PackKind : byte
{
    False,
    True,
    All,
    Any,
    Not,
    Pattern,
    Null,
    Exists,
    Number,
    Time,
    Network,
    Regex,
    Field,
}
