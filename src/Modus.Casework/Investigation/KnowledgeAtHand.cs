using Modus.Attack;

namespace Modus.Casework.Investigation;

/// <summary>The releases of ATT&amp;CK that an investigation speaks and understands.</summary>
/// <param name="Targets">The releases that the result speaks, one a domain, in the order of domains.</param>
/// <param name="All">Every release at hand: inputs may speak any of them.</param>
public sealed record KnowledgeAtHand(IReadOnlyList<Release> Targets, IReadOnlyList<Release> All)
{
    /// <summary>The single domains of the targets, each with its release.</summary>
    internal IEnumerable<(Domains Domain, Release Release)> Domains =>
        Targets.SelectMany(release => release.Domains.Each().Select(domain => (domain, release)));

    /// <summary>The release of a domain and version, or null where it is not at hand.</summary>
    internal Release? Find(Domains domain, string version) =>
        All.FirstOrDefault(release => release.Domains.HasFlag(domain) && ReleaseGuess.IsVersion(release.Version, version));
}
