using static Modus.Casework.Practice.PracticeSeverity;

namespace Modus.Casework.Practice;

/// <summary>The catalogue of checks.</summary>
public static class PracticeChecks
{
    /// <summary>Nothing shows it.</summary>
    public static PracticeCheck NoEvidence { get; } = new("MD5601", "no-evidence", Warning,
        "A technique that neither a quote nor an event shows.", "quote the sentence or name the event, or mark it as a claim");

    /// <summary>Somebody's comment instead of evidence.</summary>
    public static PracticeCheck Unquoted { get; } = new("MD5602", "unquoted", Hint,
        "A technique that rests on its author's comment alone.", "quote what the source says and name the source");

    /// <summary>Too coarse.</summary>
    public static PracticeCheck TooCoarse { get; } = new("MD5603", "sub-technique-decided", Warning,
        "The parent technique is chosen although the text decides the sub-technique.", "take the sub-technique");

    /// <summary>Too fine.</summary>
    public static PracticeCheck TooFine { get; } = new("MD5604", "beyond-evidence", Warning,
        "A sub-technique is chosen that the text does not decide: its sisters are as likely, or likelier.", "take the parent, or quote what decides");

    /// <summary>Tactic and technique do not fit.</summary>
    public static PracticeCheck WrongTactic { get; } = new("MD5605", "tactic-not-supported", Error,
        "The tactic is none of the technique's.", "choose one of the technique's tactics");

    /// <summary>No tactic chosen.</summary>
    public static PracticeCheck NoTactic { get; } = new("MD5606", "tactic-open", Hint,
        "The technique serves several tactics and none is chosen.", "say what the adversary was after");

    /// <summary>A tool's name is no behaviour.</summary>
    public static PracticeCheck ToolName { get; } = new("MD5607", "tool-name-alone", Warning,
        "The technique is inferred from the name of a tool: the text does not say what was done with it.", "quote what the tool was used for, or map the tool as software only");

    /// <summary>May have happened.</summary>
    public static PracticeCheck Assumption { get; } = new("MD5608", "assumption", Warning,
        "The words around it suppose (may, likely, suspected): nothing says that it happened.", "look for what was observed, or keep it as a hypothesis");

    /// <summary>Advice.</summary>
    public static PracticeCheck Advice { get; } = new("MD5609", "recommendation-mapped", Error,
        "The text advises what to do against it: nothing says that it happened.", "reject the mapping");

    /// <summary>Denial.</summary>
    public static PracticeCheck Denial { get; } = new("MD5610", "negation-mapped", Error,
        "The text says that it did not happen or was not found.", "reject the mapping; keep it as a negative finding");

    /// <summary>Other times, other people.</summary>
    public static PracticeCheck Background { get; } = new("MD5611", "background-mapped", Warning,
        "The text speaks of others, of the past, or in general.", "reject the mapping, or quote what happened here");

    /// <summary>Able to, not done.</summary>
    public static PracticeCheck Capability { get; } = new("MD5612", "capability", Hint,
        "The text says what a program is able to do, not that it was done.", "keep the confidence low until something shows its use");

    /// <summary>Indicators are no behaviour.</summary>
    public static PracticeCheck Indicator { get; } = new("MD5613", "indicator-as-behaviour", Error,
        "The evidence is nothing but indicators: hashes, addresses, names of files.", "map what was done; keep indicators as indicators");

    /// <summary>Retired ids.</summary>
    public static PracticeCheck DeadId { get; } = new("MD5614", "id-replaced", Error,
        "The id is not alive in the release at hand.", "take the successor");

    /// <summary>Older release.</summary>
    public static PracticeCheck OldRelease { get; } = new("MD5615", "old-release", Hint,
        "The mappings were made in an older release.", "bring them over: modus layer upgrade, or modus attack project");

    /// <summary>No release stated.</summary>
    public static PracticeCheck NoRelease { get; } = new("MD5616", "no-release", Warning,
        "The release of ATT&CK is not stated: ids change their meaning from release to release.", "state it");

    /// <summary>No such id.</summary>
    public static PracticeCheck UnknownId { get; } = new("MD5617", "unknown-id", Error,
        "No release at hand has a technique of this id.", "check the id");

    /// <summary>Inconsistent.</summary>
    public static PracticeCheck Inconsistent { get; } = new("MD5618", "mapped-differently", Warning,
        "The same evidence is mapped differently elsewhere.", "settle it with the other author, and note the decision");

    /// <summary>Confirmed by its own author.</summary>
    public static PracticeCheck OwnReview { get; } = new("MD5619", "own-review", Warning,
        "It was confirmed by the one who entered it.", "let a second person review it");

    /// <summary>All checks, by code.</summary>
    public static IReadOnlyList<PracticeCheck> All { get; } =
    [
        NoEvidence, Unquoted, TooCoarse, TooFine, WrongTactic, NoTactic, ToolName, Assumption, Advice, Denial, Background, Capability,
        Indicator, DeadId, OldRelease, NoRelease, UnknownId, Inconsistent, OwnReview,
    ];
}
