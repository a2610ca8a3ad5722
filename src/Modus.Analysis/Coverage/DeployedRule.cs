namespace Modus.Analysis.Coverage;

/// <summary>A rule, where it runs, and whether it can fire there.</summary>
/// <param name="Id">Its id; the file where it has none.</param>
/// <param name="Title">Its title.</param>
/// <param name="Place">File and line.</param>
/// <param name="Techniques">The techniques it is tagged with, carried to the release.</param>
public sealed record DeployedRule(string Id, string Title, string Place, IReadOnlyList<MappedTechnique> Techniques)
{
    /// <summary>The author, to be named with it; empty where unstated.</summary>
    public string Author { get; init; } = "";

    /// <summary>Which logs it reads; null where it does not load, and for a correlation those of its parts are in <see cref="Streams"/>.</summary>
    public IReadOnlyList<SigmaStream> Streams { get; init; } = [];

    /// <summary>The platforms its logs come from, as the release spells them; empty where its log source names none.</summary>
    public IReadOnlyList<string> Platforms { get; init; } = [];

    /// <summary>Its level in lower case; <c>unstated</c> where it has none.</summary>
    public string Level { get; init; } = "unstated";

    /// <summary>Its status in lower case; <c>unstated</c> where it has none.</summary>
    public string Status { get; init; } = "unstated";

    /// <summary>When it was last changed (or made), or null.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>True where the inventory says that it runs; false where it only lies in a folder.</summary>
    public bool IsDeployed { get; init; }

    /// <summary>Host groups it runs on; empty for all.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Since when it runs, or null.</summary>
    public DateOnly? DeployedOn { get; init; }

    /// <summary>Where the inventory says so; null where nobody does.</summary>
    public string? DeployedPlace { get; init; }

    /// <summary>Who owns it, or null.</summary>
    public string? Owner { get; init; }

    /// <summary>Why it cannot be used (it does not load), or null.</summary>
    public string? Refusal { get; init; }

    /// <summary>Whether it can fire on the logs that are really collected.</summary>
    public FireCheck Fire { get; init; } = FireCheck.Unknown;

    /// <summary>Events of its fixtures that it had to match and did; 0 without fixtures.</summary>
    public int FixturesMatched { get; init; }

    /// <summary>Where the fixtures stand; null without.</summary>
    public string? FixturePlace { get; init; }
}

/// <summary>Whether a rule can fire on what is collected.</summary>
/// <param name="Verdict">Yes, no, or nobody knows.</param>
/// <param name="Reason">Why, in a sentence; names field, log source and what to write instead where it cannot.</param>
public sealed record FireCheck(FireVerdict Verdict, string Reason)
{
    /// <summary>No log was looked at.</summary>
    public static FireCheck Unknown { get; } = new(FireVerdict.Unknown, "no log of its source was looked at");

    /// <summary>Fields that it asks for and that no event of its log source has.</summary>
    public IReadOnlyList<string> MissingFields { get; init; } = [];

    /// <summary>What would mend it, or null.</summary>
    public string? Fix { get; init; }
}

/// <summary>Whether a rule can fire.</summary>
public enum FireVerdict
{
    /// <summary>Nothing speaks for or against.</summary>
    Unknown,

    /// <summary>Every field it needs is in the log that is collected.</summary>
    Can,

    /// <summary>It does not load, its log is not collected, or a field that it needs is in no event of its log.</summary>
    Cannot,
}

/// <summary>A technique as it was given, and what it is in the release.</summary>
/// <param name="Given">The id as given.</param>
/// <param name="Id">The id in the release; null where it could not be carried.</param>
/// <param name="Verdict">What happened on the way, in a word.</param>
public sealed record MappedTechnique(string Given, string? Id, string Verdict)
{
    /// <summary>True where the id is not the one that was given.</summary>
    public bool IsCarried => Id is not null && !Id.Equals(Given, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A statement of coverage without a rule behind it.</summary>
/// <param name="Technique">The technique.</param>
/// <param name="Evidence">Who says so.</param>
public sealed record CoverageClaim(MappedTechnique Technique, RungEvidence Evidence)
{
    /// <summary>Platforms it speaks for, as the release spells them; empty for all of the technique.</summary>
    public IReadOnlyList<string> Platforms { get; init; } = [];

    /// <summary>The score that was given, on the scale of its file; null where there is none.</summary>
    public double? Score { get; init; }

    /// <summary>What is claimed: that it is detected, or only that the data is there.</summary>
    public ClaimKind Kind { get; init; }
}

/// <summary>What a claim says.</summary>
public enum ClaimKind
{
    /// <summary>It would be detected.</summary>
    Detection,

    /// <summary>The data to see it is there.</summary>
    Visibility,

    /// <summary>It is said that nothing would see it.</summary>
    Nothing,
}

/// <summary>What one rule found in real evidence.</summary>
/// <param name="RuleId">The rule; its title where it has no id.</param>
/// <param name="Count">Hits.</param>
/// <param name="Evidence">The latest hit: file, record, host, day.</param>
public sealed record RuleHits(string RuleId, long Count, RungEvidence Evidence)
{
    /// <summary>The day of the first hit; null without times.</summary>
    public DateOnly? First { get; init; }

    /// <summary>Techniques that the hits state themselves, for rules that are not in the inventory.</summary>
    public IReadOnlyList<MappedTechnique> Techniques { get; init; } = [];

    /// <summary>Platforms of the logs it fired on; empty where unknown.</summary>
    public IReadOnlyList<string> Platforms { get; init; } = [];
}

/// <summary>A technique seen in collected logs.</summary>
/// <param name="Technique">The technique.</param>
/// <param name="Evidence">The event.</param>
/// <param name="Platforms">Platforms of the log; empty where unknown.</param>
public sealed record SeenTechnique(MappedTechnique Technique, RungEvidence Evidence, IReadOnlyList<string> Platforms);
