namespace Modus.Attack.Projection;

/// <summary>A mapping to be carried to another release.</summary>
/// <param name="TechniqueId">The technique's ATT&amp;CK id; case and blanks around it do not matter.</param>
/// <param name="Tactic">The tactic's short name, name or id; null where the mapping names none.</param>
/// <param name="Platforms">Platforms that the mapping is about, as hints; null or empty for none.</param>
public sealed record ProjectionQuestion(string TechniqueId, string? Tactic = null, IReadOnlyList<string>? Platforms = null);

/// <summary>What became of a mapping in another release.</summary>
public sealed record ProjectionAnswer
{
    /// <summary>The question.</summary>
    public required ProjectionQuestion Question { get; init; }

    /// <summary>The one main verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What else holds.</summary>
    public ProjectionFlags Flags { get; init; }

    /// <summary>Why, in one or more sentences.</summary>
    public required string Reason { get; init; }

    /// <summary>The technique that is surely right in the target release; null where there is none.</summary>
    public string? TechniqueId { get; init; }

    /// <summary>Its full name; null where there is none.</summary>
    public string? Name { get; init; }

    /// <summary>The tactic's short name in the target release; null where none was asked, or none is sure.</summary>
    public string? Tactic { get; init; }

    /// <summary>Tactics that can take the asked one's place, by short name in matrix order; empty where <see cref="Tactic"/> is sure.</summary>
    public IReadOnlyList<string> TacticCandidates { get; init; } = [];

    /// <summary>The ids on the way, the asked one first, each with its name and state.</summary>
    public IReadOnlyList<RouteStep> Route { get; init; } = [];

    /// <summary>Techniques that can be more precise than, or take the place of, <see cref="TechniqueId"/>.</summary>
    public IReadOnlyList<Candidate> Candidates { get; init; } = [];

    /// <summary>True where the answer needs no person: a technique is sure, and so is the tactic where one was asked.</summary>
    public bool IsSettled => TechniqueId is not null && Verdict is not Verdict.NeedsReview && (Question.Tactic is null || Tactic is not null);
}

/// <summary>One technique on the way of a projection.</summary>
/// <param name="Id">The ATT&amp;CK id.</param>
/// <param name="Name">The full name.</param>
/// <param name="State"><c>alive</c>, <c>revoked</c> or <c>deprecated</c>, in the release that was asked.</param>
public sealed record RouteStep(string Id, string Name, string State)
{
    internal static RouteStep Of(AttackObject item) =>
        new(item.Id, item.FullName, item.IsAlive ? "alive" : item.IsRevoked ? "revoked" : "deprecated");
}

/// <summary>A technique that may be meant.</summary>
/// <param name="Id">The ATT&amp;CK id.</param>
/// <param name="Name">The full name.</param>
/// <param name="Reason">Why it may be meant.</param>
public sealed record Candidate(string Id, string Name, string Reason);
