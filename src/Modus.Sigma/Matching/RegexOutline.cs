using System.Text;
using Modus.Sigma.Expressions;

namespace Modus.Sigma.Matching;

/// <summary>What every match of a regular expression must have: a least length, and one of a few texts. So the expression runs only where it can match.</summary>
/// <remarks>It only tells what it is sure of; where it meets what it does not know, it tells nothing.</remarks>
internal sealed class RegexOutline
{
    private const int MaxTexts = 16;
    private const int MaxSets = 6;
    private const int MaxDepth = 32;
    private const int MaxLength = 1 << 20;

    private readonly string regex;
    private int at;
    private bool unsure;

    private RegexOutline(string regex) => this.regex = regex;

    /// <summary>The least length of a match in characters, and texts of which each match holds one (case does not matter); empty when unknown.</summary>
    public static (int MinLength, IReadOnlyList<string> Texts) Of(RegexTest test)
    {
        var (length, sets) = All(test);
        return (length, sets.Count == 0 ? [] : sets[0]);
    }

    /// <summary>The least length of a match, and sets of texts: each match holds one text of every set. The rarest set comes first.</summary>
    public static (int MinLength, IReadOnlyList<IReadOnlyList<string>> Sets) All(RegexTest test)
    {
        var outline = new RegexOutline(test.Regex);
        var whole = outline.Alternatives(0);
        if (outline.unsure || outline.at < test.Regex.Length) return (0, []);
        return (whole.MinLength, [.. whole.Sets().Where(set => set.Count <= MaxTexts && set.All(text => text.Length > 0)).OrderByDescending(Worth).Take(MaxSets)]);
    }

    private Part Alternatives(int depth)
    {
        var first = Sequence(depth);
        if (unsure || at >= regex.Length || regex[at] != '|') return first;
        var parts = new List<Part> { first };
        while (!unsure && at < regex.Length && regex[at] == '|')
        {
            at++;
            parts.Add(Sequence(depth));
        }

        var texts = parts.Select(part => part.Sets().MaxBy(Worth)).ToList();
        return new(null, texts.Contains(null) ? [] : [[.. texts.SelectMany(text => text!).Distinct(StringComparer.Ordinal)]], parts.Min(part => part.MinLength));
    }

    private Part Sequence(int depth)
    {
        var run = new StringBuilder();
        var sets = new List<IReadOnlyList<string>>();
        var length = 0;
        var exact = true;

        void EndRun()
        {
            if (run.Length > 0) sets.Add([run.ToString()]);
            run.Clear();
        }

        while (!unsure && at < regex.Length && regex[at] is not ('|' or ')'))
        {
            var part = Item(depth);
            var (least, most) = Count();
            if (unsure) break;
            length = Math.Min(MaxLength, length + (part.MinLength * Math.Min(least, 1 << 10)));
            if (part.Exact is { } text && least == 1 && most == 1)
            {
                run.Append(text);
                continue;
            }

            exact = false;
            if (part.Exact is { } repeated && least >= 1) run.Append(repeated);
            EndRun();
            if (least >= 1 && part.Exact is null) sets.AddRange(part.Sets());
        }

        if (exact) return new(run.ToString(), [], length);
        EndRun();
        return new(null, sets, length);
    }

    private Part Item(int depth)
    {
        var c = regex[at];
        switch (c)
        {
            case '(': return Group(depth);
            case '[': return Class();
            case '.':
                at++;
                return new(null, [], 1);
            case '^' or '$':
                at++;
                return new("", [], 0);
            case '\\': return Escape();
            case '*' or '+' or '?' or '{' or '}' or ']':
                return Unsure();
            default:
                if (!char.IsAscii(c)) return Unsure();
                at++;
                return new(c.ToString(), [], 1);
        }
    }

    private Part Group(int depth)
    {
        if (depth > MaxDepth) return Unsure();
        at++;
        if (at < regex.Length && regex[at] == '?')
        {
            // (?:…) is a plain group; (?i) and its like only matter for case, lines and dots, which the outline does not use.
            var end = at + 1;
            while (end < regex.Length && regex[end] is 'i' or 'm' or 's') end++;
            if (end >= regex.Length) return Unsure();
            at = end + 1;
            if (regex[end] == ')') return regex[end - 1] != '?' ? new("", [], 0) : Unsure();
            if (regex[end] != ':') return Unsure();
        }

        var inside = Alternatives(depth + 1);
        if (unsure || at >= regex.Length || regex[at] != ')') return Unsure();
        at++;
        return inside;
    }

    private Part Class()
    {
        at++;
        if (at < regex.Length && regex[at] == '^') at++;
        if (at < regex.Length && regex[at] == ']') at++;
        for (; at < regex.Length && regex[at] != ']'; at++)
        {
            if (regex[at] == '\\') at++;
            else if (regex[at] == '[') return Unsure();
        }

        if (at >= regex.Length) return Unsure();
        at++;
        return new(null, [], 1);
    }

    private Part Escape()
    {
        if (at + 1 >= regex.Length) return Unsure();
        var escaped = regex[at + 1];
        at += 2;
        if (!char.IsAsciiLetterOrDigit(escaped)) return char.IsAscii(escaped) ? new(escaped.ToString(), [], 1) : Unsure();
        return escaped switch
        {
            'w' or 'W' or 's' or 'S' or 'd' or 'D' => new(null, [], 1),
            'b' or 'B' => new("", [], 0),
            _ => Unsure(),
        };
    }

    private (int Least, int Most) Count()
    {
        if (at >= regex.Length) return (1, 1);
        var (least, most) = regex[at] switch { '*' => (0, int.MaxValue), '+' => (1, int.MaxValue), '?' => (0, 1), _ => (1, 1) };
        if (regex[at] is '*' or '+' or '?')
        {
            at++;
        }
        else if (regex[at] == '{')
        {
            var end = regex.IndexOf('}', at);
            var parts = end < 0 ? [] : regex[(at + 1)..end].Split(',');
            if (parts.Length is 0 or > 2 || !int.TryParse(parts[0], out least) || least < 0) { Unsure(); return (0, 0); }
            most = parts.Length == 1 ? least : int.MaxValue;
            at = end + 1;
        }
        else
        {
            return (1, 1);
        }

        if (at < regex.Length && regex[at] == '?') at++;
        return (least, most);
    }

    private Part Unsure()
    {
        unsure = true;
        return new(null, [], 0);
    }

    // The rarest text counts: the shortest of a choice, letters less than signs.
    private static int Worth(IReadOnlyList<string> texts) => texts.Count > MaxTexts ? -1 : texts.Min(text => text.Sum(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '\\' or '.' or '-' or '/' ? 2 : 5));

    private sealed record Part(string? Exact, IReadOnlyList<IReadOnlyList<string>> Inner, int MinLength)
    {
        public IReadOnlyList<IReadOnlyList<string>> Sets() => Exact is null ? Inner : Exact.Length == 0 ? [] : [[Exact]];
    }
}
