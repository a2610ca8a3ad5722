using System.Globalization;
using Modus.Analysis.Coverage;

namespace Modus.Analysis.Planning.Choices;

/// <summary>Logs as items of a plan: the inventory's own, the rest of those collected from some hosts only, and by name those it does not have.</summary>
internal sealed class LogItems
{
    private const int MostWays = 16;
    private readonly PlanBuilder builder;
    private readonly DefenceQuestion question;
    private readonly TelemetryCheck telemetry;
    private readonly HashSet<string> named;
    private readonly Dictionary<string, string> spelling;
    private readonly Dictionary<LogSourceCoverage, string> ids = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> collected;
    private readonly Dictionary<(string, string), IReadOnlyList<Alternative>> answers = [];

    public LogItems(PlanBuilder builder, DefenceQuestion question)
    {
        this.builder = builder;
        this.question = question;
        telemetry = new(question.Defence);
        named = question.Named.Select(name => name.Trim()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        spelling = Spellings(question.Knowledge.Techniques.SelectMany(technique => technique.Analytics).SelectMany(analytic => analytic.Needs).Select(need => need.Name));
        collected = question.Defence.LogSources.Where(source => source.IsCollected).SelectMany(source => source.AttackSources).Select(stream => stream.Name.Trim()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var source in question.Defence.LogSources)
        {
            var id = source.Id;
            for (var at = 2; !taken.Add(id); at++) id = string.Create(CultureInfo.InvariantCulture, $"{source.Id} ({at})");
            ids[source] = id;
        }
    }

    /// <summary>Names of logs that may be said though nothing of them is needed.</summary>
    public IEnumerable<string> Known => spelling.Values.Concat(ids.Values).Concat(question.Defence.LogSources.Select(source => source.Name));

    /// <summary>How the need of an analytic can be met on a platform.</summary>
    public IReadOnlyList<Alternative> Of(LogNeed need, string platform)
    {
        var key = ($"{need.Name}\n{need.Channel}\n{need.Component}\n{string.Join(',', need.EventCodes)}", platform);
        if (answers.TryGetValue(key, out var known)) return known;
        var ways = Ways(telemetry.Fitting(need, platform), platform);
        var name = spelling[Key(need.Name)];
        if (ways.Count == 0 || ways.TrueForAll(way => way.Reach < 1) || named.Contains(name)) ways.Add(new([Named(name)]));
        return answers[key] = ways;
    }

    /// <summary>How a rule's log can be had on a platform; null where nobody says what is collected, empty where it cannot be had.</summary>
    public IReadOnlyList<Alternative>? Of(SigmaStream stream, string platform, bool forSale)
    {
        var name = string.Join('/', new[] { stream.Product, stream.Category, stream.Service }.Where(part => !string.IsNullOrEmpty(part)));
        // Where no log source is named at all, nobody has said what is collected: rules are taken to be fed.
        if (!forSale && question.Defence.LogSources.Count == 0) return null;
        var key = ($"\n{stream}\n{forSale}", platform);
        if (answers.TryGetValue(key, out var known)) return known;
        var ways = Ways(telemetry.Fitting(stream, platform).Where(source => forSale || source.IsCollected), platform);
        if (forSale && name.Length > 0 && (ways.Count == 0 || named.Contains(name))) ways.Add(new([builder.Item(name, name)]));
        else if (name.Length == 0 && ways.Count == 0 && question.Defence.LogSources.Count == 0) return null;
        return answers[key] = ways;
    }

    // Of very many entries for one log those that reach furthest are looked at, and the cheapest of those to be had.
    private List<Alternative> Ways(IEnumerable<LogSourceCoverage> fitting, string platform)
    {
        var sources = fitting.ToList();
        if (sources.Count > MostWays)
        {
            builder.Trim();
            sources = [.. sources.Where(source => source.IsCollected).OrderByDescending(source => telemetry.Share(source, platform) ?? 1).ThenBy(source => ids[source], StringComparer.Ordinal).Take(MostWays / 2),
                .. sources.Where(source => !source.IsCollected).OrderBy(source => source.Cost ?? 1).ThenBy(source => ids[source], StringComparer.Ordinal).Take(MostWays / 2)];
        }
        return [.. sources.SelectMany(source => Ways(source, platform))];
    }

    private IEnumerable<Alternative> Ways(LogSourceCoverage source, string platform)
    {
        var id = ids[source];
        var item = builder.Item(id, source.Name, source.Cost, source.IsCollected);
        if (!source.IsCollected) return [new([item])];
        var share = telemetry.Share(source, platform) ?? 1;
        if (share >= 1) return [new([item])];
        var rest = new Alternative([item, builder.Item($"{id}:rest", $"{source.Name}, on the other hosts", source.Cost, share: 1 - source.HostShare is var left and > 0 ? left : 1)]);
        return share <= 0 ? [rest] : [new([item], share), rest];
    }

    // The name may be that of an entry of the inventory, or of a log of which other events are collected: the item is then the rest of it.
    private int Named(string name)
    {
        var taken = ids.Values.Contains(name, StringComparer.OrdinalIgnoreCase);
        return builder.Item(taken ? $"{name}:more" : name, taken || collected.Contains(name) ? $"{name}, what is not collected of it" : name);
    }

    /// <summary>One spelling for names that differ by case or outer blanks only: the most frequent.</summary>
    private static Dictionary<string, string> Spellings(IEnumerable<string> names) =>
        names.GroupBy(Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Select(name => name.Trim()).GroupBy(name => name, StringComparer.Ordinal)
            .OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal).First().Key, StringComparer.Ordinal);

    private static string Key(string name) => name.Trim().ToUpperInvariant();
}

/// <summary>Which share of a platform's hosts some groups are.</summary>
internal sealed class HostShares(DefenceInventory defence)
{
    /// <summary>The share, 0 to 1; 1 where no group is named or nobody says how many hosts there are.</summary>
    public double Of(IReadOnlyList<string> groups, string platform)
    {
        if (groups.Count == 0) return 1;
        var all = defence.Hosts.Where(group => platform.Length == 0 || group.Platform.Equals(platform, StringComparison.OrdinalIgnoreCase)).ToList();
        var total = all.Sum(group => (long)group.Count);
        return total == 0 ? defence.Hosts.Any(group => groups.Contains(group.Name, StringComparer.OrdinalIgnoreCase)) ? 0 : 1
            : (double)all.Where(group => groups.Contains(group.Name, StringComparer.OrdinalIgnoreCase)).Sum(group => (long)group.Count) / total;
    }
}
