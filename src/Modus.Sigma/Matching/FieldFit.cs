using Modus.Sigma.Expressions;

namespace Modus.Sigma.Matching;

/// <summary>Compares the values of two fields.</summary>
internal static class FieldFit
{
    /// <summary>Whether a value stands to another as a test asks; both are folded unless the test heeds case.</summary>
    public static bool Fits(this FieldTest test, ReadOnlySpan<byte> value, ReadOnlySpan<byte> other) => (test.OpenStart, test.OpenEnd) switch
    {
        (false, false) => value.SequenceEqual(other),
        (false, true) => value.StartsWith(other),
        (true, false) => value.EndsWith(other),
        _ => value.IndexOf(other) >= 0,
    };
}
