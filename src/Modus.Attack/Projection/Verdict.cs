namespace Modus.Attack.Projection;

/// <summary>What becomes of a mapping in another release: one of these, with <see cref="ProjectionFlags"/> for the rest.</summary>
public enum Verdict
{
    /// <summary>The technique is alive under the same id and name, in the same tactics.</summary>
    Carried,

    /// <summary>The same id has a new name.</summary>
    Renamed,

    /// <summary>The technique goes on under another id, and is the only one that became that id.</summary>
    NewId,

    /// <summary>Several techniques became one: scores, comments and evidence are to be joined.</summary>
    Merged,

    /// <summary>One technique has several candidates now. The data never says so; it is inferred.</summary>
    SplitSuspected,

    /// <summary>The technique stays, its place in the matrix does not.</summary>
    TacticMoved,

    /// <summary>The successor covers less than the predecessor did.</summary>
    Narrowed,

    /// <summary>The technique was given up without a successor.</summary>
    Retired,

    /// <summary>The data has no answer; a person decides.</summary>
    NeedsReview,
}

/// <summary>What else is to be known about a projection.</summary>
[Flags]
public enum ProjectionFlags
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The release of the mapping is not loaded: old and new names were not compared.</summary>
    NamesNotCompared = 1 << 0,

    /// <summary>The release of the mapping is not loaded: old and new tactics were not compared.</summary>
    TacticsNotCompared = 1 << 1,

    /// <summary>The release of the mapping is not loaded: which other techniques were alive in it is taken from dates or unknown.</summary>
    SourcesNotCompared = 1 << 2,

    /// <summary>The technique has a new name.</summary>
    NameChanged = 1 << 3,

    /// <summary>The tactic goes on under the same identity with another name.</summary>
    TacticRenamed = 1 << 4,

    /// <summary>A tactic was lost, or the asked one is no longer the technique's.</summary>
    TacticMoved = 1 << 5,

    /// <summary>A tactic was gained.</summary>
    TacticGained = 1 << 6,

    /// <summary>The asked tactic was none of the technique's in the release of the mapping either.</summary>
    StaleTactic = 1 << 7,

    /// <summary>Neither release knows the asked tactic.</summary>
    UnknownTactic = 1 << 8,

    /// <summary>A sub-technique became a technique of its own.</summary>
    Promoted = 1 << 9,

    /// <summary>A technique became a sub-technique.</summary>
    Demoted = 1 << 10,

    /// <summary>A sub-technique went to another parent.</summary>
    NewParent = 1 << 11,

    /// <summary>More than one replacement lies on the way.</summary>
    Chain = 1 << 12,

    /// <summary>The id was dead in the release of the mapping already.</summary>
    AlreadyDead = 1 << 13,

    /// <summary>The chain of replacements ends at a technique that was given up, or at nothing.</summary>
    DeadEnd = 1 << 14,

    /// <summary>The chain of replacements comes back to itself.</summary>
    Cycle = 1 << 15,

    /// <summary>The target release holds no such technique, and nothing says what became of it.</summary>
    Vanished = 1 << 16,

    /// <summary>No release at hand knows the id in this domain.</summary>
    UnknownId = 1 << 17,

    /// <summary>The answer was found backwards: the target release is older than the technique.</summary>
    Inverse = 1 << 18,

    /// <summary>The candidates are inferred, not taken from the data.</summary>
    Inferred = 1 << 19,

    /// <summary>The platforms chose a candidate among the sub-techniques.</summary>
    RefinedByPlatform = 1 << 20,

    /// <summary>A platform that the technique had is gone from it; the release may have renamed it.</summary>
    PlatformsLost = 1 << 21,

    /// <summary>Several techniques became this one.</summary>
    SharedSuccessor = 1 << 22,

    /// <summary>The same id names another object in the target release.</summary>
    OtherIdentity = 1 << 23,
}

/// <summary>How verdicts are spelt on the screen and in files.</summary>
public static class Verdicts
{
    /// <summary>The verdict as words: <c>new id</c>.</summary>
    public static string Words(this Verdict verdict) => verdict switch
    {
        Verdict.NewId => "new id",
        Verdict.SplitSuspected => "split suspected",
        Verdict.TacticMoved => "tactic moved",
        Verdict.NeedsReview => "needs review",
        _ => verdict.ToString().ToLowerInvariant(),
    };

    /// <summary>The set flags as words in their order: <c>tactic renamed</c>.</summary>
    public static IReadOnlyList<string> Words(this ProjectionFlags flags) =>
        [.. Enum.GetValues<ProjectionFlags>().Where(flag => flag != ProjectionFlags.None && flags.HasFlag(flag)).Select(Spaced)];

    private static string Spaced(ProjectionFlags flag) =>
        string.Concat(flag.ToString().Select((letter, at) => at > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : char.ToLowerInvariant(letter).ToString()));
}
