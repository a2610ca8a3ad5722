using Modus.Analysis.Coverage;
using Modus.Attack;
using Modus.Casework.Investigation;

namespace Modus.Casework.Defence;

/// <summary>What the readers of a defence share: the release, how ids become its techniques, and where problems go.</summary>
public sealed class DefenceContext
{
    private readonly TechniqueResolver resolver;
    private readonly Release release;
    private readonly Dictionary<(string, string?), MappedTechnique> mapped = [];

    /// <summary>Prepares reading.</summary>
    /// <param name="knowledge">The release in whose ids the inventory will speak.</param>
    /// <param name="release">The same release.</param>
    /// <param name="others">Every release at hand, for older ids; asked for once, when first needed.</param>
    public DefenceContext(CoverageKnowledge knowledge, Release release, Func<IReadOnlyList<Release>> others)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        Knowledge = knowledge;
        this.release = release;
        resolver = new(new KnowledgeAtHand([release], others));
        Products = new(knowledge.Platforms);
    }

    /// <summary>What coverage needs of the release.</summary>
    public CoverageKnowledge Knowledge { get; }

    /// <summary>What went wrong so far, in the order it was met.</summary>
    public IReadOnlyList<CaseProblem> Problems => ProblemList;

    internal List<CaseProblem> ProblemList { get; } = [];

    internal ProductPlatforms Products { get; }

    /// <summary>A technique id as some input wrote it, carried to the release.</summary>
    /// <param name="id">The id; case and blanks around it do not matter.</param>
    /// <param name="version">The release that the input speaks, or null where it does not say.</param>
    public MappedTechnique Map(string id, string? version = null)
    {
        ArgumentNullException.ThrowIfNull(id);
        var plain = id.Trim().ToUpperInvariant();
        var key = (plain, version);
        if (mapped.TryGetValue(key, out var known)) return known;
        if (version is null && Knowledge.Find(plain) is { } alive) return mapped[key] = new(plain, alive.Id, "carried");
        var found = resolver.Resolve(plain, "defence", version: version, domain: Knowledge.Domain);
        var inDomain = found.Technique is { } technique && (technique.Domains & Knowledge.Domain) != 0 && technique.IsAlive ? technique.Id : null;
        return mapped[key] = new(plain, inDomain, inDomain is null ? found.Origin.Reason ?? $"no technique {plain} in {release.Name}" : found.Origin.Verdict ?? "carried");
    }

    internal void Report(string code, string message, string file, string? place = null, string? fix = null, bool lost = true) =>
        ProblemList.Add(new(code, message, file, place, fix, lost));
}

/// <summary>The codes that the readers of a defence give.</summary>
public static class DefenceCodes
{
    /// <summary>A file of the defence cannot be read, or is not the format its content promises.</summary>
    public const string Unreadable = "MD6101";

    /// <summary>A key that the form does not have.</summary>
    public const string UnknownKey = "MD6102";

    /// <summary>A value that its key does not take.</summary>
    public const string BadValue = "MD6103";

    /// <summary>A key that is needed is missing.</summary>
    public const string MissingKey = "MD6104";

    /// <summary>A platform, host group, rule or file that is referred to and is nowhere.</summary>
    public const string UnknownName = "MD6105";

    /// <summary>A file of no kind that a defence is made of.</summary>
    public const string UnknownKind = "MD6106";

    /// <summary>A technique id that was carried over, or could not be.</summary>
    public const string OtherId = "MD6107";

    /// <summary>A table without the columns it needs, or with a row that cannot be used.</summary>
    public const string BadTable = "MD6108";

    /// <summary>More than the limits allow.</summary>
    public const string TooMuch = "MD6109";
}
