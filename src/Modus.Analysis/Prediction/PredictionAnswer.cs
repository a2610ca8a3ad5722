using Modus.Analysis.Attribution;
using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Prediction;

/// <summary>What was seen, and what is asked about the unseen.</summary>
public sealed record PredictionQuestion
{
    /// <summary>Ids of techniques that were seen, in the order in which they happened where that is known.</summary>
    public required IReadOnlyList<string> Techniques { get; init; }

    /// <summary>Which part of the knowledge counts.</summary>
    public Lens Lens { get; init; } = Lens.All;

    /// <summary>Only techniques for one of these platforms; empty for all.</summary>
    public IReadOnlyList<string> Platforms { get; init; } = [];

    /// <summary>Which share of all that happened has been seen, an assumption of the asker: above 0 and below 1.</summary>
    public double SeenShare { get; init; } = 0.5;

    /// <summary>How many techniques to return, from 1.</summary>
    public int Count { get; init; } = 20;

    /// <summary>True to return a technique or its sub-techniques, whichever is likelier, not both.</summary>
    public bool OncePerFamily { get; init; }

    /// <summary>False to leave out reasons, which cost more than the ranking.</summary>
    public bool Reasons { get; init; } = true;
}

/// <summary>Techniques that are likely there, or likely next.</summary>
/// <param name="Release">Release of the knowledge.</param>
/// <param name="Techniques">Techniques that were used for the answer, after projection.</param>
/// <param name="ExpectedUnseen">How many techniques are expected unseen under the asker's assumption.</param>
/// <param name="Ranking">Best first; equal scores stand in the order of their ids. Nothing observed is in it.</param>
/// <param name="Problems">What could not be used as it stood.</param>
public sealed record PredictionAnswer(
    string Release, IReadOnlyList<string> Techniques, double ExpectedUnseen, IReadOnlyList<LikelyTechnique> Ranking, IReadOnlyList<AnalysisProblem> Problems);

/// <summary>A technique that is likely there.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Score">What the ranking goes by.</param>
/// <param name="Probability">Probability that it is there, under the assumption on what has been seen.</param>
/// <param name="Because">Observed techniques that speak for it, strongest first.</param>
/// <param name="Precedents">The most similar incidents that hold it.</param>
/// <param name="Covers">Observed techniques of the same family: its parent or its parts, already seen.</param>
public sealed record LikelyTechnique(
    string Id, string Name, double Score, double Probability, IReadOnlyList<string> Because, IReadOnlyList<Precedent> Precedents, IReadOnlyList<string> Covers);

/// <summary>A past incident that is like this one and holds the technique.</summary>
/// <param name="Name">The actor, campaign or software, and the source where it is one report.</param>
/// <param name="Likeness">0 to 1.</param>
/// <param name="Shared">How many of the observed techniques it holds.</param>
public sealed record Precedent(string Name, double Likeness, int Shared);
