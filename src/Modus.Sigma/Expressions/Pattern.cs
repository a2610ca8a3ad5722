using System.Collections.Immutable;
using System.Text;

namespace Modus.Sigma.Expressions;

/// <summary>What a part of a <see cref="Pattern"/> stands for.</summary>
public enum PatternPartKind
{
    /// <summary>A text.</summary>
    Literal,

    /// <summary>Any text, also none: <c>*</c>.</summary>
    AnyText,

    /// <summary>Exactly one character: <c>?</c>.</summary>
    AnyCharacter,

    /// <summary>One of the five dashes of the modifier <c>windash</c>: - / – — ―.</summary>
    Dash,
}

/// <summary>A part of a pattern.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Text">The text of a literal, else empty.</param>
public readonly record struct PatternPart(PatternPartKind Kind, string Text);

/// <summary>How a pattern lies in a value.</summary>
public enum PatternShape
{
    /// <summary>The whole value is one text.</summary>
    Equal,

    /// <summary>The value starts with one text.</summary>
    StartsWith,

    /// <summary>The value ends with one text.</summary>
    EndsWith,

    /// <summary>The value contains one text.</summary>
    Contains,

    /// <summary>Every value, also an empty one.</summary>
    Anything,

    /// <summary>Several texts, or wildcards for single characters.</summary>
    General,
}

/// <summary>A value of a rule with its wildcards (Sigma 2.1, wildcards and escaping). Equal when written the same.</summary>
public sealed class Pattern : IEquatable<Pattern>
{
    /// <summary>The five characters of <see cref="PatternPartKind.Dash"/>, the plain hyphen first.</summary>
    public const string Dashes = "-/\u2013\u2014\u2015";

    private readonly string text;

    /// <summary>A pattern of these parts; neighbours of the same kind are joined.</summary>
    public Pattern(IEnumerable<PatternPart> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var joined = ImmutableArray.CreateBuilder<PatternPart>();
        foreach (var part in parts)
        {
            if (part is { Kind: PatternPartKind.Literal, Text.Length: 0 }) continue;
            var last = joined.Count > 0 ? joined[^1] : default;
            if (joined.Count > 0 && part.Kind == last.Kind && part.Kind == PatternPartKind.AnyText) continue;
            if (joined.Count > 0 && part.Kind == last.Kind && part.Kind == PatternPartKind.Literal) joined[^1] = last with { Text = last.Text + part.Text };
            else joined.Add(part);
        }

        Parts = joined.ToImmutable();
        text = Write();
        Shape = ShapeOf();
    }

    /// <summary>The parts in order; no two literals and no two <c>*</c> stand side by side.</summary>
    public ImmutableArray<PatternPart> Parts { get; }

    /// <summary>How the pattern lies in a value.</summary>
    public PatternShape Shape { get; }

    /// <summary>True when the pattern has no wildcard and no dash.</summary>
    public bool IsLiteral => Parts.Length == 0 || (Parts.Length == 1 && Parts[0].Kind == PatternPartKind.Literal);

    /// <summary>The only literal of the shapes Equal, StartsWith, EndsWith and Contains; empty for the others.</summary>
    public string Literal => Shape is PatternShape.General or PatternShape.Anything
        ? ""
        : Parts.FirstOrDefault(part => part.Kind == PatternPartKind.Literal).Text ?? "";

    /// <summary>Reads a value as rules write it: <c>*</c> and <c>?</c> are wildcards, <c>\*</c>, <c>\?</c> and <c>\\</c> escapes.</summary>
    /// <remarks>A backslash before any other character stands for itself, also at the end.</remarks>
    public static Pattern Parse(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var parts = new List<PatternPart>();
        var literal = new StringBuilder();
        for (var at = 0; at < value.Length; at++)
        {
            var c = value[at];
            if (c == '\\' && at + 1 < value.Length && value[at + 1] is '*' or '?' or '\\')
            {
                literal.Append(value[++at]);
            }
            else if (c is '*' or '?')
            {
                parts.Add(new(PatternPartKind.Literal, literal.ToString()));
                literal.Clear();
                parts.Add(new(c == '*' ? PatternPartKind.AnyText : PatternPartKind.AnyCharacter, ""));
            }
            else
            {
                literal.Append(c);
            }
        }

        parts.Add(new(PatternPartKind.Literal, literal.ToString()));
        return new(parts);
    }

    /// <summary>A pattern that is exactly this text.</summary>
    public static Pattern Of(string literal) => new([new(PatternPartKind.Literal, literal)]);

    /// <summary>The pattern with <c>*</c> before and after it, as asked.</summary>
    public Pattern Open(bool start, bool end)
    {
        var any = new PatternPart(PatternPartKind.AnyText, "");
        IEnumerable<PatternPart> parts = Parts;
        if (start) parts = parts.Prepend(any);
        if (end) parts = parts.Append(any);
        return new(parts);
    }

    /// <summary>The patterns without dashes that together mean the same: five for each dash.</summary>
    /// <param name="limit">The most patterns to return.</param>
    /// <returns>The patterns, or an empty array when they would be more than <paramref name="limit"/>.</returns>
    public ImmutableArray<Pattern> ExpandDashes(int limit = 625)
    {
        IEnumerable<ImmutableArray<PatternPart>> variants = [[]];
        var count = 1;
        foreach (var part in Parts)
        {
            if (part.Kind == PatternPartKind.Dash)
            {
                if ((count *= Dashes.Length) > limit) return [];
                variants = variants.SelectMany(head => Dashes.Select(dash => head.Add(new(PatternPartKind.Literal, dash.ToString()))));
            }
            else
            {
                variants = variants.Select(head => head.Add(part));
            }
        }

        return [.. variants.Select(parts => new Pattern(parts))];
    }

    /// <summary>The pattern as a rule would write it; a dash of <c>windash</c> is written <c>\-</c>.</summary>
    public override string ToString() => text;

    /// <inheritdoc/>
    public bool Equals(Pattern? other) => other is not null && text == other.text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Pattern);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(text);

    private string Write()
    {
        var written = new StringBuilder();
        foreach (var part in Parts)
        {
            switch (part.Kind)
            {
                case PatternPartKind.AnyText: written.Append('*'); break;
                case PatternPartKind.AnyCharacter: written.Append('?'); break;
                case PatternPartKind.Dash: written.Append("\\-"); break;
                default: written.Append(part.Text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal).Replace("?", "\\?", StringComparison.Ordinal)); break;
            }
        }

        return written.ToString();
    }

    private PatternShape ShapeOf()
    {
        const PatternPartKind any = PatternPartKind.AnyText, literal = PatternPartKind.Literal;
        return Parts switch
        {
            [] or [{ Kind: literal }] => PatternShape.Equal,
            [{ Kind: any }] => PatternShape.Anything,
            [{ Kind: literal }, { Kind: any }] => PatternShape.StartsWith,
            [{ Kind: any }, { Kind: literal }] => PatternShape.EndsWith,
            [{ Kind: any }, { Kind: literal }, { Kind: any }] => PatternShape.Contains,
            _ => PatternShape.General,
        };
    }
}
