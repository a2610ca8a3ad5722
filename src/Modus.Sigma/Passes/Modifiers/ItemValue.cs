using System.Text;
using Modus.Sigma.Expressions;
using Modus.Sigma.Rules;
using Modus.Sigma.Yaml;

namespace Modus.Sigma.Passes;

/// <summary>How the text of a pattern is to be turned into bytes by a later encoding.</summary>
internal enum TextEncoding
{
    Utf8,
    Utf16Le,
    Utf16Be,
    Utf16,
}

/// <summary>A value on its way through a chain of modifiers.</summary>
internal abstract record ItemValue(SourcePosition Position)
{
    /// <summary>What a message calls this kind of value.</summary>
    public abstract string Kind { get; }
}

/// <summary>Text with wildcards.</summary>
internal sealed record PatternValue(SourcePosition Position, Pattern Pattern, string Written, RuleValueKind Source) : ItemValue(Position)
{
    public bool IsCased { get; init; }

    public TextEncoding Encoding { get; init; }

    public override string Kind => Source switch
    {
        RuleValueKind.Number => "a number",
        RuleValueKind.Boolean => "true or false",
        _ => "a text",
    };

    /// <summary>The bytes that an encoding to base64 works on.</summary>
    public byte[] Bytes() => Encoding switch
    {
        TextEncoding.Utf16Le => System.Text.Encoding.Unicode.GetBytes(Pattern.Literal),
        TextEncoding.Utf16Be => System.Text.Encoding.BigEndianUnicode.GetBytes(Pattern.Literal),
        TextEncoding.Utf16 => [0xFF, 0xFE, .. System.Text.Encoding.Unicode.GetBytes(Pattern.Literal)],
        _ => System.Text.Encoding.UTF8.GetBytes(Pattern.Literal),
    };

    /// <summary>The pattern with a zero character beside each other one, as UTF-16 looks when its bytes are read as text; null when not ASCII.</summary>
    public Pattern? Widened()
    {
        if (Encoding == TextEncoding.Utf8) return Pattern;
        var parts = new List<PatternPart>();
        if (Encoding == TextEncoding.Utf16) parts.Add(new(PatternPartKind.Literal, "\uFEFF"));
        foreach (var part in Pattern.Parts)
        {
            if (!Ascii.IsValid(part.Text)) return null;
            var wide = new StringBuilder();
            foreach (var c in part.Text) wide.Append(Encoding == TextEncoding.Utf16Be ? $"\0{c}" : $"{c}\0");
            parts.Add(part with { Text = wide.ToString() });
        }

        return new(parts);
    }
}

/// <summary>A value that became several, any of which may match, also under <c>all</c>.</summary>
internal sealed record AlternativeValues(SourcePosition Position, IReadOnlyList<ItemValue> Values) : ItemValue(Position)
{
    public override string Kind => "several encodings";
}

/// <summary>null.</summary>
internal sealed record NullValue(SourcePosition Position) : ItemValue(Position)
{
    public override string Kind => "null";
}

/// <summary>A value that a modifier has already turned into a question; the field is put in at the end.</summary>
internal sealed record TestValue(SourcePosition Position, Test Ask, string Made) : ItemValue(Position)
{
    /// <summary>True when the opposite is asked: <c>exists: false</c>.</summary>
    public bool IsNegated { get; init; }

    public override string Kind => Made;
}
