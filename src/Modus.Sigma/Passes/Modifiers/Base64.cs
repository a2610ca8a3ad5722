using Modus.Sigma.Expressions;
using Modus.Sigma.Rules;

namespace Modus.Sigma.Passes;

/// <summary>The modifiers <c>base64</c> and <c>base64offset</c>.</summary>
internal static class Base64
{
    public static ItemValue Encode(PatternValue value, bool anyOffset, RuleContext context)
    {
        if (!value.Pattern.IsLiteral)
        {
            context.Refuse("MD2129", value.Position, $"'{value.Written}' has wildcards, and a wildcard cannot be encoded to base64.",
                "Put contains, startswith or endswith after the encoding, and write literal stars as '\\*'.");
            return value;
        }

        var bytes = value.Bytes();
        if (!anyOffset) return Encoded(value, Convert.ToBase64String(bytes));
        var variants = new List<ItemValue>(3);
        for (var shift = 0; shift < 3; shift++)
        {
            // Characters that also depend on the bytes before and after the value are cut off.
            var shifted = new byte[shift + bytes.Length];
            bytes.CopyTo(shifted, shift);
            var text = Convert.ToBase64String(shifted);
            int start = shift switch { 0 => 0, 1 => 2, _ => 3 };
            var end = text.Length - (shifted.Length % 3) switch { 0 => 0, 1 => 3, _ => 2 };
            if (end <= start)
            {
                context.Refuse("MD2130", value.Position, $"'{value.Written}' is too short: at one of the offsets nothing of it can be recognised.",
                    "Use at least three characters.");
                return value;
            }

            variants.Add(Encoded(value, text[start..end]));
        }

        return new AlternativeValues(value.Position, variants);
    }

    private static PatternValue Encoded(PatternValue value, string text) =>
        value with { Pattern = Pattern.Of(text), Encoding = TextEncoding.Utf8, Source = RuleValueKind.Text };
}
