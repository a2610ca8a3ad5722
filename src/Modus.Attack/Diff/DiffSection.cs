namespace Modus.Attack.Diff;

/// <summary>One table of a written diff.</summary>
/// <param name="Key">The word that chooses it.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Headers">The headings of its columns.</param>
/// <param name="Rows">Its rows.</param>
public sealed record DiffSection(string Key, string Title, IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<DiffCell>> Rows);

/// <summary>One cell: its text and, for a rewritten text, the pieces of it.</summary>
/// <param name="Text">The text.</param>
/// <param name="Pieces">The rewritten text word by word; null for a plain cell.</param>
public sealed record DiffCell(string Text, IReadOnlyList<WordPiece>? Pieces = null);

/// <summary>Lays a diff out as tables that any format can write.</summary>
public static class DiffSections
{
    /// <summary>The summary of counts.</summary>
    public const string Summary = "summary";

    /// <summary>Tactics and where their techniques went.</summary>
    public const string Tactics = "tactics";

    /// <summary>Techniques whose tactics changed.</summary>
    public const string Moves = "moves";

    /// <summary>Procedures: who gained or lost which technique.</summary>
    public const string Procedures = "procedures";

    /// <summary>Every other relationship.</summary>
    public const string Relations = "relations";

    /// <summary>What was counted and not listed.</summary>
    public const string Bookkeeping = "bookkeeping";

    private static readonly (string Key, string Title, ObjectKind Kind)[] kinds =
    [
        ("matrices", "Matrices", ObjectKind.Matrix), ("tactic-objects", "Tactics as objects", ObjectKind.Tactic),
        ("techniques", "Techniques", ObjectKind.Technique), ("groups", "Groups", ObjectKind.Group),
        ("software", "Software", ObjectKind.Software), ("campaigns", "Campaigns", ObjectKind.Campaign),
        ("mitigations", "Mitigations", ObjectKind.Mitigation), ("data-sources", "Data sources", ObjectKind.DataSource),
        ("data-components", "Data components", ObjectKind.DataComponent), ("assets", "Assets", ObjectKind.Asset),
        ("detection-strategies", "Detection strategies", ObjectKind.DetectionStrategy), ("analytics", "Analytics", ObjectKind.Analytic),
    ];

    /// <summary>Every word that chooses a section, in their order.</summary>
    public static IReadOnlyList<string> Keys { get; } =
        [Summary, Tactics, Moves, .. kinds.Select(kind => kind.Key), Procedures, Relations, Bookkeeping];

    /// <summary>The sections that hold anything.</summary>
    /// <param name="diff">The diff.</param>
    /// <param name="only">Keys to keep; null keeps all.</param>
    public static IReadOnlyList<DiffSection> Of(ReleaseDiff diff, IReadOnlySet<string>? only = null)
    {
        ArgumentNullException.ThrowIfNull(diff);
        var sections = new List<DiffSection>();
        Add(Summary, "Summary", ["What", "Added", "Changed", "Revoked", "Deprecated", "Revived", "Vanished"], SummaryRows);
        Add(Tactics, "Tactics", ["Before", "After", "Stayed", "Moved to", "Left for none", "Died", "Entered", "New"], FlowRows);
        Add(Moves, "Techniques that changed tactics", ["Technique", "Name", "Left", "Entered", "Why"], MoveRows);
        foreach (var (key, title, kind) in kinds) Add(key, title, ["Change", "Id", "Name", "What", "Text"], found => ObjectRows(found, kind));
        Add(Procedures, "Procedures", ["Change", "Who", "Name", "Technique", "Technique's name", "Because", "New sources", "Text"], found => RelationRows(found.Procedures, false));
        Add(Relations, "Other relationships", ["Change", "Type", "From", "Name", "To", "Target's name", "Because", "New sources", "Text"], found => RelationRows(found.Relations.Except(found.Procedures), true));
        Add(Bookkeeping, "Without meaning: counted, not listed", ["What", "Field", "Count"], BookkeepingRows);
        return sections;

        void Add(string key, string title, string[] headers, Func<ReleaseDiff, IEnumerable<DiffCell[]>> make)
        {
            if (only is not null && !only.Contains(key)) return;
            var rows = make(diff).ToList();
            if (rows.Count == 0) return;
            // A column that is empty throughout says nothing.
            var kept = Enumerable.Range(0, headers.Length).Where(column => key == Summary || rows.Any(row => row[column].Text.Length > 0)).ToList();
            sections.Add(new DiffSection(key, title, [.. kept.Select(column => headers[column])], [.. rows.Select(row => (IReadOnlyList<DiffCell>)[.. kept.Select(column => row[column])])]));
        }
    }

    /// <summary>The objects of the chosen kinds.</summary>
    internal static IEnumerable<ObjectChange> Chosen(ReleaseDiff diff, IReadOnlySet<string>? only) =>
        diff.Objects.Where(change => only is null || kinds.Any(kind => kind.Kind == change.Object.Kind && only.Contains(kind.Key)));

    private static IEnumerable<DiffCell[]> SummaryRows(ReleaseDiff diff)
    {
        foreach (var kind in diff.Objects.GroupBy(change => change.Object.Kind))
            yield return Cells(kind.Key.Words(), [.. Enum.GetValues<ChangeKind>().Select(change => Number(kind.Count(item => item.Change == change)))]);
        foreach (var (name, type) in diff.Relations.GroupBy(change => change.Relationship.TypeName).Select(type => (type.Key, type)))
            yield return Cells($"relationship: {name}", Number(Count(type, RelationChangeKind.Added)), Number(Count(type, RelationChangeKind.Rewritten)), "", "", "", Number(Count(type, RelationChangeKind.Removed)));
    }

    private static IEnumerable<DiffCell[]> FlowRows(ReleaseDiff diff) => diff.TacticFlows.Where(flow => flow.IsChanged).Select(flow => Cells(
        Name(flow.Before), Name(flow.After), Number(flow.Stayed), string.Join(", ", flow.MovedTo.Select(move => $"{move.Tactic.Name} {Number(move.Count)}")),
        Number(flow.LeftOnly), Number(flow.Died), Number(flow.Entered), Number(flow.New)));

    private static IEnumerable<DiffCell[]> MoveRows(ReleaseDiff diff) => diff.TacticMoves.Select(move => Cells(
        move.After.Id, move.After.FullName, Names(move.Lost), Names(move.Gained), move.IsPartOfSplit ? "split of a tactic" : ""));

    private static IEnumerable<DiffCell[]> ObjectRows(ReleaseDiff diff, ObjectKind kind) => diff.Objects.Where(change => change.Object.Kind == kind).Select(change =>
        (DiffCell[])[.. Cells(Word(change.Change), change.Object.Id, change.Object.FullName, What(change)), Text(change)]);

    private static IEnumerable<DiffCell[]> RelationRows(IEnumerable<RelationChange> changes, bool withType)
    {
        foreach (var change in changes)
        {
            var relation = change.Relationship;
            DiffCell[] ends = Cells(relation.Source.Id, relation.Source.FullName, relation.Target.Id, relation.Target.FullName, Because(change), string.Join("; ", change.NewCitations.Select(citation => citation.Name)));
            var text = Rewritten(change.Before?.Description, change.After?.Description, change.Change == RelationChangeKind.Rewritten);
            yield return [.. Cells(change.Change.ToString().ToLowerInvariant()), .. withType ? Cells(relation.TypeName) : [], .. ends, text];
        }
    }

    private static string Because(RelationChange change) => change.Follows is not { } other ? ""
        : change.Change == RelationChangeKind.Added ? $"it replaced {other.Id}" : $"it was replaced by {other.Id}";

    private static IEnumerable<DiffCell[]> BookkeepingRows(ReleaseDiff diff) =>
        diff.Sweeps.Select(sweep => Cells(sweep.Kind.Words(), $"{sweep.Field}: {(sweep.IsDropped ? "given up by the release" : "taken up by the release")}", Number(sweep.Count)))
            .Concat(diff.Bookkeeping.Select(count => Cells(count.Kind?.Words() ?? "relationship", count.Field, Number(count.Count))));

    /// <summary>What changed in one line, without the long texts.</summary>
    internal static string What(ObjectChange change)
    {
        var parts = new List<string>();
        if (change.Succession is { Route.Count: > 1 } succession) parts.Add(string.Join(" → ", succession.Route.Select(step => step.Id)) + (succession.Successor is null ? " (dead end)" : ""));
        foreach (var property in change.Properties)
        {
            if (property.IsList) parts.Add($"{property.Name}: {string.Join(", ", property.Removed.Select(item => "−" + item).Concat(property.Added.Select(item => "+" + item)))}");
            else if (IsLong(property)) parts.Add(property.Name);
            else if (property.Name != "replaced by") parts.Add($"{property.Name}: {property.Before} → {property.After}");
        }
        if (change is { Change: ChangeKind.Changed, IsUnannounced: true }) parts.Add("without a new version");
        return string.Join("; ", parts);
    }

    private static DiffCell Text(ObjectChange change) =>
        change.Properties.FirstOrDefault(IsLong) is { } property ? Rewritten(property.Before, property.After, true) : new DiffCell("");

    private static DiffCell Rewritten(string? before, string? after, bool isRewritten)
    {
        if (!isRewritten) return new DiffCell("");
        var pieces = WordDiff.Between(before ?? "", after ?? "");
        return new DiffCell(string.Concat(pieces.Where(piece => piece.Change != WordChange.Kept).Select(piece => $"{(piece.Change == WordChange.Added ? "[+" : "[−")}{piece.Text.Trim()}] ")).TrimEnd(), pieces);
    }

    private static bool IsLong(PropertyChange property)
    {
        const int LongText = 120;
        return !property.IsList && (property.Name is "description" or "detection" || property.Before!.Length > LongText || property.After!.Length > LongText);
    }

    private static string Word(ChangeKind change) => change.ToString().ToLowerInvariant();

    private static int Count(IEnumerable<RelationChange> changes, RelationChangeKind kind) => changes.Count(change => change.Change == kind);

    private static string Name(Tactic? tactic) => tactic is null ? "" : $"{tactic.Id} {tactic.Name}";

    private static string Names(IReadOnlyList<Tactic> tactics) => string.Join(", ", tactics.Select(tactic => tactic.Name));

    private static string Number(int count) => count == 0 ? "" : count.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static DiffCell[] Cells(string first, params string[] rest) => [new DiffCell(first), .. rest.Select(text => new DiffCell(text))];
}
