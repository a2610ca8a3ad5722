using Modus.Analysis.Profiles;

namespace Modus.Analysis.Coverage;

/// <summary>What a defence is held against: the techniques of an actor, a case, a sector or anything else, each with its weight.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Weighting">How the weights came about, in a sentence.</param>
/// <param name="Techniques">Its techniques, in ids of the release.</param>
public sealed record ThreatProfile(string Name, string Weighting, IReadOnlyList<ThreatTechnique> Techniques)
{
    /// <summary>Days after which a dated use counts half: 730.</summary>
    public const int HalfLifeDays = 730;

    /// <summary>What was given and has no technique in the release.</summary>
    public IReadOnlyList<Unplaced> Unplaced { get; init; } = [];

    /// <summary>An actor's techniques: what it is said to do itself or in its campaigns.</summary>
    /// <param name="profile">The actor.</param>
    /// <param name="today">The day from which ages are counted.</param>
    public static ThreatProfile Of(ActorProfile profile, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return new($"{profile.Id} {profile.Name}", RecencyText,
            [.. profile.Procedures.Where(item => item.IndependentSources > 0)
                .Select(item => new ThreatTechnique(item.Id, item.IndependentSources * Recency(item.LastSeen, today), item.LastSeen, [$"{profile.Name}: {item.IndependentSources} sources"])
                {
                    Users = [profile.Id],
                })]);
    }

    /// <summary>Several profiles as one: weights add up.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="parts">The profiles, one or more.</param>
    public static ThreatProfile Join(string name, IReadOnlyList<ThreatProfile> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return new(name, string.Join("; ", parts.Select(part => part.Weighting).Distinct()),
            [.. parts.SelectMany(part => part.Techniques).GroupBy(item => item.Id, StringComparer.OrdinalIgnoreCase)
                .Select(group => new ThreatTechnique(group.Key, group.Sum(item => item.Weight), group.Max(item => item.LastSeen), [.. group.SelectMany(item => item.Sources).Distinct()])
                {
                    Users = [.. group.SelectMany(item => item.Users).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                    Platforms = group.Any(item => item.Platforms.Count == 0) ? [] : [.. group.SelectMany(item => item.Platforms).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                })])
        {
            Unplaced = [.. parts.SelectMany(part => part.Unplaced)],
        };
    }

    /// <summary>How the weights of actors come about.</summary>
    public static string RecencyText { get; } = $"independent sources, halved every {HalfLifeDays} days since the last dated use";

    /// <summary>The share that a use of some age still counts, 0 to 1; undated uses count as five half-lives old.</summary>
    public static double Recency(DateOnly? seen, DateOnly today) =>
        Math.Pow(0.5, seen is { } day ? Math.Max(0, today.DayNumber - day.DayNumber) / (double)HalfLifeDays : 5);
}

/// <summary>A technique of a threat profile.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Weight">How much it counts, above 0; only comparable within one profile.</param>
/// <param name="LastSeen">The last dated use, or null.</param>
/// <param name="Sources">Who says so.</param>
public sealed record ThreatTechnique(string Id, double Weight, DateOnly? LastSeen, IReadOnlyList<string> Sources)
{
    /// <summary>Ids of the actors or cases that use it.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>Platforms on which it was seen; empty where unknown.</summary>
    public IReadOnlyList<string> Platforms { get; init; } = [];
}
