namespace Modus.Analysis.Knowledge;

/// <summary>What is known about actors in one release: who used which technique and software, and who says so.</summary>
/// <remarks>Plain facts without behaviour. Everything in this library is computed from such a record, so a release,
/// a workspace's own cases and an evaluation file are one kind of input.</remarks>
public sealed record ActorKnowledge
{
    /// <summary>The release that all ids belong to, such as "18.1".</summary>
    public required string Release { get; init; }

    /// <summary>Live techniques and sub-techniques.</summary>
    public required IReadOnlyList<TechniqueFact> Techniques { get; init; }

    /// <summary>Live actors: the candidates.</summary>
    public required IReadOnlyList<ActorFact> Actors { get; init; }

    /// <summary>Live software.</summary>
    public required IReadOnlyList<SoftwareFact> Software { get; init; }

    /// <summary>Live campaigns.</summary>
    public required IReadOnlyList<CampaignFact> Campaigns { get; init; }

    /// <summary>Every source that a relation names, with its date and address where known.</summary>
    public required IReadOnlyList<SourceFact> Sources { get; init; }

    /// <summary>Actor, campaign or software uses technique.</summary>
    public required IReadOnlyList<Relation> Uses { get; init; }

    /// <summary>Actor or campaign uses software.</summary>
    public required IReadOnlyList<Relation> SoftwareUses { get; init; }

    /// <summary>Campaign is attributed to actor.</summary>
    public required IReadOnlyList<Relation> Attributions { get; init; }

    /// <summary>Short names of the tactics in the order of the matrix; empty where nobody says.</summary>
    public IReadOnlyList<string> TacticOrder { get; init; } = [];

    /// <summary>Ids that gave way to others: revoked id to its living successor.</summary>
    public IReadOnlyDictionary<string, string> Successors { get; init; } = new Dictionary<string, string>();
}

/// <summary>A technique as the analysis needs it.</summary>
/// <param name="Id">Its id, such as "T1059.001".</param>
/// <param name="Name">Its full name.</param>
/// <param name="Parent">The id of the technique it is part of, or null.</param>
/// <param name="Tactics">Short names of its tactics, in the order of the release.</param>
/// <param name="Platforms">The platforms it applies to.</param>
public sealed record TechniqueFact(
    string Id, string Name, string? Parent, IReadOnlyList<string> Tactics, IReadOnlyList<string> Platforms);

/// <summary>An actor as the analysis needs it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Aliases">Other names it goes by.</param>
public sealed record ActorFact(string Id, string Name, IReadOnlyList<string> Aliases)
{
    /// <summary>The country that a community suspects behind the actor, or null. A suspicion, never a finding.</summary>
    public string? SuspectedNation { get; init; }
}

/// <summary>Malware or a tool.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Aliases">Other names it goes by.</param>
/// <param name="IsTool">True for software that is not malicious in itself, or is sold to anyone.</param>
public sealed record SoftwareFact(string Id, string Name, IReadOnlyList<string> Aliases, bool IsTool);

/// <summary>A campaign.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="FirstSeen">First day it was seen, or null.</param>
/// <param name="LastSeen">Last day it was seen, or null.</param>
public sealed record CampaignFact(string Id, string Name, DateOnly? FirstSeen, DateOnly? LastSeen);

/// <summary>A source that relations rest on: a report, a page, a case of one's own.</summary>
/// <param name="Name">Its citation name: the key that relations use.</param>
/// <param name="Date">The day it came out, or null where nobody says. Undated sources do not exist under an as-of date.</param>
/// <param name="Address">Where it can be read, or null.</param>
public sealed record SourceFact(string Name, DateOnly? Date, string? Address);

/// <summary>One relation and the sources that state it. A relation without a source counts nothing.</summary>
/// <param name="Subject">Who or what.</param>
/// <param name="Object">The technique, the software or the actor at the other end.</param>
/// <param name="Sources">Names of the sources, each once.</param>
public sealed record Relation(string Subject, string Object, IReadOnlyList<string> Sources);
