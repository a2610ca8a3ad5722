namespace Modus.Attack;

/// <summary>Where a knowledge base has a release from.</summary>
public enum ReleaseOrigin
{
    /// <summary>Facts that come with Modus.</summary>
    Embedded,

    /// <summary>A snapshot in the user's cache.</summary>
    Installed,

    /// <summary>Read from a file for this run.</summary>
    Given,
}

/// <summary>A release that a knowledge base can give, without loading it.</summary>
/// <param name="Domains">The domains it holds.</param>
/// <param name="Version">Its version.</param>
/// <param name="Origin">Where it is from.</param>
/// <param name="Place">The file of an installed release; null for any other.</param>
public sealed record ReleaseEntry(Domains Domains, string Version, ReleaseOrigin Origin, string? Place = null)
{
    /// <summary>The name that files of this release carry: <c>enterprise-18.1</c>.</summary>
    public string FileName => $"{Domains.Name()}-{Version}";

    /// <summary>What tells entries apart.</summary>
    internal string Key => $"{(int)Origin} {FileName} {Place}";

    /// <summary>Reads a file's name, without its ending; null where it is not of the form that <see cref="FileName"/> gives.</summary>
    internal static ReleaseEntry? Parse(string name, ReleaseOrigin origin, string? place = null)
    {
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        if (dash <= 0 || DomainNames.Parse(name[..dash]) is not (not Domains.None and var domains)) return null;
        return ReleaseVersion.IsValid(name[(dash + 1)..]) ? new ReleaseEntry(domains, name[(dash + 1)..], origin, place) : null;
    }
}
