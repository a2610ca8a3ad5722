using System.Text;
using Modus.Attack.Images;

namespace Modus.Attack.Bundles;

/// <summary>Turns parsed objects into rows: checks them, merges doubles, and learns the release and its domains.</summary>
internal sealed class Gathering
{
    private const string CollectionType = "x-mitre-collection";
    private readonly Dictionary<int, ObjectKind?> kinds = [];
    private readonly Dictionary<int, RelationshipType> types = [];
    private readonly List<int> withoutDomain = [];
    private readonly HashSet<string> versions = [];
    private readonly SortedDictionary<string, (int Objects, string? First)> unknownDomains = new(StringComparer.Ordinal);
    private HashSet<int> seen = [];
    private string? collectionText;
    private string? collectionStamp;
    private string? specVersion;
    private int newest;
    private Domains bundleDomains;
    private Domains domains;
    private int textCount;
    private int duplicates;

    public ImageBuilder Builder { get; } = new();

    /// <summary>Whether an object with an ATT&amp;CK id has come that only ATT&amp;CK can have.</summary>
    public bool IsAttack { get; private set; }

    public int EmptyTexts { get; set; }

    public Counts Begin()
    {
        seen = [];
        unknownDomains.Clear();
        bundleDomains = Domains.None;
        return new Counts();
    }

    /// <summary>Ends an input: objects that name no domain get the one of the input's matrix.</summary>
    public void End(Action<string, string> report)
    {
        foreach (var (domain, (objects, first)) in unknownDomains)
            report(ProblemCodes.UnknownDomain, $"{objects:N0} {(objects == 1 ? "object names" : "objects name")} the domain {domain}, which ATT&CK does not have ({(objects == 1 ? "" : "first ")}{first}); it was left out.");
        unknownDomains.Clear();
        foreach (var row in withoutDomain) Builder.Object(row)[(int)Column.Domains] |= (int)bundleDomains;
        withoutDomain.Clear();
        domains |= bundleDomains;
    }

    public void Take(ObjectParser parser, Counts counts, Action<string, string> report)
    {
        var cells = parser.Cells;
        var id = cells[(int)Column.StixId];
        var type = cells[(int)Column.Type];
        foreach (var fault in parser.Faults)
            report(ProblemCodes.DroppedField, $"{Text(id) ?? "An object"}: {fault}; the field was left out.");
        if (id == 0 || type == 0)
            Skip(counts, report, $"{Text(id) ?? Text(type) ?? "An object"} has no {(id == 0 ? "id" : "type")} and was skipped.");
        else if (Builder.Strings[type].SequenceEqual("relationship"u8))
            TakeLink(id, cells, counts, report);
        else
            TakeObject(id, type, cells, counts, report);
    }

    public IReadOnlyDictionary<string, int> Repairs()
    {
        var result = new SortedDictionary<string, int>(StringComparer.Ordinal);
        if (EmptyTexts > 0) result["empty text read as absent"] = EmptyTexts;
        if (duplicates > 0) result["object with an id that was there already"] = duplicates;
        return result;
    }

    public Release? Finish(ReadOptions options, string name, Action<string, string, string?> report)
    {
        if (options.Version is null && versions.Count > 1)
        {
            report(ProblemCodes.MixedReleases, $"The inputs name different releases: {string.Join(", ", versions.Order())}.",
                "Read one release at a time.");
            return null;
        }
        var determination = options.Version is not null ? ReleaseDetermination.Given
            : versions.Count == 1 ? ReleaseDetermination.Collection : ReleaseDetermination.Inferred;
        var version = options.Version ?? versions.FirstOrDefault() ?? KnownReleases.Guess(domains, Text(newest));
        if (version is null)
        {
            report(ProblemCodes.UnknownRelease, $"{name} does not say which release it is, and its dates fit none that Modus knows.",
                "Name it: --release 18.1");
            return null;
        }
        var provenance = options.Provenance ?? Provenance();
        var facts = new ReleaseFacts(version, domains, collectionStamp, specVersion, provenance, determination, textCount > 0);
        return new Release(Builder.Build(facts, message => report(ProblemCodes.Dangling, message + "; it was left out.", null)));
    }

    private string Provenance() =>
        collectionText?.Contains("RECONSTRUCTED", StringComparison.Ordinal) == true ? "reconstructed from public exports" : "MITRE ATT&CK bundle";

    private static void Skip(Counts counts, Action<string, string> report, string reason)
    {
        counts.Skipped++;
        report(ProblemCodes.SkippedObject, reason);
    }

    private void TakeLink(int id, int[] cells, Counts counts, Action<string, string> report)
    {
        var type = cells[Fields.RelationshipType];
        if (type == 0 || cells[Fields.SourceRef] == 0 || cells[Fields.TargetRef] == 0)
        {
            Skip(counts, report, $"{Text(id)} lacks its type, source or target and was skipped.");
            return;
        }
        Span<int> link = stackalloc int[(int)Link.Count];
        link[(int)Link.StixId] = cells[(int)Column.StixId];
        link[(int)Link.Type] = (int)TypeOf(type);
        link[(int)Link.TypeName] = cells[Fields.RelationshipType];
        link[(int)Link.Source] = cells[Fields.SourceRef];
        link[(int)Link.Target] = cells[Fields.TargetRef];
        link[(int)Link.Description] = cells[(int)Column.Description];
        link[(int)Link.Created] = cells[(int)Column.Created];
        link[(int)Link.Modified] = cells[(int)Column.Modified];
        link[(int)Link.References] = cells[(int)Column.References];
        link[(int)Link.Flags] = cells[(int)Column.Flags];
        if (!Builder.AddLink(link))
        {
            Double(id, counts, report);
            return;
        }
        seen.Add(id);
        counts.Used++;
        if (cells[(int)Column.Description] != 0) textCount++;
    }

    private void TakeObject(int id, int type, int[] cells, Counts counts, Action<string, string> report)
    {
        if (KindOf(type) is not { } kind)
        {
            Skip(counts, report, $"{Text(id)} is of type {Text(type)}, which is no type of ATT&CK; it was skipped.");
            return;
        }
        if (kind == ObjectKind.Other && Text(type) == CollectionType) TakeCollection(cells);
        cells[(int)Column.Kind] = (int)kind;
        TakeIdentity(cells);
        TakeDomains(id, kind, cells);
        if (kind is ObjectKind.Technique or ObjectKind.Tactic && cells[(int)Column.AttackId] != 0) IsAttack = true;
        if (kind != ObjectKind.Other && cells[(int)Column.Description] != 0) textCount++;
        if (kind != ObjectKind.Other && IsNewer(cells[(int)Column.Modified], newest)) newest = cells[(int)Column.Modified];

        var row = Builder.FindObject(id);
        if (cells[(int)Column.Domains] == 0) withoutDomain.Add(row >= 0 ? row : Builder.ObjectCount);
        if (row >= 0)
        {
            Merge(row, cells);
            Double(id, counts, report);
            return;
        }
        Builder.AddObject(cells.AsSpan(0, (int)Column.Count));
        seen.Add(id);
        counts.Used++;
    }

    private void TakeCollection(int[] cells)
    {
        if (Text(cells[(int)Column.Version]) is { } version) versions.Add(version);
        collectionText ??= Text(cells[(int)Column.Description]);
        collectionStamp ??= Text(cells[(int)Column.Modified]);
        specVersion ??= Text(cells[(int)Column.SpecVersion]);
    }

    // The ATT&CK id and address stand in the first reference of one of MITRE's own sources.
    private void TakeIdentity(int[] cells)
    {
        var references = Builder.List(cells[(int)Column.References]);
        for (var at = 0; at < references.Length; at += RecordWidth.Reference)
        {
            if (references[at + 3] == 0 || !Builder.Strings[references[at]].StartsWith(MitreBytes)) continue;
            cells[(int)Column.AttackId] = references[at + 3];
            cells[(int)Column.Url] = references[at + 2];
            return;
        }
    }

    private void TakeDomains(int id, ObjectKind kind, int[] cells)
    {
        var found = Domains.None;
        foreach (var number in Builder.List(cells[(int)Column.Domains]))
        {
            var domain = DomainNames.Parse(Text(number));
            if (domain == Domains.None)
            {
                var name = Text(number) ?? "";
                unknownDomains[name] = unknownDomains.TryGetValue(name, out var known) ? (known.Objects + 1, known.First) : (1, Text(id));
            }
            found |= domain;
        }
        cells[(int)Column.Domains] = (int)found;
        if (kind == ObjectKind.Matrix) bundleDomains |= found | DomainNames.Parse(Text(cells[(int)Column.AttackId]));
        if (kind == ObjectKind.Technique) domains |= found;
    }

    private void Merge(int row, int[] cells)
    {
        var there = Builder.Object(row);
        var united = there[(int)Column.Domains] | cells[(int)Column.Domains];
        if (IsNewer(cells[(int)Column.Modified], there[(int)Column.Modified])) cells.AsSpan(0, (int)Column.Count).CopyTo(there);
        there[(int)Column.Domains] = united;
    }

    // Timestamps are ISO 8601 in UTC with milliseconds throughout: byte order is time order.
    private bool IsNewer(int modified, int than) => Builder.Strings[modified].SequenceCompareTo(Builder.Strings[than]) > 0;

    private ObjectKind? KindOf(int type)
    {
        if (!kinds.TryGetValue(type, out var kind)) kinds[type] = kind = ObjectKinds.FromStixType(Text(type)!);
        return kind;
    }

    private RelationshipType TypeOf(int name)
    {
        if (!types.TryGetValue(name, out var type)) types[name] = type = RelationshipTypes.Parse(Text(name)!);
        return type;
    }

    private void Double(int id, Counts counts, Action<string, string> report)
    {
        counts.Merged++;
        if (seen.Add(id)) return;
        duplicates++;
        report(ProblemCodes.DuplicateId, $"{Text(id)} comes more than once in this bundle; the newest form was kept.");
    }

    private static ReadOnlySpan<byte> MitreBytes => "mitre-"u8;

    private string? Text(int number) => number == 0 ? null : Encoding.UTF8.GetString(Builder.Strings[number]);
}

/// <summary>The counts of one input while it is read.</summary>
internal sealed class Counts
{
    public int Given { get; set; }

    public int Used { get; set; }

    public int Merged { get; set; }

    public int Skipped { get; set; }
}
