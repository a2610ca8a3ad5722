using System.Collections.Immutable;
using Modus.Sigma.Expressions;

namespace Modus.Sigma.Matching;

/// <summary>A folded text and how it must lie in a folded value.</summary>
internal readonly record struct Literal(byte[] Needle, bool AtStart, bool AtEnd)
{
    public bool IsIn(ReadOnlySpan<byte> folded) => (AtStart, AtEnd) switch
    {
        (true, true) => folded.SequenceEqual(Needle),
        (true, false) => folded.StartsWith(Needle),
        (false, true) => folded.EndsWith(Needle),
        _ => folded.IndexOf(Needle) >= 0,
    };

    /// <summary>The texts that together mean a pattern exactly, dashes written out; empty when only a <see cref="Glob"/> can say.</summary>
    public static ImmutableArray<Literal> Of(PatternTest test)
    {
        if (test.IsCased) return [];
        var variants = test.Pattern.Parts.Any(part => part.Kind == PatternPartKind.Dash) ? test.Pattern.ExpandDashes(limit: 25) : [test.Pattern];
        var literals = ImmutableArray.CreateBuilder<Literal>(variants.Length);
        foreach (var pattern in variants)
        {
            if (pattern.Shape is PatternShape.General or PatternShape.Anything || pattern.Literal.Length == 0) return [];
            literals.Add(new(Folding.Fold(pattern.Literal),
                pattern.Shape is PatternShape.Equal or PatternShape.StartsWith,
                pattern.Shape is PatternShape.Equal or PatternShape.EndsWith));
        }

        return literals.ToImmutable();
    }
}
