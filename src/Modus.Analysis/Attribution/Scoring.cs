using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Attribution;

/// <summary>Scores of all usable candidates for one observation, and the opened sum where asked for.</summary>
internal sealed class Scoring
{
    /// <summary>How much a "looked for and not found" counts beside what the plain odds say.</summary>
    private const double AbsenceWeight = 0.5;
    private const double Prior = 4;

    public Scoring(KnowledgeView view, AttributionModel.Stage stage, Observation seen, AttributionQuestion question, bool open)
    {
        View = view;
        Stage = stage;
        Seen = seen;
        Matrix = CandidateFeatures.Compute(view, seen, open);
        var (mean, deviation) = Matrix.Moments();
        Factors = [.. stage.WeightsOf(view).Select((weight, k) => deviation[k] < 1e-9 ? 0 : weight / deviation[k])];
        if (!question.UsePrior)
            for (var k = (int)Measure.Reports; k <= (int)Measure.SoftwareSize; k++) Factors[k] = 0;
        Actors = [.. Enumerable.Range(0, Matrix.Actors).Where(actor => Matrix.Usable[actor])];
        Absences = Absence(view, seen);
        Beliefs = Belief(view, question);
        Scores = new double[Actors.Length];
        for (var i = 0; i < Actors.Length; i++)
        {
            var at = Actors[i] * Matrix.Features;
            for (var k = 0; k < Factors.Length; k++) Scores[i] += Factors[k] * (Matrix.Values[at + k] - mean[k]);
            foreach (var absence in Absences) Scores[i] += absence[i];
            Scores[i] += Beliefs[i];
        }
        P = ConditionalLogit.Softmax(Scores);
        Shape = new(view, seen, Matrix, Actors);
    }

    public KnowledgeView View { get; }
    public AttributionModel.Stage Stage { get; }
    public Observation Seen { get; }
    public FeatureMatrix Matrix { get; }
    public double[] Factors { get; }

    /// <summary>Numbers of the usable candidates.</summary>
    public int[] Actors { get; }
    public double[] Scores { get; }
    public double[] P { get; }
    public RankingShape Shape { get; }

    /// <summary>What each absent technique, then each absent software, adds to each candidate.</summary>
    public double[][] Absences { get; }

    /// <summary>What the asker's prior adds to each candidate.</summary>
    public double[] Beliefs { get; }

    /// <summary>Positions of the candidates, best first.</summary>
    public int[] Order() => [.. Enumerable.Range(0, Scores.Length).OrderByDescending(i => Scores[i]).ThenBy(i => Actors[i])];

    /// <summary>What each piece of evidence adds to every candidate, the pieces in the order of the observation.</summary>
    public double[][] Pieces => field ??= [.. Enumerable.Range(0, Matrix.Pieces).Select(Piece)];

    /// <summary>What one piece of evidence (or the background) adds to every candidate.</summary>
    public double[] Piece(int piece)
    {
        var values = new double[Actors.Length];
        for (var i = 0; i < values.Length; i++)
            for (var k = 0; k < Factors.Length; k++) values[i] += Factors[k] * Matrix.Part(piece, Actors[i], k);
        var mean = values.Length == 0 ? 0 : values.Average();
        for (var i = 0; i < values.Length; i++) values[i] -= mean;
        return values;
    }

    private double[][] Absence(KnowledgeView view, Observation seen)
    {
        var sources = Actors.Select(actor => (double)view.Reports[actor].Length).ToArray();
        return [
            .. seen.AbsentTechniques.Select(t => Against(i => view.Counts[Actors[i]][t], view.TechniqueDf[t])),
            .. seen.AbsentSoftware.Select(s => Against(i => view.ActorSoftware[Actors[i]][s], view.SoftwareDf[s]))];

        double[] Against(Func<int, float> count, int users)
        {
            var usual = users / (double)Math.Max(1, view.ActiveActors);
            var values = Enumerable.Range(0, Actors.Length).Select(i =>
                AbsenceWeight * Math.Log(1 - Math.Clamp((count(i) + Prior * usual) / (sources[i] + Prior), 1e-4, 0.97))).ToArray();
            var mean = values.Length == 0 ? 0 : values.Average();
            return [.. values.Select(value => value - mean)];
        }
    }

    private double[] Belief(KnowledgeView view, AttributionQuestion question)
    {
        if (question.Prior is not { Count: > 0 } prior) return new double[Actors.Length];
        var least = prior.Values.Where(value => value > 0).DefaultIfEmpty(1).Min();
        var values = Actors.Select(actor =>
            Math.Log(Math.Max(least * 1e-3, prior.TryGetValue(view.Index.Actors[actor], out var weight) && weight > 0 ? weight : least))).ToArray();
        var mean = values.Length == 0 ? 0 : values.Average();
        return [.. values.Select(value => value - mean)];
    }
}
