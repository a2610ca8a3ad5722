using Modus.Analysis.Attribution;
using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Prediction;

/// <summary>Answers "what else is probably there" and "what comes next" from one body of knowledge. May be used by many threads.</summary>
public sealed class Predictor
{
    private const int MostLenses = 8;
    private const int PrecedentsLookedAt = 60;
    private const int PrecedentsShown = 3;
    private const int ReasonsShown = 3;
    private readonly KnowledgeIndex index;
    private readonly QuestionReader reader;
    private readonly PredictionModel model;
    private readonly IReadOnlyList<OwnBasket> own;
    private readonly bool ownOnly;
    private readonly Dictionary<string, TechniqueFact> facts;
    private readonly Lock gate = new();
    private readonly List<(string Key, Trained Models)> lenses = [];

    /// <summary>Prepares the knowledge; the models of a lens are built at the first question about it, in about a second.</summary>
    /// <param name="knowledge">Who does what, says who.</param>
    /// <param name="own">Cases and reports of one's own, which count as precedents.</param>
    /// <param name="model">Learned figures; null for those shipped.</param>
    /// <param name="ownOnly">True to learn from one's own reports alone: best where they are many and labelled in a style of their own.</param>
    public Predictor(ActorKnowledge knowledge, IReadOnlyList<OwnBasket>? own = null, PredictionModel? model = null, bool ownOnly = false)
    {
        index = new(knowledge);
        reader = new(index);
        this.model = model ?? PredictionModel.Shipped;
        this.own = own ?? [];
        this.ownOnly = ownOnly;
        facts = knowledge.Techniques.ToDictionary(item => item.Id, StringComparer.Ordinal);
    }

    /// <summary>Techniques that are likely present but were not seen.</summary>
    /// <param name="question">What was seen.</param>
    /// <exception cref="ArgumentOutOfRangeException">The seen share is not between 0 and 1.</exception>
    public PredictionAnswer Unseen(PredictionQuestion question)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(question.SeenShare, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(question.SeenShare, 1);
        var problems = new List<AnalysisProblem>();
        var seen = reader.Techniques(question.Techniques, problems);
        var trained = ModelsOf(question.Lens);
        var (items, rows) = trained.Models.Features(seen);
        var scores = Blend.Score(rows, model.Weights);
        var expected = Math.Max(1, seen.Length) * (1 - question.SeenShare) / question.SeenShare;
        return Answer(question, seen, items, scores, expected, trained, problems);
    }

    /// <summary>Techniques that are likely the next step after the last one given.</summary>
    /// <param name="question">What happened, in its order.</param>
    /// <param name="flows">Known sequences, which add what followed what; may be empty.</param>
    public PredictionAnswer Next(PredictionQuestion question, NextStepModel flows)
    {
        var problems = new List<AnalysisProblem>();
        var seen = reader.Techniques(question.Techniques, problems);
        int[] trail = [.. question.Techniques.Reverse().Select(id => reader.Techniques([id], [])).Where(found => found.Length == 1).Select(found => found[0]).Distinct().Reverse()];
        var trained = ModelsOf(question.Lens);
        var (items, rows) = trained.Models.Features(seen);
        var steps = flows.Rows(index, items, Blend.Score(rows, model.Weights), trail, model.Steps);
        return Answer(question, seen, items, Blend.Score(steps, model.StepWeights), 1, trained, problems);
    }

    internal ModelSet Models(Lens lens) => ModelsOf(lens).Models;

    private PredictionAnswer Answer(
        PredictionQuestion question, int[] seen, int[] items, double[] scores, double unseen, Trained trained, List<AnalysisProblem> problems)
    {
        var shares = ConditionalLogit.Softmax(scores);
        var expected = Math.Min(unseen, items.Length);
        var platforms = question.Platforms.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var nearest = question.Reasons ? trained.Models.Precedents.Nearest(seen, PrecedentsLookedAt) : [];
        var families = new HashSet<int>();
        var ranking = new List<LikelyTechnique>();
        foreach (var i in Enumerable.Range(0, items.Length).OrderByDescending(i => scores[i]).ThenBy(i => items[i]))
        {
            if (ranking.Count >= question.Count) break;
            var fact = facts[index.Techniques[items[i]]];
            if (platforms.Count > 0 && !fact.Platforms.Any(platforms.Contains)) continue;
            if (question.OncePerFamily && !families.Add(index.Family[items[i]])) continue;
            ranking.Add(new(fact.Id, fact.Name, scores[i], model.Probability(shares[i], expected),
                question.Reasons ? Because(trained.Models, seen, items[i]) : [],
                question.Reasons ? Precedents(trained, nearest, seen, items[i]) : [],
                [.. seen.Where(t => index.Family[t] == index.Family[items[i]]).Select(t => index.Techniques[t])]));
        }
        return new(index.Knowledge.Release, [.. seen.Select(t => index.Techniques[t])], expected, ranking, problems);
    }

    private List<string> Because(ModelSet models, int[] seen, int item) =>
        [.. seen.Select(from => (from, Value: models.Evidence.Evidence(from, item))).Where(pair => pair.Value > 0)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.from).Take(ReasonsShown).Select(pair => index.Techniques[pair.from])];

    private static List<Precedent> Precedents(Trained trained, IReadOnlyList<(int Row, double Likeness)> nearest, int[] seen, int item) =>
        [.. nearest.Where(near => Array.BinarySearch(trained.Models.Baskets.Rows[near.Row], item) >= 0).Take(PrecedentsShown)
            .Select(near => new Precedent(trained.Names[near.Row], near.Likeness,
                seen.Count(t => Array.BinarySearch(trained.Models.Baskets.Rows[near.Row], t) >= 0)))];

    private Trained ModelsOf(Lens lens)
    {
        var key = $"{lens.AsOf:O}|{lens.MinSources}|{string.Join('\n', lens.ExcludedSources.Order(StringComparer.Ordinal))}";
        lock (gate)
        {
            if (lenses.FirstOrDefault(item => item.Key == key).Models is { } known) return known;
            var (baskets, names) = BasketBuilder.Build(index, lens, own, ownOnly);
            var trained = new Trained(new(baskets, index.Parent), names);
            if (!trained.Models.Names.SequenceEqual(model.Features)) throw new InvalidOperationException("The prediction model was learned with other features than this library has.");
            if (lenses.Count >= MostLenses) lenses.RemoveAt(0);
            lenses.Add((key, trained));
            return trained;
        }
    }

    private sealed record Trained(ModelSet Models, string[] Names);
}
