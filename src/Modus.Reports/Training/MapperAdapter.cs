using Modus.Reports.Mapping;
using Modus.Reports.Mapping.Candidates;

namespace Modus.Reports.Training;

/// <summary>
/// Adapts a mapper to a team's decisions, without the data it was fitted on: the margins of the decided techniques are moved until the
/// decisions are on the right side, and a policy is learnt of what the team names and what it does not.
/// </summary>
/// <remarks>
/// What counts as a mapping is a team's policy, so probabilities do not travel. The policy is learnt from the probabilities before
/// the margins were moved, which had not seen the decisions, and is drawn to "as before", so that a handful of clicks moves little. In a
/// sentence where a team decided on one technique, those it passed over count against them, a little less than a rejection does.
/// </remarks>
public static class MapperAdapter
{
    private const float Cost = 0.1f;
    private const float PassedOver = 0.8f;

    /// <summary>A model adapted to decisions.</summary>
    /// <param name="model">The model; it stays as it is.</param>
    /// <param name="decisions">The decisions; of several on the same sentence and technique the last counts, and one on a technique that the model does not know is passed over.</param>
    /// <param name="documents">
    /// The sentences of decided documents in order, by name, as far as they are at hand: a sentence is judged among its neighbours, so what
    /// the team saw is only met again with them. Without, the decided sentences of a document stand for it.
    /// </param>
    /// <param name="stop">Stops the work.</param>
    public static MapperModel Adapt(
        MapperModel model, IReadOnlyList<TeamDecision> decisions, IReadOnlyDictionary<string, IReadOnlyList<string>>? documents = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(decisions);
        var known = decisions.Where(decision => model.Base.Classes.Index.ContainsKey(decision.Technique))
            .GroupBy(decision => (decision.Document, decision.Text, decision.Technique)).Select(group => group.Last()).ToList();
        if (known.Count == 0) return model;
        var policy = PolicyFitter.Fit(Rows(model, known, documents, stop));
        return new(
            model.Card with { Confirmations = model.Card.Confirmations + known.Count }, MarginDelta.Apply(model.Base, known, Cost, stop),
            model.Judge with { Policies = [.. model.Judge.Policies, policy] }, model.Precedents);
    }

    /// <summary>What the model made of each decided sentence, and what the team did.</summary>
    private static List<PolicyRow> Rows(
        MapperModel model, List<TeamDecision> decisions, IReadOnlyDictionary<string, IReadOnlyList<string>>? documents, CancellationToken stop)
    {
        var mapper = new TechniqueMapper(model);
        var classes = model.Base.Classes;
        var rows = new List<PolicyRow>();
        foreach (var report in decisions.GroupBy(decision => decision.Document))
        {
            var sentences = report.GroupBy(decision => decision.Text).ToList();
            var texts = (documents?.GetValueOrDefault(report.Key) ?? []).ToList();
            texts.AddRange(sentences.Select(sentence => sentence.Key).Except(texts));
            var judged = mapper.Judged(texts, stop);
            for (var at = 0; at < sentences.Count; at++)
            {
                var place = texts.IndexOf(sentences[at].Key);
                var decided = sentences[at].ToDictionary(decision => classes.Index[decision.Technique], decision => decision.Accepted);
                for (var k = 0; k < judged[place].Length; k++)
                {
                    var figures = new float[TeamPolicy.Width];
                    TeamPolicy.Figures(classes, judged[place], k, figures);
                    var c = judged[place][k].Class;
                    rows.Add(new(c, figures, decided.GetValueOrDefault(c), decided.ContainsKey(c) ? 1 : PassedOver));
                }
            }
        }

        return rows;
    }
}
