using Modus.Attack;

namespace Modus.Analysis.Coverage;

/// <summary>What a release says that coverage needs: techniques by platform, and the logs of their analytics.</summary>
public sealed class CoverageKnowledge
{
    private readonly Dictionary<string, CoverageTechnique> byId;

    private CoverageKnowledge(string release, Domains domain, IReadOnlyList<CoverageTechnique> techniques, IReadOnlyList<CoverageTactic> tactics)
    {
        Release = release;
        Domain = domain;
        Techniques = techniques;
        Tactics = tactics;
        byId = techniques.ToDictionary(item => item.Id, StringComparer.OrdinalIgnoreCase);
        Platforms = [.. techniques.SelectMany(item => item.Platforms).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>The version of the release, as <c>18.1</c>.</summary>
    public string Release { get; }

    /// <summary>The one domain.</summary>
    public Domains Domain { get; }

    /// <summary>Living techniques of the domain, by id.</summary>
    public IReadOnlyList<CoverageTechnique> Techniques { get; }

    /// <summary>Tactics in matrix order.</summary>
    public IReadOnlyList<CoverageTactic> Tactics { get; }

    /// <summary>Every platform that a technique has, by name.</summary>
    public IReadOnlyList<string> Platforms { get; }

    /// <summary>The technique with an id, or null.</summary>
    public CoverageTechnique? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>The platform as the release spells it, or null where it has none of that name; case is ignored.</summary>
    public string? Platform(string name) => Platforms.FirstOrDefault(known => known.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>Takes what coverage needs out of a release.</summary>
    /// <param name="release">The release.</param>
    /// <param name="domain">One of its domains.</param>
    public static CoverageKnowledge Read(Release release, Domains domain)
    {
        ArgumentNullException.ThrowIfNull(release);
        return new(release.Version, domain,
            [.. release.Techniques.Where(item => (item.Domains & domain) != 0).Select(item => new CoverageTechnique(item))],
            [.. release.Tactics.Where(item => (item.Domains & domain) != 0).Select(item => new CoverageTactic(item.Shortname, item.Name))]);
    }
}

/// <summary>A tactic of the matrix.</summary>
/// <param name="ShortName">As techniques refer to it.</param>
/// <param name="Name">For people.</param>
public sealed record CoverageTactic(string ShortName, string Name);

/// <summary>A technique as coverage needs it. The analytics are looked up when they are first asked for.</summary>
public sealed class CoverageTechnique
{
    private readonly Technique technique;
    private IReadOnlyList<AnalyticNeeds>? analytics;

    internal CoverageTechnique(Technique technique)
    {
        this.technique = technique;
        Id = technique.Id;
        Platforms = technique.Platforms;
    }

    /// <summary>Its id.</summary>
    public string Id { get; }

    /// <summary>Its full name.</summary>
    public string Name => technique.FullName;

    /// <summary>The id of the technique it is part of, or null.</summary>
    public string? ParentId => technique.IsSubtechnique ? technique.Parent?.Id : null;

    /// <summary>Short names of its tactics in matrix order.</summary>
    public IReadOnlyList<string> Tactics => [.. technique.Tactics.Select(tactic => tactic.Shortname)];

    /// <summary>Its platforms.</summary>
    public IReadOnlyList<string> Platforms { get; }

    /// <summary>Its analytics with the logs that each needs; empty before release 18.</summary>
    public IReadOnlyList<AnalyticNeeds> Analytics => analytics ??=
    [
        .. technique.DetectionStrategies.Where(strategy => strategy.IsAlive).SelectMany(strategy => strategy.Analytics).Where(analytic => analytic.IsAlive)
            .Select(analytic => new AnalyticNeeds(analytic.Id, analytic.Platforms,
                [.. analytic.LogSources.Select(source => new LogNeed(source.Name.Trim(), source.Channel.Trim(), source.Component?.Name ?? "", source.EventCodes))]))
            .DistinctBy(analytic => analytic.Id),
    ];
}

/// <summary>What one analytic needs: all of its logs.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Platforms">The platforms it is written for.</param>
/// <param name="Needs">The logs.</param>
public sealed record AnalyticNeeds(string Id, IReadOnlyList<string> Platforms, IReadOnlyList<LogNeed> Needs)
{
    /// <summary>True where each of its logs is one that can be collected.</summary>
    public bool NamesLogs => Needs.Count > 0 && Needs.All(need => need.NamesALog);
}

/// <summary>A log that an analytic needs.</summary>
/// <param name="Name">The log as the release names it.</param>
/// <param name="Channel">What in it: event codes, calls, words.</param>
/// <param name="Component">The data component it shows; empty where unknown.</param>
/// <param name="EventCodes">The event codes that the channel names.</param>
public sealed record LogNeed(string Name, string Channel, string Component, IReadOnlyList<int> EventCodes)
{
    // The data says "None" for the channel of what is known only outside of one's own estate; facts without prose have an empty one for phrases.
    internal bool NamesALog => Name.Length > 0 && !Channel.Equals("None", StringComparison.OrdinalIgnoreCase);

    /// <summary>The log and its event codes, for people.</summary>
    public override string ToString() => EventCodes.Count == 0 ? Name : $"{Name} {string.Join(", ", EventCodes)}";
}
