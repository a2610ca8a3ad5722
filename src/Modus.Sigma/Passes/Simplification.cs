using System.Collections.Immutable;
using Modus.Sigma.Expressions;

namespace Modus.Sigma.Passes;

/// <summary>Last pass: nested combinations are flattened, doubles and constants go. The meaning stays.</summary>
internal static class Simplification
{
    public static Expression Simplify(Expression expression) => expression switch
    {
        Not not => Negate(Simplify(not.Part)),
        All all => Join(all.Parts, absorbing: false),
        Any any => Join(any.Parts, absorbing: true),
        _ => expression,
    };

    private static Expression Negate(Expression part) => part switch
    {
        Constant constant => constant.Value ? Expression.False : Expression.True,
        Not twice => twice.Part,
        _ => new Not(part),
    };

    private static Expression Join(ImmutableArray<Expression> parts, bool absorbing)
    {
        var kept = ImmutableArray.CreateBuilder<Expression>(parts.Length);
        var seen = parts.Length > 1 ? new HashSet<Expression>() : null;
        foreach (var part in parts)
        {
            var simple = Simplify(part);
            if (simple is Constant constant)
            {
                if (constant.Value == absorbing) return simple;
                continue;
            }

            // The same combination inside: its parts move up.
            ImmutableArray<Expression> inner = (simple, absorbing) switch
            {
                (All all, false) => all.Parts,
                (Any any, true) => any.Parts,
                _ => [simple],
            };
            foreach (var one in inner)
                if (seen is null || seen.Add(one)) kept.Add(one);
        }

        if (kept.Count == 0) return absorbing ? Expression.False : Expression.True;
        if (kept.Count == 1) return kept[0];
        return absorbing ? new Any(kept.ToImmutable()) : new All(kept.ToImmutable());
    }
}
