namespace Modus.Attack.Projection;

/// <summary>What became of a tactic, named without a technique, in another release.</summary>
public sealed record TacticAnswer
{
    /// <summary>The tactic as asked.</summary>
    public required string Asked { get; init; }

    /// <summary><see cref="Verdict.Carried"/>, <see cref="Verdict.Renamed"/>, <see cref="Verdict.Narrowed"/> (it kept its name and lost techniques), <see cref="Verdict.SplitSuspected"/> (its name is gone and its techniques stand under several), <see cref="Verdict.Retired"/> or <see cref="Verdict.NeedsReview"/>.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Why, in one or more sentences.</summary>
    public required string Reason { get; init; }

    /// <summary>The tactic in the release of the mapping; null where no release at hand knows it.</summary>
    public Tactic? Before { get; init; }

    /// <summary>The tactic that goes on under the same identity in the target; null where there is none.</summary>
    public Tactic? Same { get; init; }

    /// <summary>Where the tactic's techniques stand now, those that gained most of them first.</summary>
    public IReadOnlyList<TacticShare> Shares { get; init; } = [];

    /// <summary>True where the answer needs no person.</summary>
    public bool IsSettled => Same is not null && Verdict is Verdict.Carried or Verdict.Renamed or Verdict.Narrowed;
}

/// <summary>A tactic that took in techniques of another.</summary>
/// <param name="Tactic">The tactic in the target release.</param>
/// <param name="Techniques">How many techniques of the asked tactic it holds, and did not hold before.</param>
public sealed record TacticShare(Tactic Tactic, int Techniques);
