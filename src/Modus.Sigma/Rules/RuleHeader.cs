using System.Collections.Immutable;
using Modus.Sigma.Yaml;

namespace Modus.Sigma.Rules;

/// <summary>The maturity a rule states for itself (Sigma 2.1, attribute <c>status</c>).</summary>
public enum RuleStatus
{
    /// <summary>Not stated, or not one of the words below.</summary>
    Unstated,

    /// <summary>Known to work without many false positives.</summary>
    Stable,

    /// <summary>Mostly fine, may need tuning.</summary>
    Test,

    /// <summary>Not yet tried outside a laboratory.</summary>
    Experimental,

    /// <summary>Replaced by another rule.</summary>
    Deprecated,

    /// <summary>Cannot be used in its present form.</summary>
    Unsupported,
}

/// <summary>How much attention a match deserves (Sigma 2.1, attribute <c>level</c>), ascending.</summary>
public enum RuleLevel
{
    /// <summary>Not stated, or not one of the words below.</summary>
    Unstated,

    /// <summary>For enrichment only.</summary>
    Informational,

    /// <summary>Notable, rarely an incident.</summary>
    Low,

    /// <summary>To be reviewed.</summary>
    Medium,

    /// <summary>To be reviewed soon.</summary>
    High,

    /// <summary>To be reviewed at once.</summary>
    Critical,
}

/// <summary>A link to another rule (attribute <c>related</c>).</summary>
/// <param name="Id">The other rule's id.</param>
/// <param name="Type">derived, obsolete, merged, renamed or similar, as written.</param>
/// <param name="Position">Where the link stands.</param>
public sealed record RelatedRule(string Id, string Type, SourcePosition Position);

/// <summary>A tag as written, for example <c>attack.t1059.001</c>.</summary>
/// <param name="Text">The whole tag.</param>
/// <param name="Position">Where the tag stands.</param>
public sealed record RuleTag(string Text, SourcePosition Position)
{
    /// <summary>The part before the first dot, in lower case: attack, car, cve, d3fend, detection, stp, tlp …</summary>
    public string Namespace => (Text.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0 ? Text[..dot] : Text).ToLowerInvariant();

    /// <summary>The part after the first dot, in lower case; empty when there is none.</summary>
    public string Value => (Text.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0 ? Text[(dot + 1)..] : "").ToLowerInvariant();
}

/// <summary>What every kind of document states about itself.</summary>
public sealed record RuleHeader
{
    /// <summary>The file as the caller named it.</summary>
    public required string File { get; init; }

    /// <summary>Which document of the file this is, from 0.</summary>
    public int Document { get; init; }

    /// <summary>Where the document starts.</summary>
    public SourcePosition Position { get; init; }

    /// <summary>The title; empty when missing.</summary>
    public string Title { get; init; } = "";

    /// <summary>The id in lower case, normally a UUID; null when missing.</summary>
    public string? Id { get; init; }

    /// <summary>The unique name by which correlations and filters may refer to the rule; null when missing.</summary>
    public string? Name { get; init; }

    /// <summary>Links to other rules.</summary>
    public ImmutableArray<RelatedRule> Related { get; init; } = [];

    /// <summary>The taxonomy of the field names; <c>sigma</c> when not stated.</summary>
    public string Taxonomy { get; init; } = "sigma";

    /// <summary>The stated maturity.</summary>
    public RuleStatus Status { get; init; }

    /// <summary>What the rule finds, in prose; empty when missing.</summary>
    public string Description { get; init; } = "";

    /// <summary>The licence as an SPDX expression; null when not stated.</summary>
    public string? License { get; init; }

    /// <summary>Where the knowledge comes from.</summary>
    public ImmutableArray<string> References { get; init; } = [];

    /// <summary>The author as written; empty when missing. Must be named wherever a match is shown (DRL 1.1).</summary>
    public string Author { get; init; } = "";

    /// <summary>The day of creation; null when missing or no date.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The day of the last change; null when missing or no date.</summary>
    public DateOnly? Modified { get; init; }

    /// <summary>The tags in the order of the file.</summary>
    public ImmutableArray<RuleTag> Tags { get; init; } = [];

    /// <summary>The stated level.</summary>
    public RuleLevel Level { get; init; }

    /// <summary>The fields an analyst wants to see with a match.</summary>
    public ImmutableArray<string> Fields { get; init; } = [];

    /// <summary>Known causes of false positives.</summary>
    public ImmutableArray<string> FalsePositives { get; init; } = [];

    /// <summary>What identifies the rule in a list: its id, else its name, else file and place.</summary>
    public string Key => Id ?? Name ?? $"{File}#{Document}";
}
