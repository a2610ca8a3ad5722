using System.CommandLine;
using System.Globalization;
using Modus.Analysis.Planning.Choices;
using Modus.Analysis.Planning.Cover;
using Modus.Analysis.Planning.Threat;
using Modus.Attack;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Planning;

/// <summary>What the plans for log sources, rules and controls share: budget, prices, threat, the search and its answer.</summary>
internal abstract class PlanCommand : ModusCommand
{
    private readonly Option<double> budget = new("--budget") { Description = "The most that the plan may cost; without --costs each item costs 1.", HelpName = "N", Required = true };
    private readonly Option<string?> costs = new("--costs") { Description = "Prices: CSV lines of item and cost; items not in it cost 1.", HelpName = "FILE" };
    private readonly Option<string[]> have = new("--have") { Description = "What is there already, at no cost: an item, or a file with one a line. May be repeated.", HelpName = "ITEM|FILE" };
    private readonly Option<string[]> need = new("--need") { Description = "What the plan has to buy. May be repeated.", HelpName = "ITEM" };
    private readonly Option<string[]> without = new("--without") { Description = "What cannot be had. May be repeated.", HelpName = "ITEM" };
    private readonly Option<string[]> platform = new("--platform") { Description = "A platform of the estate, with its share of it (Windows=0.8). May be repeated; without it each technique counts evenly on all of its platforms.", HelpName = "NAME[=SHARE]" };
    private readonly Option<int> draws = new("--draws") { Description = "Resamples of the actors behind the intervals.", HelpName = "N", DefaultValueFactory = _ => 200 };
    private readonly Option<int> nodes = new("--nodes") { Description = "Nodes of the search after which it stops with a bound instead of a proof.", HelpName = "N", DefaultValueFactory = _ => new CoverLimits(0).MostNodes };
    private readonly ThreatChoice threat = new();

    protected PlanCommand(string name, string summary) : base(name, summary, Listing.All)
    {
        foreach (var option in new Option[] { budget, costs, have, need, without, platform, draws, nodes }) Add(option);
        threat.AddTo(this);
    }

    /// <summary>The problem of choice of this command.</summary>
    protected abstract PlanQuestion Question(Invocation run, KnowledgeBase knowledge, Release release, IReadOnlyList<WeighedTechnique> techniques,
        IReadOnlyDictionary<string, double> estate, Func<string, double> cost, out int skipped);

    public override int Run(Invocation run)
    {
        var money = run.Get(budget);
        if (!(money >= 0) || double.IsInfinity(money)) throw CommandFailure.Usage("MD6204", "--budget is a number of at least 0");
        if (run.Get(draws) is < 0 or > 10_000) throw CommandFailure.Usage("MD6204", "--draws lies between 0 and 10000");
        if (run.Get(nodes) < 1) throw CommandFailure.Usage("MD6204", "--nodes is at least 1");
        var knowledge = Attack.Knowledge.Open(run);
        var release = Attack.Knowledge.Release(run, knowledge);
        var (uses, options) = threat.Read(run, release);
        var weights = ThreatModel.Weigh(uses.Techniques, uses.Uses, options);
        var estate = PlanInputs.Estate(run, release, run.Get(platform) ?? []);
        var prices = PlanInputs.Costs(run, run.Get(costs));
        var question = Question(run, knowledge, release,
            PlanFacts.Techniques(release, weights.ToDictionary(row => row.Technique, row => row.Weight, StringComparer.Ordinal)), estate,
            item => prices.TryGetValue(item.Trim(), out var price) ? price : 1, out var skipped);
        if (question.Problem.Items.Count == 0) return ExitCode.NoUsableInput;

        var unknown = 0;
        var limits = new CoverLimits(money)
        {
            Owned = Numbers(PlanInputs.Words(run, run.Get(have) ?? []), "--have"),
            Required = Numbers(run.Get(need) ?? [], "--need"),
            Forbidden = Numbers(run.Get(without) ?? [], "--without"),
            MostNodes = run.Get(nodes),
        };
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
        var bootstrap = new WeightBootstrap(uses.Techniques, uses.Uses, options, run.Get(draws));
        PlanWriter.Write(run, new(question, limits, answer, PlanSteps.Of(question.Problem, limits.Owned, answer.Chosen), bootstrap, release, options, uses.Uses.Count, estate));
        return unknown + skipped > 0 ? ExitCode.Partial : ExitCode.Done;

        List<int> Numbers(IEnumerable<string> words, string option)
        {
            var numbers = new List<int>();
            foreach (var word in words)
            {
                var at = question.Find(word);
                if (at >= 0)
                {
                    if (!numbers.Contains(at)) numbers.Add(at);
                    continue;
                }
                unknown++;
                var near = Suggestion(question, word);
                run.Report(new CliProblem("MD6206", $"{option}: nothing is called {word}", null, near is null ? null : $"did you mean {near}?"));
            }
            return numbers;
        }
    }

    private static string? Suggestion(PlanQuestion question, string word) =>
        question.Problem.Items.Select(item => item.Id).Concat(question.Names)
            .FirstOrDefault(name => name.Contains(word, StringComparison.OrdinalIgnoreCase) || (name.Length > 3 && word.Contains(name, StringComparison.OrdinalIgnoreCase)));

    /// <summary>A share as per cent with one decimal.</summary>
    internal static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture);
}
