using System.Text;

namespace Modus.Attack;

/// <summary>In which of a row of releases an ATT&amp;CK id was alive: what tells the release of a set of ids, and how old an id is.</summary>
/// <remarks>Only the releases of <see cref="Versions"/> were looked at; an id may have lived in others between them.</remarks>
public sealed class IdHistory
{
    private const string Resource = "Modus.Attack.Facts.history.tsv";
    private static readonly Lazy<IdHistory> embedded = new(LoadEmbedded);
    private readonly Dictionary<Domains, List<string>> versions = [];
    private readonly Dictionary<string, Entry> entries = new(StringComparer.OrdinalIgnoreCase);

    private IdHistory()
    {
    }

    /// <summary>The history that comes with Modus.</summary>
    public static IdHistory Embedded => embedded.Value;

    /// <summary>The releases of a domain that were looked at, oldest first.</summary>
    public IReadOnlyList<string> Versions(Domains domain) => versions.TryGetValue(domain, out var list) ? list : [];

    /// <summary>The releases in which an object with this id was alive, oldest first; none for an unknown id.</summary>
    /// <param name="id">An ATT&amp;CK id.</param>
    /// <param name="domain">One domain.</param>
    public IReadOnlyList<string> AliveIn(string id, Domains domain) =>
        entries.TryGetValue(Key(domain, id), out var entry) ? [.. Versions(domain).Where((_, index) => (entry.Alive >> index & 1) != 0)] : [];

    /// <summary>The releases of a domain in which most of the given ids were alive, with how many; newest first.</summary>
    /// <param name="ids">ATT&amp;CK ids; each counts once.</param>
    /// <param name="domain">One domain.</param>
    public IReadOnlyList<(string Version, int Alive)> Guess(IEnumerable<string> ids, Domains domain)
    {
        var list = Versions(domain);
        var counts = new int[list.Count];
        foreach (var id in ids.Distinct(StringComparer.OrdinalIgnoreCase))
            if (entries.TryGetValue(Key(domain, id), out var entry))
                for (var i = 0; i < counts.Length; i++) counts[i] += (int)(entry.Alive >> i & 1);
        var most = counts.DefaultIfEmpty(0).Max();
        return most == 0 ? [] : [.. list.Select((version, i) => (version, counts[i])).Where(pair => pair.Item2 == most).Reverse()];
    }

    /// <summary>Writes the history of releases as lines: the releases of each domain, then each id with the releases it was alive in.</summary>
    /// <param name="releases">The releases, in any order. An object of several domains has a line for each.</param>
    /// <param name="output">Gets the lines, each ended by a line feed.</param>
    public static void Write(IEnumerable<Release> releases, TextWriter output)
    {
        var all = releases.ToList();
        output.Write("# domain\tid\tliving in these of the releases listed first, oldest first: 1 yes, 0 no\n");
        foreach (var domain in DomainNames.All)
        {
            var row = all.Where(release => release.Domains.HasFlag(domain)).OrderBy(release => release.Version, ReleaseVersion.Comparer).ToList();
            if (row.Count == 0) continue;
            output.Write($"releases\t{domain.Name()}\t{string.Join('|', row.Select(release => release.Version))}\n");
            var ids = row.Select(release => Living(release, domain)).ToList();
            foreach (var id in ids.SelectMany(set => set).Distinct().Order(StringComparer.Ordinal))
                output.Write($"{domain.Name()}\t{id}\t{string.Concat(ids.Select(set => set.Contains(id) ? '1' : '0'))}\n");
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">A line is not of the form.</exception>
    public static IdHistory Read(TextReader input)
    {
        var result = new IdHistory();
        while (input.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            if (line.Split('\t') is not [var first, var second, var third]) throw new InvalidDataException($"'{line}' is no line of a history.");
            if (first == "releases") result.versions[Domain(second)] = [.. third.Split('|')];
            else result.entries[Key(Domain(first), second)] = new Entry(Bits(third));
        }
        return result;

        static Domains Domain(string name) =>
            DomainNames.Parse(name) is not Domains.None and var domain ? domain : throw new InvalidDataException($"'{name}' is no domain.");

        static ulong Bits(string text)
        {
            if (text.Length > 64 || text.AsSpan().ContainsAnyExcept('0', '1')) throw new InvalidDataException($"'{text}' is no row of releases.");
            var bits = 0UL;
            for (var i = 0; i < text.Length; i++)
                if (text[i] == '1') bits |= 1UL << i;
            return bits;
        }
    }

    // What people write into mappings: not the inner parts of detection.
    private static HashSet<string> Living(Release release, Domains domain) =>
    [
        .. release.All().Where(item => item.IsAlive && (item.Domains & domain) != 0 && item.Id.Length > 0 && IsMapped(item.Kind))
            .Select(item => item.Id),
    ];

    private static bool IsMapped(ObjectKind kind) => kind is ObjectKind.Tactic or ObjectKind.Technique or ObjectKind.Group
        or ObjectKind.Software or ObjectKind.Campaign or ObjectKind.Mitigation;

    private static string Key(Domains domain, string id) => $"{(int)domain} {id}";

    private static IdHistory LoadEmbedded()
    {
        using var stream = typeof(IdHistory).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing from the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Read(reader);
    }

    private readonly record struct Entry(ulong Alive);
}
