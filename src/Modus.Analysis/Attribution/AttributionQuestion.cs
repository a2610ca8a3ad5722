using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Attribution;

/// <summary>What was seen, and on what knowledge the answer may rest.</summary>
public sealed record AttributionQuestion
{
    /// <summary>Ids of techniques that were seen.</summary>
    public required IReadOnlyList<string> Techniques { get; init; }

    /// <summary>Ids, names or aliases of software that was seen.</summary>
    public IReadOnlyList<string> Software { get; init; } = [];

    /// <summary>Ids of techniques that were looked for with telemetry that would have shown them, and were not there.</summary>
    public IReadOnlyList<string> AbsentTechniques { get; init; } = [];

    /// <summary>Ids, names or aliases of software that was looked for and was not there.</summary>
    public IReadOnlyList<string> AbsentSoftware { get; init; } = [];

    /// <summary>Which part of the knowledge counts.</summary>
    public Lens Lens { get; init; } = Lens.All;

    /// <summary>False to ignore how much is written about an actor and how recently: every candidate starts alike.</summary>
    public bool UsePrior { get; init; } = true;

    /// <summary>The asker's own beliefs: actor id to weight above 0. Actors not named weigh as the least of the named.</summary>
    public IReadOnlyDictionary<string, double>? Prior { get; init; }

    /// <summary>The share of cases by actors that nobody knows, between 0 and 1; null for the share in training.</summary>
    public double? UnknownShare { get; init; }

    /// <summary>An answer is asserted only where this share of like answers was right: 0.5 to 0.99.</summary>
    public double Precision { get; init; } = 0.9;

    /// <summary>How many candidates are opened, from 0 to 10.</summary>
    public int Explained { get; init; } = 5;
}

/// <summary>Something in a question that could not be used as it stood.</summary>
/// <param name="Code">MD6xxx.</param>
/// <param name="Message">What it is.</param>
/// <param name="Fix">What to do.</param>
/// <param name="Skipped">True where the item was left out, false where it was replaced.</param>
public sealed record AnalysisProblem(string Code, string Message, string Fix, bool Skipped);
