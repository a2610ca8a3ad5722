namespace Modus.Analysis.Knowledge;

/// <summary>Whom groups are told to have targeted, by sector: facts that come with this library.</summary>
/// <remarks>A filter that chooses actors, never a weight: the actors of a sector are mostly no more alike than as many drawn at random.</remarks>
public sealed class TargetedSectors
{
    private static readonly Lazy<TargetedSectors> shipped = new(() =>
    {
        using var reader = new StreamReader(typeof(TargetedSectors).Assembly.GetManifestResourceStream("targeted-sectors.tsv")!);
        return new(reader);
    });

    private readonly SortedDictionary<string, List<string>> groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> words = new(StringComparer.OrdinalIgnoreCase);

    private TargetedSectors(TextReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var cells = line.Split('\t');
            if (line[0] == '@')
            {
                foreach (var word in cells[1].Split(';')) words[word] = cells[0][1..];
                words[cells[0][1..]] = cells[0][1..];
                continue;
            }
            foreach (var sector in cells[1].Split(';'))
            {
                if (!groups.TryGetValue(sector, out var list)) groups[sector] = list = [];
                list.Add(cells[0]);
            }
        }
    }

    /// <summary>The facts that come with this library.</summary>
    public static TargetedSectors Shipped => shipped.Value;

    /// <summary>Every sector, by name.</summary>
    public IReadOnlyCollection<string> Names => groups.Keys;

    /// <summary>The sector that a word means: its name or another word for it, blanks and hyphens alike; null for none.</summary>
    /// <param name="word">The word; case does not matter.</param>
    public string? Find(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        var plain = word.Trim();
        return words.GetValueOrDefault(plain) ?? words.GetValueOrDefault(plain.Replace(' ', '-')) ?? words.GetValueOrDefault(plain.Replace('-', ' '))
            ?? words.GetValueOrDefault(plain.Replace(" sector", "", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Ids of the groups that are told to have targeted a sector.</summary>
    /// <param name="sector">The sector's name.</param>
    public IReadOnlyList<string> Groups(string sector) => groups.TryGetValue(sector, out var list) ? list : [];
}
