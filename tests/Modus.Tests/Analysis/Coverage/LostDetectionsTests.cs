using Modus.Analysis.Coverage;
using Xunit;

namespace Modus.Tests.Analysis.Coverage;

public sealed class LostDetectionsTests
{
    private static ExerciseResult Result(string day, ExerciseOutcome outcome, string rule = "R1", string technique = "T1", string? host = null) =>
        new("run", "test", new MappedTechnique(technique, technique, "carried"), outcome, "f.csv:1") { Date = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), Rules = [rule], Host = host };

    [Fact]
    public void A_miss_after_an_alert_is_a_loss_until_it_alerts_again()
    {
        ExerciseResult[] results = [Result("2025-11-01", ExerciseOutcome.Detected), Result("2026-02-01", ExerciseOutcome.Missed, host: "SRV"), Result("2026-03-01", ExerciseOutcome.Logged)];

        Assert.Equal(new LostDetection("R1", "T1", new(2025, 11, 1), new(2026, 2, 1), "SRV"), Assert.Single(LostDetections.Of(results)));
        Assert.Empty(LostDetections.Of([.. results, Result("2026-03-02", ExerciseOutcome.Prevented)]));
    }

    [Fact]
    public void What_never_alerted_or_was_another_rule_or_did_not_run_is_no_loss() => Assert.Empty(LostDetections.Of(
    [
        Result("2025-11-01", ExerciseOutcome.Missed, "R2"), Result("2026-02-01", ExerciseOutcome.Missed, "R2"),
        Result("2025-11-01", ExerciseOutcome.Detected, "R3"), Result("2026-02-01", ExerciseOutcome.Missed, "R4"), Result("2026-02-01", ExerciseOutcome.NotRun, "R3"),
        Result("2025-11-01", ExerciseOutcome.Detected, "R5", "T1"), Result("2026-02-01", ExerciseOutcome.Missed, "R5", "T2"),
    ]));
}
