using Modus.Attack;

namespace Modus.Analysis.Attribution;

/// <summary>A plain way to say how much two sets of techniques have in common.</summary>
public enum OverlapMeasure
{
    /// <summary>Shared techniques by techniques of either: every technique counts alike.</summary>
    Jaccard,

    /// <summary>Cosine of sets weighted by ln((N + 1) / (users + 0.5)): what few groups do counts more.</summary>
    IdfCosine,
}

/// <summary>How much a group has in common with what was seen.</summary>
/// <param name="Id">The group.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">The measure, 0 to 1.</param>
/// <param name="Shared">Techniques in common.</param>
public sealed record OverlapScore(string Id, string Name, double Value, int Shared);

/// <summary>A seen technique that few groups use.</summary>
/// <param name="Id">The technique.</param>
/// <param name="Users">Ids of the groups that use it.</param>
public sealed record RareTrait(string Id, IReadOnlyList<string> Users);

/// <summary>The groups of a release and the techniques that each is said to use itself: no campaigns, no software, no roll-up to parents.</summary>
/// <remarks>These figures are likeness, not attribution. They are shown because everybody computes them, and to say how little they carry.</remarks>
public sealed class OverlapTable
{
    /// <summary>Groups with fewer techniques are left out: 5.</summary>
    public const int FewestTechniques = 5;

    /// <summary>A technique that at most so many groups use is rare: 5.</summary>
    public const int MostUsersOfARareTrait = 5;

    private readonly IReadOnlyList<(Group Group, HashSet<string> Techniques)> _groups;
    private readonly Dictionary<string, List<string>> _users = new(StringComparer.Ordinal);

    /// <summary>Reads the groups of a release.</summary>
    public OverlapTable(Release release)
    {
        ArgumentNullException.ThrowIfNull(release);
        _groups = [.. release.Groups
            .Select(group => (group, group.Procedures.Where(use => use.Technique.IsAlive).Select(use => use.Technique.Id).ToHashSet(StringComparer.Ordinal)))
            .Where(pair => pair.Item2.Count >= FewestTechniques)
            .OrderBy(pair => pair.group.Id, StringComparer.Ordinal)];
        foreach (var (group, techniques) in _groups)
            foreach (var id in techniques)
                if (_users.TryGetValue(id, out var users)) users.Add(group.Id);
                else _users[id] = [group.Id];
    }

    /// <summary>How many groups are compared.</summary>
    public int Groups => _groups.Count;

    /// <summary>All groups by a measure, the most alike first; equal ones by id.</summary>
    public IReadOnlyList<OverlapScore> Rank(IReadOnlySet<string> seen, OverlapMeasure measure)
    {
        ArgumentNullException.ThrowIfNull(seen);
        var own = Weight(seen);
        return [.. _groups
            .Select(pair =>
            {
                var shared = pair.Techniques.Where(seen.Contains).ToList();
                var value = measure == OverlapMeasure.Jaccard
                    ? shared.Count / (double)Math.Max(1, seen.Count + pair.Techniques.Count - shared.Count)
                    : own == 0 ? 0 : Weight(shared) / Math.Sqrt(own * Weight(pair.Techniques));
                return new OverlapScore(pair.Group.Id, pair.Group.Name, value, shared.Count);
            })
            .OrderByDescending(score => score.Value).ThenBy(score => score.Id, StringComparer.Ordinal)];
    }

    /// <summary>What was seen and few groups do, the rarest first.</summary>
    public IReadOnlyList<RareTrait> RareTraits(IEnumerable<string> seen) =>
        [.. seen.Distinct(StringComparer.Ordinal).Select(id => new RareTrait(id, _users.GetValueOrDefault(id) ?? []))
            .Where(trait => trait.Users.Count <= MostUsersOfARareTrait)
            .OrderBy(trait => trait.Users.Count).ThenBy(trait => trait.Id, StringComparer.Ordinal)];

    private double Idf(string id) => Math.Log((_groups.Count + 1) / ((_users.TryGetValue(id, out var users) ? users.Count : 0) + 0.5));

    // In the order of ids, so that sums do not depend on the order of a set.
    private double Weight(IEnumerable<string> ids) => ids.Order(StringComparer.Ordinal).Sum(id => Idf(id) * Idf(id));
}
