using System.Text;
using Modus.Sigma.Expressions;

namespace Modus.Sigma.Passes;

/// <summary>The modifier <c>windash</c>: a dash that starts a parameter may be any of the five that Windows programs take.</summary>
internal static class WindowsDash
{
    /// <summary>Marks each dash that has no letter, digit or underscore before it and one after it.</summary>
    public static Pattern Mark(Pattern pattern)
    {
        var parts = new List<PatternPart>();
        foreach (var part in pattern.Parts)
        {
            if (part.Kind != PatternPartKind.Literal)
            {
                parts.Add(part);
                continue;
            }

            var literal = new StringBuilder();
            for (var at = 0; at < part.Text.Length; at++)
            {
                var c = part.Text[at];
                if (Pattern.Dashes.Contains(c, StringComparison.Ordinal) && !IsWord(part.Text, at - 1) && IsWord(part.Text, at + 1))
                {
                    parts.Add(new(PatternPartKind.Literal, literal.ToString()));
                    parts.Add(new(PatternPartKind.Dash, ""));
                    literal.Clear();
                }
                else
                {
                    literal.Append(c);
                }
            }

            parts.Add(new(PatternPartKind.Literal, literal.ToString()));
        }

        return new(parts);
    }

    private static bool IsWord(string text, int at) => at >= 0 && at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_');
}
