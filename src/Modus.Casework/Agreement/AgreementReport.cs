namespace Modus.Casework.Agreement;

/// <summary>How well coders agree.</summary>
public sealed record AgreementReport
{
    /// <summary>What was compared.</summary>
    public required AgreementBasis Basis { get; init; }

    /// <summary>The coders, in the order given.</summary>
    public required IReadOnlyList<CoderNote> Coders { get; init; }

    /// <summary>Units that at least two coders judged.</summary>
    public required int Units { get; init; }

    /// <summary>Documents that those units belong to.</summary>
    public required int Documents { get; init; }

    /// <summary>The figures, a level each.</summary>
    public required IReadOnlyList<LevelAgreement> Levels { get; init; }

    /// <summary>Every technique that anyone named, the most disputed first.</summary>
    public required IReadOnlyList<TechniqueAgreement> Techniques { get; init; }

    /// <summary>The disagreements whose settlement would raise alpha most, best first.</summary>
    public required IReadOnlyList<Disagreement> Disagreements { get; init; }

    /// <summary>What intervals were drawn from: <c>documents</c> or <c>units</c>.</summary>
    public required string Drawn { get; init; }

    /// <summary>The release that ids were brought to.</summary>
    public required string Release { get; init; }
}

/// <summary>A coder and how much it did.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Mappings">Mappings with a technique.</param>
/// <param name="Techniques">Different techniques.</param>
/// <param name="Documents">Documents that it looked at.</param>
public sealed record CoderNote(string Name, int Mappings, int Techniques, int Documents);

/// <summary>The figures of one level.</summary>
/// <param name="Level">The level.</param>
/// <param name="Alpha">Krippendorff's alpha over all coders; null where nothing could disagree.</param>
/// <param name="AlphaInterval">Its 95 % interval; null where there is too little to draw from.</param>
/// <param name="Pairs">Every pair of coders.</param>
public sealed record LevelAgreement(AgreementLevel Level, double? Alpha, Interval? AlphaInterval, IReadOnlyList<PairAgreement> Pairs);

/// <summary>The figures of two coders.</summary>
/// <param name="One">The one.</param>
/// <param name="Other">The other.</param>
/// <param name="Kappa">Cohen's kappa; null where no unit was judged by both.</param>
/// <param name="KappaInterval">Its 95 % interval.</param>
/// <param name="F1">Set F1 over all units, 0 to 1: twice the mappings in common by the mappings of both; null where neither has one.</param>
public sealed record PairAgreement(string One, string Other, Kappa? Kappa, Interval? KappaInterval, double? F1);

/// <summary>How coders agree on one technique.</summary>
/// <param name="Technique">Its id.</param>
/// <param name="Name">Its name; empty where the release does not know it.</param>
/// <param name="Named">In how many units each coder named it.</param>
/// <param name="Agreed">Units in which all who judged named it.</param>
/// <param name="Units">Units in which anyone named it.</param>
public sealed record TechniqueAgreement(string Technique, string Name, IReadOnlyList<int> Named, int Agreed, int Units);

/// <summary>Units on which coders differ in the same way.</summary>
/// <param name="Given">What each coder gave beyond what the others gave too, a text each; null where the coder did not judge.</param>
/// <param name="Units">How many units.</param>
/// <param name="Gain">What alpha (exact ids) gains where all of them are settled, whichever side wins: the lesser of the gains.</param>
/// <param name="Example">The words of one of the units; null where nobody quoted any.</param>
/// <param name="Where">Where that unit stands.</param>
public sealed record Disagreement(IReadOnlyList<string?> Given, int Units, double Gain, string? Example, string Where);
