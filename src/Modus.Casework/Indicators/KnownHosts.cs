namespace Modus.Casework.Indicators;

/// <summary>Hosts that texts and events name without being anybody's infrastructure: schemas, catalogues, certificate lists.</summary>
internal static class KnownHosts
{
    private static readonly HashSet<string> names = Read();

    /// <summary>True for a host of the list, or below one that the list writes with a leading dot.</summary>
    public static bool Has(string host)
    {
        var name = host.ToLowerInvariant();
        if (names.Contains(name)) return true;
        for (var at = name.IndexOf('.', StringComparison.Ordinal); at >= 0; at = name.IndexOf('.', at + 1))
            if (names.Contains(name[at..])) return true;
        return names.Contains("." + name);
    }

    /// <summary>The host of a web address; empty where it has none.</summary>
    public static string HostOf(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        var start = scheme < 0 ? 0 : scheme + 3;
        var end = url.IndexOfAny(['/', '?', '#', ':'], start);
        return end < 0 ? url[start..] : url[start..end];
    }

    private static HashSet<string> Read()
    {
        using var reader = new StreamReader(typeof(KnownHosts).Assembly.GetManifestResourceStream("Modus.Casework.Indicators.known-hosts.txt")!);
        var found = new HashSet<string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
            if (line.Length > 0 && line[0] != '#') found.Add(line.Trim());
        return found;
    }
}
