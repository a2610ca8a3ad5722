using System.CommandLine;
using System.Globalization;
using Modus.Analysis.Coverage;
using Modus.Analysis.Knowledge;
using Modus.Analysis.Planning.Exercises;
using Modus.Attack;
using Modus.Cli.Commands.Coverage;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Planning;

/// <summary><c>modus plan exercise</c>: what to try of an adversary, in which order, and what it would tell.</summary>
internal sealed class PlanExerciseCommand : ModusCommand
{
    private readonly Option<string[]> actors = new("--actor") { Description = "The adversary: a group or campaign by id or name; may be repeated.", HelpName = "ACTOR", Required = true };
    private readonly Option<double> budget = new("--budget") { Description = "What the steps may cost together; without --costs each costs 1.", HelpName = "N", DefaultValueFactory = _ => 10 };
    private readonly Option<string?> costs = new("--costs") { Description = "Prices: CSV lines of technique and cost (hours, say).", HelpName = "FILE" };
    private readonly Option<bool> onlyTested = new("--only-with-test") { Description = "Only techniques with a public test at hand." };
    private readonly CoverageOptions options = new();

    public PlanExerciseCommand() : base("exercise", "Plans an exercise: the steps of an adversary that tell most about the defence, in the usual order.", Listing.All)
    {
        foreach (var option in new Option[] { actors, budget, costs, onlyTested }) Add(option);
        options.AddTo(this);
        Example("modus plan exercise --actor G0016 --budget 8 --platform Windows --rules rules");
        Example("modus plan exercise --actor 'Wizard Spider' --budget 5 -o json");
    }

    public override int Run(Invocation run)
    {
        var money = run.Get(budget);
        if (!(money >= 0) || double.IsInfinity(money)) throw CommandFailure.Usage("MD6204", "--budget is a number of at least 0");
        var releases = Attack.Knowledge.Open(run);
        var release = Attack.Knowledge.Release(run, releases);
        var ids = run.Get(actors)!.Select(word => ThreatChoice.ActorId(release, word)).Distinct(StringComparer.Ordinal).ToList();
        var story = ActorStory.Of(release, ids);
        if (story.Count == 0) throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD6221", $"{release.Name} tells no technique of {string.Join(", ", ids)}", null, "choose another actor, or another release with --attack-version"));
        var defence = Defence(run);
        var exit = defence is null ? ExitCode.Done : CoverageOptions.Exit(defence);
        var knowledge = defence?.Knowledge ?? CoverageKnowledge.Read(release, Domains.Enterprise);
        var platforms = options.Platforms(run, knowledge) is { Count: > 0 } asked ? asked : defence?.Estate ?? [];
        var ladder = defence is null ? null : LadderBuilder.Build(knowledge, defence.Inventory, defence.Today, options.Ladder(run, knowledge, [.. story.Select(part => part.Technique.Id)]) with { Platforms = platforms });

        var prices = PlanInputs.Costs(run, run.Get(costs));
        var cards = ExerciseCards.Of(story, knowledge, ladder, defence?.Inventory ?? DefenceInventory.Empty, platforms, new IdCarrier(releases, release));
        var facts = ReleaseAdapter.Read(release, domains: Domains.Enterprise);
        var byId = facts.Techniques.ToDictionary(item => item.Id, StringComparer.Ordinal);
        var plan = ExercisePlanner.Plan([.. cards.Select(card => new ExerciseCandidate(card.Part.Technique.Id, card.Part.Weight, card.Detection, card.Known)
        {
            Obstacle = card.Obstacle ?? (run.Get(onlyTested) && card.Tests.Count == 0 ? "no public test at hand" : null),
            Cost = prices.TryGetValue(card.Part.Technique.Id, out var price) ? price : 1,
        })], money, id => OrderModel.Shipped.Place(byId[id], facts.TacticOrder));
        ExerciseWriter.Write(run, plan, cards.ToDictionary(card => card.Part.Technique.Id, StringComparer.Ordinal), string.Join(" + ", ids));
        run.Say(string.Create(CultureInfo.InvariantCulture,
            $"{release.Name}: {story.Count} techniques of {string.Join(", ", ids)}; {plan.Steps.Count} steps tell {100 * plan.Learned:0} % of what {plan.Steps.Count + plan.LeftOut.Count} could; {plan.Impossible.Count} cannot be tried"));
        run.Say($"order: {OrderModel.Shipped.TrainedOn}; {(defence is null ? "nothing is known of the defence (--defence, --rules): every step tells as much as its threat" : "most is told where the ladder is least sure")}");
        return exit;
    }

    /// <summary>The defence that was given, or null where none was.</summary>
    private LoadedDefence? Defence(Invocation run)
    {
        try
        {
            return options.Load(run);
        }
        catch (CommandFailure failure) when (failure.Problem.Code == "MD6121")
        {
            return null;
        }
    }
}
