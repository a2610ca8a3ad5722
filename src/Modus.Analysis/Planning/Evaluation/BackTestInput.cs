namespace Modus.Analysis.Planning.Evaluation;

/// <summary>A detection rule with the day it came out.</summary>
/// <param name="Date">The day; undated rules belong to no earlier defence.</param>
/// <param name="Techniques">Ids of the techniques that it is tagged with, in ids of any release.</param>
public sealed record DatedRule(DateOnly Date, IReadOnlyList<string> Techniques);

/// <summary>A list of techniques made by somebody else, to compare with.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Date">The day from which on it may be used; earlier releases are not ranked with it.</param>
/// <param name="Techniques">Ids, the most important first.</param>
public sealed record OtherList(string Name, DateOnly Date, IReadOnlyList<string> Techniques);

/// <summary>What a back-test is made of.</summary>
public sealed record BackTestInput
{
    /// <summary>Releases, the earliest first: each is ranked with what it knew, and judged by what is new in the next.</summary>
    public required IReadOnlyList<ReleaseUses> Releases { get; init; }

    /// <summary>The rules of the defence whose gaps are to be closed; none: every technique is a gap.</summary>
    public IReadOnlyList<DatedRule> Rules { get; init; } = [];

    /// <summary>Later ids to the earlier ones that they took the place of, to read new tags in old releases.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Earlier { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Lists of others.</summary>
    public IReadOnlyList<OtherList> Lists { get; init; } = [];

    /// <summary>How many techniques may be picked.</summary>
    public IReadOnlyList<int> Picks { get; init; } = [20, 50];

    /// <summary>Techniques below which a new actor or report is too thin to judge by.</summary>
    public int FewestTechniques { get; init; } = 5;

    /// <summary>How uses become weights in the ranking under test.</summary>
    public Threat.ThreatOptions Threat { get; init; } = new();

    /// <summary>The seed of what is drawn.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>Whom a step is judged by.</summary>
public enum JudgedBy
{
    /// <summary>Groups and campaigns that only the later release has.</summary>
    Actors,

    /// <summary>Sources that only the later release cites for groups and campaigns.</summary>
    Reports,
}

/// <summary>What one ranking was worth.</summary>
/// <param name="Ranker">Its name.</param>
/// <param name="JudgedBy">Whom it was judged by.</param>
/// <param name="Picks">How many techniques it picked among the gaps.</param>
/// <param name="Cases">Actors or reports it was judged by.</param>
/// <param name="Gain">Mean share of a case's techniques that the picks add to what the defence covers.</param>
/// <param name="Oracle">The same for picks made in hindsight, for the same cases.</param>
/// <param name="Before">Mean share that the defence covers without any pick.</param>
/// <param name="LowOverChance">Gain less that of random picks: lower end of a 95 % interval from resampled cases.</param>
/// <param name="HighOverChance">The upper end.</param>
/// <param name="LowOverModus">Gain less that of the ranking under test: lower end of a 95 % interval.</param>
/// <param name="HighOverModus">The upper end.</param>
public sealed record BackTestRow(string Ranker, JudgedBy JudgedBy, int Picks, int Cases, double Gain, double Oracle, double Before,
    double LowOverChance, double HighOverChance, double LowOverModus, double HighOverModus)
{
    /// <summary>Gain as a share of what hindsight gains.</summary>
    public double OfOracle => Oracle <= 0 ? 0 : Gain / Oracle;

    /// <summary>True where it is better than random picks beyond chance.</summary>
    public bool BeatsChance => LowOverChance > 0;
}

/// <summary>The answer of a back-test.</summary>
/// <param name="Rows">One row a ranking, a kind of case and a number of picks.</param>
/// <param name="Steps">Each pair of releases with the cases it gave: earlier, later, actors, reports, techniques covered, rules.</param>
public sealed record BackTestAnswer(IReadOnlyList<BackTestRow> Rows, IReadOnlyList<BackTestStep> Steps);

/// <summary>One step of a back-test.</summary>
/// <param name="From">The release that ranks.</param>
/// <param name="To">The release that judges.</param>
/// <param name="Actors">New actors.</param>
/// <param name="Reports">New reports.</param>
/// <param name="Rules">Rules that were there at the time.</param>
/// <param name="Covered">Techniques that they cover.</param>
public sealed record BackTestStep(string From, string To, int Actors, int Reports, int Rules, int Covered);
