namespace Modus.Casework.Defence;

/// <summary>Which platforms the log sources of Sigma speak of: a data file, kept in the platforms of the release at hand.</summary>
internal sealed class ProductPlatforms
{
    private readonly Dictionary<(string Product, string Service), IReadOnlyList<string>> table = [];

    /// <param name="known">The platforms of the release.</param>
    public ProductPlatforms(IReadOnlyList<string> known)
    {
        using var reader = new StreamReader(typeof(ProductPlatforms).Assembly.GetManifestResourceStream("Modus.Casework.Defence.product-platforms.tsv")!);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var cells = line.Split('\t');
            table[(cells[0], cells[1])] = [.. cells[2].Split(';').Select(name => known.FirstOrDefault(one => one.Equals(name, StringComparison.OrdinalIgnoreCase))).OfType<string>()];
        }
    }

    /// <summary>The platforms of a log source; empty where it can be any.</summary>
    public IReadOnlyList<string> Of(string? product, string? service)
    {
        if (product is null) return [];
        var key = product.ToLowerInvariant();
        return service is not null && table.TryGetValue((key, service.ToLowerInvariant()), out var narrow) ? narrow : table.GetValueOrDefault((key, "*"), []);
    }
}
