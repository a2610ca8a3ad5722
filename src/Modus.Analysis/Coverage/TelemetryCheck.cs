using Modus.Attack;

namespace Modus.Analysis.Coverage;

/// <summary>Says which logs are collected, for rules (in Sigma's words) and for analytics (in ATT&amp;CK's).</summary>
internal sealed class TelemetryCheck
{
    private readonly IReadOnlyList<LogSourceCoverage> sources;
    private readonly IReadOnlyList<HostGroup> hosts;
    private readonly Dictionary<(LogNeed, string), LogSourceCoverage?> answers = [];
    private readonly Dictionary<(SigmaStream, string), IReadOnlyList<LogSourceCoverage>> streams = [];

    public TelemetryCheck(DefenceInventory defence)
    {
        sources = defence.LogSources;
        hosts = defence.Hosts;
    }

    /// <summary>True where somebody said or saw what is collected on the platform: only then is silence an answer.</summary>
    public bool IsKnown(string platform) => sources.Any(source => OnPlatform(source, platform));

    /// <summary>The collected sources that a rule's stream reads on a platform.</summary>
    public IReadOnlyList<LogSourceCoverage> Of(SigmaStream asked, string platform)
    {
        if (streams.TryGetValue((asked, platform), out var known)) return known;
        // A source that is said to be absent takes away what a wider one seems to give.
        var fitting = sources.Where(source => OnPlatform(source, platform) && source.Streams.Any(stream => Gives(source, stream, asked))).ToList();
        return streams[(asked, platform)] = [.. fitting.Where(source => source.IsCollected)];
    }

    /// <summary>The collected source that shows what an analytic needs, or null.</summary>
    public LogSourceCoverage? Of(LogNeed need, string platform)
    {
        if (answers.TryGetValue((need, platform), out var known)) return known;
        var fitting = sources.Where(source => OnPlatform(source, platform) && Shows(source, need)).ToList();
        var absent = fitting.Where(source => !source.IsCollected).ToList();
        var found = fitting.Where(source => source.IsCollected && !absent.Exists(other => IsNarrower(other, source, need)))
            .OrderByDescending(source => source.WasObserved).ThenByDescending(source => Share(source, platform)).ThenBy(source => source.Id, StringComparer.Ordinal).FirstOrDefault();
        return answers[(need, platform)] = found;
    }

    /// <summary>Every source of the inventory that shows what an analytic needs on a platform, collected or to be had; a narrower one that is said to be absent takes away what a wider one seems to give.</summary>
    public IReadOnlyList<LogSourceCoverage> Fitting(LogNeed need, string platform)
    {
        var fitting = sources.Where(source => OnPlatform(source, platform) && Shows(source, need)).ToList();
        var absent = fitting.Where(source => !source.IsCollected).ToList();
        return [.. fitting.Where(source => !source.IsCollected || !absent.Exists(other => IsNarrower(other, source, need)))];
    }

    /// <summary>Every source of the inventory that gives what a rule reads on a platform, collected or to be had.</summary>
    public IReadOnlyList<LogSourceCoverage> Fitting(SigmaStream asked, string platform) =>
        [.. sources.Where(source => OnPlatform(source, platform) && source.Streams.Any(stream => Gives(source, stream, asked)))];

    /// <summary>A source of the inventory that is not collected and would show what is needed, or null.</summary>
    public LogSourceCoverage? Absent(LogNeed need, string platform) =>
        sources.Where(source => !source.IsCollected && OnPlatform(source, platform) && Shows(source, need))
            .OrderBy(source => source.Cost ?? double.MaxValue).ThenBy(source => source.Id, StringComparer.Ordinal).FirstOrDefault();

    /// <summary>The share of the platform's hosts that send a source; null where only events were seen and nobody says how many hosts there are.</summary>
    public double? Share(LogSourceCoverage source, string platform)
    {
        var all = hosts.Where(group => group.Platform.Equals(platform, StringComparison.OrdinalIgnoreCase)).ToList();
        var total = all.Sum(group => (long)group.Count);
        if (source.ObservedHosts is { } seen) return total == 0 ? null : Math.Min(1, (double)seen / total);
        if (source.Hosts.Count == 0 || total == 0) return source.HostShare;
        return source.HostShare * all.Where(group => source.Hosts.Contains(group.Name, StringComparer.OrdinalIgnoreCase)).Sum(group => (long)group.Count) / total;
    }

    private static bool OnPlatform(LogSourceCoverage source, string platform) =>
        source.Platforms.Count == 0 || source.Platforms.Contains(platform, StringComparer.OrdinalIgnoreCase);

    private static bool Gives(LogSourceCoverage source, SigmaStream given, SigmaStream asked)
    {
        if (!Part(given.Product, asked.Product) || !Part(given.Category, asked.Category) || !Part(given.Service, asked.Service)) return false;
        // Events of a service are of few categories; events of a category alone are not all of a service.
        if (given is { Category: null, Service: { } service } && asked is { Category: { } category, Service: null })
            return !source.Categories.TryGetValue(service, out var categories) || categories.Contains(category, StringComparer.OrdinalIgnoreCase);
        return given is not { Category: not null, Service: null } || asked is not { Category: null, Service: not null };
    }

    // A rule that names no part reads every one; a source that names no part gives every one.
    private static bool Part(string? given, string? asked) => given is null || asked is null || given.Equals(asked, StringComparison.OrdinalIgnoreCase);

    private static bool Shows(LogSourceCoverage source, LogNeed need) =>
        source.AttackSources.Any(stream => Fits(source, stream, need))
        || (source.AttackSources.Count == 0 && (source.Name.Equals(need.Name, StringComparison.OrdinalIgnoreCase) || source.Components.Contains(need.Component, StringComparer.OrdinalIgnoreCase) || (source.Components.Count == 0 && source.Streams.Any(stream => IsNamed(source, stream, need)))));

    // Components beside names narrow them: these components of that log.
    private static bool Fits(LogSourceCoverage source, AttackStream stream, LogNeed need) =>
        stream.Name.Trim().Equals(need.Name, StringComparison.OrdinalIgnoreCase)
        && (stream.EventCodes.Count == 0 || need.EventCodes.Count == 0 || stream.EventCodes.Intersect(need.EventCodes).Any())
        && (stream.Terms.Count == 0 || stream.Terms.Any(term => need.Channel.Contains(term, StringComparison.OrdinalIgnoreCase)))
        && (source.Components.Count == 0 || source.Components.Contains(need.Component, StringComparer.OrdinalIgnoreCase));

    // WinEventLog:Security is the service security, auditd:SYSCALL the service auditd: the part around the colon names it.
    private static bool IsNamed(LogSourceCoverage source, SigmaStream stream, LogNeed need) => stream.Service is { } service
        && (source.EventCodes.Count == 0 || need.EventCodes.Count == 0 || source.EventCodes.Intersect(need.EventCodes).Any())
        && need.Name.Split(':', StringSplitOptions.TrimEntries).Any(part => part.Equals(service, StringComparison.OrdinalIgnoreCase));

    private static bool IsNarrower(LogSourceCoverage absent, LogSourceCoverage collected, LogNeed need) => Narrowness(absent, need) > Narrowness(collected, need);

    private static int Narrowness(LogSourceCoverage source, LogNeed need) =>
        source.AttackSources.Where(stream => Fits(source, stream, need)).Select(stream => 1 + (source.Components.Count > 0 ? 1 : 0) + (stream.EventCodes.Count > 0 ? 1 : 0) + (stream.Terms.Count > 0 ? 1 : 0)).DefaultIfEmpty(0).Max();
}
