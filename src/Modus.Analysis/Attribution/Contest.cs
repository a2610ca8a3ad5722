namespace Modus.Analysis.Attribution;

/// <summary>How a verdict stands up to doubt.</summary>
/// <param name="Deciding">What separates the first two candidates, most telling first.</param>
/// <param name="Hypotheses">Ids of the candidates that the matrix compares.</param>
/// <param name="Matrix">Evidence against hypotheses, most diagnostic first.</param>
/// <param name="Flips">Pieces of evidence and sources without which another candidate comes first, or the verdict changes.</param>
/// <param name="FalseFlags">The question asked again without what an imitator could plant.</param>
public sealed record Contest(
    IReadOnlyList<Trait> Deciding, IReadOnlyList<string> Hypotheses, IReadOnlyList<MatrixRow> Matrix,
    IReadOnlyList<Flip> Flips, IReadOnlyList<FalseFlag> FalseFlags);

/// <summary>A trait that separates two candidates.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id.</param>
/// <param name="Difference">Log-evidence for the first against the second; negative speaks for the second.</param>
public sealed record Trait(EvidenceKind Kind, string Id, double Difference);

/// <summary>One piece of evidence against all hypotheses.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id.</param>
/// <param name="Cells">One a hypothesis.</param>
/// <param name="Values">The log-evidence behind each cell.</param>
/// <param name="Diagnosticity">Variance of the values: evidence that fits all hypotheses alike is worth nothing.</param>
public sealed record MatrixRow(EvidenceKind Kind, string Id, IReadOnlyList<Fit> Cells, IReadOnlyList<double> Values, double Diagnosticity);

/// <summary>How a piece of evidence fits a hypothesis.</summary>
public enum Fit
{
    /// <summary>Expected, were the hypothesis true.</summary>
    Consistent,

    /// <summary>Says nothing either way.</summary>
    Uninformative,

    /// <summary>Not expected, were the hypothesis true.</summary>
    Inconsistent,
}

/// <summary>What changes when one thing is left out.</summary>
/// <param name="Kind">"technique", "software" or "source".</param>
/// <param name="Id">The id, or the name of the source.</param>
/// <param name="First">Who comes first without it.</param>
/// <param name="Probability">With what probability.</param>
/// <param name="Level">The verdict without it.</param>
public sealed record Flip(string Kind, string Id, string First, double Probability, VerdictLevel Level);

/// <summary>The question asked again with less.</summary>
/// <param name="Without">What was left out, in words.</param>
/// <param name="Left">How many pieces of evidence were left.</param>
/// <param name="First">Who comes first then; null where nothing was left to ask with.</param>
/// <param name="Probability">With what probability.</param>
/// <param name="Level">The verdict then.</param>
/// <param name="Stands">True where the same candidate still comes first.</param>
public sealed record FalseFlag(string Without, int Left, string? First, double Probability, VerdictLevel Level, bool Stands);
