namespace Modus.Analysis.Coverage;

/// <summary>The rungs of the ladder on which coverage stands, lowest first. Each is a fact of its own with its own evidence:
/// a higher rung never stands for a lower one that nobody has shown.</summary>
public enum Rung
{
    /// <summary>Nothing is known.</summary>
    None,

    /// <summary>Somebody says so: a rule carries the tag, a layer or a scoring file has an entry, a product promises it.</summary>
    Claimed,

    /// <summary>A rule that loads is switched on, on hosts of this platform.</summary>
    Deployed,

    /// <summary>The logs that the rule (or, without a rule, an analytic of ATT&amp;CK) reads are collected from these hosts.</summary>
    Telemetry,

    /// <summary>It alerted in an exercise or on a fixture.</summary>
    Tested,

    /// <summary>It fired on real evidence.</summary>
    Fired,
}

/// <summary>What the rungs of a cell come to, best first. Exactly one holds for each cell.</summary>
public enum CellState
{
    /// <summary>A rule fired on real evidence.</summary>
    Fired,

    /// <summary>A rule alerted in an exercise, or a deployed and fed one on its fixtures; not yet on real evidence.</summary>
    Tested,

    /// <summary>A rule is deployed and its logs are there; nobody has seen it fire.</summary>
    Untested,

    /// <summary>A rule exists, and it is known that it can never fire: it does not load, a field it asks for is not in the logs, or the logs are not collected.</summary>
    CannotFire,

    /// <summary>A rule or a claim exists; that it is deployed, or that its logs are collected, nobody has shown.</summary>
    ClaimOnly,

    /// <summary>The logs are there, no rule reads them for this.</summary>
    NoRule,

    /// <summary>Logs that would show it are known, and not collected.</summary>
    NotCollected,

    /// <summary>No log that would show it is known.</summary>
    OutsideTelemetry,
}

/// <summary>What kind of thing a piece of evidence is.</summary>
public enum RungEvidenceKind
{
    /// <summary>A rule of a rule folder.</summary>
    Rule,

    /// <summary>An entry of a layer.</summary>
    Layer,

    /// <summary>A score or a data source of a scoring file.</summary>
    Scoring,

    /// <summary>A log source of the inventory.</summary>
    LogSource,

    /// <summary>Events that were looked at.</summary>
    Log,

    /// <summary>A test of an exercise.</summary>
    Exercise,

    /// <summary>A fixture beside a rule.</summary>
    Fixture,

    /// <summary>A hit on real evidence.</summary>
    Hit,

    /// <summary>A control or a product.</summary>
    Control,
}

/// <summary>One thing that puts a cell on a rung (or keeps it off), with the place where it can be looked up.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="What">In words: the rule's title, the layer's name, the test.</param>
/// <param name="Place">File (and line, record or entry) where it stands.</param>
public sealed record RungEvidence(RungEvidenceKind Kind, string What, string Place)
{
    /// <summary>The day it speaks for, or null where nobody says: undated evidence is never fresh.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The host or host group it speaks for; null for all.</summary>
    public string? Host { get; init; }

    /// <summary>Id of the rule, test or log source; null where it has none.</summary>
    public string? Id { get; init; }

    /// <summary>What else is to be known: the hits counted, the share of hosts, the verdict of a projection.</summary>
    public string? Detail { get; init; }
}
