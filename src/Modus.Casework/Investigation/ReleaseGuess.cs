using Modus.Attack;

namespace Modus.Casework.Investigation;

/// <summary>Works out which release a set of ids was written in, where the input does not say.</summary>
internal static class ReleaseGuess
{
    /// <summary>
    /// The newest release at hand in which most of the ids are alive; null where the target release knows as many, or no
    /// release knows any: then nothing speaks for another release.
    /// </summary>
    public static string? Of(IReadOnlyCollection<string> ids, KnowledgeAtHand knowledge, Domains domain, Release target)
    {
        var best = (Alive: Alive(ids, target), Release: target);
        foreach (var release in knowledge.All.Where(release => release.Domains.HasFlag(domain)))
        {
            var alive = Alive(ids, release);
            if (alive > best.Alive || alive == best.Alive && best.Release != target && ReleaseVersion.Comparer.Compare(release.Version, best.Release.Version) > 0)
                best = (alive, release);
        }
        return best.Release == target ? null : best.Release.Version;
    }

    /// <summary>Says whether a version as an input writes it (<c>16</c>, <c>v16.1</c>) is that of a release (<c>16.1</c>).</summary>
    public static bool IsVersion(string release, string written)
    {
        var plain = written.Trim().TrimStart('v', 'V');
        return release == plain || release.StartsWith(plain + ".", StringComparison.Ordinal);
    }

    private static int Alive(IReadOnlyCollection<string> ids, Release release) =>
        ids.Count(id => release.Find<Technique>(id) is { IsAlive: true });
}
