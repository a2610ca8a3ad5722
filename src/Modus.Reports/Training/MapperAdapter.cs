using Modus.Reports.Mapping;

namespace Modus.Reports.Training;

/// <summary>
/// Adapts a mapper to a team's decisions, without the data it was fitted on: the margins of the decided techniques are moved
/// until the decisions are on the right side, and the probabilities of sentences are bent to the team's own rate of agreement.
/// </summary>
/// <remarks>
/// What counts as a mapping is a team's policy, so probabilities do not travel. The bend has two figures, drawn towards "as before" as by
/// a few decisions, so that a handful of clicks moves little. It is learnt from the probabilities before the margins
/// were moved, which had not seen the decisions. The verdict on whole documents is not bent: decisions on some sentences of a
/// document do not tell what the document as a whole carries.
/// </remarks>
public static class MapperAdapter
{
    private const float Cost = 0.1f;

    /// <summary>A model adapted to decisions.</summary>
    /// <param name="model">The model; it stays as it is.</param>
    /// <param name="decisions">The decisions; of several on the same sentence and technique the last counts, and one on a technique that the model does not know is passed over.</param>
    /// <param name="stop">Stops the work.</param>
    public static MapperModel Adapt(MapperModel model, IReadOnlyList<TeamDecision> decisions, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(decisions);
        var known = decisions.Where(decision => model.Base.Classes.Index.ContainsKey(decision.Technique))
            .GroupBy(decision => (decision.Document, decision.Text, decision.Technique)).Select(group => group.Last()).ToList();
        if (known.Count == 0) return model;
        var bend = BendFitter.Fit(Outcomes(model, known, stop));
        return new(
            model.Card with { Confirmations = model.Card.Confirmations + known.Count }, MarginDelta.Apply(model.Base, known, Cost, stop),
            model.Judge with { Bend = model.Judge.Bend.Then(bend) }, model.Precedents);
    }

    /// <summary>What the model said about each decision, and how it was decided; the sentences of a document stand together.</summary>
    private static List<(float Probability, bool Right)> Outcomes(MapperModel model, List<TeamDecision> decisions, CancellationToken stop)
    {
        var mapper = new TechniqueMapper(model);
        var outcomes = new List<(float, bool)>();
        foreach (var report in decisions.GroupBy(decision => decision.Document))
        {
            var texts = report.Select(decision => decision.Text).Distinct().ToList();
            var mapped = mapper.Map(texts, stop);
            foreach (var decision in report)
            {
                var found = mapped[texts.IndexOf(decision.Text)].Suggestions.FirstOrDefault(one => one.Technique == decision.Technique);
                if (found is not null) outcomes.Add((found.Probability, decision.Accepted));
            }
        }

        return outcomes;
    }
}
