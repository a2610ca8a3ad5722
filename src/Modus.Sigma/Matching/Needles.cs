using Modus.Sigma.Expressions;

namespace Modus.Sigma.Matching;

/// <summary>The texts by which a scan can answer a test.</summary>
internal static class Needles
{
    /// <summary>The needles of a test: one of them must be in the value if the test is true. Empty when there are none.</summary>
    public static (IReadOnlyList<Literal> Literals, bool AreExact) Of(Test test)
    {
        switch (test)
        {
            case PatternTest pattern:
                var literals = Literal.Of(pattern);
                if (!literals.IsEmpty) return (literals, true);
                var longest = pattern.Pattern.Parts.Where(part => part.Kind == PatternPartKind.Literal).OrderByDescending(part => part.Text.Length).FirstOrDefault().Text;
                return string.IsNullOrEmpty(longest) ? ([], false) : ([new(Folding.Fold(longest), false, false)], false);
            case RegexTest regex when RegexOutline.Of(regex).Texts is { Count: > 0 } texts:
                return ([.. texts.Select(text => new Literal(Folding.Fold(text), false, false))], false);
            default:
                return ([], false);
        }
    }
}
