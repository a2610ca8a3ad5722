namespace Modus.Attack;

/// <summary>The domains of ATT&amp;CK. An object can belong to several: groups and software are shared.</summary>
[Flags]
public enum Domains
{
    /// <summary>No domain is known.</summary>
    None = 0,

    /// <summary>Enterprise networks, hosts and cloud.</summary>
    Enterprise = 1,

    /// <summary>Mobile devices.</summary>
    Mobile = 2,

    /// <summary>Industrial control systems.</summary>
    Ics = 4,
}

/// <summary>The spellings of <see cref="Domains"/> in bundles, on the command line and on the screen.</summary>
public static class DomainNames
{
    private const string Suffix = "-attack";

    private static readonly (Domains Domain, string Name)[] names =
        [(Domains.Enterprise, "enterprise"), (Domains.Mobile, "mobile"), (Domains.Ics, "ics")];

    /// <summary>Every single domain, in the order they are shown.</summary>
    public static IReadOnlyList<Domains> All { get; } = [.. names.Select(pair => pair.Domain)];

    /// <summary>The short names joined by a plus sign: <c>enterprise+ics</c>; <c>none</c> for no domain.</summary>
    public static string Name(this Domains domains) => domains == Domains.None
        ? "none"
        : string.Join('+', names.Where(pair => domains.HasFlag(pair.Domain)).Select(pair => pair.Name));

    /// <summary>The name bundles use for a single domain: <c>enterprise-attack</c>.</summary>
    public static string BundleName(this Domains domain) => domain.Name() + Suffix;

    /// <summary>Reads a short name or a bundle's name of one domain, or several joined by a plus sign; case is ignored.</summary>
    /// <returns>The domain, or <see cref="Domains.None"/> where the text names none.</returns>
    public static Domains Parse(string? text)
    {
        var result = Domains.None;
        foreach (var part in (text ?? "").Split('+', StringSplitOptions.TrimEntries))
        {
            var name = part.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) ? part[..^Suffix.Length] : part;
            var found = names.FirstOrDefault(pair => pair.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Domain;
            if (found == Domains.None) return Domains.None;
            result |= found;
        }
        return result;
    }

    /// <summary>The single domains of a set, in the order they are shown.</summary>
    public static IEnumerable<Domains> Each(this Domains domains) => All.Where(domain => domains.HasFlag(domain));
}
