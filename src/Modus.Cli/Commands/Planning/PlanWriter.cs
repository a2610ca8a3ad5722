using System.Globalization;
using System.Text.Json;
using Modus.Analysis.Planning.Choices;
using Modus.Analysis.Planning.Cover;
using Modus.Analysis.Planning.Threat;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Planning;

/// <summary>A plan with all that its answer is made of.</summary>
internal sealed record PlanResult(PlanQuestion Question, CoverLimits Limits, CoverAnswer Answer, IReadOnlyList<PlanStep> Steps, WeightBootstrap Bootstrap, PlanScene Scene)
{
    /// <summary>What is covered before anything is bought.</summary>
    public double Start { get; } = Value(Question.Problem, Limits.Owned);

    public IReadOnlyDictionary<string, double> Estate => Scene.Asked.Estate;

    private static double Value(CoverProblem problem, IReadOnlyCollection<int> owned)
    {
        var walk = new CoverWhatIf(problem);
        foreach (var item in owned) walk.Toggle(item);
        return walk.Value;
    }
}

/// <summary>Plans as tables and JSON.</summary>
internal static class PlanWriter
{
    private const int ShownUnlocks = 5;

    private sealed record Row(int Step, string Id, string Name, PlanStep Of, double Low, double High, IReadOnlyList<string> Unlocks);

    public static void Write(Invocation run, PlanResult plan)
    {
        var rows = plan.Steps.Index().Select(item => RowOf(plan, item.Item, item.Index + 1)).ToList();
        if (run.Format == Format.Json) run.Out.WriteLine(Json.Indented(json => WriteJson(json, plan, rows)));
        else
            run.Write(rows,
                new Column<Row>("step", "Step", row => row.Step) { Right = true },
                new Column<Row>("id", "Id", row => row.Id) { Gives = true },
                new Column<Row>("name", plan.Steps.Any(step => Differs(plan, step)) ? "Name" : null, row => row.Name) { Gives = true },
                new Column<Row>("cost", "Cost", row => row.Of.Cost) { Right = true },
                new Column<Row>("gain_percent", "Gain %", row => Round(row.Of.Marginal)) { Right = true },
                new Column<Row>("gain_low", "10 %", row => Round(row.Low)) { Right = true },
                new Column<Row>("gain_high", "90 %", row => Round(row.High)) { Right = true },
                new Column<Row>("total_percent", "Total %", row => Round(row.Of.Total)) { Right = true },
                new Column<Row>("alone_percent", "Alone %", row => Round(row.Of.Alone)) { Right = true },
                new Column<Row>("overlap_percent", "Overlap %", row => Round(row.Of.Overlap)) { Right = true },
                new Column<Row>("loss_percent", "Lost without %", row => Round(row.Of.Loss)) { Right = true },
                new Column<Row>("unlocked", "Unlocks", row => row.Of.Unlocks.Count) { Right = true },
                new Column<Row>("unlocks", "Weightiest unlocked", row => run.Format is Format.Table or Format.Markdown ? row.Unlocks.Take(ShownUnlocks) : row.Unlocks) { Gives = true });
        Say(run, plan);
    }

    private static void Say(Invocation run, PlanResult plan)
    {
        var answer = plan.Answer;
        if (plan.Scene.Start.IsGiven || plan.Limits.Owned.Count > 0)
            run.Say(string.Create(CultureInfo.InvariantCulture, $"starts from {Percent(plan.Start)} %, covered by what is there ({plan.Limits.Owned.Count} item{(plan.Limits.Owned.Count == 1 ? "" : "s")}{(plan.Scene.Start.IsGiven ? "" : ", by --have")})"));
        else run.Say("starts from nothing: no defence was given (--defence, --have)");
        if (answer.Chosen.Count == 0) run.Say(plan.Start >= plan.Question.Ceiling - 1e-9 ? "nothing is left to buy: what is there covers all that can be covered" : "nothing that the budget pays for covers more");
        run.Say(string.Create(CultureInfo.InvariantCulture,
            $"covers {Percent(answer.Value)} % of the threat weight for {answer.Cost:0.##} of {plan.Limits.Budget:0.##}; everything together would cover {Percent(plan.Question.Ceiling)} %"));
        run.Say(answer.IsProven
            ? $"proven best: no plan within the limits covers more ({answer.Nodes} nodes); greedy choice covers {Percent(answer.Greedy)} %"
            : string.Create(CultureInfo.InvariantCulture, $"not proven best: no plan covers more than {Percent(answer.Bound)} %, {100 * answer.Gap:0.00} % above this one ({answer.Nodes} nodes; --nodes allows more)"));
        var unpriced = answer.Chosen.Count(plan.Question.Unpriced.Contains);
        if (unpriced > 0 && plan.Question.Problem.Items.Count - plan.Question.Owned.Count > plan.Question.Unpriced.Count)
            run.Say($"{unpriced} of the {answer.Chosen.Count} steps have no price and count 1 (--costs, or cost: in the inventory)");
        if (plan.Question.Trimmed > 0) run.Say($"{plan.Question.Trimmed} times there were more ways than are looked at: the dearest were left out, and the proof holds for the others");
        run.Say(string.Create(CultureInfo.InvariantCulture,
            $"{plan.Scene.Release.Name}; {plan.Scene.Uses.Uses.Count} uses, halved every {plan.Scene.Threat.HalfLifeDays:0} days; 10 % and 90 %: {plan.Bootstrap.Count} resamples of the actors; {Estate(plan)}"));
    }

    private static string Estate(PlanResult plan) => plan.Estate.Count == 0
        ? "each technique counts evenly on its platforms (say --platform for your estate)"
        : string.Join(", ", plan.Estate.Select(item => string.Create(CultureInfo.InvariantCulture, $"{item.Key} {100 * item.Value:0.#} %")));

    private static Row RowOf(PlanResult plan, PlanStep step, int number)
    {
        var parts = step.Unlocks.Select(target => plan.Question.Cells[target]).Select(cell => (cell.Technique, cell.Share)).ToList();
        var (low, high) = plan.Bootstrap.Interval(parts);
        return new(number, plan.Question.Problem.Items[step.Item].Id, plan.Question.Names[step.Item], step, low, high,
            [.. step.Unlocks.Select(target => plan.Question.Problem.Targets[target].Id).Distinct(StringComparer.Ordinal)]);
    }

    private static bool Differs(PlanResult plan, PlanStep step) => plan.Question.Problem.Items[step.Item].Id != plan.Question.Names[step.Item];

    private static void WriteJson(Utf8JsonWriter json, PlanResult plan, List<Row> rows)
    {
        var answer = plan.Answer;
        json.WriteStartObject();
        Json.WriteMember(json, "release", plan.Scene.Release.Version);
        Json.WriteMember(json, "half_life_days", plan.Scene.Threat.HalfLifeDays);
        Json.WriteMember(json, "budget", plan.Limits.Budget);
        Json.WriteMember(json, "cost", answer.Cost);
        Json.WriteMember(json, "start", plan.Start);
        Json.WriteMember(json, "owned", plan.Limits.Owned.Order().Select(item => plan.Question.Problem.Items[item].Id));
        Json.WriteMember(json, "covered", answer.Value);
        Json.WriteMember(json, "bound", answer.Bound);
        Json.WriteMember(json, "proven", answer.IsProven);
        Json.WriteMember(json, "gap", answer.Gap);
        Json.WriteMember(json, "greedy", answer.Greedy);
        Json.WriteMember(json, "ceiling", plan.Question.Ceiling);
        Json.WriteMember(json, "nodes", answer.Nodes);
        Json.WriteMember(json, "resamples", plan.Bootstrap.Count);
        json.WriteStartObject("estate");
        foreach (var (name, share) in plan.Estate) Json.WriteMember(json, name, share);
        json.WriteEndObject();
        json.WriteStartArray("steps");
        foreach (var row in rows)
        {
            json.WriteStartObject();
            Json.WriteMember(json, "step", row.Step);
            Json.WriteMember(json, "id", row.Id);
            Json.WriteMember(json, "name", row.Name);
            Json.WriteMember(json, "cost", row.Of.Cost);
            json.WriteBoolean("priced", !plan.Question.Unpriced.Contains(row.Of.Item));
            Json.WriteMember(json, "gain", row.Of.Marginal);
            Json.WriteMember(json, "gain_low", row.Low);
            Json.WriteMember(json, "gain_high", row.High);
            Json.WriteMember(json, "total", row.Of.Total);
            Json.WriteMember(json, "alone", row.Of.Alone);
            Json.WriteMember(json, "overlap", row.Of.Overlap);
            Json.WriteMember(json, "lost_without", row.Of.Loss);
            Json.WriteMember(json, "unlocks", row.Unlocks);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Percent(double share) => PlanCommand.Percent(share);

    private static double Round(double share) => Math.Round(100 * share, 2);
}
