using System.Numerics;

namespace Modus.Reports.Mapping.Candidates;

/// <summary>
/// The figures by which a candidate technique of a sentence is judged. None of them says which technique it is, so what is
/// learnt from some techniques holds for those no report was ever labelled with.
/// </summary>
internal sealed class CandidateFigures
{
    /// <summary>How many figures a candidate has.</summary>
    public const int Width = ReportFigures + AttackFigures + FamilyFigures + SentenceFigures + NameContext.Width;

    /// <summary>The first figures come from the report model and are missing for techniques it does not know.</summary>
    public const int ReportFigures = 14;

    private const int AttackFigures = 8;
    private const int FamilyFigures = 6;
    private const int SentenceFigures = 12;

    private const float Lively = -0.6f;

    private readonly TechniqueClasses classes;
    private readonly IReadOnlyList<SentenceScores> sentences;
    private readonly Best[] reportBest;
    private readonly Best[] joinedBest;
    private readonly Best[] attackBest;
    private readonly NameContext names;
    private readonly int[] reportLively;
    private readonly HashSet<int> printed = [];
    private readonly float gateMean;
    private readonly float gateShare;

    /// <summary>Figures for the sentences of one document, in order.</summary>
    public CandidateFigures(BaseModels models, IReadOnlyList<SentenceScores> sentences)
    {
        classes = models.Classes;
        names = new(models.Sources, classes, sentences);
        this.sentences = sentences;
        reportBest = new Best[classes.ReportToClass.Length];
        attackBest = new Best[classes.Count];
        reportLively = new int[reportBest.Length];
        joinedBest = new Best[reportBest.Length];
        Array.Fill(reportBest, Best.None);
        Array.Fill(joinedBest, Best.None);
        Array.Fill(attackBest, Best.None);
        Span<float> reportThird = new float[reportBest.Length], joinedThird = new float[reportBest.Length], attackThird = new float[attackBest.Length];
        reportThird.Fill(Best.Nothing);
        joinedThird.Fill(Best.Nothing);
        attackThird.Fill(Best.Nothing);
        for (var i = 0; i < sentences.Count; i++)
        {
            var sentence = sentences[i];
            Add(reportBest, reportThird, sentence.Report.AsSpan(0, reportBest.Length), i);
            Add(joinedBest, joinedThird, sentence.Report.AsSpan(reportBest.Length, reportBest.Length), i);
            Add(attackBest, attackThird, sentence.Attack, i);
            for (var r = 0; r < reportLively.Length; r++) reportLively[r] += sentence.Report[r] > Lively ? 1 : 0;
            printed.UnionWith(sentence.PrintedIds);
            gateMean += sentence.Gate / sentences.Count;
            gateShare += sentence.Gate > Lively ? 1f / sentences.Count : 0;
        }
    }

    /// <summary>Writes the figures of candidates of a sentence.</summary>
    /// <param name="at">The sentence's place in the document.</param>
    /// <param name="candidates">Classes.</param>
    /// <returns>A row a candidate.</returns>
    public float[][] Rows(int at, IReadOnlyList<int> candidates)
    {
        var sentence = sentences[at];
        var (attackFirst, attackSecond) = Top(sentence.Attack);
        var (reportFirst, reportSecond) = Top(sentence.Report.AsSpan(0, reportBest.Length));
        var lively = 0;
        for (var r = 0; r < reportBest.Length; r++) lively += sentence.Report[r] > Lively ? 1 : 0;
        var own = names.Own(at);
        var rows = new float[candidates.Count][];
        for (var k = 0; k < rows.Length; k++)
        {
            var row = rows[k] = new float[Width];
            var c = candidates[k];
            var r = classes.ReportClass[c];
            if (r >= 0) Report(row, at, r, reportFirst, reportSecond, lively);
            else row.AsSpan(0, ReportFigures).Fill(float.NaN);
            Attack(row.AsSpan(ReportFigures), at, c, attackFirst, attackSecond);
            Family(row.AsSpan(ReportFigures + AttackFigures), sentence, c);
            Sentence(row.AsSpan(ReportFigures + AttackFigures + FamilyFigures), at, c);
            names.Write(row.AsSpan(Width - NameContext.Width), c, own);
        }

        return rows;
    }

    private void Report(Span<float> row, int at, int r, float first, float second, int lively)
    {
        var margins = sentences[at].Report;
        var margin = margins[r];
        row[0] = margin;
        row[1] = Above(margins.AsSpan(0, reportBest.Length), margin);
        row[2] = margin - (margin >= first ? second : first);
        row[3] = at > 0 ? sentences[at - 1].Report[r] : float.NaN;
        row[4] = at + 1 < sentences.Count ? sentences[at + 1].Report[r] : float.NaN;
        row[5] = reportBest[r].Without(at);
        row[6] = (reportLively[r] - (margin > Lively ? 1 : 0)) / MathF.Sqrt(sentences.Count);
        row[7] = MathF.Log(1 + classes.ReportRows[classes.ReportToClass[r]]);
        row[8] = lively;
        row[9] = first;
        row[10] = reportBest[r].Second(at);
        row[11] = margins[reportBest.Length + r];
        row[12] = joinedBest[r].Without(at);
        row[13] = sentences[at].ReportWindow is { } windows ? windows[r] : float.NaN;
    }

    private void Attack(Span<float> row, int at, int c, float first, float second)
    {
        var margins = sentences[at].Attack;
        var margin = margins[c];
        row[0] = margin;
        row[1] = MathF.Log(1 + Above(margins, margin));
        row[2] = margin - (margin >= first ? second : first);
        row[3] = first;
        row[4] = Math.Max(at > 0 ? sentences[at - 1].Attack[c] : -9, at + 1 < sentences.Count ? sentences[at + 1].Attack[c] : -9);
        row[5] = attackBest[c].Without(at);
        row[6] = MathF.Log(1 + classes.Procedures[c]);
        row[7] = sentences[at].AttackWindow is { } windows ? windows[c] : float.NaN;
    }

    private void Family(Span<float> row, SentenceScores sentence, int c)
    {
        var parent = classes.Parents[c];
        row[0] = parent >= 0 ? 1 : 0;
        row[1] = parent >= 0 ? sentence.Attack[parent] : float.NaN;
        var siblings = parent >= 0 ? classes.Children[parent] : classes.Children[c];
        var best = float.NaN;
        var bestReport = float.NaN;
        foreach (var other in siblings)
        {
            if (other == c) continue;
            if (!(best >= sentence.Attack[other])) best = sentence.Attack[other];
            var r = classes.ReportClass[other];
            if (r >= 0 && !(bestReport >= sentence.Report[r])) bestReport = sentence.Report[r];
        }

        row[2] = best;
        row[3] = bestReport;
        row[4] = siblings.Length;
        row[5] = parent >= 0 && classes.ReportClass[parent] is >= 0 and var p ? sentence.Report[p] : float.NaN;
    }

    private void Sentence(Span<float> row, int at, int c)
    {
        var sentence = sentences[at];
        row[0] = sentence.Gate;
        row[1] = Math.Max(at > 0 ? sentences[at - 1].Gate : -9, at + 1 < sentences.Count ? sentences[at + 1].Gate : -9);
        row[2] = gateMean;
        row[3] = gateShare;
        row[4] = MathF.Log(1 + sentence.Words);
        row[5] = sentence.ClassTokens;
        row[6] = sentence.MaskedNames;
        row[7] = Relation(sentence.PrintedIds, c);
        row[8] = printed.Contains(c) ? 1 : 0;
        row[9] = Relation(sentence.Named, c);
        row[10] = at / (float)sentences.Count;
        row[11] = sentences.Count;
    }

    /// <summary>2 for the technique itself, 1 for its parent or child, -1 when others are there, 0 for nothing.</summary>
    private float Relation(int[] there, int c)
    {
        var relation = there.Length > 0 ? -1f : 0;
        foreach (var other in there)
        {
            if (other == c) return 2;
            if (classes.Parents[c] == other || classes.Parents[other] == c) relation = 1;
        }

        return relation;
    }

    private static int Above(ReadOnlySpan<float> margins, float margin)
    {
        var above = 0;
        var at = 0;
        var limit = new Vector<float>(margin);
        var counts = Vector<int>.Zero;
        for (; at + Vector<float>.Count <= margins.Length; at += Vector<float>.Count)
            counts -= Vector.GreaterThan(new Vector<float>(margins[at..]), limit);
        above += Vector.Sum(counts);
        for (; at < margins.Length; at++) above += margins[at] > margin ? 1 : 0;
        return above;
    }

    private static (float First, float Second) Top(ReadOnlySpan<float> margins)
    {
        float first = Best.Nothing, second = Best.Nothing;
        var c = 0;
        for (; c + Vector<float>.Count <= margins.Length; c += Vector<float>.Count)
        {
            if (!Vector.GreaterThanAny(new Vector<float>(margins[c..]), new Vector<float>(second))) continue;
            for (var k = c; k < c + Vector<float>.Count; k++) Raise(margins[k]);
        }

        for (; c < margins.Length; c++) Raise(margins[c]);

        return (first, second);

        void Raise(float margin)
        {
            if (margin > first) (first, second) = (margin, first);
            else if (margin > second) second = margin;
        }
    }

    /// <summary>Adds the margins of a sentence; most are below the third of their class, which is asked for many classes at once.</summary>
    private static void Add(Best[] best, Span<float> third, ReadOnlySpan<float> margins, int at)
    {
        var c = 0;
        for (; c + Vector<float>.Count <= margins.Length; c += Vector<float>.Count)
        {
            if (!Vector.GreaterThanAny(new Vector<float>(margins[c..]), new Vector<float>(third[c..]))) continue;
            for (var k = c; k < c + Vector<float>.Count; k++) third[k] = best[k].Add(margins[k], at);
        }

        for (; c < margins.Length; c++) third[c] = best[c].Add(margins[c], at);
    }

    /// <summary>The three highest margins of a class in a document, with the sentence of the first two.</summary>
    private struct Best
    {
        private float first;
        private float second;
        private float third;
        private int firstAt;
        private int secondAt;

        /// <summary>Lower than any margin that counts.</summary>
        public const float Nothing = -9;

        public static Best None => new() { first = Nothing, second = Nothing, third = Nothing, firstAt = -1, secondAt = -1 };

        /// <summary>Adds a margin and gives the third highest.</summary>
        public float Add(float margin, int at)
        {
            if (margin > first) (first, second, third, firstAt, secondAt) = (margin, first, second, at, firstAt);
            else if (margin > second) (second, third, secondAt) = (margin, second, at);
            else if (margin > third) third = margin;
            return third;
        }

        /// <summary>The highest margin elsewhere.</summary>
        public readonly float Without(int at) => firstAt == at ? second : first;

        /// <summary>The second highest margin elsewhere.</summary>
        public readonly float Second(int at) => firstAt == at || secondAt == at ? third : second;
    }
}
