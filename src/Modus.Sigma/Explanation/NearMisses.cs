using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Modus.Logs;
using Modus.Sigma.Expressions;
using Modus.Sigma.Linting;
using Modus.Sigma.Matching;

namespace Modus.Sigma.Explanation;

/// <summary>Looks at a test that was false, and says what came near.</summary>
internal static class NearMisses
{
    private const int MaxText = 4_096;
    private const int Shown = 120;

    public static (string Cause, string? Fix) Of(Test test, IReadOnlyList<(string Field, string? Value)> values)
    {
        if (test is NullTest) return ($"'{test.Field}' has a value.", "Compare with the value, or take the test away.");
        if (test.Field is not { } field) return Keyword(test, values);
        var found = values.Where(value => value.Field == field).ToList();
        if (found.Count == 0) return Missing(test, field, values);
        if (found.TrueForAll(value => value.Value is null)) return ($"'{field}' is there, but without a value.", "Ask for null if that is meant.");
        var text = found.First(value => value.Value is not null).Value!;
        if (text.Length == 0) return ($"'{field}' is empty.", "Ask for '' if that is meant.");
        return test switch
        {
            PatternTest pattern => Pattern(pattern, field, text),
            RegexTest regex => Regex(regex, text),
            NetworkTest network => Network.TryAddress(text, out _, out var isV6)
                ? ($"{text} lies outside {network.Network}.", isV6 != network.Network.IsV6 ? "Add a network of the other address family." : null)
                : ($"'{Cut(text)}' is no address.", "Ask a field that holds an address, or take ports and names off the value."),
            NumberTest number => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                ? ($"{value.ToString(CultureInfo.InvariantCulture)} is not {NumberTest.Sign(number.Comparison)} {number.Value.ToString(CultureInfo.InvariantCulture)}.", null)
                : ($"'{Cut(text)}' is no number.", text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? "Hexadecimal numbers are compared as text: write the value in quotes." : null),
            FieldTest other => (values.Any(value => value.Field == other.Other && value.Value is not null)
                ? $"'{Cut(text)}' is not what '{other.Other}' holds: '{Cut(values.First(value => value.Field == other.Other && value.Value is not null).Value!)}'." : $"The event has no '{other.Other}' to compare with.", null),
            _ => ($"'{Cut(text)}' does not fit.", null),
        };
    }

    private static (string Cause, string? Fix) Missing(Test test, string field, IReadOnlyList<(string Field, string? Value)> values)
    {
        var names = values.Select(value => value.Field).Where(name => name.Length > 0).Distinct().ToList();
        // A short text stands in many fields by chance: then only a field of the same letters is meant.
        var telling = test is NetworkTest or RegexTest || (test is PatternTest pattern && Needle(pattern.Pattern).Length >= 4);
        // Made once for all values: an expression takes longer to build than to ask.
        var check = test is PatternTest or RegexTest or NetworkTest ? ValueCheck.For(test) : null;
        var elsewhere = check is null ? null
            : names.OrderBy(name => !name.Equals(field, StringComparison.OrdinalIgnoreCase)).FirstOrDefault(name =>
                (telling || name.Equals(field, StringComparison.OrdinalIgnoreCase)) && values.Any(value => value.Field == name && value.Value is { } text && Fits(check, text)));
        if (elsewhere is not null) return ($"The event has no field '{field}'; the value stands in '{elsewhere}'.", $"Write '{elsewhere}', or map '{field}' to it.");
        var near = names.Find(name => name.Equals(field, StringComparison.OrdinalIgnoreCase)) ?? names.Find(name => name.EndsWith("." + field, StringComparison.OrdinalIgnoreCase)) ?? Spelling.Nearest(field, names);
        return ($"The event has no field '{field}'.", near is null ? $"It has: {string.Join(", ", names.Take(12))}{(names.Count > 12 ? " …" : "")}." : $"Did you mean '{near}'?");
    }

    private static (string Cause, string? Fix) Keyword(Test test, IReadOnlyList<(string Field, string? Value)> values)
    {
        var needle = test is PatternTest pattern ? Needle(pattern.Pattern) : "";
        var near = values.Select(value => value.Value).OfType<string>().FirstOrDefault(value => needle.Length > 2 && Normal(value).Contains(Normal(needle), StringComparison.OrdinalIgnoreCase));
        return near is null ? ("No value of the event holds the keyword.", null) : ($"No value holds it as written; near: '{Cut(near)}'.", "Mind spaces, quotes and escapes.");
    }

    private static (string Cause, string? Fix) Pattern(PatternTest test, string field, string text)
    {
        var pattern = test.Pattern;
        var needle = Needle(pattern);
        if (needle.Length == 0) return ($"'{Cut(text)}' does not fit.", null);
        if (text.Length > MaxText) text = text[..MaxText];
        if (test.IsCased && Fits(test with { IsCased = false }, text)) return ($"'{Cut(text)}' differs only in upper and lower case.", "Take '|cased' away.");
        if (pattern.Shape is PatternShape.Equal && text.Contains(needle, StringComparison.OrdinalIgnoreCase))
            return ($"'{Cut(text)}' contains the value but is longer.", $"Write '{field}|contains', |startswith or |endswith.");
        if (pattern.Shape is PatternShape.EndsWith or PatternShape.StartsWith && text.Contains(needle, StringComparison.OrdinalIgnoreCase))
        {
            var trimmed = text.Trim('"', '\'', ' ', '\t', '\r', '\n', '\0');
            return Fits(test, trimmed) ? ($"Quotes or spaces stand around the value: '{Cut(text)}'.", $"Write '{field}|contains', or add the quote to the value.")
                : ($"The text stands elsewhere in '{Cut(text)}', not at the {(pattern.Shape == PatternShape.EndsWith ? "end" : "start")}.", $"Write '{field}|contains'.");
        }

        if (Encoded(test, text) is { } encoding) return encoding;
        var normal = Normal(text);
        if (normal.Contains(Normal(needle), StringComparison.OrdinalIgnoreCase)) return ($"The text is there with other spaces, quotes, carets or dashes: '{Cut(text)}'.", "Use several short parts with '|contains|all', or '|windash' for dashes.");
        if (needle.Length > 3 && Closest(text, needle) is { } close) return ($"Nearly: '{close}' instead of '{Cut(needle)}'.", "Mind the spelling.");
        return ($"'{Cut(text)}' does not hold '{Cut(needle)}'.", null);
    }

    private static (string Cause, string? Fix)? Encoded(PatternTest test, string text)
    {
        if (text.Contains("\\\\", StringComparison.Ordinal) && Fits(test, text.Replace("\\\\", "\\", StringComparison.Ordinal)))
            return ("The event's backslashes are doubled.", "Decode the log once more before it is read, or double the backslashes of the rule.");
        if (text.Contains('%', StringComparison.Ordinal) && Fits(test, Uri.UnescapeDataString(text))) return ("The value is encoded as in web addresses.", "Write the encoded form, or decode the field.");
        if (text.Contains('&', StringComparison.Ordinal) && Fits(test, System.Net.WebUtility.HtmlDecode(text))) return ("The value is encoded as in HTML or XML.", "Decode the field before it is read.");
        foreach (var word in text.Split([' ', '"', '\'', ',', ';', '='], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length >= 8).Take(20))
        {
            var buffer = new byte[word.Length];
            if (!Convert.TryFromBase64String(word.PadRight((word.Length + 3) / 4 * 4, '='), buffer, out var length)) continue;
            foreach (var encoding in (Encoding[])[Encoding.UTF8, Encoding.Unicode])
            {
                var decoded = encoding.GetString(buffer, 0, length);
                if (Fits(test with { Pattern = test.Pattern.Open(true, true) }, decoded))
                    return ($"The value is there in Base64{(encoding == Encoding.Unicode ? " of UTF-16" : "")}: '{Cut(decoded)}'.", encoding == Encoding.Unicode ? "Write '|wide|base64offset|contains'." : "Write '|base64offset|contains'.");
            }
        }

        return null;
    }

    private static (string Cause, string? Fix) Regex(RegexTest test, string text) =>
        !test.IgnoreCase && Fits(test with { IgnoreCase = true }, text)
            ? ($"'{Cut(text)}' differs only in upper and lower case, which a regular expression heeds.", "Write '|re|i'.")
            : !test.DotAll && text.Contains('\n', StringComparison.Ordinal) && Fits(test with { DotAll = true }, text)
                ? ("The value has several lines, and '.' does not reach over a line end.", "Write '|re|s'.")
                : ($"'{Cut(text)}' does not match the expression.", null);

    private static bool Fits(Test test, string text) => ValueCheck.For(test) is { } check && Fits(check, text);

    private static bool Fits(ValueCheck check, string text) => check.Matches(check.ReadsFolded ? Folding.Fold(text) : Encoding.UTF8.GetBytes(text));

    private static string Needle(Pattern pattern) => pattern.Literal.Length > 0 ? pattern.Literal
        : pattern.Parts.Where(part => part.Kind == PatternPartKind.Literal).Select(part => part.Text).DefaultIfEmpty("").MaxBy(part => part.Length)!;

    // What writers of commands vary without changing the meaning.
    private static string Normal(string text)
    {
        var normal = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '"' or '\'' or '^' or '`' || char.IsWhiteSpace(c)) continue;
            normal.Append(c is '/' or '\u2013' or '\u2014' or '\u2015' ? '-' : c);
        }

        return normal.ToString();
    }

    // The stretch of the text that differs from the needle by at most a fifth of its letters, at most three.
    private static string? Closest(string text, string needle)
    {
        var allowed = Math.Clamp(needle.Length / 5, 1, 3);
        if (needle.Length > 64 || text.Length > 1_024) return null;
        string? best = null;
        var least = allowed + 1;
        var letters = new LetterBalance(needle, text);
        for (var at = 0; at + needle.Length - allowed <= text.Length && least > 1; at++)
        {
            if (letters.MissingAt(at) >= least) continue;
            var piece = text.Substring(at, Math.Min(needle.Length, text.Length - at));
            var distance = Spelling.Distance(piece, needle);
            if (distance < least) (best, least) = (piece, distance);
        }

        return best;
    }

    private static string Cut(string text) => text.Length <= Shown ? text : text[..(Shown - 1)] + "…";
}
