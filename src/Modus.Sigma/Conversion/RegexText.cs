using System.Buffers;
using System.Text;
using Modus.Sigma.Expressions;

namespace Modus.Sigma.Conversion;

/// <summary>How an engine reads regular expressions, as far as it matters for translation.</summary>
internal enum RegexKind
{
    /// <summary>RE2 and its kin (DuckDB, ClickHouse, Kusto), PCRE (Splunk).</summary>
    Re2,

    /// <summary>PostgreSQL's advanced expressions.</summary>
    Postgres,

    /// <summary>Lucene: anchored at both ends, few operators.</summary>
    Lucene,
}

/// <summary>Translates regular expressions construct by construct; what is not surely the same elsewhere is refused.</summary>
internal static class RegexText
{
    private static readonly SearchValues<char> hexadecimal = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>The expression for another engine, or null with the construct that it lacks.</summary>
    public static string? Translate(RegexTest test, RegexKind kind, out string reason)
    {
        reason = "";
        var regex = test.Regex;
        var result = new StringBuilder();
        var ignoreCase = test.IgnoreCase;
        var dotAll = test.DotAll;
        var start = 0;
        if (regex.StartsWith("(?i)", StringComparison.Ordinal)) (ignoreCase, start) = (true, 4);
        if (test.MultiLine) return Fail(out reason, "the flag m (lines)");
        var inClass = false;
        for (var at = start; at < regex.Length; at++)
        {
            var c = regex[at];
            if (c == '\\')
            {
                if (at + 1 == regex.Length) return Fail(out reason, "a backslash at the end");
                if (Escape(regex, ref at, kind, inClass) is not { } escape) return Fail(out reason, $"'\\{regex[at]}'");
                result.Append(escape);
            }
            else if (inClass)
            {
                if (c == '[' && at + 1 < regex.Length && regex[at + 1] is ':' or '.' or '=') return Fail(out reason, "a class inside a class");
                // .NET alone subtracts classes: [a-z-[aeiou]].
                if (c == '[' && at > 0 && regex[at - 1] == '-') return Fail(out reason, "the subtraction of classes");
                if (c == '[' || (kind == RegexKind.Lucene && c is '"' or '~' or '&')) result.Append('\\');
                if (c == ']') inClass = false;
                result.Append(c);
            }
            else if (c == '[')
            {
                inClass = true;
                result.Append(c);
                if (at + 1 < regex.Length && regex[at + 1] == '^') result.Append(regex[++at]);
                if (at + 1 < regex.Length && regex[at + 1] == ']')
                {
                    result.Append("\\]");
                    at++;
                }
            }
            else if (c == '(' && at + 2 < regex.Length && regex[at + 1] == '?')
            {
                if (regex[at + 2] != ':') return Fail(out reason, $"the group '(?{regex[at + 2]}'");
                result.Append(kind == RegexKind.Lucene ? "(" : "(?:");
                at += 2;
            }
            else if (c == '.' && !dotAll && kind == RegexKind.Postgres)
            {
                result.Append("[^\\n]");
            }
            else if (kind == RegexKind.Lucene && c is '^' or '$')
            {
                if ((c == '^' && at != start) || (c == '$' && at != regex.Length - 1)) return Fail(out reason, $"'{c}' inside the expression");
            }
            else if (kind == RegexKind.Lucene && "\"#@&<>~/".Contains(c, StringComparison.Ordinal))
            {
                result.Append('\\').Append(c);
            }
            else if (kind == RegexKind.Lucene && c == '?' && at > start && regex[at - 1] is '*' or '+' or '}' or '?' && result.Length > 0)
            {
                // Lazy repeats find the same values as greedy ones.
            }
            else
            {
                result.Append(c);
            }
        }

        if (kind != RegexKind.Lucene)
        {
            var flags = (ignoreCase ? "i" : "") + (dotAll && kind == RegexKind.Re2 ? "s" : "");
            return flags.Length == 0 ? result.ToString() : $"(?{flags}){result}";
        }

        var text = ignoreCase ? FoldLetters(result.ToString()) : result.ToString();
        if (text is null) return Fail(out reason, "the flag i over a class of characters");
        var first = regex[start..].StartsWith('^') ? "" : ".*";
        return Alternates(regex) && (first.Length > 0 || regex.EndsWith('$')) ? $"{first}({text}){(regex.EndsWith('$') ? "" : ".*")}" : $"{first}{text}{(regex.EndsWith('$') ? "" : ".*")}";
    }

    /// <summary>A pattern with wildcards as an anchored RE2 expression.</summary>
    public static string Of(Pattern pattern, bool isCased)
    {
        var result = new StringBuilder(isCased ? "(?s)^" : "(?is)^");
        foreach (var part in pattern.Parts)
        {
            switch (part.Kind)
            {
                case PatternPartKind.AnyText: result.Append(".*"); break;
                case PatternPartKind.AnyCharacter: result.Append('.'); break;
                case PatternPartKind.Dash: result.Append("[-/\u2013\u2014\u2015]"); break;
                default: Quote(part.Text, result); break;
            }
        }

        return result.Append('$').ToString();
    }

    private static void Quote(string text, StringBuilder to)
    {
        foreach (var c in text)
        {
            if (@"\.+*?()|[]{}^$".Contains(c, StringComparison.Ordinal)) to.Append('\\');
            to.Append(c);
        }
    }

    private static string? Escape(string regex, ref int at, RegexKind kind, bool inClass)
    {
        var c = regex[++at];
        switch (c)
        {
            case 's' or 'd' or 'w' or 'S' or 'D' or 'W' when kind != RegexKind.Lucene:
                return inClass && char.IsUpper(c) && kind == RegexKind.Postgres ? null : "\\" + c;
            case 's' when kind == RegexKind.Lucene: return inClass ? " \t\r\n" : "[ \t\r\n]";
            case 'd' when kind == RegexKind.Lucene: return inClass ? "0-9" : "[0-9]";
            case 'w' when kind == RegexKind.Lucene: return inClass ? "0-9A-Za-z_" : "[0-9A-Za-z_]";
            case 'b' when !inClass: return kind switch { RegexKind.Re2 => "\\b", RegexKind.Postgres => "\\y", _ => null };
            case 't' or 'n' or 'r': return kind == RegexKind.Lucene ? c switch { 't' => "\t", 'n' => "\n", _ => "\r" } : "\\" + c;
            case 'x' when at + 2 < regex.Length && char.IsAsciiHexDigit(regex[at + 1]) && char.IsAsciiHexDigit(regex[at + 2]):
                var code = Convert.ToInt32(regex.Substring(at + 1, 2), 16);
                at += 2;
                return kind == RegexKind.Lucene ? Literal((char)code) : $"\\x{code:x2}";
            case 'u' when at + 4 < regex.Length && regex.AsSpan(at + 1, 4).IndexOfAnyExcept(hexadecimal) < 0:
                var point = Convert.ToInt32(regex.Substring(at + 1, 4), 16);
                at += 4;
                return kind switch { RegexKind.Postgres => $"\\u{point:x4}", RegexKind.Re2 => $"\\x{{{point:x4}}}", _ => Literal((char)point) };
            default:
                return char.IsLetterOrDigit(c) ? null : kind == RegexKind.Lucene ? Literal(c) : "\\" + c;
        }
    }

    private static string Literal(char c) => char.IsLetterOrDigit(c) || c > 127 || c == ' ' ? c.ToString() : "\\" + c;

    private static bool Alternates(string regex)
    {
        var depth = 0;
        for (var at = 0; at < regex.Length; at++)
        {
            if (regex[at] == '\\') at++;
            else if (regex[at] == '(') depth++;
            else if (regex[at] == ')') depth--;
            else if (regex[at] == '|' && depth == 0) return true;
        }

        return false;
    }

    private static string? FoldLetters(string regex)
    {
        var result = new StringBuilder();
        var inClass = false;
        for (var at = 0; at < regex.Length; at++)
        {
            var c = regex[at];
            if (c == '\\' && at + 1 < regex.Length)
            {
                result.Append(c).Append(regex[++at]);
                continue;
            }

            if (c == '[') inClass = true;
            if (c == ']') inClass = false;
            if (!char.IsLetter(c)) result.Append(c);
            else if (!inClass) result.Append('[').Append(char.ToLowerInvariant(c)).Append(char.ToUpperInvariant(c)).Append(']');
            else if (at + 2 < regex.Length && regex[at + 1] == '-' && char.IsAsciiLetter(regex[at + 2])) result.Append(Range(c, regex[at += 2]));
            else result.Append(char.ToLowerInvariant(c)).Append(char.ToUpperInvariant(c));
        }

        return result.ToString();
    }

    private static string Range(char from, char to) =>
        $"{char.ToLowerInvariant(from)}-{char.ToLowerInvariant(to)}{char.ToUpperInvariant(from)}-{char.ToUpperInvariant(to)}";

    private static string? Fail(out string reason, string construct)
    {
        reason = construct;
        return null;
    }
}
