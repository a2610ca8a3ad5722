using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Planning.Exercises;

/// <summary>Techniques of one flow or plan of which one came before the other.</summary>
/// <param name="Source">The flow or plan; those of one family share a name and are held out together.</param>
/// <param name="Pairs">Earlier and later technique, by id; a pair may come more than once.</param>
public sealed record OrderedPairs(string Source, IReadOnlyList<(string Before, string After)> Pairs);

/// <summary>Learns the usual place of techniques from what came before what.</summary>
/// <remarks>A ridge regression on pairs: the log-odds that a comes before b is the difference of their places. Every
/// sequence counts the same, however long it is.</remarks>
public static class OrderTrainer
{
    private const int Rounds = 150;
    private const double Ridge = 1, Pace = 0.3, Mass = 20;

    /// <summary>Learns a model.</summary>
    /// <param name="sequences">Pairs of sequences, ids as in one of the releases.</param>
    /// <param name="releases">Techniques by release: a pair counts in each that knows both, so that tactics of each are learned.</param>
    /// <param name="trainedOn">What it is learned from, in words.</param>
    public static OrderModel Train(IReadOnlyList<OrderedPairs> sequences, IReadOnlyList<IReadOnlyDictionary<string, TechniqueFact>> releases, string trainedOn)
    {
        var features = new List<(int Key, double Share)[]>();
        var keys = new Dictionary<string, int>(StringComparer.Ordinal);
        var nodes = new Dictionary<(int, string), int>();
        var pairs = new List<(int Before, int After, double Weight)>();
        for (var release = 0; release < releases.Count; release++)
            foreach (var sequence in sequences)
            {
                var known = sequence.Pairs.Where(pair => releases[release].ContainsKey(pair.Before) && releases[release].ContainsKey(pair.After)).ToList();
                foreach (var pair in known) pairs.Add((Node(release, pair.Before), Node(release, pair.After), Mass / known.Count / releases.Count));
            }
        var weights = new double[keys.Count];
        var squares = new double[keys.Count];
        var slope = new double[keys.Count];
        var place = new double[features.Count];
        var pull = new double[features.Count];
        for (var round = 0; round < Rounds; round++)
        {
            for (var node = 0; node < place.Length; node++) place[node] = features[node].Sum(item => item.Share * weights[item.Key]);
            Array.Clear(pull);
            foreach (var (before, after, weight) in pairs)
            {
                var wrong = weight / (1 + Math.Exp(Math.Clamp(place[after] - place[before], -30, 30)));
                pull[after] += wrong;
                pull[before] -= wrong;
            }
            Array.Clear(slope);
            for (var node = 0; node < place.Length; node++)
                foreach (var (key, share) in features[node]) slope[key] += share * pull[node];
            for (var key = 0; key < weights.Length; key++)
            {
                var gradient = slope[key] - Ridge * weights[key];
                squares[key] += gradient * gradient;
                weights[key] += Pace * gradient / Math.Sqrt(squares[key] + 1e-9);
            }
        }
        return new(trainedOn, keys.ToDictionary(item => item.Key, item => weights[item.Value], StringComparer.Ordinal));

        int Node(int release, string id)
        {
            if (nodes.TryGetValue((release, id), out var node)) return node;
            nodes[(release, id)] = node = features.Count;
            features.Add([.. OrderModel.Features(releases[release][id]).Select(item => (keys.TryGetValue(item.Key, out var key) ? key : keys[item.Key] = keys.Count, item.Share))]);
            return node;
        }
    }

    /// <summary>Share of pairs that are in the order of their places; equal places count half.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="place">The place of a technique; null where nobody knows it, and the pair counts half.</param>
    public static double Agreement(OrderedPairs sequence, Func<string, double?> place) =>
        sequence.Pairs.Count == 0 ? 0 : sequence.Pairs.Average(pair => place(pair.Before) is { } before && place(pair.After) is { } after
            ? before < after ? 1 : before > after ? 0 : 0.5 : 0.5);
}
