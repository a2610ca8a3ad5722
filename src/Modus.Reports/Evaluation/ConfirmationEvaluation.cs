using Modus.Reports.Mapping;
using Modus.Reports.Training;

namespace Modus.Reports.Evaluation;

/// <summary>What a team's decisions changed on reports it never decided on.</summary>
/// <param name="Reports">Reports measured, each once.</param>
/// <param name="Sentences">Their sentences.</param>
/// <param name="Decisions">Mean number of decisions that a part's model was adapted to.</param>
/// <param name="Accepted">Mean number of them that confirmed.</param>
/// <param name="DecidedReports">Mean number of reports that they come from.</param>
/// <param name="Methods">Before and after, by technique and with sub-techniques counted as their techniques.</param>
/// <param name="UnknownLabels">Labels that the model does not know and that were left out, each once.</param>
public sealed record ConfirmationResult(
    int Reports, int Sentences, double Decisions, double Accepted, double DecidedReports, IReadOnlyList<MapperMeasures> Methods, IReadOnlyList<string> UnknownLabels);

/// <summary>
/// Measures what a model gains from a team's decisions. The reports are dealt into parts; for each part a model is adapted to
/// decisions on the reports of the other parts, then asked about this part, of which nobody decided anything.
/// </summary>
public static class ConfirmationEvaluation
{
    /// <summary>Measures a model before and after.</summary>
    /// <param name="model">The model; it must not have been fitted on the reports.</param>
    /// <param name="reports">Labelled reports of the team, whose labels stand for its decisions.</param>
    /// <param name="decisions">Decisions the team takes, at least 1.</param>
    /// <param name="folds">Parts, where reports name none.</param>
    /// <param name="seed">Seed of the order in which the team reads, and of the bootstrap.</param>
    /// <param name="progress">Told after each part, or null.</param>
    /// <param name="stop">Stops the work.</param>
    /// <exception cref="ArgumentException">The reports make fewer than two parts.</exception>
    public static ConfirmationResult Measure(
        MapperModel model, IReadOnlyList<LabelledReport> reports, int decisions, int folds = 5, int seed = 17,
        Action<string>? progress = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(reports);
        ArgumentOutOfRangeException.ThrowIfLessThan(decisions, 1);
        var dealt = MapperTrainer.Deal(reports, folds);
        var parts = dealt.Distinct().Order().ToArray();
        if (parts.Length < 2) throw new ArgumentException("The reports make fewer than two parts.", nameof(reports));
        var used = FixedEvaluation.Used(model, reports);
        var documents = reports.DistinctBy(report => report.Id)
            .ToDictionary(report => report.Id, report => (IReadOnlyList<string>)[.. report.Sentences.Select(sentence => sentence.Text)], StringComparer.Ordinal);
        List<ScoredReport>[] before = [[], []], after = [[], []];
        var taken = new List<List<TeamDecision>>();
        foreach (var part in parts)
        {
            stop.ThrowIfCancellationRequested();
            var own = reports.Where((_, at) => dealt[at] != part).ToArray();
            new Random(seed).Shuffle(own);
            var asked = reports.Where((_, at) => dealt[at] == part).ToList();
            taken.Add(TeamSimulation.Decide(model, own, decisions, stop));
            var adapted = MapperAdapter.Adapt(model, taken[^1], documents, stop);
            Add(before, model, asked, used, stop);
            Add(after, adapted, asked, used, stop);
            progress?.Invoke($"part {part}: {taken[^1].Count} decisions, {asked.Count} reports measured");
        }

        MapperMeasures Of(string name, List<ScoredReport> scored) => Measuring.Of(name, scored, probabilities: true, seed);
        return new(
            before[0].Count, before[0].Sum(report => report.Sentences.Length), taken.Average(list => list.Count), taken.Average(list => list.Count(one => one.Accepted)),
            taken.Average(list => list.Select(one => one.Document).Distinct().Count()),
            [Of("exact, before", before[0]), Of("exact, after", after[0]), Of("parents, before", before[1]), Of("parents, after", after[1])],
            FixedEvaluation.Unknown(model, reports));
    }

    private static void Add(List<ScoredReport>[] to, MapperModel model, List<LabelledReport> reports, HashSet<int> used, CancellationToken stop)
    {
        var (exact, parents) = FixedEvaluation.Scored(model, reports, used, openSet: false, stop);
        to[0].AddRange(exact);
        to[1].AddRange(parents);
    }
}
