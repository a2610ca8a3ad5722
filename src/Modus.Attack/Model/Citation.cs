using Modus.Attack.Images;

namespace Modus.Attack;

/// <summary>A source that MITRE cites.</summary>
/// <param name="Name">The short name that texts cite it by; it may contain parentheses.</param>
/// <param name="Description">The full reference, or null where only facts are loaded.</param>
/// <param name="Url">The address, or null.</param>
/// <param name="ExternalId">The id in the source's own numbering (CAPEC and the like), or null.</param>
public sealed record Citation(string Name, string? Description, string? Url, string? ExternalId)
{
    private const string MitreSources = "mitre-";

    internal static IReadOnlyList<Citation> Read(Image image, int list)
    {
        var cells = image.List(list);
        if (cells.IsEmpty) return [];
        var result = new List<Citation>(cells.Length / RecordWidth.Reference);
        for (var at = 0; at < cells.Length; at += RecordWidth.Reference)
        {
            var name = image.String(cells[at]) ?? "";
            if (cells[at + 3] != 0 && name.StartsWith(MitreSources, StringComparison.Ordinal)) continue;
            result.Add(new Citation(name, image.String(cells[at + 1]), image.String(cells[at + 2]), image.String(cells[at + 3])));
        }
        return result;
    }
}
