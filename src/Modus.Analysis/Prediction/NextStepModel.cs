using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Prediction;

/// <summary>One step that followed another.</summary>
/// <param name="From">Id of the earlier technique.</param>
/// <param name="To">Id of the later one.</param>
public sealed record Transition(string From, string To);

/// <summary>What followed what in known sequences, backed by the order of tactics and by what is seen together.</summary>
public sealed class NextStepModel
{
    /// <summary>Steps between tactics are told apart up to this many, ahead or back.</summary>
    internal const int Reach = 13;
    private const double PriorSteps = 30;
    private const double MixedFor = 4;
    private readonly Dictionary<string, Dictionary<string, int>> following = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> reached = new(StringComparer.Ordinal);

    /// <summary>Counts transitions.</summary>
    /// <param name="transitions">Steps of known sequences; may be empty.</param>
    public NextStepModel(IEnumerable<Transition> transitions)
    {
        foreach (var step in transitions)
        {
            if (!following.TryGetValue(step.From, out var next)) following[step.From] = next = new(StringComparer.Ordinal);
            next[step.To] = next.GetValueOrDefault(step.To) + 1;
            reached[step.To] = reached.GetValueOrDefault(step.To) + 1;
        }
    }

    /// <summary>The sequences that come with this library, and one's own.</summary>
    /// <param name="own">Steps of one's own cases; may be empty.</param>
    public static NextStepModel Shipped(IEnumerable<Transition> own) => new(PredictionModel.Shipped.Transitions.Concat(own));

    /// <summary>A model without sequences: the order of tactics and what is seen together.</summary>
    public static NextStepModel Empty { get; } = new([]);

    /// <summary>Log-weights by how far ahead the next tactic lies, learned from sequences and smoothed.</summary>
    internal static double[] LearnSteps(IEnumerable<Transition> transitions, KnowledgeIndex index)
    {
        var places = TacticPlaces(index);
        var counts = new double[2 * Reach + 1];
        Array.Fill(counts, 0.5);
        foreach (var step in transitions)
        {
            var from = index.Techniques.Find(step.From);
            var to = index.Techniques.Find(step.To);
            if (from < 0 || to < 0 || places[from].Length == 0 || places[to].Length == 0) continue;
            var share = 1.0 / (places[from].Length * places[to].Length);
            foreach (var a in places[from])
                foreach (var b in places[to]) counts[Math.Clamp(b - a, -Reach, Reach) + Reach] += share;
        }
        var total = counts.Sum();
        return [.. counts.Select(count => Math.Log(count / total * counts.Length))];
    }

    /// <summary>Names of what is weighed, in the order of the columns.</summary>
    internal static IReadOnlyList<string> Features { get; } =
    [
        "followed the last step", "followed any step", "tactic ahead", "together with all", "together with the last",
        "in like incidents", "walk", "ln users", "family of the last", "family of any",
    ];

    /// <summary>One row of features for every technique.</summary>
    internal double[] Rows(KnowledgeIndex index, ModelSet models, int[] seen, int last, double[] steps)
    {
        var size = index.Techniques.Count;
        double[][] columns =
        [
            Standard(models.Evidence.Score(seen)), Standard(models.Evidence.Score(last < 0 ? [] : [last])),
            Standard([.. models.Precedents.Score(seen).Select(Math.Sqrt)]), Standard([.. models.Walk.Score(seen).Select(Math.Sqrt)]),
            Standard([.. models.Baskets.Users.Select(users => Math.Log(1 + users))]),
        ];
        var places = TacticPlaces(index);
        following.TryGetValue(last < 0 ? "" : index.Techniques[last], out var next);
        var total = next?.Values.Sum() ?? 0;
        var steady = reached.Values.Sum() + PriorSteps;
        var users = models.Baskets.Users.Sum(count => count + 1.0);
        var families = seen.Select(t => index.Family[t]).ToHashSet();
        var rows = new double[size * Features.Count];
        for (var t = 0; t < size; t++)
        {
            var id = index.Techniques[t];
            var usual = (reached.GetValueOrDefault(id) + PriorSteps * (models.Baskets.Users[t] + 1) / users) / steady;
            var markov = ((next?.GetValueOrDefault(id) ?? 0) + MixedFor * usual) / (total + MixedFor);
            var at = t * Features.Count;
            rows[at++] = Math.Log(markov / usual);
            rows[at++] = Math.Log(usual * size);
            rows[at++] = Ahead(places, steps, last, t);
            foreach (var column in columns) rows[at++] = column[t];
            rows[at++] = last >= 0 && index.Family[t] == index.Family[last] ? 1 : 0;
            rows[at] = families.Contains(index.Family[t]) ? 1 : 0;
        }
        return rows;
    }

    internal double[] Score(KnowledgeIndex index, ModelSet models, int[] seen, int last, double[] steps, double[] weights) =>
        Blend.Score(Rows(index, models, seen, last, steps), weights);

    private static double Ahead(int[][] places, double[] steps, int last, int technique)
    {
        if (last < 0 || places[last].Length == 0 || places[technique].Length == 0) return 0;
        var best = double.NegativeInfinity;
        foreach (var a in places[last])
            foreach (var b in places[technique]) best = Math.Max(best, steps[Math.Clamp(b - a, -Reach, Reach) + Reach]);
        return best;
    }

    /// <summary>Places of each technique's tactics in the order that the release gives.</summary>
    private static int[][] TacticPlaces(KnowledgeIndex index)
    {
        var order = index.Knowledge.TacticOrder.Select((name, place) => (name, place)).ToDictionary(item => item.name, item => item.place, StringComparer.Ordinal);
        var places = new int[index.Techniques.Count][];
        foreach (var technique in index.Knowledge.Techniques)
            places[index.Techniques.Find(technique.Id)] = [.. technique.Tactics.Where(order.ContainsKey).Select(tactic => order[tactic]).Order()];
        return places;
    }

    private static double[] Standard(double[] scores)
    {
        var mean = scores.Length == 0 ? 0 : scores.Average();
        var deviation = Math.Sqrt(scores.Select(score => (score - mean) * (score - mean)).DefaultIfEmpty(0).Average()) + 1e-12;
        return [.. scores.Select(score => (score - mean) / deviation)];
    }
}
