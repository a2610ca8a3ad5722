using System.Collections.Frozen;

namespace Modus.Reports.Sentences;

/// <summary>Full stops that belong to a shortened word.</summary>
internal static class Abbreviations
{
    private static readonly FrozenSet<string> always = Set(
        "e.g i.e cf vs viz resp approx fig figs no nos sec ch vol pp eq al ref refs mr mrs ms dr prof gen col lt sgt rep sen gov st mt ft a.k.a aka ca incl excl est dept univ");

    private static readonly FrozenSet<string> unlessStarter = Set(
        "inc co corp ltd llc etc jr sr bros u.s u.k u.n e.u d.c a.m p.m ph.d jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> alwaysLookup = always.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> unlessLookup = unlessStarter.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether the stop at an offset belongs to an abbreviation, an initial or a list number, and does not end the sentence.</summary>
    /// <param name="text">The text.</param>
    /// <param name="first">Where the sentence begins.</param>
    /// <param name="at">The stop.</param>
    /// <param name="next">The first character of the next word.</param>
    /// <param name="end">Where the block ends.</param>
    public static bool Holds(string text, int first, int at, int next, int end)
    {
        var start = at;
        while (start > first && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] == '.')) start--;
        if (start == at) return false;
        var word = text.AsSpan(start, at - start);
        if (alwaysLookup.Contains(word)) return !IsPlainNumberWord(word) || char.IsDigit(text[next]);
        if (start == first && IsListMark(word)) return true;
        var starter = Starters.Contains(WordAt(text, next, end));
        if (unlessLookup.Contains(word) || IsInitials(word)) return !starter;
        return word.Length == 1 && char.IsUpper(word[0]) && !starter;
    }

    /// <summary>"no" is a word too: it shortens "number" only before a digit.</summary>
    private static bool IsPlainNumberWord(ReadOnlySpan<char> word) => word.Equals("no", StringComparison.OrdinalIgnoreCase);

    private static bool IsListMark(ReadOnlySpan<char> word)
    {
        if (word.Length > 3) return false;
        foreach (var c in word)
            if (!char.IsDigit(c)) return word.Length == 1 && char.IsLetter(word[0]);
        return true;
    }

    private static bool IsInitials(ReadOnlySpan<char> word)
    {
        if (word.Length < 3) return false;
        for (var at = 0; at < word.Length; at++)
            if (at % 2 == 0 ? !char.IsUpper(word[at]) : word[at] != '.') return false;
        return true;
    }

    private static ReadOnlySpan<char> WordAt(string text, int at, int end)
    {
        var stop = at;
        while (stop < end && char.IsLetter(text[stop])) stop++;
        return text.AsSpan(at, stop - at);
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}

/// <summary>Words that often begin a sentence and seldom go on with a name.</summary>
internal static class Starters
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup =
        "The This That These Those It Its In On At As An A And But However For From By With We Our They Their There When While After Before Once If He She You To Upon During Although Since Because Both Each Some Many Most All One Two Here Then Thus Also Additionally Furthermore Finally Another Other Such Not No Using Based According Next First Second Later Meanwhile Moreover Instead"
        .Split(' ').ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a word is one of them.</summary>
    public static bool Contains(ReadOnlySpan<char> word) => lookup.Contains(word);
}
