namespace Modus.Attack;

/// <summary>The releases MITRE has published and their dates, for data that does not name its release.</summary>
public static class KnownReleases
{
    private const string Resource = "Modus.Attack.Facts.releases.tsv";
    private static readonly Lazy<List<KnownRelease>> all = new(Load);

    /// <summary>Every known release, by domain and date.</summary>
    public static IReadOnlyList<KnownRelease> All => all.Value;

    /// <summary>The first release of a domain that came out on or after the newest change in the data.</summary>
    internal static string? Guess(Domains domains, string? newestChange)
    {
        if (newestChange is null || newestChange.Length < 10) return null;
        foreach (var domain in domains.Each())
            foreach (var release in All)
                if (release.Domain == domain && string.CompareOrdinal(release.Date, newestChange[..10]) >= 0)
                    return release.Version;
        return null;
    }

    private static List<KnownRelease> Load()
    {
        using var stream = typeof(KnownReleases).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing from the assembly.");
        using var reader = new StreamReader(stream);
        var result = new List<KnownRelease>();
        while (reader.ReadLine() is { } line)
            if (line.Split('\t') is [var domain, var version, var stamp] && !line.StartsWith('#'))
                result.Add(new KnownRelease(DomainNames.Parse(domain), version, stamp[..10]));
        return result;
    }
}

/// <summary>A published release.</summary>
/// <param name="Domain">Its domain.</param>
/// <param name="Version">Its version, as <c>18.1</c>.</param>
/// <param name="Date">The day it came out, as <c>2025-11-13</c>.</param>
public sealed record KnownRelease(Domains Domain, string Version, string Date);
