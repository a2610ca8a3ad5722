namespace Modus.Analysis.Coverage;

/// <summary>A rule that alerted in one exercise and stayed silent in a later one, with no later alert since.</summary>
/// <param name="Rule">The rule, as the exercise names it.</param>
/// <param name="Technique">The technique of the missed test.</param>
/// <param name="LastAlert">The day of its last alert.</param>
/// <param name="Missed">The day of the first miss after it.</param>
/// <param name="Host">Where it was missed; null where nobody says.</param>
public sealed record LostDetection(string Rule, string Technique, DateOnly LastAlert, DateOnly Missed, string? Host);

/// <summary>Finds rules that fell silent between exercises.</summary>
public static class LostDetections
{
    /// <summary>By rule and technique: the last alert, where a later test of the same rule and technique was missed. Undated tests have no order and tell nothing.</summary>
    /// <param name="results">Outcomes of exercises, in any order.</param>
    public static IReadOnlyList<LostDetection> Of(IEnumerable<ExerciseResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var lost = new List<LostDetection>();
        foreach (var group in results.Where(result => result.Date is not null && result.Technique.Id is not null)
            .SelectMany(result => result.Rules.Select(rule => (Rule: rule, Result: result))).GroupBy(pair => (pair.Rule, pair.Result.Technique.Id)))
        {
            var alerts = group.Where(pair => pair.Result.Outcome is ExerciseOutcome.Detected or ExerciseOutcome.Prevented).Select(pair => pair.Result.Date!.Value).ToList();
            if (alerts.Count == 0) continue;
            var missed = group.Select(pair => pair.Result).Where(result => result.Outcome is ExerciseOutcome.Missed or ExerciseOutcome.Logged && result.Date > alerts.Max()).MinBy(result => result.Date);
            if (missed is not null) lost.Add(new(group.Key.Rule, group.Key.Id!, alerts.Max(), missed.Date!.Value, missed.Host));
        }
        return [.. lost.OrderBy(item => item.Rule, StringComparer.Ordinal).ThenBy(item => item.Technique, StringComparer.Ordinal)];
    }
}
