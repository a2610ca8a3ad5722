using Modus.Sigma.Rules;

namespace Modus.Sigma.Linting;

/// <summary>Checks of regular expressions, read character by character: nothing of a rule is run as an expression here.</summary>
internal static class RegexChecks
{
    private static readonly string[] constructs = ["(?=", "(?!", "(?<=", "(?<!", "(?>", "*+", "++", "?+", "(?R)", "\\1", "\\2", "\\k<"];
    private static readonly string[] extensions = ["exe", "dll", "ps1", "bat", "vbs", "sys", "tmp", "txt", "com", "net", "org"];

    public static void Run(RuleHeader header, FieldItem item, bool foldsCase, LintContext lint)
    {
        foreach (var value in item.Values)
        {
            var regex = value.Text;
            if (Array.Find(constructs, construct => Unescaped(regex, construct)) is { } found)
                lint.Report(Catalogue.RegexGroups, header, value.Position, $"The expression uses '{found}', which engines without backtracking refuse.", "Write the alternatives out, or use a filter with 'not'.");
            if (regex.StartsWith("(?i)", StringComparison.Ordinal))
            {
                lint.Report(Catalogue.RegexFlag, header, value.Position, "The flag '(?i)' stands inside the expression.", $"Write '{item.Key}|i' and leave it out.");
                regex = regex[4..];
            }
            else if (foldsCase && !item.Modifiers.Contains("i") && !item.Modifiers.Contains("ignorecase") && HasLetters(regex) && !regex.Contains("(?i", StringComparison.Ordinal) && !BothCases(regex))
            {
                lint.Report(Catalogue.RegexCase, header, value.Position, "The expression heeds upper and lower case.", $"Write '{item.Key}|i' unless case matters.");
            }

            var core = regex;
            if (core.StartsWith(".*", StringComparison.Ordinal) && !core.StartsWith(".*?", StringComparison.Ordinal)) core = core[2..];
            if (core.EndsWith(".*", StringComparison.Ordinal) && !core.EndsWith("\\.*", StringComparison.Ordinal)) core = core[..^2];
            if (IsPlain(core))
                lint.Report(Catalogue.RegexPlain, header, value.Position, $"The expression only looks for '{Plain(core)}'.", $"Write '{item.Field}|{Modifier(core)}: {Plain(core)}'.");
            else if (core.Length < regex.Length)
                lint.Report(Catalogue.RegexPadded, header, value.Position, "'.*' stands at an end of the expression, which is open anyway.", "Remove it.");
            if (Array.Find(extensions, extension => Dotted(regex, extension)) is { } name)
                lint.Report(Catalogue.RegexDot, header, value.Position, $"The dot before '{name}' matches any character.", $"Write '\\.{name}'.");
        }
    }

    private static bool Unescaped(string regex, string part)
    {
        for (var at = regex.IndexOf(part, StringComparison.Ordinal); at >= 0; at = regex.IndexOf(part, at + 1, StringComparison.Ordinal))
            if (Backslashes(regex, at) % 2 == 0 && !InClass(regex, at)) return true;
        return false;
    }

    private static int Backslashes(string regex, int before)
    {
        var count = 0;
        while (before - count > 0 && regex[before - count - 1] == '\\') count++;
        return count;
    }

    private static bool InClass(string regex, int place)
    {
        var inside = false;
        for (var at = 0; at < place; at++)
        {
            if (regex[at] == '\\') at++;
            else if (regex[at] == '[' && !inside) inside = true;
            else if (regex[at] == ']' && inside) inside = false;
        }

        return inside;
    }

    private static bool HasLetters(string regex)
    {
        for (var at = 0; at < regex.Length; at++)
        {
            if (regex[at] == '\\') at++;
            else if (char.IsLetter(regex[at])) return true;
        }

        return false;
    }

    private static bool BothCases(string regex) => regex.Any(char.IsUpper) && regex.Any(char.IsLower);

    private static bool IsPlain(string regex)
    {
        var inner = regex.TrimStart('^');
        if (inner.EndsWith('$') && !inner.EndsWith("\\$", StringComparison.Ordinal)) inner = inner[..^1];
        if (inner.Length == 0) return false;
        for (var at = 0; at < inner.Length; at++)
        {
            if (inner[at] == '\\')
            {
                if (++at >= inner.Length || char.IsLetterOrDigit(inner[at])) return false;
            }
            else if (".[]()*+?{}|^$".Contains(inner[at], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    private static string Plain(string regex) => regex.TrimStart('^').TrimEnd('$').Replace("\\\\", "\0", StringComparison.Ordinal).Replace("\\", "", StringComparison.Ordinal).Replace('\0', '\\');

    private static string Modifier(string regex) => (regex.StartsWith('^'), regex.EndsWith('$')) switch
    {
        (true, true) => "cased",
        (true, false) => "cased|startswith",
        (false, true) => "cased|endswith",
        _ => "cased|contains",
    };

    private static bool Dotted(string regex, string extension)
    {
        var part = "." + extension;
        for (var at = regex.IndexOf(part, StringComparison.OrdinalIgnoreCase); at >= 0; at = regex.IndexOf(part, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + part.Length;
            var ended = end == regex.Length || regex[end] is '$' or '"' or '\'' or ' ' or ')' or '|' or '\\';
            if (ended && at > 0 && char.IsLetterOrDigit(regex[at - 1]) && Backslashes(regex, at) % 2 == 0 && !InClass(regex, at)) return true;
        }

        return false;
    }
}
