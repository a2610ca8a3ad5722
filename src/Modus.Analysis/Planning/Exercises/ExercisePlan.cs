namespace Modus.Analysis.Planning.Exercises;

/// <summary>A technique that an exercise could try.</summary>
/// <param name="Technique">Its id.</param>
/// <param name="Threat">How much the adversary is said to use it, above 0; only comparable within one question.</param>
/// <param name="Detection">How likely the defence is to notice, 0 to 1, by what is known of it.</param>
/// <param name="Known">What that is known by, in words: the state of the ladder.</param>
public sealed record ExerciseCandidate(string Technique, double Threat, double Detection, string Known)
{
    /// <summary>Why it cannot be tried; null where it can.</summary>
    public string? Obstacle { get; init; }

    /// <summary>Hours or another unit that a try costs.</summary>
    public double Cost { get; init; } = 1;

    /// <summary>What a try would tell: bits of uncertainty about whether the defence notices.</summary>
    public double Information => Bits(Detection);

    private static double Bits(double p) => p is <= 0 or >= 1 ? 0 : -(p * Math.Log2(p) + (1 - p) * Math.Log2(1 - p));
}

/// <summary>A step of an exercise.</summary>
/// <param name="Candidate">The technique.</param>
/// <param name="Threat">Its share of the adversary's threat, 0 to 1.</param>
/// <param name="Value">What the step is chosen for: threat share times bits that it tells.</param>
/// <param name="Place">Its place in the usual order of things.</param>
public sealed record ExerciseStep(ExerciseCandidate Candidate, double Threat, double Value, double Place);

/// <summary>An exercise: steps in order, and what it leaves out.</summary>
/// <param name="Steps">The steps, in the order to play them.</param>
/// <param name="LeftOut">Candidates without a place under the budget, the most valuable first.</param>
/// <param name="Impossible">Candidates that cannot be tried, with the reason on each.</param>
/// <param name="Learned">Value of the steps as a share of that of all candidates that can be tried.</param>
public sealed record ExercisePlan(IReadOnlyList<ExerciseStep> Steps, IReadOnlyList<ExerciseStep> LeftOut, IReadOnlyList<ExerciseCandidate> Impossible, double Learned);

/// <summary>Chooses what to try and in which order.</summary>
public static class ExercisePlanner
{
    /// <summary>Takes the steps that tell most about what the adversary does most, and puts them in the usual order.</summary>
    /// <param name="candidates">The adversary's techniques.</param>
    /// <param name="budget">What the steps may cost together.</param>
    /// <param name="place">The usual place of a technique.</param>
    public static ExercisePlan Plan(IReadOnlyList<ExerciseCandidate> candidates, double budget, Func<string, double> place)
    {
        var threat = candidates.Sum(item => item.Threat);
        var possible = candidates.Where(item => item.Obstacle is null)
            .Select(item => new ExerciseStep(item, threat > 0 ? item.Threat / threat : 0, threat > 0 ? item.Threat / threat * item.Information : 0, place(item.Technique)))
            .OrderByDescending(step => step.Value / Math.Max(1e-9, step.Candidate.Cost)).ThenByDescending(step => step.Threat).ThenBy(step => step.Candidate.Technique, StringComparer.Ordinal).ToList();
        // Values add up, so this is a knapsack: exact for equal costs by taking the best, else by the same search as every plan.
        var chosen = Equal(possible) ? possible.Where((step, at) => (at + 1) * step.Candidate.Cost <= budget + 1e-9).ToHashSet() : Knapsack(possible, budget);
        var all = possible.Sum(step => step.Value);
        return new(
            [.. possible.Where(chosen.Contains).OrderBy(step => step.Place).ThenBy(step => step.Candidate.Technique, StringComparer.Ordinal)],
            [.. possible.Where(step => !chosen.Contains(step))],
            [.. candidates.Where(item => item.Obstacle is not null).OrderByDescending(item => item.Threat).ThenBy(item => item.Technique, StringComparer.Ordinal)],
            all > 0 ? chosen.Sum(step => step.Value) / all : 0);
    }

    private static bool Equal(List<ExerciseStep> steps) => steps.TrueForAll(step => step.Candidate.Cost.Equals(steps[0].Candidate.Cost));

    private static HashSet<ExerciseStep> Knapsack(List<ExerciseStep> steps, double budget)
    {
        var problem = new Cover.CoverProblem([.. steps.Select(step => new Cover.CoverItem(step.Candidate.Technique, step.Candidate.Cost))],
            [.. steps.Select((step, at) => new Cover.CoverTarget(step.Candidate.Technique, step.Value, [[at]]))]);
        return [.. Cover.CoverSolver.Solve(problem, new(budget)).Chosen.Select(at => steps[at])];
    }
}
