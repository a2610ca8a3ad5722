using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Modus.Sigma.Expressions;

namespace Modus.Sigma.Matching;

/// <summary>A folded text and how it must lie in a folded value.</summary>
internal readonly record struct Literal(byte[] Needle, bool AtStart, bool AtEnd)
{
    // Plans are made again for each hunt and log source, from the same patterns.
    private static readonly ConditionalWeakTable<Pattern, StrongBox<ImmutableArray<Literal>>> known = [];

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
        return (known.TryGetValue(test.Pattern, out var literals) ? literals : known.GetValue(test.Pattern, static pattern => new(Make(pattern)))).Value;
    }

    private static ImmutableArray<Literal> Make(Pattern whole)
    {
        var variants = whole.Parts.Any(part => part.Kind == PatternPartKind.Dash) ? whole.ExpandDashes(limit: 25) : [whole];
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
