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

    // A class of so few characters is written out, and an item that stands so often at most.
    private const int MaxClass = 6, MaxRepeats = 8;

    // Shorter rows of one class are in most values.
    private const int LeastRow = 8;

    private readonly string regex;
    private readonly RegexTest test;
    private readonly List<RegexRow> rows = [];
    private int at;
    private bool unsure;

    private RegexOutline(RegexTest test)
    {
        this.test = test;
        regex = test.Regex;
    }

    /// <summary>The least length of a match in characters, and texts of which each match holds one (case does not matter); empty when unknown.</summary>
    public static (int MinLength, IReadOnlyList<string> Texts) Of(RegexTest test)
    {
        var (length, sets) = All(test);
        return (length, sets.Count == 0 ? [] : sets[0]);
    }

    /// <summary>The least length of a match, and sets of texts: each match holds one text of every set. The rarest set comes first.</summary>
    public static (int MinLength, IReadOnlyList<IReadOnlyList<string>> Sets) All(RegexTest test)
    {
        var outline = new RegexOutline(test);
        return outline.Read() is { } whole ? (whole.MinLength, outline.SetsOf(whole)) : (0, []);
    }

    /// <summary>The rows of characters of one class that every match holds, and whether a single row says all: then what holds it matches.</summary>
    public static (IReadOnlyList<RegexRow> Rows, bool IsAll) RowsOf(RegexTest test)
    {
        var outline = new RegexOutline(test);
        if (outline.Read() is not { } whole || whole.Rows.Count == 0) return ([], false);
        return (whole.Rows, whole.IsRow);
    }

    private Part? Read()
    {
        var whole = Alternatives(0);
        return unsure || at < regex.Length ? null : whole;
    }

    private IReadOnlyList<IReadOnlyList<string>> SetsOf(Part whole) =>
        [.. whole.Sets().Where(set => set.Count <= MaxTexts && set.All(text => text.Length > 0)).OrderByDescending(Worth).Take(MaxSets)];

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

        var least = parts.Min(part => part.MinLength);
        if (parts.All(part => part.Exact is not null) && parts.Sum(part => part.Exact!.Count) <= MaxTexts)
            return new([.. parts.SelectMany(part => part.Exact!).Distinct(StringComparer.Ordinal)], [], least);
        var texts = parts.Select(part => part.Sets().MaxBy(Worth)).ToList();
        return new(null, texts.Contains(null) ? [] : [[.. texts.SelectMany(text => text!).Distinct(StringComparer.Ordinal)]], least);
    }

    private Part Sequence(int depth)
    {
        List<string> run = [""];
        var sets = new List<IReadOnlyList<string>>();
        var found = new List<RegexRow>();
        var length = 0;
        var items = 0;
        var exact = true;
        var single = false;

        void EndRun()
        {
            // One of several characters is in nearly every value.
            if (run.TrueForAll(text => text.Length > (run.Count > 1 ? 1 : 0))) sets.Add(run);
            run = [""];
        }

        void Extend(IReadOnlyList<string> texts)
        {
            // Too many ways to write the run: what stands so far is one, and the next begins.
            if (run.Count * texts.Count > MaxTexts)
            {
                exact = false;
                EndRun();
            }

            run = [.. run.SelectMany(start => texts.Select(text => start + text))];
        }

        while (!unsure && at < regex.Length && regex[at] is not ('|' or ')'))
        {
            var part = Item(depth);
            var (least, most) = Count();
            if (unsure) break;
            items++;
            length = Math.Min(MaxLength, length + (part.MinLength * Math.Min(least, 1 << 10)));
            if (part.Class is { } set && least >= LeastRow)
            {
                found.Add(new(set, least));
                single = part.IsExactClass;
            }

            if (least >= 1) found.AddRange(part.Rows);
            if (part.Exact is { } texts && least == most && least is >= 1 and <= MaxRepeats)
            {
                for (var time = 0; time < least; time++) Extend(texts);
                continue;
            }

            exact = false;
            if (part.Exact is { } repeated && least >= 1) Extend(repeated);
            EndRun();
            if (least >= 1 && part.Exact is null) sets.AddRange(part.Sets());
        }

        if (exact) return new(run, [], length) { Rows = found };
        EndRun();
        return new(null, sets, length) { Rows = found, IsRow = single && items == 1 };
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
                return Of(~(test.DotAll || HasFlags ? UInt128.Zero : UInt128.One << '\n'), !HasFlags);
            case '^' or '$':
                at++;
                return new([""], [], 0);
            case '\\': return Escape();
            case '*' or '+' or '?' or '{' or '}' or ']':
                return Unsure();
            default:
                if (!char.IsAscii(c)) return Unsure();
                at++;
                return new([c.ToString()], [], 1) { Class = Cased(UInt128.One << c), IsExactClass = !HasFlags };
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
            if (regex[end] == ')') return regex[end - 1] != '?' ? new([""], [], 0) : Unsure();
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
        var isDenied = at < regex.Length && regex[at] == '^';
        if (isDenied) at++;
        var (set, known, plain) = (UInt128.Zero, true, true);
        for (var first = true; at < regex.Length && (first || regex[at] != ']'); first = false)
        {
            if (regex[at] == '[') return Unsure();
            var low = Member(ref set, ref known);
            if (at + 1 >= regex.Length || regex[at] != '-' || regex[at + 1] == ']')
            {
                Include(low, low);
                continue;
            }

            at++;
            if (regex[at] == '[') return Unsure();
            var high = Member(ref set, ref known);
            known &= low >= 0 && high >= 0;
            Include(low, high);
        }

        void Include(int low, int high)
        {
            plain &= high is >= 0 and < 128;
            for (var c = Math.Max(0, low); c <= Math.Min(high, 127); c++) set |= UInt128.One << c;
        }

        if (at >= regex.Length) return Unsure();
        at++;
        if (!known) return new(null, [], 1);
        if (isDenied) return Of(~Cased(set), !HasFlags);
        string[] texts = [.. Enumerable.Range(0, 128).Where(c => (set >> c & 1) != 0).Select(c => char.ToLowerInvariant((char)c).ToString()).Distinct(StringComparer.Ordinal)];
        return Of(set, !HasFlags) with { Exact = plain && texts.Length is > 0 and <= MaxClass ? texts : null };
    }

    // A character of a class, or -1 for an escape that stands for many: those that are known are added at once.
    private int Member(ref UInt128 set, ref bool known)
    {
        var c = regex[at++];
        if (c != '\\') return c;
        if (at >= regex.Length) return -1;
        c = regex[at++];
        if (!char.IsAsciiLetterOrDigit(c)) return c;
        if (Control(c) is { } control) return control;
        if (KindOf(c) is { } kind) set |= kind;
        else known = false;
        return -1;
    }

    private Part Escape()
    {
        if (at + 1 >= regex.Length) return Unsure();
        var escaped = regex[at + 1];
        at += 2;
        if (!char.IsAsciiLetterOrDigit(escaped)) return char.IsAscii(escaped) ? new([escaped.ToString()], [], 1) : Unsure();
        if (Control(escaped) is { } control) return new([control.ToString()], [], 1);
        if (KindOf(escaped) is { } kind) return Of(kind, !HasFlags);
        return escaped is 'b' or 'B' ? new([""], [], 0) : Unsure();
    }

    // Flags inside of the expression change what its letters and dots mean: then a class is only a bound.
    private bool HasFlags => test.IgnoreCase || regex.Contains("(?", StringComparison.Ordinal);

    private Part Of(UInt128 set, bool isExact) => new(null, [], 1) { Class = Cased(set), IsExactClass = isExact };

    private UInt128 Cased(UInt128 set)
    {
        if (!HasFlags) return set;
        for (var c = 'a'; c <= 'z'; c++)
            if ((set >> c & 1) != 0 || (set >> (c - 32) & 1) != 0) set |= (UInt128.One << c) | (UInt128.One << (c - 32));
        return set;
    }

    private static char? Control(char letter) => letter switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'f' => '\f', 'v' => '\v', _ => null };

    // The ASCII characters of a kind.
    private static UInt128? KindOf(char letter) => letter switch
    {
        'd' => Chars(char.IsAsciiDigit),
        's' => Chars(char.IsWhiteSpace),
        'w' => Chars(c => char.IsAsciiLetterOrDigit(c) || c == '_'),
        'D' => ~Chars(char.IsAsciiDigit),
        'S' => ~Chars(char.IsWhiteSpace),
        'W' => ~Chars(c => char.IsAsciiLetterOrDigit(c) || c == '_'),
        _ => null,
    };

    private static UInt128 Chars(Func<char, bool> belongs)
    {
        var set = UInt128.Zero;
        for (var c = '\0'; c < 128; c++)
            if (belongs(c)) set |= UInt128.One << c;
        return set;
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

    private sealed record Part(IReadOnlyList<string>? Exact, IReadOnlyList<IReadOnlyList<string>> Inner, int MinLength)
    {
        /// <summary>The ASCII characters that a single item stands for; null for other parts.</summary>
        public UInt128? Class { get; init; }

        /// <summary>Whether an ASCII character fits the item exactly when its class has it.</summary>
        public bool IsExactClass { get; init; }

        public IReadOnlyList<RegexRow> Rows { get; init; } = [];

        /// <summary>Whether the part is one row and nothing else.</summary>
        public bool IsRow { get; init; }

        public IReadOnlyList<IReadOnlyList<string>> Sets() => Exact is null ? Inner : Exact.All(text => text.Length > (Exact.Count > 1 ? 1 : 0)) ? [Exact] : [];
    }
}
