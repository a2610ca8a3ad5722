namespace Modus.Analysis.Attribution;

/// <summary>The narrowest statement that the evidence carries at the wanted precision.</summary>
public enum VerdictLevel
{
    /// <summary>One actor.</summary>
    Actor,

    /// <summary>A few actors that the evidence cannot tell apart.</summary>
    Cluster,

    /// <summary>Actors of one suspected nation.</summary>
    Nation,

    /// <summary>More likely than not an actor that the knowledge does not hold.</summary>
    Unknown,

    /// <summary>Too many candidates remain.</summary>
    NotDistinguishable,

    /// <summary>Too little was seen to say anything.</summary>
    TooLittleEvidence,
}

/// <summary>The verdict, in one place.</summary>
/// <param name="Level">How narrow it is.</param>
/// <param name="Actors">Ids of the actors it names, most likely first; none for the last three levels.</param>
/// <param name="Nation">The suspected nation, for that level only.</param>
/// <param name="Probability">Probability of the statement.</param>
public sealed record Verdict(VerdictLevel Level, IReadOnlyList<string> Actors, string? Nation, double Probability)
{
    /// <summary>True where no actor is asserted.</summary>
    public bool Abstains => Level != VerdictLevel.Actor;
}

/// <summary>A candidate.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Score">Log-evidence: the sum of the contributions.</param>
/// <param name="Probability">Calibrated probability; all candidates and "unknown" together make 1.</param>
/// <param name="Reports">How many sources speak of it under the lens.</param>
/// <param name="Nation">Suspected nation, or null.</param>
public sealed record Candidate(string Id, string Name, double Score, double Probability, int Reports, string? Nation);

/// <summary>The answer to "who does this look like".</summary>
public sealed record AttributionAnswer
{
    /// <summary>Release of the knowledge.</summary>
    public required string Release { get; init; }

    /// <summary>Hash of the model's figures.</summary>
    public required string Model { get; init; }

    /// <summary>The day the knowledge was cut at, or null.</summary>
    public required DateOnly? AsOf { get; init; }

    /// <summary>Techniques that were used for the answer, after projection.</summary>
    public required IReadOnlyList<string> Techniques { get; init; }

    /// <summary>Software that was used for the answer.</summary>
    public required IReadOnlyList<string> Software { get; init; }

    /// <summary>Every usable candidate, best first; equal scores stand in the order of their ids.</summary>
    public required IReadOnlyList<Candidate> Candidates { get; init; }

    /// <summary>Probability that it is an actor that the knowledge does not hold.</summary>
    public required double Unknown { get; init; }

    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>How many of the first candidates it takes to hold nine tenths of what is not "unknown".</summary>
    public required int SetSize { get; init; }

    /// <summary>Of held-out answers with about this confidence: how many there were.</summary>
    public required int LikeAnswers { get; init; }

    /// <summary>How many of those were right.</summary>
    public required int LikeAnswersRight { get; init; }

    /// <summary>Actors with fewer than three techniques under the lens: they can hardly win.</summary>
    public required IReadOnlyList<string> Unusable { get; init; }

    /// <summary>The first candidates opened.</summary>
    public required IReadOnlyList<Explanation> Explanations { get; init; }

    /// <summary>What could not be used as it stood.</summary>
    public required IReadOnlyList<AnalysisProblem> Problems { get; init; }
}

/// <summary>A candidate's score, opened: <see cref="Background"/> and all contributions add up to it.</summary>
/// <param name="Actor">The candidate's id.</param>
/// <param name="Background">What the candidate brings without any evidence: how much and how recently it is written about, and the asker's prior.</param>
/// <param name="Evidence">One entry a piece of evidence, largest first.</param>
/// <param name="Sources">The same sum by source: each contribution shared among the sources that state the relation.</param>
/// <param name="WithoutSource">What of the contributions no source states: missing, implied or absent evidence.</param>
/// <param name="NearestReports">Names of the reports most like the observation, best first.</param>
/// <param name="Missing">Techniques that most sources of the candidate have and that were not seen, at most ten.</param>
public sealed record Explanation(
    string Actor, double Background, IReadOnlyList<Contribution> Evidence, IReadOnlyList<SourceShare> Sources,
    double WithoutSource, IReadOnlyList<string> NearestReports, IReadOnlyList<string> Missing);

/// <summary>What one piece of evidence adds to a candidate's score.</summary>
/// <param name="Kind">Technique, software, absent technique or absent software.</param>
/// <param name="Id">Its id.</param>
/// <param name="Value">Log-evidence against the mean candidate; negative speaks against.</param>
/// <param name="Users">How many actors have it.</param>
/// <param name="Sources">Sources that state it of this candidate.</param>
public sealed record Contribution(EvidenceKind Kind, string Id, double Value, int Users, IReadOnlyList<string> Sources);

/// <summary>A source's share of a candidate's score.</summary>
/// <param name="Source">Its citation name.</param>
/// <param name="Value">Log-evidence.</param>
public sealed record SourceShare(string Source, double Value);

/// <summary>What a piece of evidence is.</summary>
public enum EvidenceKind
{
    /// <summary>A technique that was seen.</summary>
    Technique,

    /// <summary>Software that was seen.</summary>
    Software,

    /// <summary>A technique that was looked for and not there.</summary>
    AbsentTechnique,

    /// <summary>Software that was looked for and not there.</summary>
    AbsentSoftware,
}
