namespace Modus.Attack.Diff;

/// <summary>What happened to an object between two releases.</summary>
public enum ChangeKind
{
    /// <summary>The later release has it, the earlier one not.</summary>
    Added,

    /// <summary>It lives in both, and means something else.</summary>
    Changed,

    /// <summary>It was replaced by another.</summary>
    Revoked,

    /// <summary>It was given up without being replaced.</summary>
    Deprecated,

    /// <summary>It was dead and lives again.</summary>
    Revived,

    /// <summary>The later release no longer holds it, and nothing says why.</summary>
    Vanished,
}

/// <summary>One property of an object that means something else.</summary>
/// <param name="Name">The property in plain words, as <c>platforms</c>.</param>
/// <param name="Before">The earlier text; null for lists and where it was absent.</param>
/// <param name="After">The later text; null for lists and where it is absent.</param>
/// <param name="Removed">Items that a list lost, in ordinal order.</param>
/// <param name="Added">Items that a list gained, in ordinal order.</param>
public sealed record PropertyChange(string Name, string? Before, string? After, IReadOnlyList<string> Removed, IReadOnlyList<string> Added)
{
    /// <summary>True for a list, whose change is what it lost and gained.</summary>
    public bool IsList => Before is null && After is null;
}

/// <summary>One object that changed.</summary>
/// <param name="Change">What happened.</param>
/// <param name="Before">The object in the earlier release; null where it was added.</param>
/// <param name="After">The object in the later release; null where it vanished.</param>
/// <param name="Properties">What means something else, by name.</param>
/// <param name="Succession">What took its place, through the whole chain; null unless it was revoked.</param>
public sealed record ObjectChange(
    ChangeKind Change, AttackObject? Before, AttackObject? After, IReadOnlyList<PropertyChange> Properties, Succession? Succession)
{
    /// <summary>The object in the later release, else in the earlier one.</summary>
    public AttackObject Object => After ?? Before!;

    /// <summary>True where the object means something else and its version does not say so.</summary>
    public bool IsUnannounced => Before is not null && After is not null && Properties.Count > 0 && Before.Version == After.Version;
}

/// <summary>A technique, alive in both releases, whose set of tactics changed. A tactic that was renamed is the same tactic.</summary>
/// <param name="Before">The technique in the earlier release.</param>
/// <param name="After">The technique in the later release.</param>
/// <param name="Lost">Tactics of the earlier release that it left, in matrix order.</param>
/// <param name="Gained">Tactics of the later release that it entered, in matrix order.</param>
/// <param name="IsPartOfSplit">True where the move is explained by a tactic that gave techniques to a new one.</param>
public sealed record TacticMove(Technique Before, Technique After, IReadOnlyList<Tactic> Lost, IReadOnlyList<Tactic> Gained, bool IsPartOfSplit);

/// <summary>Where the techniques of one tactic went, and came from.</summary>
/// <param name="Before">The tactic in the earlier release; null for a new one.</param>
/// <param name="After">The tactic in the later release; null for one that is gone.</param>
/// <param name="Stayed">Techniques that are in it in both.</param>
/// <param name="MovedTo">Techniques that left it, by each tactic they entered instead.</param>
/// <param name="StayedAndGained">Techniques that stayed and entered a tactic that is new.</param>
/// <param name="LeftOnly">Techniques that left it and entered no other.</param>
/// <param name="Died">Techniques that were revoked, deprecated or vanished.</param>
/// <param name="Entered">Techniques of the earlier release that came in from other tactics.</param>
/// <param name="New">Techniques that are new in the later release.</param>
public sealed record TacticFlow(
    Tactic? Before, Tactic? After, int Stayed, IReadOnlyList<(Tactic Tactic, int Count)> MovedTo, int StayedAndGained, int LeftOnly, int Died, int Entered, int New)
{
    /// <summary>True where the tactic itself or its techniques differ.</summary>
    public bool IsChanged => Before is null || After is null || Before.Name != After.Name || Before.Shortname != After.Shortname
        || MovedTo.Count > 0 || LeftOnly + Died + Entered + New > 0;
}

/// <summary>What happened to a relationship, told apart by its type, source and target.</summary>
public enum RelationChangeKind
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It is gone.</summary>
    Removed,

    /// <summary>Its text was rewritten.</summary>
    Rewritten,
}

/// <summary>One relationship that changed.</summary>
/// <param name="Change">What happened.</param>
/// <param name="Before">The relationship in the earlier release; null where it is new.</param>
/// <param name="After">The relationship in the later release; null where it is gone.</param>
public sealed record RelationChange(RelationChangeKind Change, Relationship? Before, Relationship? After)
{
    /// <summary>The relationship in the later release, else in the earlier one.</summary>
    public Relationship Relationship => After ?? Before!;

    /// <summary>
    /// The other end of the move, where a relationship is new or gone only because its target was replaced: the old target of a
    /// new relationship, the new target of one that is gone; else null.
    /// </summary>
    public AttackObject? Follows { get; init; }

    /// <summary>Sources that the later text cites and the earlier did not.</summary>
    public IReadOnlyList<Citation> NewCitations => After is null ? []
        : [.. After.Citations.Where(citation => Before is null || Before.Citations.All(old => old.Name != citation.Name))];
}

/// <summary>Changes without meaning, counted and not listed.</summary>
/// <param name="Kind">The kind of the objects; null for relationships.</param>
/// <param name="Field">The field in plain words.</param>
/// <param name="Count">How many objects.</param>
public sealed record Bookkeeping(ObjectKind? Kind, string Field, int Count);

/// <summary>A field that a release as a whole took up or gave up: told once instead of for each object.</summary>
/// <param name="Kind">The kind of the objects.</param>
/// <param name="Field">The field in plain words.</param>
/// <param name="IsDropped">True where no object of the later release has it any more; false where none of the earlier had it.</param>
/// <param name="Count">How many objects had it, or have it now.</param>
public sealed record FieldSweep(ObjectKind Kind, string Field, bool IsDropped, int Count);

/// <summary>What differs in meaning between two releases.</summary>
public sealed record ReleaseDiff
{
    /// <summary>The earlier release.</summary>
    public required Release From { get; init; }

    /// <summary>The later release.</summary>
    public required Release To { get; init; }

    /// <summary>The domains that were compared.</summary>
    public required Domains Domains { get; init; }

    /// <summary>Objects, by kind, kind of change and id.</summary>
    public required IReadOnlyList<ObjectChange> Objects { get; init; }

    /// <summary>Techniques whose tactics changed, by id.</summary>
    public required IReadOnlyList<TacticMove> TacticMoves { get; init; }

    /// <summary>Every tactic of both releases, in the order of the later matrix, those that are gone last.</summary>
    public required IReadOnlyList<TacticFlow> TacticFlows { get; init; }

    /// <summary>Relationships, by type, kind of change, source and target.</summary>
    public required IReadOnlyList<RelationChange> Relations { get; init; }

    /// <summary>Changes without meaning.</summary>
    public required IReadOnlyList<Bookkeeping> Bookkeeping { get; init; }

    /// <summary>Fields that were taken up or given up as a whole.</summary>
    public required IReadOnlyList<FieldSweep> Sweeps { get; init; }

    /// <summary>What could not be compared, and why.</summary>
    public required IReadOnlyList<string> Limits { get; init; }

    /// <summary>The procedures: relationships of groups, software and campaigns that use techniques.</summary>
    public IEnumerable<RelationChange> Procedures =>
        Relations.Where(change => change.Relationship is { Type: RelationshipType.Uses, Target: Technique });

    /// <summary>Compares two releases.</summary>
    /// <param name="from">The earlier release.</param>
    /// <param name="to">The later release; an earlier one gives the way back.</param>
    /// <param name="domains">The domains to compare; null takes those that both hold.</param>
    public static ReleaseDiff Between(Release from, Release to, Domains? domains = null)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return new DiffRun(from, to, domains ?? from.Domains & to.Domains).Result();
    }
}
