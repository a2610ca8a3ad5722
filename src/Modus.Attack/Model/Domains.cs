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

    // Plain arrays: this runs at every start, before any code is warm.
    private static readonly Domains[] domains = [Domains.Enterprise, Domains.Mobile, Domains.Ics];
    private static readonly string[] names = ["enterprise", "mobile", "ics"];

    /// <summary>Every single domain, in the order they are shown.</summary>
    public static IReadOnlyList<Domains> All => domains;

    /// <summary>The short names joined by a plus sign: <c>enterprise+ics</c>; <c>none</c> for no domain.</summary>
    public static string Name(this Domains domains)
    {
        var result = "";
        for (var i = 0; i < names.Length; i++)
            if ((domains & DomainNames.domains[i]) != 0) result = result.Length == 0 ? names[i] : $"{result}+{names[i]}";
        return result.Length == 0 ? "none" : result;
    }

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
            var found = Domains.None;
            for (var i = 0; i < names.Length; i++)
                if (names[i].Equals(name, StringComparison.OrdinalIgnoreCase)) found = domains[i];
            if (found == Domains.None) return Domains.None;
            result |= found;
        }
        return result;
    }

    /// <summary>The single domains of a set, in the order they are shown.</summary>
    public static IReadOnlyList<Domains> Each(this Domains domains)
    {
        var result = new List<Domains>(names.Length);
        foreach (var domain in DomainNames.domains)
            if ((domains & domain) != 0) result.Add(domain);
        return result;
    }
}
