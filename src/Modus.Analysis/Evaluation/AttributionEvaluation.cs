using Modus.Analysis.Attribution;
using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Evaluation;

/// <summary>One method under one protocol.</summary>
/// <param name="Protocol">"leave one out" or "as of", with techniques alone or with software.</param>
/// <param name="Method">The formula, or "model".</param>
/// <param name="Metrics">Where the truth stood, over cases whose actor is still known.</param>
/// <param name="HalfWidth">Half of the 95 % interval of the share with the truth first.</param>
/// <param name="Open">How far the confidence can be trusted, unknown actors included; for the model only.</param>
public sealed record EvaluationRow(string Protocol, string Method, RankMetrics Metrics, double HalfWidth, OpenSetMetrics? Open);

/// <summary>Trains on a body of knowledge and measures on actors that were held out, beside plain formulas in the same run.</summary>
public static class AttributionEvaluation
{
    private static readonly (string Name, bool Software, Func<KnowledgeView, Observation, double[]> Score)[] baselines =
    [
        ("number of reports", false, Rankers.Reports), ("Jaccard", false, Rankers.Jaccard), ("TF-IDF cosine", false, Rankers.TfIdfCosine),
        ("BM25", false, Rankers.Bm25), ("BM25 + software", true, Rankers.Bm25Software),
    ];

    /// <summary>Trains figures on questions made of the knowledge itself: each report of one actor, with the report left out.</summary>
    /// <param name="knowledge">Who does what, says who; cases of one's own among the sources count like any report.</param>
    /// <param name="trainedOn">What to write into the model about it.</param>
    /// <param name="seed">Seed of the thinning of evidence.</param>
    /// <returns>The model and its evaluation.</returns>
    /// <exception cref="ArgumentException">The knowledge has too few reports of single actors to learn from.</exception>
    public static (AttributionModel Model, IReadOnlyList<EvaluationRow> Rows) Train(ActorKnowledge knowledge, string trainedOn, int seed = 1)
    {
        var index = new KnowledgeIndex(knowledge);
        var rows = new List<EvaluationRow>();
        var stages = new List<AttributionModel.Stage>();
        foreach (var software in (bool[])[false, true])
        {
            var ranks = new SortedDictionary<(string, int), List<double>>();
            var cases = TrainingCases.From(index, software, seed, (group, view, seen, actor, known) =>
            {
                for (var at = 0; known && at < baselines.Length; at++)
                {
                    if (baselines[at].Software && !software) continue;
                    if (!ranks.TryGetValue((group, at), out var list)) ranks[(group, at)] = list = [];
                    list.Add(RankMetrics.Rank(baselines[at].Score(view, seen), actor));
                }
            });
            if (cases.Count(item => item.Known) < 10 * AttributionTrainer.Folds)
                throw new ArgumentException("There are too few reports of single actors to learn from.", nameof(knowledge));
            var kind = software ? ", with software" : "";
            foreach (var ((group, at), list) in ranks) rows.Add(Row(group + kind, baselines[at].Name, list, null));
            foreach (var group in AttributionTrainer.CrossValidate(cases).GroupBy(item => item.Case.Group).Where(group => !group.Key.Contains(',', StringComparison.Ordinal)))
                rows.Add(Row(group.Key + kind, "model", [.. group.Where(item => item.Case.Known).Select(item => RankMetrics.Rank(item.P, item.Case.Truth))],
                    OpenSetMetrics.Of([.. group.Select(item => (item.Right, item.IsRight))])));
            stages.Add(AttributionTrainer.Train(cases));
        }
        return (new(trainedOn, stages[0], stages[1]), [.. rows.OrderBy(row => row.Protocol, StringComparer.Ordinal)]);
    }

    private static EvaluationRow Row(string protocol, string method, IReadOnlyList<double> ranks, OpenSetMetrics? open)
    {
        var metrics = RankMetrics.Of(ranks);
        return new(protocol, method, metrics, ranks.Count == 0 ? 0 : 1.96 * Math.Sqrt(metrics.Top1 * (1 - metrics.Top1) / ranks.Count), open);
    }
}
