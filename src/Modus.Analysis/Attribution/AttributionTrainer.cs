using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Attribution;

/// <summary>One question whose answer is known, measured.</summary>
/// <remarks>The fold goes by actor, so that no actor is both learned from and judged. The truth is the position of the
/// right candidate, or -1. The importance is below 1 for thinned copies of another case.</remarks>
internal sealed record MeasuredCase(
    string Group, int Fold, StandardRows Rows, RankingShape Shape, int Truth, bool Known, bool HasSoftware, double Importance)
{
    /// <summary>The id of the true actor; never seen by a model.</summary>
    public string Actor { get; init; } = "";

    /// <summary>How much it counts when the weights of its own kind of question are learned, after those of all.</summary>
    public double OwnImportance { get; init; } = Importance >= 1 ? 1 : 0;

    /// <summary>How much it counts when it is learned how far a first can be trusted.</summary>
    public double TrustImportance { get; init; } = Importance;

    /// <summary>Ids of the candidates.</summary>
    public IReadOnlyList<string> Candidates { get; init; } = [];

    public static MeasuredCase Of(
        string group, int fold, KnowledgeView view, Observation seen, string actor, bool known, double importance = 1)
    {
        var matrix = CandidateFeatures.Compute(view, seen);
        var rows = matrix.Standardise();
        return new(group, fold, rows, new(view, seen, matrix, rows.Actors),
            Array.IndexOf(rows.Actors, view.Index.Actors.Find(actor)), known, seen.Software.Length > 0, importance)
        { Actor = actor, Candidates = [.. rows.Actors.Select(candidate => view.Index.Actors[candidate])] };
    }
}

/// <summary>A held-out answer: probabilities of the candidates, and what was stated about them.</summary>
internal sealed record HeldOut(MeasuredCase Case, double[] P, double Right, double Known)
{
    public bool IsRight => Case.Known && Case.Truth >= 0 && P[Case.Truth] >= P.Max();
}

/// <summary>Learns the weights of the measures, then, from held-out rankings, how far a ranking can be trusted.</summary>
internal static class AttributionTrainer
{
    public const int Folds = 5;
    private const double RankRidge = 30;

    /// <summary>For a start where most of what is learned from is of another kind than what is asked.</summary>
    private const double CautiousRidge = 100;
    private const double TrustRidge = 30;
    private const double KnownRidge = 10;

    /// <summary>How firmly the weights of a kind of question are held to those of all questions. Leave-one-out cases are most of all, and hardly differ.</summary>
    private static readonly double[] ownRidge = [60, 60, 200];

    /// <summary>With fewer cases of its own a kind of question has the weights of all.</summary>
    private const int LeastOwn = 50;

    /// <summary>One stage from cases that all have, or all lack, software.</summary>
    public static AttributionModel.Stage Train(IReadOnlyList<MeasuredCase> cases)
    {
        var weights = Rank(cases);
        var held = Ranked(cases);
        var (right, known) = Trust(held);
        var judged = Judged(held);
        return new(weights, right, known, UnknownShares(cases), Record(judged));
    }

    /// <summary>Answers of models that never saw the actor in question.</summary>
    public static List<HeldOut> CrossValidate(IReadOnlyList<MeasuredCase> cases) => Judged(Ranked(cases));

    /// <summary>Answers to other cases than those learned from, by models that never saw the actor in question.</summary>
    public static List<HeldOut> Transfer(IReadOnlyList<MeasuredCase> learned, IReadOnlyList<MeasuredCase> asked)
    {
        var held = Ranked(learned);
        var answers = new List<HeldOut>();
        for (var fold = 0; fold < Folds; fold++)
        {
            var weights = Rank(learned.Where(item => item.Fold != fold));
            if (weights.Length == 0) continue;
            var (right, known) = Trust(held.Where(item => item.Case.Fold != fold));
            foreach (var item in asked)
            {
                if (item.Fold != fold || item.Rows.Actors.Length == 0) continue;
                var p = ConditionalLogit.Softmax(item.Rows, weights[item.Shape.Situation]);
                answers.Add(Judge(item, p, right, known));
            }
        }
        return answers;
    }

    /// <summary>Weights for each kind of question, or none where there is nothing to learn from.</summary>
    private static double[][] Rank(IEnumerable<MeasuredCase> cases)
    {
        var usable = cases.Where(item => item.Known && item.Truth >= 0).ToList();
        (StandardRows, int, double)[] whole = [.. usable.Where(item => item.Importance >= 1).Select(item => (item.Rows, item.Truth, item.Importance))];
        if (whole.Length == 0) return [];
        var all = ConditionalLogit.Train(whole, RankRidge);
        var cautious = ConditionalLogit.Train(whole, CautiousRidge);
        var kinds = new double[Situations.Names.Count][];
        for (var kind = kinds.Length - 1; kind >= 0; kind--)
        {
            var own = usable.Where(item => item.OwnImportance > 0 && item.Shape.Situation == kind).ToList();
            // Without questions about the future of the knowledge, those about the future of a past day are the nearest.
            kinds[kind] = own.Count >= LeastOwn ? ConditionalLogit.Train([.. own.Select(item => (item.Rows, item.Truth, item.OwnImportance))], ownRidge[kind], kind == Situations.Now ? cautious : all)
                : kind == Situations.Now ? kinds[Situations.AsOf] : all;
        }
        return kinds;
    }

    private static List<(MeasuredCase Case, double[] P)> Ranked(IReadOnlyList<MeasuredCase> cases)
    {
        var held = new List<(MeasuredCase, double[])>();
        for (var fold = 0; fold < Folds; fold++)
        {
            var weights = Rank(cases.Where(item => item.Fold != fold));
            if (weights.Length == 0) continue;
            foreach (var item in cases)
                if (item.Fold == fold && item.Rows.Actors.Length > 0) held.Add((item, ConditionalLogit.Softmax(item.Rows, weights[item.Shape.Situation])));
        }
        return held;
    }

    private static List<HeldOut> Judged(List<(MeasuredCase Case, double[] P)> held)
    {
        var judged = new List<HeldOut>();
        for (var fold = 0; fold < Folds; fold++)
        {
            var (right, known) = Trust(held.Where(item => item.Case.Fold != fold));
            foreach (var (item, p) in held)
                if (item.Fold == fold)
                    judged.Add(Judge(item, p, right, known));
        }
        return judged;
    }

    private static (LogisticRegression Right, LogisticRegression Known) Trust(IEnumerable<(MeasuredCase Case, double[] P)> answers)
    {
        var judged = answers.Where(item => item.Case.TrustImportance > 0).Select(item => new HeldOut(item.Case, item.P, 0, 0)).ToList();
        var sample = judged.Where(item => item.Case.Importance > 0).ToList();
        // Whoever is right knows the actor: the second question is about the others alone.
        var wrong = sample.Where(item => !item.IsRight).ToList();
        if (wrong.Count == 0) wrong = sample;
        return (
            LogisticRegression.Train([.. judged.Select(item => item.Case.Shape.ForRight(item.P))], [.. judged.Select(item => item.IsRight)],
                [.. judged.Select(item => item.Case.TrustImportance)], TrustRidge, RankingShape.Kinds),
            LogisticRegression.Train([.. wrong.Select(item => item.Case.Shape.ForKnown(item.P))], [.. wrong.Select(item => item.Case.Known)],
                [.. wrong.Select(item => item.Case.Importance)], KnownRidge, RankingShape.Kinds));
    }

    private static HeldOut Judge(MeasuredCase item, double[] p, LogisticRegression right, LogisticRegression known)
    {
        var first = right.Probability(item.Shape.ForRight(p));
        return new(item, p, first, first + (1 - first) * known.Probability(item.Shape.ForKnown(p)));
    }

    private static double[] UnknownShares(IReadOnlyList<MeasuredCase> cases)
    {
        var shares = new double[Situations.Names.Count];
        var overall = cases.Where(item => item.Importance > 0).Average(item => item.Known ? 0.0 : 1);
        for (var situation = 0; situation < shares.Length; situation++)
            shares[situation] = cases.Where(item => item.Importance > 0 && item.Shape.Situation == situation).Select(item => item.Known ? 0.0 : 1)
                .DefaultIfEmpty(overall).Average();
        return shares;
    }

    private static (int, int)[] Record(List<HeldOut> judged)
    {
        var record = new (int Answers, int Right)[10];
        foreach (var item in judged)
        {
            if (item.Case.Importance < 1) continue;
            var bin = Math.Min(9, (int)(item.Right * 10));
            record[bin] = (record[bin].Answers + 1, record[bin].Right + (item.IsRight ? 1 : 0));
        }
        return record;
    }
}
