using System.Collections.Concurrent;
using Modus.Attack.Facts;
using Modus.Attack.Snapshots;

namespace Modus.Attack;

/// <summary>Every release at hand, side by side: those that come with Modus, those installed, those given. Safe for many threads.</summary>
/// <remarks>An installed release takes the place of embedded facts of the same version and domain: it has the texts.</remarks>
public sealed class KnowledgeBase
{
    private const string Prefix = "Modus.Attack.Facts.";
    private const string FactsEnding = ".facts";
    private readonly ConcurrentDictionary<string, Lazy<Release?>> loaded = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Problem> problems = new();
    private readonly Lock gate = new();
    private volatile ReleaseEntry[] entries;

    private KnowledgeBase(IEnumerable<ReleaseEntry> entries) => this.entries = Sorted(entries);

    /// <summary>Every release that can be asked for, by domain, then newest first; an entry hides those below it of the same release.</summary>
    public IReadOnlyList<ReleaseEntry> Entries => entries;

    /// <summary>Snapshots that could not be used, as far as they have been tried.</summary>
    public IReadOnlyCollection<Problem> Problems => [.. problems];

    /// <summary>Opens the embedded facts and what is installed. Nothing is loaded before it is asked for.</summary>
    /// <param name="cacheFolder">The folder of installed releases, as <see cref="CacheFolder.Default"/> gives it; null for embedded facts only.</param>
    public static KnowledgeBase Open(string? cacheFolder = null)
    {
        var entries = new List<ReleaseEntry>();
        foreach (var resource in typeof(KnowledgeBase).Assembly.GetManifestResourceNames())
            if (resource.StartsWith(Prefix, StringComparison.Ordinal) && resource.EndsWith(FactsEnding, StringComparison.Ordinal)
                && ReleaseEntry.Parse(resource[Prefix.Length..^FactsEnding.Length], ReleaseOrigin.Embedded) is { } entry)
                entries.Add(entry);
        var result = new KnowledgeBase(entries);
        if (cacheFolder is not null) result.AddInstalled(cacheFolder);
        return result;
    }

    /// <summary>Takes a release that was read for this run; it goes before any other of its version and domains.</summary>
    public void Add(Release release)
    {
        var entry = new ReleaseEntry(release.Domains, release.Version, ReleaseOrigin.Given);
        loaded[entry.Key] = new Lazy<Release?>(release);
        AddEntries([entry]);
    }

    /// <summary>The newest version at hand of a domain; null where the domain is in no release.</summary>
    public string? NewestVersion(Domains domain) => In(domain) is [var newest, ..] ? newest.Version : null;

    /// <summary>The newest release at hand of a domain.</summary>
    /// <param name="domain">The domain; Enterprise where nothing is said.</param>
    /// <returns>The release, or null where no release holds the domain.</returns>
    public Release? Newest(Domains domain = Domains.Enterprise) =>
        NewestVersion(domain) is { } version ? Get(version, domain) : null;

    /// <summary>A release by its version.</summary>
    /// <param name="version">As <c>18.1</c>; <c>18</c> stands for the newest 18.x at hand.</param>
    /// <param name="domain">The domain; Enterprise where nothing is said.</param>
    /// <returns>The release, or null where it is not at hand; <see cref="NoSuch"/> says what to do.</returns>
    public Release? Get(string version, Domains domain = Domains.Enterprise)
    {
        foreach (var entry in In(domain))
            if (Matches(entry.Version, version) && Load(entry) is { } release) return release;
        return null;
    }

    /// <summary>The release of an entry; null where its snapshot cannot be used (<see cref="Problems"/> says why).</summary>
    public Release? Load(ReleaseEntry entry) => loaded.GetOrAdd(entry.Key, _ => new(() => Read(entry))).Value;

    /// <summary>The newest release of every domain at hand, or those of one version: what a question over all domains is asked of.</summary>
    /// <param name="version">The version; null for the newest of each domain.</param>
    public IReadOnlyList<Release> OfEachDomain(string? version = null) =>
    [
        .. DomainNames.All.Select(domain => version is null ? Newest(domain) : Get(version, domain)).OfType<Release>().Distinct(),
    ];

    /// <summary>The problem that a release is not at hand, with what is and how to get it.</summary>
    public Problem NoSuch(string version, Domains domain = Domains.Enterprise)
    {
        var there = string.Join(", ", In(domain).Select(entry => entry.Version).Distinct());
        return new Problem(ProblemCodes.NoSuchRelease,
            $"ATT&CK {domain.Name()} {version} is not at hand; there is {(there.Length == 0 ? "none" : there)}.", "", 0,
            "Install it: modus attack install FILE");
    }

    internal void AddInstalled(string folder)
    {
        if (!Directory.Exists(folder)) return;
        try
        {
            AddEntries([.. Directory.EnumerateFiles(folder, "*" + SnapshotFile.Ending).Order(StringComparer.Ordinal)
                .Select(path => ReleaseEntry.Parse(Path.GetFileNameWithoutExtension(path), ReleaseOrigin.Installed, path))
                .OfType<ReleaseEntry>()]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Enqueue(new Problem(ProblemCodes.Unreadable, $"The folder of installed releases cannot be read: {error.Message}", folder));
        }
    }

    private static bool Matches(string version, string wanted) =>
        version == wanted || (!wanted.Contains('.', StringComparison.Ordinal) && version.StartsWith(wanted + ".", StringComparison.Ordinal));

    private static ReleaseEntry[] Sorted(IEnumerable<ReleaseEntry> entries)
    {
        // Comparisons of our own: this runs at every start, before any code is warm.
        var sorted = new List<ReleaseEntry>();
        foreach (var entry in entries)
            if (!sorted.Exists(known => known.Key == entry.Key)) sorted.Add(entry);
        sorted.Sort((left, right) => left.Domains != right.Domains ? (int)left.Domains - (int)right.Domains : NewestFirst(left, right));
        return [.. sorted];
    }

    private static int NewestFirst(ReleaseEntry left, ReleaseEntry right) =>
        ReleaseVersion.Comparer.Compare(right.Version, left.Version) is not 0 and var difference ? difference : (int)right.Origin - (int)left.Origin;

    private List<ReleaseEntry> In(Domains domain)
    {
        var found = new List<ReleaseEntry>();
        foreach (var entry in entries)
            if ((entry.Domains & domain) == domain) found.Add(entry);
        // Few entries: an insertion keeps those that compare equal in their order.
        for (var i = 1; i < found.Count; i++)
            for (var at = i; at > 0 && NewestFirst(found[at - 1], found[at]) > 0; at--)
                (found[at - 1], found[at]) = (found[at], found[at - 1]);
        return found;
    }

    private void AddEntries(IReadOnlyList<ReleaseEntry> added)
    {
        lock (gate) entries = Sorted(entries.Concat(added));
    }

    private Release? Read(ReleaseEntry entry)
    {
        if (entry.Origin == ReleaseOrigin.Installed)
        {
            var release = SnapshotFile.Read(entry.Place!, out var problem);
            if (problem is not null) problems.Enqueue(problem);
            return release;
        }
        var name = Prefix + entry.FileName + FactsEnding;
        using var stream = typeof(KnowledgeBase).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is missing from the assembly.");
        var text = GC.AllocateUninitializedArray<byte>((int)stream.Length);
        stream.ReadExactly(text);
        return FactsReader.Read(text, name, isTrusted: true, out var fault)
            ?? throw new InvalidOperationException($"{name}: {fault!.Message}");
    }
}
