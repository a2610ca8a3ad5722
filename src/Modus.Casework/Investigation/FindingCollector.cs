using Modus.Attack;

namespace Modus.Casework.Investigation;

/// <summary>Gathers evidence by technique, in the order it comes, and gives it back in the order it is shown.</summary>
internal sealed class FindingCollector(TechniqueResolver resolver)
{
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly List<Unplaced> unplaced = [];
    private readonly Dictionary<(string Kind, string Ids), Naming> names = [];

    public TechniqueResolver Resolver => resolver;

    public List<CaseProblem> Problems { get; } = [];

    public List<Indicators.FoundIndicator> Indicators { get; } = [];

    /// <summary>Adds evidence for a resolved technique; what has none is listed as unplaced and as a problem.</summary>
    /// <param name="resolution">What the naming stands for.</param>
    /// <param name="file">The file it stands in.</param>
    /// <param name="place">The place in the file.</param>
    /// <param name="evidence">Makes the evidence.</param>
    /// <param name="tactics">Tactics of the technique that are named beside it, by short name.</param>
    /// <returns>True where a technique took it.</returns>
    public bool Add(Resolution resolution, string file, string place, Func<TechniqueOrigin, Evidence> evidence, IReadOnlyList<string>? tactics = null)
    {
        var origin = resolution.Origin;
        if (resolution.Technique is not { } technique)
        {
            var reason = origin.Reason ?? "No technique of this id.";
            unplaced.Add(new Unplaced(file, place, origin.Written, reason));
            Problems.Add(new CaseProblem(
                resolution.Answer is null ? CaseProblemCodes.UnknownTechnique : CaseProblemCodes.NeedsReview,
                $"{origin.Written}: {reason}", file, place, "check the id, or install the release it belongs to: modus attack install FILE"));
            return false;
        }
        if (!entries.TryGetValue(technique.Id, out var entry)) entries[technique.Id] = entry = new Entry(technique);
        entry.Evidence.Add(evidence(origin));
        foreach (var named in tactics ?? []) entry.NamedTactics.Add(named);
        if (resolution.Tactic is { } tactic) entry.NamedTactics.Add(tactic);
        else if (origin.Tactic is not null)
            Problems.Add(new CaseProblem(CaseProblemCodes.WrongTactic, $"{origin.Written} in '{origin.Tactic}': {origin.Reason}", file, place, Lost: false));
        return true;
    }

    /// <summary>Notes a naming that stands for no single technique.</summary>
    public void AddUnplaced(string file, string place, string written, string reason) => unplaced.Add(new Unplaced(file, place, written, reason));

    /// <summary>Counts one naming of a group, a software or a campaign.</summary>
    public void AddName(string kind, IReadOnlyList<string> ids, string written, string file, bool aside)
    {
        var key = (kind, ids.Count > 0 ? string.Join('+', ids) : written);
        if (!names.TryGetValue(key, out var naming)) names[key] = naming = new Naming(kind, ids, written);
        if (aside) naming.Aside++;
        else naming.Mentions++;
        naming.Files.Add(file);
    }

    public IReadOnlyList<TechniqueFinding> Findings() =>
    [
        .. entries.Values.OrderBy(entry => entry.Technique.Id, StringComparer.Ordinal).Select(entry => new TechniqueFinding(
            entry.Technique.Id, entry.Technique.FullName,
            [.. entry.Technique.Tactics.Select(tactic => tactic.Shortname)],
            [.. entry.Technique.Tactics.Select(tactic => tactic.Shortname).Where(entry.NamedTactics.Contains)],
            [.. entry.Evidence.OrderBy(evidence => evidence.Standing)])),
    ];

    public IReadOnlyList<Unplaced> Unplaced() => unplaced;

    public IReadOnlyList<NamedObject> Names() =>
    [
        .. names.Values.OrderByDescending(naming => naming.Mentions).ThenBy(naming => naming.Kind, StringComparer.Ordinal).ThenBy(naming => naming.Written, StringComparer.Ordinal)
            .Select(naming => new NamedObject(naming.Kind, naming.Ids, naming.Written, naming.Mentions, naming.Aside, [.. naming.Files])),
    ];

    private sealed class Entry(Technique technique)
    {
        public Technique Technique { get; } = technique;

        public List<Evidence> Evidence { get; } = [];

        public HashSet<string> NamedTactics { get; } = new(StringComparer.Ordinal);
    }

    private sealed class Naming(string kind, IReadOnlyList<string> ids, string written)
    {
        public string Kind { get; } = kind;

        public IReadOnlyList<string> Ids { get; } = ids;

        public string Written { get; } = written;

        public int Mentions { get; set; }

        public int Aside { get; set; }

        public SortedSet<string> Files { get; } = new(StringComparer.Ordinal);
    }
}
