using System.Numerics;

namespace Modus.Sigma.Matching;

/// <summary>Runs a regular expression on ASCII text: all ways to read the text so far are bits of a few words, so that time is bounded by text × expression and nothing is kept between texts.</summary>
/// <remarks>
/// Each character of the expression is a place; a place is reached by its character from the places that may stand before it. The general engine takes a megabyte
/// and milliseconds for each expression that is ever asked, this one kilobytes.
/// </remarks>
internal sealed class AsciiRegex
{
    /// <summary>The longest text that is worth it: the general engine, slow to start, is faster on longer ones.</summary>
    public const int MaxText = 4096;

    private const int MaxPlaces = 256, MaxSteps = 4096, Bits = 64, Letters = 128;

    private readonly int words;
    private readonly bool fromStart;
    private readonly bool toEnd;
    private readonly ulong[] first;
    private readonly ulong[] last;
    private readonly ulong[] follow;
    private readonly ulong[] fits;
    private readonly bool[] starts = new bool[Letters];

    private AsciiRegex(Builder built, Fragment whole, bool fromStart, bool toEnd)
    {
        (this.fromStart, this.toEnd) = (fromStart, toEnd);
        var places = built.Classes.Count;
        words = (places + Bits - 1) / Bits;
        first = new ulong[words];
        last = new ulong[words];
        follow = new ulong[places * words];
        fits = new ulong[Letters * words];
        foreach (var place in whole.First) Set(first, 0, place);
        foreach (var place in whole.Last) Set(last, 0, place);
        for (var place = 0; place < places; place++)
        {
            foreach (var next in built.Follow[place]) Set(follow, place, next);
            for (var c = 0; c < Letters; c++)
                if ((built.Classes[place] >> c & 1) != 0) Set(fits, c, place);
        }

        for (var c = 0; c < Letters; c++)
            for (var word = 0; word < words; word++) starts[c] |= (first[word] & fits[(c * words) + word]) != 0;
    }

    /// <summary>The runnable form of an expression; null where the general engine has to run it.</summary>
    public static AsciiRegex? Of(RegexTree tree)
    {
        var parts = tree is RegexSequence sequence ? sequence.Parts : [tree];
        var fromStart = parts is [RegexAnchor { Kind: '^', IsMultiLine: false }, ..];
        if (fromStart) parts = parts[1..];
        var toEnd = parts is [.., RegexAnchor { Kind: '$', IsMultiLine: false }];
        if (toEnd) parts = parts[..^1];
        var builder = new Builder();
        return builder.Build(new RegexSequence(parts)) is { IsNullable: false } whole ? new(builder, whole, fromStart, toEnd) : null;
    }

    /// <summary>Whether an ASCII text has a match.</summary>
    public bool IsMatch(ReadOnlySpan<byte> text)
    {
        Span<ulong> now = stackalloc ulong[MaxPlaces / Bits];
        Span<ulong> next = stackalloc ulong[MaxPlaces / Bits];
        now.Clear();
        // $ stands before a line end that is the last character, too.
        var end = toEnd && text is [.., (byte)'\n'] ? text.Length - 1 : text.Length;
        var isActive = false;
        for (var at = 0; at < text.Length; at++)
        {
            var canStart = at == 0 || !fromStart;
            if (!isActive)
            {
                if (!canStart) return false;
                if (!fromStart)
                    while (at < text.Length && !starts[text[at]]) at++;
                if (at == text.Length) return false;
            }

            var ends = Step(now, next, text[at] * words, canStart, ref isActive);
            if (ends && (!toEnd || at + 1 == end || at + 1 == text.Length)) return true;
            var before = now;
            now = next;
            next = before;
        }

        return false;
    }

    private bool Step(ReadOnlySpan<ulong> now, Span<ulong> next, int letter, bool canStart, ref bool isActive)
    {
        for (var word = 0; word < words; word++) next[word] = canStart ? first[word] : 0;
        if (isActive)
        {
            for (var word = 0; word < words; word++)
            {
                for (var bits = now[word]; bits != 0; bits &= bits - 1)
                {
                    var from = ((word * Bits) + BitOperations.TrailingZeroCount(bits)) * words;
                    for (var other = 0; other < words; other++) next[other] |= follow[from + other];
                }
            }
        }

        var (any, ends) = (0UL, 0UL);
        for (var word = 0; word < words; word++)
        {
            var reached = next[word] &= fits[letter + word];
            any |= reached;
            ends |= reached & last[word];
        }

        isActive = any != 0;
        return ends != 0;
    }

    private void Set(ulong[] table, int row, int place) => table[(row * words) + (place / Bits)] |= 1UL << (place % Bits);

    /// <summary>A part of the expression: the places that it may begin and end with, and whether it may be nothing.</summary>
    private sealed record Fragment(int[] First, int[] Last, bool IsNullable)
    {
        public static Fragment Nothing { get; } = new([], [], true);
    }

    private sealed class Builder
    {
        private int steps;

        public List<UInt128> Classes { get; } = [];

        public List<HashSet<int>> Follow { get; } = [];

        /// <summary>The fragment of a part; null where it has what cannot be run here.</summary>
        public Fragment? Build(RegexTree tree)
        {
            // Groups of nothing, repeated in each other, take no place and no end.
            if (++steps > MaxSteps) return null;
            switch (tree)
            {
                case RegexSet { IsExact: true } set when Classes.Count < MaxPlaces:
                    Classes.Add(set.Class);
                    Follow.Add([]);
                    return new([Classes.Count - 1], [Classes.Count - 1], false);
                case RegexSequence sequence:
                    var whole = Fragment.Nothing;
                    foreach (var part in sequence.Parts)
                    {
                        if (Build(part) is not { } built) return null;
                        whole = Join(whole, built);
                    }

                    return whole;
                case RegexChoice choice:
                    var any = new Fragment([], [], false);
                    foreach (var part in choice.Parts)
                    {
                        if (Build(part) is not { } built) return null;
                        any = new([.. any.First, .. built.First], [.. any.Last, .. built.Last], any.IsNullable || built.IsNullable);
                    }

                    return any;
                case RegexRepeat repeat: return Repeat(repeat);
                default: return null;
            }
        }

        private Fragment? Repeat(RegexRepeat repeat)
        {
            var copies = repeat.Most == int.MaxValue ? Math.Max(1, repeat.Least) : repeat.Most;
            if (copies > MaxPlaces) return null;
            var whole = Fragment.Nothing;
            // From the last copy to the first: what may be left out is the rest after each.
            for (var copy = copies; copy > 0; copy--)
            {
                if (Build(repeat.Part) is not { } built) return null;
                if (copy == copies && repeat.Most == int.MaxValue) Link(built.Last, built.First);
                whole = Join(built, whole);
                if (copy > repeat.Least) whole = whole with { IsNullable = true };
            }

            return whole;
        }

        private Fragment Join(Fragment left, Fragment right)
        {
            Link(left.Last, right.First);
            return new(
                left.IsNullable ? [.. left.First, .. right.First] : left.First,
                right.IsNullable ? [.. left.Last, .. right.Last] : right.Last,
                left.IsNullable && right.IsNullable);
        }

        private void Link(int[] from, int[] to)
        {
            foreach (var place in from) Follow[place].UnionWith(to);
        }
    }
}
