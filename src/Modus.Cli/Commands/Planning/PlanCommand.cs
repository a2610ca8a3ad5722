using System.CommandLine;
using System.Globalization;
using Modus.Analysis.Planning.Choices;
using Modus.Analysis.Planning.Cover;
using Modus.Analysis.Planning.Threat;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Planning;

/// <summary>What the plans for log sources, rules and controls share: budget, prices, threat, what is there, the search and its answer.</summary>
internal abstract class PlanCommand : ModusCommand
{
    private readonly Option<double> budget = new("--budget") { Description = "The most that the plan may cost; without prices each item costs 1.", HelpName = "N", Required = true };
    private readonly Option<string[]> have = new("--have") { Description = "What is there already, beside what the defence says: an item, or a file with one a line. May be repeated.", HelpName = "ITEM|FILE" };
    private readonly Option<string[]> need = new("--need") { Description = "What the plan has to buy. May be repeated.", HelpName = "ITEM" };
    private readonly Option<string[]> without = new("--without") { Description = "What cannot be had, or is to be given up. May be repeated.", HelpName = "ITEM" };
    private readonly Option<int> draws = new("--draws") { Description = "Resamples of the actors behind the intervals.", HelpName = "N", DefaultValueFactory = _ => 200 };
    private readonly Option<int> nodes = new("--nodes") { Description = "Nodes of the search after which it stops with a bound instead of a proof.", HelpName = "N", DefaultValueFactory = _ => new CoverLimits(0).MostNodes };
    private readonly PlanSceneOptions scene = new();
    private readonly PlanChoice choice;

    protected PlanCommand(PlanChoice choice, string summary) : base(choice.Name, summary, Listing.All)
    {
        this.choice = choice;
        choice.AddTo(this);
        foreach (var option in new Option[] { budget, have, need, without, draws, nodes }) Add(option);
        scene.AddTo(this);
    }

    public override int Run(Invocation run)
    {
        var money = run.Get(budget);
        if (!(money >= 0) || double.IsInfinity(money)) throw CommandFailure.Usage("MD6204", "--budget is a number of at least 0");
        if (run.Get(draws) is < 0 or > 10_000) throw CommandFailure.Usage("MD6204", "--draws lies between 0 and 10000");
        if (run.Get(nodes) < 1) throw CommandFailure.Usage("MD6204", "--nodes is at least 1");
        var owned = PlanInputs.Words(run, run.Get(have) ?? []).ToList();
        string[] needed = run.Get(need) ?? [], ruledOut = run.Get(without) ?? [];
        var here = scene.Read(run, choice.Rules(run), [.. owned, .. needed, .. ruledOut]);
        var question = choice.Ask(run, here, out var skipped);
        if (question.Problem.Items.Count == 0) throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD6216", choice.Nothing, Fix: choice.NothingFix));
        here.Prices.SayUnused(run);

        var names = new ItemNames(run, question);
        var forbidden = names.Of(ruledOut, "--without");
        var limits = new CoverLimits(money)
        {
            Owned = [.. question.Owned.Except(forbidden).Union(names.Of(owned, "--have")).Order()],
            Required = names.Of(needed, "--need"),
            Forbidden = forbidden,
            MostNodes = run.Get(nodes),
        };
        if (limits.Owned.Intersect(forbidden).Any()) throw CommandFailure.Usage("MD6205", "an item is both --have and --without", "name it once");
        CoverAnswer answer;
        try
        {
            answer = CoverSolver.Solve(question.Problem, limits, run.Stop);
        }
        catch (ArgumentException error)
        {
            throw CommandFailure.Usage("MD6205", error.Message.Split(" (Parameter", 2)[0], "raise the budget, or need less");
        }
        run.Stop.ThrowIfCancellationRequested();
        var bootstrap = new WeightBootstrap(here.Uses.Techniques, here.Uses.Uses, here.Threat, run.Get(draws));
        PlanWriter.Write(run, new(question, limits, answer, PlanSteps.Of(question.Problem, limits.Owned, answer.Chosen), bootstrap, here));
        return names.Unknown + skipped + here.Start.Lost > 0 ? ExitCode.Partial : ExitCode.Done;
    }

    /// <summary>A share as per cent with one decimal.</summary>
    internal static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture);
}
