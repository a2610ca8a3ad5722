using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Modus.Sigma.Expressions;
using Modus.Sigma.Rules;

namespace Modus.Sigma.Passes;

/// <summary>The modifier <c>expand</c>: <c>%name%</c> becomes each of the values that the caller gives for the name.</summary>
internal static class Placeholders
{
    /// <summary>Values that one value may become: 100,000.</summary>
    public const int MaxValues = 100_000;

    public static IEnumerable<ItemValue> Expand(ItemValue value, FieldItem item, RuleContext context)
    {
        switch (value)
        {
            case PatternValue text:
                return Patterns(text, context).Select(pattern => (ItemValue)(text with { Pattern = pattern })).ToList();
            case TestValue { Ask: RegexTest regex } test:
                return Regexes(regex.Regex, test, context).Select(expanded => (ItemValue)(test with { Ask = regex with { Regex = expanded } })).ToList();
            default:
                context.Refuse("MD2125", value.Position, $"'expand' in '{item.Key}' cannot be applied to {value.Kind}.");
                return [];
        }
    }

    private static List<Pattern> Patterns(PatternValue value, RuleContext context)
    {
        List<List<PatternPart>> variants = [[]];
        foreach (var part in value.Pattern.Parts)
        {
            if (part.Kind != PatternPartKind.Literal)
            {
                variants.ForEach(variant => variant.Add(part));
                continue;
            }

            foreach (var (name, text) in Split(part.Text))
            {
                if (name is null)
                {
                    variants.ForEach(variant => variant.Add(new(PatternPartKind.Literal, text)));
                    continue;
                }

                if (Values(name, value, variants.Count, context) is not { } values) return [];
                variants = [.. variants.SelectMany(_ => values, (head, tail) => (List<PatternPart>)[.. head, .. Pattern.Parse(tail).Parts])];
            }
        }

        return [.. variants.Select(parts => new Pattern(parts))];
    }

    private static List<string> Regexes(string regex, TestValue value, RuleContext context)
    {
        List<string> variants = [""];
        foreach (var (name, text) in Split(regex))
        {
            if (name is null)
            {
                variants = [.. variants.Select(head => head + text)];
                continue;
            }

            if (Values(name, value, variants.Count, context) is not { } values) return [];
            variants = [.. variants.SelectMany(_ => values, (head, tail) => head + Regex.Escape(tail))];
        }

        return variants;
    }

    private static ImmutableArray<string>? Values(string name, ItemValue value, int soFar, RuleContext context)
    {
        if (!context.Options.Placeholders.TryGetValue(name, out var values) || values.IsEmpty)
        {
            context.Refuse("MD2131", value.Position, $"The placeholder %{name}% has no values here, so the rule cannot be evaluated.",
                $"Give a placeholder file with '{name}:' and a list of values.");
            return null;
        }

        if ((long)soFar * values.Length <= MaxValues) return values;
        context.Refuse("MD2132", value.Position, $"The placeholder %{name}% makes more than {MaxValues} values of one.");
        return null;
    }

    /// <summary>Text and names in turn; <c>\%</c> is a percent sign.</summary>
    private static List<(string? Name, string Text)> Split(string text)
    {
        var parts = new List<(string? Name, string Text)>();
        var literal = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] == '%')
            {
                literal.Append('%');
                at++;
                continue;
            }

            var end = at + 1;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '-')) end++;
            if (text[at] != '%' || end == at + 1 || end == text.Length || text[end] != '%')
            {
                literal.Append(text[at]);
                continue;
            }

            if (literal.Length > 0) parts.Add((null, literal.ToString()));
            literal.Clear();
            parts.Add((text[(at + 1)..end], ""));
            at = end;
        }

        if (literal.Length > 0) parts.Add((null, literal.ToString()));
        return parts;
    }
}
