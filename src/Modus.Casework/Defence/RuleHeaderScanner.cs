using System.Globalization;
using Modus.Analysis.Coverage;

namespace Modus.Casework.Defence;

/// <summary>What a rule states about itself, read without its detection.</summary>
internal sealed record ScannedRule(int Document, int Line, string Title, string? Id, string Status, string Level, DateOnly? Date, string Author, IReadOnlyList<string> Techniques, SigmaStream? Stream);

/// <summary>Reads the heads of plainly written rules line by line. What is not written plainly is left to the whole reader.</summary>
/// <remarks>A tree of thousands of rules is read some ten times faster than by parsing all of its YAML; a test holds that both say the same.</remarks>
internal static class RuleHeaderScanner
{
    /// <summary>The rules of a text, none where it holds other things; null where it is written in a way that only the whole reader understands.</summary>
    public static List<ScannedRule>? Scan(ReadOnlySpan<char> text)
    {
        var rules = new List<ScannedRule>(1);
        var at = text.StartsWith('\uFEFF') ? 1 : 0;
        var head = new Head();
        int line = 0, document = 0;
        while (at <= text.Length)
        {
            var length = text[at..].IndexOf('\n');
            var content = length < 0 ? text[at..] : text.Slice(at, length);
            at += content.Length + 1;
            line++;
            if (head.Passes(content)) continue;
            content = content.TrimEnd();
            if (content.StartsWith("---"))
            {
                if (!content[3..].Trim().IsEmpty) return null;
                if (!head.Close(rules, ref document)) return null;
                head = new();
                continue;
            }
            if (!head.Take(content, line)) return null;
        }
        return head.Close(rules, ref document) ? rules : null;
    }

    private sealed class Head
    {
        private readonly List<string> techniques = [];
        private readonly HashSet<string> keys = new(StringComparer.Ordinal);
        private string section = "";
        private string title = "", status = "unstated", level = "unstated", author = "";
        private string? id, product, category, service;
        private DateOnly? date, modified;
        private int first;
        private bool hasDetection, hasSource, scalarOpen, passing;

        /// <summary>Whether a line is inside of a section that nothing is taken from, as most lines are.</summary>
        public bool Passes(ReadOnlySpan<char> line) => passing && line.Length > 0 && line[0] == ' ';

        public bool Take(ReadOnlySpan<char> line, int number)
        {
            var plain = line.TrimStart();
            if (plain.IsEmpty || plain[0] == '#') return true;
            if (line[0] is ' ' or '-') return Inside(line, plain);
            if (line[0] == '\t') return false;
            var colon = line.IndexOf(':');
            if (colon <= 0 || (colon + 1 < line.Length && line[colon + 1] != ' ')) return false;
            var key = Name(line[..colon]);
            if (!keys.Add(key) || key[0] is '"' or '\'' or '?' or '%' or '&' or '*' or '{' or '[') return false;
            if (first == 0) first = number;
            section = key;
            var value = line[(colon + 1)..].Trim();
            scalarOpen = false;
            passing = false;
            switch (key)
            {
                case "title" or "id" or "status" or "level" or "date" or "modified" or "author":
                    if (!Scalar(value, out var read)) return false;
                    scalarOpen = true;
                    return Set(key, read);
                case "tags" or "logsource" or "detection":
                    hasDetection |= key == "detection";
                    hasSource |= key == "logsource";
                    passing = key == "detection";
                    return value.IsEmpty || value[0] == '#';
                case "correlation" or "filter" or "action": return false;
                default: return passing = true;
            }
        }

        public bool Close(List<ScannedRule> rules, ref int document)
        {
            if (keys.Count == 0) return true;
            // Neither searches anything nor names anything: YAML beside the rules, such as notes on tests.
            if (!hasDetection && !hasSource && !keys.Contains("tags")) return true;
            if (!hasDetection || !hasSource) return false;
            rules.Add(new(document++, first, title, id?.ToLowerInvariant(), status, level, modified ?? date, author, techniques, new(product, category, service)));
            return true;
        }

        private bool Inside(ReadOnlySpan<char> line, ReadOnlySpan<char> plain)
        {
            // A value that goes on in the next line is folded by rules that only the whole reader knows.
            if (scalarOpen) return false;
            if (section == "tags")
            {
                if (plain[0] != '-' || plain.Length < 2 || plain[1] != ' ' || !Scalar(plain[2..].Trim(), out var tag)) return false;
                var lower = tag.ToLowerInvariant();
                if (lower.StartsWith("attack.t", StringComparison.Ordinal) && lower.Length >= 12 && char.IsAsciiDigit(lower[8]) && !techniques.Contains(lower[7..].ToUpperInvariant())) techniques.Add(lower[7..].ToUpperInvariant());
                return true;
            }
            if (section != "logsource" || line[0] == '-') return true;
            var colon = plain.IndexOf(':');
            if (colon <= 0) return true;
            var key = plain[..colon];
            if (key is not ("product" or "category" or "service")) return true;
            if (!Scalar(plain[(colon + 1)..].Trim(), out var value)) return false;
            var part = value.Trim().ToLowerInvariant() is { Length: > 0 } word ? word : null;
            if (key is "product") product = part;
            else if (key is "category") category = part;
            else service = part;
            return true;
        }

        // The usual keys are not made anew for each of thousands of files.
        private static string Name(ReadOnlySpan<char> key) => key switch
        {
            "title" => "title",
            "id" => "id",
            "related" => "related",
            "status" => "status",
            "description" => "description",
            "references" => "references",
            "author" => "author",
            "date" => "date",
            "modified" => "modified",
            "tags" => "tags",
            "logsource" => "logsource",
            "detection" => "detection",
            "falsepositives" => "falsepositives",
            "level" => "level",
            _ => key.ToString(),
        };

        private bool Set(string key, string value)
        {
            switch (key)
            {
                case "title": title = value; break;
                case "id": id = value; break;
                case "status": status = value.ToLowerInvariant(); break;
                case "level": level = value.ToLowerInvariant(); break;
                case "author": author = value; break;
                case "date": date = Day(value); break;
                default: modified = Day(value); break;
            }
            return true;
        }

        private static DateOnly? Day(string text) =>
            DateOnly.TryParseExact(text, ["yyyy-MM-dd", "yyyy/MM/dd", "yyyy/M/d", "yyyy-M-d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

        private static bool Scalar(ReadOnlySpan<char> value, out string text)
        {
            text = "";
            if (value.IsEmpty) return true;
            if (value[0] is '[' or '{' or '&' or '*' or '!' or '|' or '>' or '%' or '@' or '`' or '?' or ',' or ']' or '}') return false;
            if (value[0] is '\'' or '"')
            {
                var quote = value[0];
                if (value.Length < 2 || value[^1] != quote || value[1..^1].Contains(quote) || value.Contains('\\')) return false;
                text = value[1..^1].ToString();
                return true;
            }
            if (value[0] == '#') return true;
            var comment = value.IndexOf(" #");
            if (comment >= 0) value = value[..comment].TrimEnd();
            if (value.Contains(": ", StringComparison.Ordinal) || value.EndsWith(':')) return false;
            text = value is "~" or "null" or "Null" or "NULL" ? "" : value.ToString();
            return true;
        }
    }
}
