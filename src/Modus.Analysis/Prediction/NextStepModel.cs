using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Prediction;

/// <summary>One step that followed another.</summary>
/// <param name="From">Id of the earlier technique.</param>
/// <param name="To">Id of the later one.</param>
public sealed record Transition(string From, string To);

/// <summary>What comes next: what is likely there and unseen, weighed by what followed what in known sequences and usually does.</summary>
public sealed class NextStepModel
{
    /// <summary>Steps between tactics are told apart up to this many, ahead or back.</summary>
    internal const int Reach = 13;

    /// <summary>What a technique for none of the platforms seen so far still counts.</summary>
    private const double OtherPlatform = 0.05;

    /// <summary>A share below which nothing is told apart.</summary>
    private const double LeastShare = 0.002;

    /// <summary>What followed an earlier step counts less with each step since.</summary>
    private const double Fade = 0.85;
    private readonly IReadOnlyList<Transition> transitions;
    private readonly UsualSteps usual;
    private volatile StepGround? ground;

    /// <summary>Known sequences, beside the usual steps that come with this library.</summary>
    /// <param name="transitions">Steps of known sequences; may be empty.</param>
    public NextStepModel(IEnumerable<Transition> transitions)
        : this(transitions, UsualSteps.Shipped)
    {
    }

    internal NextStepModel(IEnumerable<Transition> transitions, UsualSteps usual)
    {
        this.transitions = [.. transitions];
        this.usual = usual;
    }

    /// <summary>The sequences that come with this library, and one's own.</summary>
    /// <param name="own">Steps of one's own cases; may be empty.</param>
    public static NextStepModel Shipped(IEnumerable<Transition> own) => new(PredictionModel.Shipped.Transitions.Concat(own));

    /// <summary>A model without sequences: the order of tactics and what is seen together.</summary>
    public static NextStepModel Empty { get; } = new([], UsualSteps.None);

    /// <summary>Log-weights by how far ahead the next tactic lies, learned from sequences and smoothed.</summary>
    internal static double[] LearnSteps(IReadOnlyList<Transition> transitions, KnowledgeIndex index)
    {
        var places = new StepGround(index, [], UsualSteps.None).Places;
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
        "likely unseen", "root likely unseen", "ln reached", "tactic ahead", "same tactic", "sub-technique", "platform",
        "follows", "follows with one left out", "follows the like", "follows an earlier one",
    ];

    /// <summary>One row of features for every technique that was not seen.</summary>
    /// <param name="index">The release.</param>
    /// <param name="open">Techniques that were not seen.</param>
    /// <param name="unseen">How likely each of them is there at all, as a score.</param>
    /// <param name="trail">Techniques that were seen, each once, the last one last.</param>
    /// <param name="steps">Log-weights by how far ahead the next tactic lies.</param>
    internal double[] Rows(KnowledgeIndex index, int[] open, double[] unseen, int[] trail, double[] steps)
    {
        var known = GroundOf(index);
        var likely = Standard(unseen);
        var last = trail.Length == 0 ? -1 : trail[^1];
        var follows = Following(known.Table, trail);
        var platforms = PlatformShares(known, trail);
        var rows = new double[open.Length * Features.Count];
        for (var i = 0; i < open.Length; i++)
        {
            var t = open[i];
            var at = i * Features.Count;
            rows[at++] = likely[i];
            rows[at++] = Math.Sign(likely[i]) * Math.Sqrt(Math.Abs(likely[i]));
            rows[at++] = Math.Log(1 + known.Reached[t]);
            rows[at++] = last < 0 ? 0 : Ahead(known.Places[last], known.Places[t], steps);
            rows[at++] = last >= 0 && known.Places[last].Intersect(known.Places[t]).Any() ? 1 : 0;
            rows[at++] = index.Parent[t] >= 0 ? 1 : 0;
            rows[at++] = known.Platforms[t].Length == 0 ? 0 : Math.Log(OtherPlatform + known.Platforms[t].Max(name => platforms.GetValueOrDefault(name)));
            foreach (var shares in follows) rows[at++] = Math.Log(LeastShare + shares[t]);
        }
        return rows;
    }

    /// <summary>What follows the last one in three readings, and what follows those before it: branches that may go on.</summary>
    private static double[][] Following(StepTable table, int[] trail)
    {
        var (direct, earlier) = (new double[table.Count], new double[table.Count]);
        if (trail.Length == 0) return [direct, direct, direct, earlier];
        var (weight, sum) = (1.0, 0.0);
        for (var i = trail.Length - 2; i >= 0; i--)
        {
            foreach (var (to, share) in table.After(trail[i])) earlier[to] += weight * share;
            sum += weight;
            weight *= Fade;
        }
        if (sum > 0) for (var t = 0; t < earlier.Length; t++) earlier[t] /= sum;
        foreach (var (to, share) in table.After(trail[^1])) direct[to] = share;
        return [direct, table.AfterNext(trail[^1]), table.AfterLike(trail[^1]), earlier];
    }

    private StepGround GroundOf(KnowledgeIndex index)
    {
        if (ground is { } known && ReferenceEquals(known.Index, index)) return known;
        return ground = new(index, transitions, usual);
    }

    private static double Ahead(int[] last, int[] technique, double[] steps)
    {
        if (last.Length == 0 || technique.Length == 0) return 0;
        var best = double.NegativeInfinity;
        foreach (var a in last)
            foreach (var b in technique) best = Math.Max(best, steps[Math.Clamp(b - a, -Reach, Reach) + Reach]);
        return best;
    }

    /// <summary>How much of what was seen speaks for each platform: a technique for several is shared among them.</summary>
    private static Dictionary<string, double> PlatformShares(StepGround known, int[] seen)
    {
        var shares = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var t in seen)
            foreach (var name in known.Platforms[t]) shares[name] = shares.GetValueOrDefault(name) + 1.0 / known.Platforms[t].Length / seen.Length;
        return shares;
    }

    private static double[] Standard(double[] scores)
    {
        var mean = scores.Length == 0 ? 0 : scores.Average();
        var deviation = Math.Sqrt(scores.Select(score => (score - mean) * (score - mean)).DefaultIfEmpty(0).Average()) + 1e-12;
        return [.. scores.Select(score => (score - mean) / deviation)];
    }
}
