using System.Collections.Immutable;

namespace Modus.Sigma.Expressions;

/// <summary>A question about an event that is true or false. Conditions, selections and compiled rules are all made of it.</summary>
/// <remarks><see cref="object.ToString"/> writes the expression back in one line, unambiguously.</remarks>
public abstract record Expression
{
    /// <summary>True for every event.</summary>
    public static Expression True { get; } = new Constant(true);

    /// <summary>True for no event.</summary>
    public static Expression False { get; } = new Constant(false);

    /// <summary>The expression as text, in parentheses where a combination stands inside another one.</summary>
    internal string Nested() => this is All or Any ? $"({this})" : ToString();

    /// <summary>Rebuilds the expression with each direct part replaced; leaves return themselves.</summary>
    internal virtual Expression Rewrite(Func<Expression, Expression> part) => this;
}

/// <summary>Always the same answer.</summary>
/// <param name="Value">The answer.</param>
public sealed record Constant(bool Value) : Expression
{
    /// <inheritdoc/>
    public override string ToString() => Value ? "true" : "false";
}

/// <summary>True when all parts are true; without parts always.</summary>
/// <param name="Parts">The parts in order.</param>
public sealed record All(ImmutableArray<Expression> Parts) : Expression
{
    /// <inheritdoc/>
    public override string ToString() => Parts.IsEmpty ? "true" : string.Join(" and ", Parts.Select(part => part.Nested()));

    internal override Expression Rewrite(Func<Expression, Expression> part) => new All([.. Parts.Select(part)]);

    /// <inheritdoc/>
    public bool Equals(All? other) => other is not null && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override int GetHashCode() => Parts.Aggregate(17, HashCode.Combine);
}

/// <summary>True when any part is true; without parts never.</summary>
/// <param name="Parts">The parts in order.</param>
public sealed record Any(ImmutableArray<Expression> Parts) : Expression
{
    /// <inheritdoc/>
    public override string ToString() => Parts.IsEmpty ? "false" : string.Join(" or ", Parts.Select(part => part.Nested()));

    internal override Expression Rewrite(Func<Expression, Expression> part) => new Any([.. Parts.Select(part)]);

    /// <inheritdoc/>
    public bool Equals(Any? other) => other is not null && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override int GetHashCode() => Parts.Aggregate(19, HashCode.Combine);
}

/// <summary>True when its part is false, also where a field is missing.</summary>
/// <param name="Part">The part.</param>
public sealed record Not(Expression Part) : Expression
{
    /// <inheritdoc/>
    public override string ToString() => $"not {Part.Nested()}";

    internal override Expression Rewrite(Func<Expression, Expression> part) => new Not(part(Part));
}

/// <summary>A search identifier in a condition, not yet resolved.</summary>
/// <param name="Identifier">Its name.</param>
public sealed record Name(string Identifier) : Expression
{
    /// <inheritdoc/>
    public override string ToString() => Identifier;
}

/// <summary><c>1 of …</c> or <c>all of …</c> in a condition, not yet resolved.</summary>
/// <param name="IsAll">True for <c>all of</c>, false for <c>1 of</c> and <c>any of</c>.</param>
/// <param name="Pattern">A name with <c>*</c>; null for <c>them</c>.</param>
public sealed record Quantifier(bool IsAll, string? Pattern) : Expression
{
    /// <inheritdoc/>
    public override string ToString() => $"{(IsAll ? "all" : "1")} of {Pattern ?? "them"}";
}

/// <summary>A field with modifiers and values as the rule writes it, not yet translated.</summary>
/// <param name="Source">The part of the rule.</param>
public sealed record Item(Rules.FieldItem Source) : Expression
{
    /// <inheritdoc/>
    public override string ToString() => $"{Source.Key}: [{string.Join(", ", Source.Values.Select(value => value.Text))}]";
}
