namespace Modus.Analysis.Coverage;

/// <summary>Says what the facts of a cell come to, what is missing, and the cheapest next step.</summary>
internal sealed class CellJudge(DefenceInventory defence, TelemetryCheck telemetry, DateOnly today, LadderOptions options)
{
    private readonly ILookup<string, KnownTest> tests = defence.Tests.ToLookup(test => test.TechniqueId, StringComparer.OrdinalIgnoreCase);

    public Cell Judge(CellFacts facts)
    {
        var rungs = facts.States(today, options.MaxAge);
        var state = StateOf(facts);
        var missing = state is CellState.NotCollected or CellState.NoRule or CellState.Untested ? Lacking(facts) : null;
        var cell = new Cell(facts.Technique.Id, facts.Platform, rungs, state)
        {
            HostShare = ShareOf(facts),
            Controls = facts.Controls,
            IsRegression = IsRegression(facts),
            IsStale = Deciding(state) is { } rung && rungs[(int)rung - 1].IsStale,
            IsBeyondRelease = !facts.Technique.Platforms.Contains(facts.Platform, StringComparer.OrdinalIgnoreCase),
            MissingSources = state == CellState.NotCollected ? missing?.Names ?? [] : [],
            Missing = Next(facts, state),
        };
        return cell with { NextStep = Step(facts, cell, missing) };
    }

    private CellState StateOf(CellFacts facts)
    {
        if (facts.Has(Rung.Fired)) return CellState.Fired;
        if (facts.Exercises.Exists(test => test.Outcome is ExerciseOutcome.Detected or ExerciseOutcome.Prevented)) return CellState.Tested;
        // An exercise goes through the whole defence; a fixture speaks for a rule only where it runs and is fed.
        if (facts.Rules.Exists(rule => rule is { FixturesMatched: > 0, IsDeployed: true } && CanRun(rule) && IsFed(rule, facts.Platform) == true)) return CellState.Tested;
        if (facts.Rules.Count > 0)
        {
            if (facts.Rules.Exists(rule => rule.IsDeployed && CanRun(rule) && IsFed(rule, facts.Platform) == true)) return CellState.Untested;
            return facts.Rules.TrueForAll(rule => !CanRun(rule) || IsFed(rule, facts.Platform) == false) ? CellState.CannotFire : CellState.ClaimOnly;
        }
        // Where the rules are known, a bare claim over collected logs has no rule behind it, whatever it says.
        if (facts.Has(Rung.Claimed) && !(defence.Rules.Count > 0 && facts.Has(Rung.Telemetry))) return CellState.ClaimOnly;
        if (facts.Has(Rung.Telemetry)) return CellState.NoRule;
        return Analytics(facts).Any() ? CellState.NotCollected : CellState.OutsideTelemetry;
    }

    private static bool CanRun(DeployedRule rule) => rule.Refusal is null && rule.Fire.Verdict != FireVerdict.Cannot;

    /// <summary>Whether the logs of a rule come from the platform; null where nobody says what is collected there.</summary>
    private bool? IsFed(DeployedRule rule, string platform)
    {
        if (rule.Fire.Verdict == FireVerdict.Can) return true;
        if (rule.Streams.Any(stream => telemetry.Of(stream, platform).Count > 0)) return true;
        return telemetry.IsKnown(platform) && rule.Streams.Count > 0 ? false : null;
    }

    private static Rung? Deciding(CellState state) => state switch
    {
        CellState.Fired => Rung.Fired,
        CellState.Tested => Rung.Tested,
        CellState.Untested or CellState.NoRule => Rung.Telemetry,
        _ => null,
    };

    private static Rung Next(CellFacts facts, CellState state) => state switch
    {
        CellState.Fired => Rung.None,
        CellState.Tested => Rung.Fired,
        CellState.Untested => Rung.Tested,
        CellState.CannotFire => facts.Rules.TrueForAll(rule => rule.Refusal is not null) ? Rung.Deployed : Rung.Telemetry,
        CellState.ClaimOnly => facts.Has(Rung.Deployed) ? Rung.Telemetry : Rung.Deployed,
        CellState.NoRule => Rung.Claimed,
        _ => Rung.Telemetry,
    };

    // A miss after a pass, until a later pass. Undated tests have no order and tell nothing here.
    private static bool IsRegression(CellFacts facts)
    {
        var dated = facts.Exercises.Where(test => test.Date is not null && test.Outcome != ExerciseOutcome.NotRun).ToList();
        var passes = dated.Where(test => test.Outcome is ExerciseOutcome.Detected or ExerciseOutcome.Prevented).Select(test => test.Date).ToList();
        if (passes.Count == 0) return false;
        return dated.Exists(test => test.Outcome is ExerciseOutcome.Missed or ExerciseOutcome.Logged && test.Date > passes.Max() && passes.Exists(pass => pass < test.Date));
    }

    private double? ShareOf(CellFacts facts)
    {
        var sources = facts.Rules.Where(CanRun).SelectMany(rule => rule.Streams).SelectMany(stream => telemetry.Of(stream, facts.Platform)).ToList();
        if (sources.Count > 0) return sources.Max(source => telemetry.Share(source, facts.Platform));
        if (!facts.Has(Rung.Telemetry)) return null;
        // An analytic reaches as far as the least spread of its logs.
        return Analytics(facts).Select(analytic => analytic.Needs.Select(need => telemetry.Of(need, facts.Platform)).ToList())
            .Where(found => found.TrueForAll(source => source is not null))
            .Select(found => found.Min(source => telemetry.Share(source!, facts.Platform))).DefaultIfEmpty(null).Max();
    }

    private static IEnumerable<AnalyticNeeds> Analytics(CellFacts facts) =>
        facts.Technique.Analytics.Where(analytic => analytic.NamesLogs && analytic.Platforms.Contains(facts.Platform, StringComparer.OrdinalIgnoreCase));

    /// <summary>The analytic that lacks least: by cost where the inventory has prices for all that is missing, else by how many logs.</summary>
    private Lack? Lacking(CellFacts facts) => Analytics(facts)
        .Select(analytic =>
        {
            var needs = analytic.Needs.Where(need => telemetry.Of(need, facts.Platform) is null).ToList();
            var absent = needs.Select(need => telemetry.Absent(need, facts.Platform)).ToList();
            double? cost = absent.Count > 0 && absent.TrueForAll(source => source?.Cost is not null) ? absent.Select(source => source!).DistinctBy(source => source.Id).Sum(source => source.Cost!.Value) : null;
            return new Lack(analytic.Id, [.. needs.Select((need, at) => absent[at]?.Id ?? need.ToString()).Distinct(StringComparer.OrdinalIgnoreCase)],
                [.. analytic.Needs.Select(need => need.Name).Distinct(StringComparer.OrdinalIgnoreCase)], cost);
        })
        .OrderBy(lack => lack.Cost ?? double.MaxValue).ThenBy(lack => lack.Names.Count).ThenBy(lack => lack.Analytic, StringComparer.Ordinal).FirstOrDefault();

    private string Step(CellFacts facts, Cell cell, Lack? lack)
    {
        var id = facts.Technique.Id;
        if (cell.IsRegression)
        {
            var miss = cell[Rung.Tested].Against.First(item => item.Kind == RungEvidenceKind.Exercise);
            return $"find out why '{miss.What}' no longer alerts{(miss.Host is { } host ? $" on {host}" : "")}, mend it and test again";
        }
        switch (cell.State)
        {
            case CellState.Fired: return cell.IsStale ? $"test again: the last hit is {Age(cell[Rung.Fired])}" : "";
            case CellState.Tested: return cell.IsStale ? $"test again: the last pass is {Age(cell[Rung.Tested])}{TestFor(id, cell.Platform)}" : "";
            case CellState.Untested: return $"test '{facts.Rules.First(rule => rule.IsDeployed && CanRun(rule)).Title}'{TestFor(id, cell.Platform)}";
            case CellState.CannotFire: return Repair(facts);
            case CellState.ClaimOnly when facts.Rules.Find(rule => CanRun(rule) && !rule.IsDeployed) is { } rule && !facts.Has(Rung.Deployed): return $"switch on '{rule.Title}', and say so in the inventory";
            case CellState.ClaimOnly when facts.Rules.Count > 0: return $"show that {string.Join(", ", facts.Rules.SelectMany(rule => rule.Streams).Distinct())} is collected on {cell.Platform}";
            case CellState.ClaimOnly: return $"name the rule behind '{cell[Rung.Claimed].For[0].What}', or test it{TestFor(id, cell.Platform)}";
            case CellState.NoRule when facts.Has(Rung.Claimed): return $"name the rule behind '{cell[Rung.Claimed].For[0].What}', or write one{(lack is { Names.Count: 0 } ? $" over {string.Join(" and ", lack.Logs)} ({lack.Analytic})" : "")}";
            case CellState.NoRule: return lack is { Names.Count: 0 } ? $"write a rule over {string.Join(" and ", lack.Logs)} ({lack.Analytic})" : "write a rule over the logs that show it";
            case CellState.NotCollected when lack is not null: return $"collect {string.Join(" and ", lack.Names)} ({lack.Analytic}), then write a rule";
            default: return "no log of one's own shows it: watch outside sources, or accept it";
        }
    }

    private string Repair(CellFacts facts)
    {
        // A field is mended in minutes, a file in an hour, a log source in weeks.
        if (facts.Rules.Find(rule => rule.Refusal is null && rule.Fire is { Verdict: FireVerdict.Cannot, MissingFields.Count: > 0 }) is { } field)
            return $"mend '{field.Title}': {field.Fire.Fix ?? field.Fire.Reason}";
        if (facts.Rules.Find(rule => rule.Refusal is not null) is { } broken) return $"mend '{broken.Title}', which does not load: {broken.Refusal}";
        var streams = facts.Rules.Where(rule => IsFed(rule, facts.Platform) == false).SelectMany(rule => rule.Streams).Distinct().ToList();
        return streams.Count > 0 ? $"collect {string.Join(" or ", streams.Take(3))}, which {(facts.Rules.Count == 1 ? $"'{facts.Rules[0].Title}'" : $"{facts.Rules.Count} rules")} read{(facts.Rules.Count == 1 ? "s" : "")}" : $"mend '{facts.Rules[0].Title}': {facts.Rules[0].Fire.Reason}";
    }

    private string TestFor(string technique, string platform) =>
        tests[technique].FirstOrDefault(test => test.Platforms.Count == 0 || test.Platforms.Contains(platform, StringComparer.OrdinalIgnoreCase)) is { } test ? $" (test {test.Id}: {test.Name})" : "";

    private string Age(RungState rung) => rung.Date is { } date ? $"{today.DayNumber - date.DayNumber} days old" : "undated";

    private sealed record Lack(string Analytic, IReadOnlyList<string> Names, IReadOnlyList<string> Logs, double? Cost);
}
