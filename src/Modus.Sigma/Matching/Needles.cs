using Modus.Sigma.Expressions;

namespace Modus.Sigma.Matching;

/// <summary>The texts by which a scan can answer a test.</summary>
internal static class Needles
{
    /// <summary>A needle is cut to this many bytes; what is longer is looked at again. Keeps automata small.</summary>
    public const int MaxLength = 32;

    /// <summary>The needles of a test: one of them must be in the value if the test is true. Empty when there are none.</summary>
    public static (IReadOnlyList<Literal> Literals, bool AreExact) Of(Test test)
    {
        switch (test)
        {
            case PatternTest pattern:
                var literals = Literal.Of(pattern);
                if (!literals.IsEmpty) return Cut(literals);
                var longest = pattern.Pattern.Parts.Where(part => part.Kind == PatternPartKind.Literal).OrderByDescending(part => part.Text.Length).FirstOrDefault().Text;
                return string.IsNullOrEmpty(longest) ? ([], false) : (Cut([new(Folding.Fold(longest), false, false)]).Literals, false);
            case RegexTest regex when RegexOutline.Of(regex).Texts is { Count: > 0 } texts:
                return (Cut([.. texts.Select(text => new Literal(Folding.Fold(text), false, false))]).Literals, false);
            default:
                return ([], false);
        }
    }

    private static (IReadOnlyList<Literal> Literals, bool AreExact) Cut(IReadOnlyList<Literal> literals)
    {
        if (literals.All(literal => literal.Needle.Length <= MaxLength)) return (literals, true);
        return ([.. literals.Select(literal => literal.Needle.Length <= MaxLength ? literal : Cut(literal))], false);
    }

    // The end of a text tells more than its start: paths and command lines begin alike.
    private static Literal Cut(Literal literal) =>
        literal.AtStart && !literal.AtEnd
            ? new(literal.Needle[..MaxLength], true, false)
            : new(literal.Needle[^MaxLength..], false, literal.AtEnd);
}
