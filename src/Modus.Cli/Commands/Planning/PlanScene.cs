using System.CommandLine;
using System.Globalization;
using Modus.Analysis.Coverage;
using Modus.Analysis.Planning;
using Modus.Analysis.Planning.Choices;
using Modus.Analysis.Planning.Threat;
using Modus.Attack;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Planning;

/// <summary>What a plan is made on: the release, the threat, the estate, prices, and the defence that is there.</summary>
internal sealed record PlanScene(KnowledgeBase Releases, Release Release, ReleaseUses Uses, ThreatOptions Threat, DefenceQuestion Asked, PlanStart Start, PlanPrices Prices);

/// <summary>The options that every plan shares.</summary>
internal sealed class PlanSceneOptions
{
    private readonly Option<string?> costs = new("--costs") { Description = "Prices: CSV lines of item and cost; before the inventory's own. What has no price costs 1.", HelpName = "FILE" };
    private readonly Option<string[]> platform = new("--platform") { Description = "A platform of the estate, with its share of it (Windows=0.8). May be repeated; without it the hosts of the inventory say, else each technique counts evenly on all of its platforms.", HelpName = "NAME[=SHARE]" };
    private readonly PlanDefence defence = new();
    private readonly ThreatChoice threat = new();

    public void AddTo(Command command)
    {
        defence.AddTo(command);
        command.Add(costs);
        command.Add(platform);
        threat.AddTo(command);
    }

    /// <summary>Reads all of it.</summary>
    /// <param name="run">The call.</param>
    /// <param name="rules">Rules to choose from; null where no rule matters.</param>
    /// <param name="named">Items that other options name.</param>
    public PlanScene Read(Invocation run, IReadOnlyList<string>? rules, IReadOnlyList<string> named)
    {
        var releases = Attack.Knowledge.Open(run);
        var release = Attack.Knowledge.Release(run, releases);
        var given = PlanInputs.Estate(run, release, run.Get(platform) ?? []);
        var prices = new PlanPrices(PlanInputs.Costs(run, run.Get(costs)));
        var start = defence.Read(run, releases, release, rules ?? [], rules is not null);
        var (uses, options) = threat.Read(run, release);
        var weights = ThreatModel.Weigh(uses.Techniques, uses.Uses, options);
        var asked = new DefenceQuestion(start.Knowledge, PlanFacts.Techniques(release, weights.ToDictionary(row => row.Technique, row => row.Weight, StringComparer.Ordinal)),
            start.Inventory, given.Count > 0 ? given : Hosts(start.Inventory), prices.Of)
        { Named = named, Today = options.AsOf ?? DateOnly.FromDateTime(run.Time.GetUtcNow().UtcDateTime) };
        return new(releases, release, uses, options, asked, start, prices);
    }

    private static Dictionary<string, double> Hosts(DefenceInventory inventory)
    {
        var total = (double)inventory.Hosts.Sum(group => (long)group.Count);
        return total <= 0 ? [] : inventory.Hosts.GroupBy(group => group.Platform, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Sum(one => (long)one.Count) / total, StringComparer.Ordinal);
    }
}

/// <summary>Prices that somebody gave, and which of them were asked for.</summary>
internal sealed class PlanPrices(IReadOnlyDictionary<string, double> prices)
{
    private readonly HashSet<string> used = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The price of an item, or null.</summary>
    public double? Of(string id)
    {
        if (!prices.TryGetValue(id.Trim(), out var price)) return null;
        used.Add(id.Trim());
        return price;
    }

    /// <summary>Says which prices name nothing of the plan.</summary>
    public void SayUnused(Invocation run)
    {
        var unused = prices.Keys.Where(name => !used.Contains(name)).Order(StringComparer.Ordinal).ToList();
        if (unused.Count > 0)
            run.Report(new CliProblem("MD6215", string.Create(CultureInfo.InvariantCulture, $"{unused.Count} of {prices.Count} prices name nothing that this plan can buy: {string.Join(", ", unused.Take(5))}{(unused.Count > 5 ? " …" : "")}"), "--costs", "write items as the plan writes them", IsError: false));
    }
}

/// <summary>Turns words into numbers of items.</summary>
internal sealed class ItemNames(Invocation run, PlanQuestion question)
{
    /// <summary>How many words named nothing; each has been reported.</summary>
    public int Unknown { get; private set; }

    public List<int> Of(IEnumerable<string> words, string option)
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
            if (question.Known.Contains(word.Trim()))
            {
                run.Say($"{option} {word}: nothing that counts here hangs on it");
                continue;
            }
            Unknown++;
            var near = Near(word);
            run.Report(new CliProblem("MD6206", $"{option}: nothing is called {word}", null, near is null ? null : $"did you mean {near}?"));
        }
        return numbers;
    }

    private string? Near(string word) =>
        question.Problem.Items.Select(item => item.Id).Concat(question.Names)
            .FirstOrDefault(name => name.Contains(word, StringComparison.OrdinalIgnoreCase) || (name.Length > 3 && word.Contains(name, StringComparison.OrdinalIgnoreCase)));
}
