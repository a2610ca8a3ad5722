using System.Text;
using Modus.Sigma.Expressions;

namespace Modus.Sigma.Matching;

/// <summary>Finds a text that every match of a regular expression must hold, so that the expression runs only where the text was seen.</summary>
/// <remarks>It only reads what it is sure of: any alternation outside groups, any inline option or unknown escape ends the search.</remarks>
internal static class RegexLiterals
{
    /// <summary>The longest such text, or null. Case does not matter: the text is searched folded.</summary>
    public static string? Longest(RegexTest test)
    {
        var best = "";
        var run = new StringBuilder();
        var regex = test.Regex;
        for (var at = 0; at < regex.Length;)
        {
            var (literal, next) = Item(regex, at);
            if (next < 0) return null;
            var quantifier = next < regex.Length ? regex[next] : '\0';
            var optional = quantifier is '?' or '*' or '{';
            var repeated = quantifier == '+';
            if (literal is { } one && !optional) run.Append(one);
            if (literal is null || optional || repeated)
            {
                if (run.Length > best.Length) best = run.ToString();
                run.Clear();
                // After x+ the run may go on with that x.
                if (repeated && literal is { } last) run.Append(last);
            }

            at = quantifier == '{' ? EndOfCount(regex, next) : optional || repeated ? next + 1 : next;
            if (at < 0) return null;
            if (at < regex.Length && (optional || repeated) && regex[at] is '?' or '+' && at > next) at++;
        }

        if (run.Length > best.Length) best = run.ToString();
        return best.Length >= 2 ? best : null;
    }

    /// <summary>The item at a place: its text when it is exactly one character, and where the next item starts; -1 when unsure.</summary>
    private static (string? Literal, int Next) Item(string regex, int at)
    {
        var c = regex[at];
        switch (c)
        {
            case '|' or '*' or '+' or '?' or '{' or '}' or ')' or ']': return (null, -1);
            case '.' or '^' or '$': return (null, at + 1);
            case '[': return (null, EndOfClass(regex, at));
            case '(': return (null, EndOfGroup(regex, at));
            case '\\' when at + 1 == regex.Length: return (null, -1);
            case '\\':
                var escaped = regex[at + 1];
                if (!char.IsAsciiLetterOrDigit(escaped)) return (escaped.ToString(), at + 2);
                return escaped is 'w' or 'W' or 's' or 'S' or 'd' or 'D' or 'b' or 'B' ? (null, at + 2) : (null, -1);
            default: return char.IsAscii(c) ? (c.ToString(), at + 1) : (null, -1);
        }
    }

    private static int EndOfCount(string regex, int at)
    {
        var end = at + 1;
        while (end < regex.Length && (char.IsAsciiDigit(regex[end]) || regex[end] == ',')) end++;
        return end > at + 1 && end < regex.Length && regex[end] == '}' ? end + 1 : -1;
    }

    private static int EndOfClass(string regex, int at)
    {
        at++;
        if (at < regex.Length && regex[at] == '^') at++;
        if (at < regex.Length && regex[at] == ']') at++;
        for (; at < regex.Length; at++)
        {
            if (regex[at] == '\\') at++;
            else if (regex[at] == '[') return -1;
            else if (regex[at] == ']') return at + 1;
        }

        return -1;
    }

    private static int EndOfGroup(string regex, int at)
    {
        // (?:…) is a plain group; the other forms may hold options or conditions.
        if (at + 1 < regex.Length && regex[at + 1] == '?')
        {
            if (at + 2 >= regex.Length || regex[at + 2] != ':') return -1;
            at += 2;
        }

        var depth = 1;
        for (at++; at < regex.Length; at++)
        {
            switch (regex[at])
            {
                case '\\': at++; break;
                case '(':
                    if (at + 1 < regex.Length && regex[at + 1] == '?' && (at + 2 >= regex.Length || regex[at + 2] != ':')) return -1;
                    depth++;
                    break;
                case '[':
                    at = EndOfClass(regex, at) - 1;
                    if (at < 0) return -1;
                    break;
                case ')' when --depth == 0: return at + 1;
            }
        }

        return -1;
    }
}
