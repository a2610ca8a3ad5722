using Modus.Sigma.Expressions;

namespace Modus.Sigma.Matching;

/// <summary>A regular expression as far as it is understood: enough to tell what its matches must have, and to run it on ASCII text.</summary>
internal abstract record RegexTree
{
    private const int MaxDepth = 32;

    /// <summary>Reads an expression; null where it has what is not known here.</summary>
    public static RegexTree? Read(RegexTest test)
    {
        var reader = new Reader(test.Regex) { IgnoreCase = test.IgnoreCase, MultiLine = test.MultiLine, DotAll = test.DotAll };
        var tree = reader.Choice(0);
        return reader.IsDone ? tree : null;
    }

    private sealed class Reader(string regex)
    {
        private int at;
        private bool isUnknown;

        public bool IgnoreCase { get; set; }

        public bool MultiLine { get; set; }

        public bool DotAll { get; set; }

        public bool IsDone => !isUnknown && at == regex.Length;

        public RegexTree Choice(int depth)
        {
            var parts = new List<RegexTree> { Sequence(depth) };
            while (!isUnknown && at < regex.Length && regex[at] == '|')
            {
                at++;
                parts.Add(Sequence(depth));
            }

            return parts.Count == 1 ? parts[0] : new RegexChoice([.. parts]);
        }

        private RegexSequence Sequence(int depth)
        {
            var parts = new List<RegexTree>();
            while (!isUnknown && at < regex.Length && regex[at] is not ('|' or ')'))
            {
                var item = Item(depth);
                parts.Add(Repeated(item));
            }

            return new([.. parts]);
        }

        private RegexTree Item(int depth)
        {
            var c = regex[at++];
            switch (c)
            {
                case '(': return Group(depth);
                case '[': return Class();
                case '.': return new RegexSet(DotAll ? ~UInt128.Zero : ~(UInt128.One << '\n'), true);
                case '^' or '$': return new RegexAnchor(c, MultiLine);
                case '\\': return Escape();
                case '*' or '+' or '?' or '{' or '}' or ']': return Unknown();
                default: return char.IsAscii(c) ? Letter(c) : Unknown();
            }
        }

        private RegexTree Group(int depth)
        {
            if (depth > MaxDepth) return Unknown();
            var flags = (IgnoreCase, MultiLine, DotAll);
            if (at < regex.Length && regex[at] == '?')
            {
                // (?:…) is a plain group; (?i) and its like hold to the end of the group around it.
                for (at++; at < regex.Length && regex[at] is 'i' or 'm' or 's'; at++)
                {
                    IgnoreCase |= regex[at] == 'i';
                    MultiLine |= regex[at] == 'm';
                    DotAll |= regex[at] == 's';
                }

                if (at >= regex.Length) return Unknown();
                var end = regex[at++];
                if (end == ')') return regex[at - 2] != '?' ? new RegexSequence([]) : Unknown();
                if (end != ':') return Unknown();
            }

            var inside = Choice(depth + 1);
            (IgnoreCase, MultiLine, DotAll) = flags;
            if (isUnknown || at >= regex.Length || regex[at++] != ')') return Unknown();
            return inside;
        }

        private RegexTree Class()
        {
            var isDenied = at < regex.Length && regex[at] == '^';
            if (isDenied) at++;
            var (set, isKnown, isAscii, isListed) = (UInt128.Zero, true, true, !isDenied);
            for (var isFirst = true; at < regex.Length && (isFirst || regex[at] != ']'); isFirst = false)
            {
                if (regex[at] == '[') return Unknown();
                var low = Member(ref set, ref isKnown);
                var high = low;
                if (at + 1 < regex.Length && regex[at] == '-' && regex[at + 1] != ']')
                {
                    at++;
                    if (regex[at] == '[') return Unknown();
                    high = Member(ref set, ref isKnown);
                    isKnown &= low >= 0 && high >= 0;
                }

                isListed &= low >= 0;
                isAscii &= high < 128;
                for (var c = Math.Max(0, low); c <= Math.Min(high, 127); c++) set |= UInt128.One << c;
            }

            if (at >= regex.Length) return Unknown();
            at++;
            // Beyond ASCII there are letters that are the same as ASCII ones but for case.
            if (!isKnown || (!isAscii && IgnoreCase)) return new RegexSet(~UInt128.Zero, false);
            return new RegexSet(isDenied ? ~Cased(set) : Cased(set), true) { IsAscii = isAscii && isListed };
        }

        // A character of a class, or -1 for an escape that stands for many: those that are known are added at once.
        private int Member(ref UInt128 set, ref bool isKnown)
        {
            var c = regex[at++];
            if (c != '\\') return c;
            if (at >= regex.Length) return -1;
            c = regex[at++];
            if (!char.IsAsciiLetterOrDigit(c)) return c;
            if (Control(c) is { } control) return control;
            if (KindOf(c) is { } kind) set |= kind;
            else isKnown = false;
            return -1;
        }

        private RegexTree Escape()
        {
            if (at >= regex.Length) return Unknown();
            var c = regex[at++];
            if (!char.IsAsciiLetterOrDigit(c)) return char.IsAscii(c) ? Letter(c) : Unknown();
            if (Control(c) is { } control) return Letter(control);
            if (KindOf(c) is { } kind) return new RegexSet(kind, true);
            return c is 'b' or 'B' ? new RegexAnchor(c, MultiLine) : Unknown();
        }

        private RegexTree Repeated(RegexTree part)
        {
            if (isUnknown || at >= regex.Length) return part;
            var (least, most) = regex[at] switch { '*' => (0, int.MaxValue), '+' => (1, int.MaxValue), '?' => (0, 1), '{' => (-1, 0), _ => (1, 1) };
            if (least == 1 && most == 1) return part;
            var end = least < 0 ? regex.IndexOf('}', at) : at;
            if (least < 0 && !Counts(at + 1, end, out least, out most)) return Unknown();
            at = end + 1;
            // A lazy count matches the same texts.
            if (at < regex.Length && regex[at] == '?') at++;
            return new RegexRepeat(part, least, most);
        }

        private bool Counts(int start, int end, out int least, out int most)
        {
            least = most = 0;
            if (end < 0) return false;
            var parts = regex[start..end].Split(',');
            if (parts.Length > 2 || !Number(parts[0], out least)) return false;
            most = least;
            if (parts.Length == 1) return true;
            if (parts[1].Length > 0) return Number(parts[1], out most) && most >= least;
            most = int.MaxValue;
            return true;
        }

        private static bool Number(string text, out int number) =>
            int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out number);

        private RegexSet Letter(char c) => new(Cased(UInt128.One << c), true) { IsAscii = true };

        private RegexSequence Unknown()
        {
            isUnknown = true;
            return new([]);
        }

        private UInt128 Cased(UInt128 set)
        {
            if (!IgnoreCase) return set;
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
    }
}

/// <summary>One character.</summary>
/// <param name="Class">The ASCII characters that fit, a bit for each.</param>
/// <param name="IsExact">Whether that is sure; else the others may not fit.</param>
internal sealed record RegexSet(UInt128 Class, bool IsExact) : RegexTree
{
    /// <summary>Whether characters beyond ASCII fit only where they are the same as an ASCII one but for case.</summary>
    public bool IsAscii { get; init; }
}

/// <summary>One after the other.</summary>
internal sealed record RegexSequence(RegexTree[] Parts) : RegexTree;

/// <summary>One of several.</summary>
internal sealed record RegexChoice(RegexTree[] Parts) : RegexTree;

/// <summary>A part several times; <see cref="int.MaxValue"/> for any number.</summary>
internal sealed record RegexRepeat(RegexTree Part, int Least, int Most) : RegexTree;

/// <summary>A place between characters: ^, $, b or B.</summary>
internal sealed record RegexAnchor(char Kind, bool IsMultiLine) : RegexTree;
