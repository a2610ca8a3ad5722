using Modus.Attack;

namespace Modus.Casework.Investigation;

/// <summary>The releases of ATT&amp;CK that an investigation speaks and understands.</summary>
public sealed class KnowledgeAtHand
{
    private readonly Lazy<IReadOnlyList<Release>> all;
    private readonly Func<Domains, Release?>? newest;

    /// <summary>Gathers releases.</summary>
    /// <param name="targets">The releases that results speak, one a domain, the main one first.</param>
    /// <param name="all">Every release that inputs may speak; asked for once, when first needed.</param>
    /// <param name="newest">The newest release of a domain at hand, where asking for all of them would cost more; may be null.</param>
    public KnowledgeAtHand(IReadOnlyList<Release> targets, Func<IReadOnlyList<Release>> all, Func<Domains, Release?>? newest = null)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfZero(targets.Count);
        Targets = targets;
        this.all = new Lazy<IReadOnlyList<Release>>(all);
        this.newest = newest;
        var domains = new List<DomainTarget>(targets.Count);
        foreach (var release in targets)
            foreach (var domain in release.Domains.Each()) domains.Add(new(domain, release));
        Domains = domains;
    }

    /// <summary>The releases that results speak.</summary>
    public IReadOnlyList<Release> Targets { get; }

    /// <summary>Every release at hand, the targets among them.</summary>
    public IReadOnlyList<Release> All => all.Value;

    /// <summary>The newest release of a domain at hand, older or newer than the target; null where none is.</summary>
    public Release? Newest(Domains domain) =>
        newest is null ? All.Where(release => release.Domains.HasFlag(domain)).MaxBy(release => release.Version, ReleaseVersion.Comparer) : newest(domain);

    /// <summary>The single domains of the targets, each with its release.</summary>
    internal IReadOnlyList<DomainTarget> Domains { get; }

    /// <summary>Every release at hand, gathered only when the first is asked for.</summary>
    internal IEnumerable<Release> Others()
    {
        foreach (var release in All) yield return release;
    }

    /// <summary>The release of a domain and version, or null where it is not at hand.</summary>
    internal Release? Find(Domains domain, string version) =>
        Targets.Concat(All).FirstOrDefault(release => release.Domains.HasFlag(domain) && IsVersion(release.Version, version));

    /// <summary>Says whether a version as an input writes it (<c>16</c>, <c>v16.1</c>) is that of a release (<c>16.1</c>).</summary>
    private static bool IsVersion(string release, string written)
    {
        var plain = written.Trim().TrimStart('v', 'V');
        return release == plain || release.StartsWith(plain + ".", StringComparison.Ordinal);
    }
}

/// <summary>A domain and the release that results speak in it.</summary>
/// <param name="Domain">One domain.</param>
/// <param name="Release">The release.</param>
internal sealed record DomainTarget(Domains Domain, Release Release);
