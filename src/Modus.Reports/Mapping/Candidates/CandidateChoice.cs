using System.Numerics;

namespace Modus.Reports.Mapping.Candidates;

/// <summary>Chooses which techniques of a sentence are worth judging.</summary>
/// <param name="classes">The techniques.</param>
/// <param name="among">The classes to choose among, such as those that reports are labelled with; null for all.</param>
internal sealed class CandidateChoice(TechniqueClasses classes, IReadOnlySet<int>? among = null)
{
    /// <summary>Candidates by the report model.</summary>
    public const int FromReport = 6;

    /// <summary>Candidates by the model learnt from ATT&amp;CK.</summary>
    public const int FromAttack = 8;

    private const int MostPrinted = 16;
    private const int FromAttackAmongSome = 4;
    private const int ParentsFromReport = 3;
    private const int ParentsFromAttack = 4;

    private readonly bool[]? open = among is null ? null : [.. Enumerable.Range(0, classes.Count).Select(among.Contains)];
    private readonly bool[]? openReported = among is null ? null : [.. classes.ReportToClass.Select(among.Contains)];

    /// <summary>The candidates of a sentence: the best of each model, what is printed or named, and techniques whose sub-techniques stand first.</summary>
    /// <param name="sentence">Its scores.</param>
    public int[] Of(SentenceScores sentence)
    {
        var chosen = new List<int>(FromReport + FromAttack + 4);
        Span<int> best = stackalloc int[Math.Max(FromReport, FromAttack)];
        var reported = Best(sentence.Report.AsSpan(0, classes.ReportToClass.Length), best[..FromReport], openReported);
        for (var i = 0; i < reported; i++) chosen.Add(classes.ReportToClass[best[i]]);
        var attacked = Best(sentence.Attack, best[..(open is null ? FromAttack : FromAttackAmongSome)], open);
        for (var i = 0; i < attacked; i++) Add(chosen, best[i]);
        for (var i = 0; i < Math.Min(MostPrinted, sentence.PrintedIds.Length); i++)
            if (IsOpen(sentence.PrintedIds[i])) Add(chosen, sentence.PrintedIds[i]);
        for (var i = 0; i < Math.Min(MostPrinted, sentence.Named.Length); i++)
            if (IsOpen(sentence.Named[i])) Add(chosen, sentence.Named[i]);
        Parents(chosen, reported);
        return [.. chosen];
    }

    /// <summary>Adds the techniques of the first sub-techniques of each model: where the text or a house's policy does not go as far as a sub-technique.</summary>
    private void Parents(List<int> chosen, int reported)
    {
        var last = Math.Min(chosen.Count, reported + ParentsFromAttack);
        for (var i = 0; i < last; i++)
        {
            if (i is >= ParentsFromReport && i < reported) continue;
            var parent = classes.Parents[chosen[i]];
            if (parent >= 0 && IsOpen(parent)) Add(chosen, parent);
        }
    }

    private bool IsOpen(int c) => open is null || open[c];

    private static void Add(List<int> chosen, int c)
    {
        if (!chosen.Contains(c)) chosen.Add(c);
    }

    /// <summary>The places of the highest margins, highest first; equal ones by place.</summary>
    private static int Best(ReadOnlySpan<float> margins, Span<int> best, bool[]? allowed)
    {
        var count = 0;
        var floor = float.NegativeInfinity;
        for (var c = 0; c < margins.Length; c++)
        {
            // Once the places are taken, most margins are too low: they are passed over many at once.
            while (count == best.Length && c + Vector<float>.Count <= margins.Length
                && !Vector.GreaterThanAny(new Vector<float>(margins[c..]), new Vector<float>(floor))) c += Vector<float>.Count;
            if (c == margins.Length) break;
            var margin = margins[c];
            if (count == best.Length && margin <= floor) continue;
            if (allowed is not null && !allowed[c]) continue;
            var at = count < best.Length ? count++ : count - 1;
            while (at > 0 && margins[best[at - 1]] < margin)
            {
                best[at] = best[at - 1];
                at--;
            }

            best[at] = c;
            if (count == best.Length) floor = margins[best[^1]];
        }

        return count;
    }
}
