using Modus.Analysis.Coverage;

namespace Modus.Analysis.Planning.Choices;

/// <summary>What a question about a defence is asked with.</summary>
/// <param name="Knowledge">The release.</param>
/// <param name="Techniques">Its techniques with their threat weight.</param>
/// <param name="Defence">What is there; empty where nobody says.</param>
/// <param name="Estate">Share of the estate by platform; empty: each technique's weight is parted evenly over its platforms.</param>
/// <param name="Price">The price of an item by id, before the inventory's own; null where there is none.</param>
public sealed record DefenceQuestion(CoverageKnowledge Knowledge, IReadOnlyList<WeighedTechnique> Techniques, DefenceInventory Defence,
    IReadOnlyDictionary<string, double> Estate, Func<string, double?> Price)
{
    /// <summary>Names of logs that somebody has, wants or rules out by hand: they are items even where the inventory has a log for them.</summary>
    public IReadOnlyCollection<string> Named { get; init; } = [];

    /// <summary>The day for which it is judged whether what exercises and hits have shown still holds; null where all of it does.</summary>
    public DateOnly? Today { get; init; }
}

/// <summary>Makes problems of choice that start from what a defence has: the cell is a technique on a platform.</summary>
public static class DefenceQuestions
{
    /// <summary>Which logs to collect: a cell is covered as far as all logs of one of its analytics reach.</summary>
    /// <remarks>Items are the inventory's own log sources (those collected are owned, those collected from a part of the hosts can be
    /// had on the rest for the rest of their price), and ATT&amp;CK's names for logs that no entry of the inventory shows.</remarks>
    /// <param name="question">The question.</param>
    public static PlanQuestion Sources(DefenceQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        var builder = new PlanBuilder(question.Estate, question.Price);
        var logs = new LogItems(builder, question);
        foreach (var technique in question.Techniques)
        {
            var analytics = question.Knowledge.Find(technique.Id)?.Analytics.Where(analytic => analytic.NamesLogs).ToList() ?? [];
            foreach (var (platform, share) in builder.Platforms(technique))
                builder.Add(technique, platform, share,
                    [.. analytics.Where(analytic => analytic.Platforms.Count == 0 || analytic.Platforms.Contains(platform, StringComparer.OrdinalIgnoreCase))
                        .Select(analytic => (IReadOnlyList<IReadOnlyList<Alternative>>)[.. analytic.Needs.Select(need => logs.Of(need, platform)).Distinct()])]);
        }
        return builder.Build(logs.Known);
    }

    /// <summary>Which rules to deploy: a cell is covered as far as a rule for it runs and all its logs are there.</summary>
    /// <remarks>Rules that are deployed are owned; what an exercise or real hits have shown is covered whatever is bought, unless it is
    /// stale by the limits of <see cref="LadderOptions.DefaultMaxAge"/>: then a rule has to cover it, as anywhere else. A rule
    /// whose log is not collected counts only with <paramref name="withSources"/>, where the log is bought too.</remarks>
    /// <param name="question">The question; the inventory holds the rules, deployed or not.</param>
    /// <param name="level">Whether a rule that is not deployed may be chosen, by its level.</param>
    /// <param name="withSources">True where log sources are items with a price of their own.</param>
    public static PlanQuestion Detections(DefenceQuestion question, Func<string, bool> level, bool withSources)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(level);
        var builder = new PlanBuilder(question.Estate, question.Price);
        var logs = new LogItems(builder, question);
        var hosts = new HostShares(question.Defence);
        var (proven, stale) = Proven(question);
        var rules = new Dictionary<string, DeployedRule>(StringComparer.OrdinalIgnoreCase);
        foreach (var rule in question.Defence.Rules.Where(rule => rule.IsDeployed || level(rule.Level)).OrderByDescending(rule => rule.IsDeployed)) rules.TryAdd(rule.Id, rule);
        var byTechnique = rules.Values.SelectMany(rule => rule.Techniques.Select(item => item.Id).OfType<string>().Distinct(StringComparer.Ordinal).Select(id => (Id: id, Rule: rule)))
            .OrderBy(pair => pair.Rule.Id, StringComparer.Ordinal).ToLookup(pair => pair.Id, pair => pair.Rule, StringComparer.Ordinal);
        var useful = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var technique in question.Techniques)
            foreach (var (platform, share) in builder.Platforms(technique))
            {
                var measures = new List<IReadOnlyList<IReadOnlyList<Alternative>>>();
                if (proven.Contains((technique.Id, platform))) measures.Add([]);
                foreach (var rule in byTechnique[technique.Id])
                {
                    if (rule.Refusal is not null || rule.Fire.Verdict == FireVerdict.Cannot) continue;
                    if (rule.Platforms.Count > 0 && !rule.Platforms.Contains(platform, StringComparer.OrdinalIgnoreCase)) continue;
                    var needs = rule.Streams.Select(stream => logs.Of(stream, platform, withSources)).ToList();
                    // Whoever has seen the rule's fields in a log has the log, whatever it is called.
                    if (rule.Fire.Verdict == FireVerdict.Can) needs.RemoveAll(need => need is { Count: 0 });
                    if (needs.Exists(need => need is { Count: 0 })) continue;
                    useful.Add(rule.Id);
                    var item = builder.Item(rule.Id, rule.Title, isOwned: rule.IsDeployed);
                    var reach = rule.IsDeployed ? hosts.Of(rule.Hosts, platform) : 1;
                    if (reach <= 0) continue;
                    List<Alternative> self = [new([item], reach)];
                    if (reach < 1) self.Add(new([item, builder.Item($"{rule.Id}:rest", $"{rule.Title}, on the other hosts")]));
                    measures.Add([self, .. needs.OfType<IReadOnlyList<Alternative>>()]);
                }
                builder.Add(technique, platform, share, measures);
            }
        return builder.Build(logs.Known.Concat(rules.Keys).Concat(rules.Values.Select(rule => rule.Title)), rules.Keys.Count(id => !useful.Contains(id))) with { Stale = stale };
    }

    /// <summary>Which controls to take: a cell is covered as far as the best control on its platform is graded.</summary>
    /// <remarks>Controls that the inventory has in place are owned; those in place in part count half until they are bought whole.</remarks>
    /// <param name="question">The question.</param>
    /// <param name="measures">Controls of a catalogue, with grades.</param>
    public static PlanQuestion Controls(DefenceQuestion question, IReadOnlyList<MeasureFact> measures)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(measures);
        var builder = new PlanBuilder(question.Estate, question.Price);
        var hosts = new HostShares(question.Defence);
        var stated = question.Defence.Controls.GroupBy(control => ControlKey(control.Id), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.OrderBy(control => control.State).First(), StringComparer.OrdinalIgnoreCase);
        var byTechnique = new Dictionary<string, List<(MeasureFact Measure, double Grade)>>(StringComparer.Ordinal);
        foreach (var measure in measures.Concat(Own(question, measures)))
            foreach (var effect in measure.Effects.Where(effect => effect.Grade > 0))
            {
                if (!byTechnique.TryGetValue(effect.Technique, out var list)) byTechnique[effect.Technique] = list = [];
                list.Add((measure, Math.Min(1, effect.Grade)));
            }
        foreach (var measure in measures.Concat(Own(question, measures))) Item(measure);
        foreach (var technique in question.Techniques)
            foreach (var (platform, share) in builder.Platforms(technique))
                builder.Add(technique, platform, share, [.. byTechnique.GetValueOrDefault(technique.Id, [])
                    .Where(item => item.Measure.Platforms.Count == 0 || platform.Length == 0 || item.Measure.Platforms.Contains(platform, StringComparer.OrdinalIgnoreCase))
                    .Select(item => (IReadOnlyList<IReadOnlyList<Alternative>>)[Ways(item.Measure, item.Grade, platform)]).Where(needs => needs[0].Count > 0)]);
        return builder.Build(question.Defence.Controls.Select(control => control.Id));

        int Item(MeasureFact measure)
        {
            var control = stated.GetValueOrDefault(ControlKey(measure.Id));
            return builder.Item(measure.Id, measure.Name, control?.Cost, control?.State is ControlState.InPlace or ControlState.Partial);
        }

        List<Alternative> Ways(MeasureFact measure, double grade, string platform)
        {
            var item = Item(measure);
            var control = stated.GetValueOrDefault(ControlKey(measure.Id));
            var reach = control is null || !builder.IsOwned(item) ? 1 : hosts.Of(control.Hosts, platform) * (control.State == ControlState.Partial ? 0.5 : 1);
            var ways = new List<Alternative>();
            if (reach > 0) ways.Add(new([item], grade * reach));
            if (reach < 1) ways.Add(new([item, builder.Item($"{measure.Id}:rest", $"{measure.Name}, whole and everywhere", control?.Cost)], grade));
            return ways;
        }
    }

    /// <summary>Controls of the inventory that state their techniques and are in no catalogue at hand.</summary>
    private static IEnumerable<MeasureFact> Own(DefenceQuestion question, IReadOnlyList<MeasureFact> measures)
    {
        var known = measures.Select(measure => ControlKey(measure.Id)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return question.Defence.Controls.Where(control => control.Effects.Count > 0 && !known.Contains(ControlKey(control.Id))).DistinctBy(control => control.Id, StringComparer.OrdinalIgnoreCase)
            .Select(control => new MeasureFact(control.Id, control.Name.Length > 0 ? control.Name : control.Id,
                [.. control.Effects.GroupBy(effect => effect.TechniqueId, StringComparer.Ordinal).Select(group => new MeasureEffect(group.Key, group.Max(effect => Grade(effect.Grade))))]));
    }

    /// <summary>A grade in words as a share: the words are ordered, the distances are stated in the documentation.</summary>
    /// <param name="word"><c>minimal</c>, <c>partial</c> or <c>significant</c>; anything else, and null, is the whole.</param>
    public static double Grade(string? word) => word?.ToLowerInvariant() switch { "minimal" => 1 / 3.0, "partial" => 2 / 3.0, _ => 1 };

    /// <summary>True where a control is among others, by its id; AC-2 is AC-02.</summary>
    /// <param name="id">The control.</param>
    /// <param name="others">Ids of others.</param>
    public static bool SameControl(string id, IEnumerable<string> others) => others.Any(other => ControlKey(other).Equals(ControlKey(id), StringComparison.OrdinalIgnoreCase));

    // AC-2 is AC-02 in some catalogues.
    private static string ControlKey(string id) => id.LastIndexOf('-') is var dash and > 0 && id.Length - dash == 3 && id[dash + 1] == '0' ? $"{id[..(dash + 1)]}{id[^1]}" : id;

    /// <summary>Cells that an exercise or real hits have shown to be seen, where no purchase is needed; and how many such proofs are too old to count.</summary>
    private static (HashSet<(string, string)> Cells, int Stale) Proven(DefenceQuestion question)
    {
        var defence = question.Defence;
        if (defence.Exercises.Count == 0 && defence.Hits.Count == 0) return ([], 0);
        var ladder = LadderBuilder.Build(question.Knowledge, defence with { Rules = [.. defence.Rules.Select(rule => rule with { FixturesMatched = 0 })] }, question.Today ?? DateOnly.MinValue);
        var shown = ladder.Cells.Where(cell => cell.State is CellState.Fired or CellState.Tested && !cell.IsRegression).ToLookup(cell => cell[Rung.Fired] is { IsReached: true, IsStale: false } || cell[Rung.Tested] is { IsReached: true, IsStale: false });
        return ([.. shown[true].Select(cell => (cell.TechniqueId, cell.Platform))], shown[false].Count());
    }
}
