using Modus.Reports.Mapping;
using Modus.Reports.Mapping.Candidates;
using Modus.Reports.Mapping.Models;

namespace Modus.Reports.Training;

/// <summary>
/// Adapts a mapper to a team's decisions, without the data it was fitted on: the margins of the decided techniques are moved
/// until the decisions are on the right side, and the probabilities are bent to the team's own rate of agreement.
/// </summary>
/// <remarks>
/// What counts as a mapping is a team's policy, so probabilities do not travel. The bend has two figures, drawn towards "as before" as by
/// a few decisions, so that a handful of clicks moves little. It is learnt from the probabilities before the margins
/// were moved, which had not seen the decisions.
/// </remarks>
public static class MapperAdapter
{
    private const float Cost = 0.5f;

    /// <summary>A model adapted to decisions.</summary>
    /// <param name="model">The model; it stays as it is.</param>
    /// <param name="decisions">The decisions; of several on the same sentence and technique the last counts, and one on a technique that the model does not know is passed over.</param>
    /// <param name="stop">Stops the work.</param>
    public static MapperModel Adapt(MapperModel model, IReadOnlyList<TeamDecision> decisions, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(decisions);
        var classes = model.Base.Classes;
        var known = decisions.Where(decision => classes.Index.ContainsKey(decision.Technique))
            .GroupBy(decision => (decision.Document, decision.Text, decision.Technique)).Select(group => group.Last()).ToList();
        if (known.Count == 0) return model;
        var (sentence, document) = Outcomes(model, known, stop);
        var models = ReportDelta.Apply(model.Base, known, Cost, stop);
        var judge = new CandidateJudge(Bend(model.Judge.Sentence, sentence), Bend(model.Judge.Document, document));
        return new(model.Card with { Confirmations = model.Card.Confirmations + known.Count }, models, judge, model.Precedents);
    }

    private static (List<(float, bool)> Sentence, List<(float, bool)> Document) Outcomes(MapperModel model, List<TeamDecision> decisions, CancellationToken stop)
    {
        var mapper = new TechniqueMapper(model);
        var sentence = new List<(float, bool)>();
        var document = new List<(float, bool)>();
        foreach (var report in decisions.GroupBy(decision => decision.Document))
        {
            var texts = report.Select(decision => decision.Text).Distinct().ToList();
            var mapped = mapper.MapDocument(texts, stop);
            foreach (var decision in report)
            {
                var found = mapped.Sentences[texts.IndexOf(decision.Text)].Suggestions.FirstOrDefault(one => one.Technique == decision.Technique);
                if (found is not null) sentence.Add((found.Probability, decision.Accepted));
            }

            foreach (var technique in report.GroupBy(decision => decision.Technique))
            {
                var found = mapped.Techniques.FirstOrDefault(one => one.Technique == technique.Key);
                if (found is not null) document.Add((found.Probability, technique.Any(decision => decision.Accepted)));
            }
        }

        return (sentence, document);
    }

    private static Judge Bend(Judge judge, List<(float Probability, bool Right)> outcomes)
    {
        var bend = LogisticBend.Fit(outcomes);
        // A straight stretch between two points would not follow the bend, so there are more points than before.
        var points = Enumerable.Range(0, judge.Curve.X.Length).SelectMany(i => i == 0
            ? [judge.Curve.X[0]] : Enumerable.Range(1, 4).Select(part => judge.Curve.X[i - 1] + ((judge.Curve.X[i] - judge.Curve.X[i - 1]) * part / 4))).Distinct().ToArray();
        return judge with { Curve = new(points, [.. points.Select(x => bend.At(judge.Curve.At(x)))]), Threshold = bend.At(judge.Threshold) };
    }
}
