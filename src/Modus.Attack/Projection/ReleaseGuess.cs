namespace Modus.Attack.Projection;

/// <summary>How well a set of technique ids fits a release.</summary>
/// <param name="Release">The release.</param>
/// <param name="Alive">Ids that are alive in it.</param>
/// <param name="Dead">Ids that it holds as revoked or deprecated.</param>
/// <param name="Unknown">Ids that it does not hold.</param>
public sealed record ReleaseFit(Release Release, int Alive, int Dead, int Unknown);

/// <summary>Guesses the release that mappings were made in from the ids they use.</summary>
public sealed class ReleaseGuess
{
    private ReleaseGuess(IReadOnlyList<ReleaseFit> fits, int ids, IReadOnlyList<(string Version, int Alive)> remembered)
    {
        Fits = fits;
        var alive = fits is [var best, ..] ? best.Alive : 0;
        // What is at hand says more than a list of ids, so the list is heard only where it explains more of them.
        Remembered = remembered is [var first, ..] && first.Alive > alive ? [.. remembered.Select(pair => pair.Version)] : [];
        Explained = (Remembered.Count > 0 ? remembered[0].Alive : alive, ids);
    }

    /// <summary>Every release at hand of the domain, the best fit first.</summary>
    public IReadOnlyList<ReleaseFit> Fits { get; }

    /// <summary>
    /// Releases that are not at hand, newest first, in which more of the ids were alive than in any that is:
    /// known from the history of ids that comes with Modus. Empty where a release at hand fits as well.
    /// </summary>
    public IReadOnlyList<string> Remembered { get; }

    /// <summary>How many of the ids are alive in the guessed release, and how many there are.</summary>
    public (int Alive, int Ids) Explained { get; }

    /// <summary>The guessed release by name, at hand or not; null where nothing known has any of the ids.</summary>
    public string? Version => Remembered is [var newest, ..] ? newest : Release?.Version;

    /// <summary>The best fit; null where no release at hand knows any of the ids.</summary>
    public Release? Release => Fits is [{ Alive: > 0 } or { Dead: > 0 }, ..] ? Fits[0].Release : null;

    /// <summary>True where every id is alive in the best fit, and in no other release at hand.</summary>
    public bool IsSure => Fits is [{ Dead: 0, Unknown: 0, Alive: > 0 }, ..] && Fits.Skip(1).All(fit => fit.Dead + fit.Unknown > 0);

    /// <summary>Ranks the releases: most ids alive, then fewest unknown, then the newest.</summary>
    /// <param name="techniqueIds">The ids.</param>
    /// <param name="releases">The releases at hand.</param>
    /// <param name="domain">The one domain of the mappings.</param>
    /// <param name="history">In which releases ids were alive; null for the history that comes with Modus.</param>
    public static ReleaseGuess Of(IEnumerable<string> techniqueIds, IEnumerable<Release> releases, Domains domain, IdHistory? history = null)
    {
        ArgumentNullException.ThrowIfNull(techniqueIds);
        ArgumentNullException.ThrowIfNull(releases);
        var ids = techniqueIds.Select(id => id.Trim().ToUpperInvariant()).Distinct(StringComparer.Ordinal).ToList();
        var fits = releases.Where(release => (release.Domains & domain) != 0).Distinct().Select(release => Fit(release, ids, domain));
        return new ReleaseGuess([.. fits.OrderByDescending(fit => fit.Alive).ThenBy(fit => fit.Unknown)
            .ThenByDescending(fit => fit.Release.Version, ReleaseVersion.Comparer)], ids.Count, (history ?? IdHistory.Embedded).Guess(ids, domain));
    }

    /// <summary>The guess as one sentence.</summary>
    public override string ToString() => Remembered is [.., var oldest]
        ? $"{(Remembered.Count == 1 ? oldest : $"{oldest} to {Remembered[0]}")} by its ids, of which {Explained.Alive} of {Explained.Ids} were alive there; that release is not at hand"
        : Fits is not [var best, ..] || Release is null
        ? "no release at hand knows the ids"
        : $"{best.Release.Version} by its ids: {best.Alive} alive, {best.Dead} dead, {best.Unknown} unknown{(IsSure ? "" : "; other releases fit as well or the fit is not whole")}";

    private static ReleaseFit Fit(Release release, List<string> ids, Domains domain)
    {
        var found = ids.Select(id => release.FindAll(id).OfType<Technique>().FirstOrDefault(technique => (technique.Domains & domain) != 0)).ToList();
        return new ReleaseFit(release, found.Count(technique => technique is { IsAlive: true }), found.Count(technique => technique is { IsAlive: false }), found.Count(technique => technique is null));
    }
}
