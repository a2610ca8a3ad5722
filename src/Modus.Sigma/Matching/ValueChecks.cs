using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Modus.Sigma.Expressions;
using Modus.Sigma.Rules;

namespace Modus.Sigma.Matching;

/// <summary>Answers a test for one value that is there. Immutable: shared by all threads.</summary>
internal abstract class ValueCheck
{
    private static readonly ConditionalWeakTable<Test, ValueCheck> known = [];

    /// <summary>True when the check reads the folded value, false when it reads the value as it stands.</summary>
    public abstract bool ReadsFolded { get; }

    public abstract bool Matches(ReadOnlySpan<byte> value);

    /// <summary>The check of a test; null for the tests that ask for more than a value (null, exists, another field).</summary>
    public static ValueCheck? For(Test test) => test switch
    {
        PatternTest { Pattern.Shape: PatternShape.Anything } => new AnythingCheck(),
        PatternTest pattern when Literal.Of(pattern) is { IsEmpty: false } literals => new LiteralCheck(literals),
        PatternTest pattern => new GlobCheck(pattern),
        NumberTest number => new NumberCheck(number),
        TimeTest time => new TimeCheck(time),
        NetworkTest network => new NetworkCheck(network.Network),
        RegexTest regex => new RegexCheck(regex),
        _ => null,
    };

    /// <summary>The check of a test, made once for each test object.</summary>
    public static ValueCheck? Known(Test test)
    {
        if (known.TryGetValue(test, out var check)) return check;
        if (For(test) is not { } made) return null;
        return known.GetValue(test, _ => made);
    }

    internal static bool Compare(Comparison comparison, decimal value, decimal bound) => comparison switch
    {
        Comparison.Gt => value > bound,
        Comparison.Gte => value >= bound,
        Comparison.Lt => value < bound,
        Comparison.Lte => value <= bound,
        Comparison.Neq => value != bound,
        _ => value == bound,
    };

    private sealed class AnythingCheck : ValueCheck
    {
        public override bool ReadsFolded => false;

        public override bool Matches(ReadOnlySpan<byte> value) => true;
    }

    private sealed class NumberCheck(NumberTest test) : ValueCheck
    {
        public override bool ReadsFolded => false;

        public override bool Matches(ReadOnlySpan<byte> value) =>
            decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            && Compare(test.Comparison, number, test.Value);
    }

    private sealed class NetworkCheck(Network network) : ValueCheck
    {
        // The longest written address: IPv6 with an IPv4 tail.
        private const int LongestAddress = 45;

        public override bool ReadsFolded => false;

        public override bool Matches(ReadOnlySpan<byte> value)
        {
            if (value.Length is 0 or > LongestAddress) return false;
            Span<char> text = stackalloc char[LongestAddress];
            return Ascii.ToUtf16(value, text, out var length) == OperationStatus.Done && network.Contains(text[..length]);
        }
    }

    private sealed class GlobCheck(PatternTest test) : ValueCheck
    {
        private readonly Glob glob = new(test.Pattern, test.IsCased);

        public override bool ReadsFolded => !test.IsCased;

        public override bool Matches(ReadOnlySpan<byte> value) => glob.Matches(value);
    }
}

/// <summary>Any of several literals.</summary>
internal sealed class LiteralCheck(ImmutableArray<Literal> literals) : ValueCheck
{
    // Fewer are found faster one by one.
    private const int Many = 8;

    // Made for the first value: most checks are never asked.
    private WindowIndex[]? inside;
    private Literal[] others = [];

    public ImmutableArray<Literal> Literals => literals;

    public override bool ReadsFolded => true;

    public override bool Matches(ReadOnlySpan<byte> value)
    {
        if (literals.Length < Many) return AnyOf(literals.AsSpan(), value);
        foreach (var index in Volatile.Read(ref inside) ?? Prepare())
            if (index.Any(value)) return true;
        return AnyOf(others, value);
    }

    private static bool AnyOf(ReadOnlySpan<Literal> some, ReadOnlySpan<byte> value)
    {
        foreach (ref readonly var literal in some)
            if (literal.IsIn(value)) return true;
        return false;
    }

    private WindowIndex[] Prepare()
    {
        others = [.. literals.Where(literal => literal.AtStart || literal.AtEnd)];
        var made = WindowIndex.For([.. literals.Where(literal => !literal.AtStart && !literal.AtEnd).Select(literal => (literal.Needle, 0))]);
        // Two threads may both make it: either is good, and the others are there before it.
        Volatile.Write(ref inside, made);
        return made;
    }
}
