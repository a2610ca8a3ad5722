namespace Modus.Analysis.Planning.Threat;

/// <summary>How uses become weights.</summary>
public sealed record ThreatOptions
{
    /// <summary>Days in which the weight of a use halves.</summary>
    public double HalfLifeDays { get; init; } = 365;

    /// <summary>Weight that all uses by software have together, as a share of those by groups and campaigns.</summary>
    /// <remarks>Software is said to be able to do much that nobody was seen to do with it: as much weight as actors
    /// makes the ranking worse, a tenth makes it slightly better; see the back-test.</remarks>
    public double SoftwareShare { get; init; } = 0.1;

    /// <summary>The day to look back from; null for the newest date among the uses.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>Actors that matter most to the reader: their history is blended with everybody's.</summary>
    public IReadOnlyCollection<string> OwnActors { get; init; } = [];

    /// <summary>Uses of own actors and own reports after which their history has as much weight as everybody's.</summary>
    public double OwnPrior { get; init; } = 20;

    /// <summary>Weight in days' age of a use that nobody dates.</summary>
    public double UndatedAgeDays { get; init; } = 5 * 365;
}

/// <summary>The weight of one technique with the parts that it is the sum of.</summary>
/// <param name="Technique">Its id.</param>
/// <param name="Weight">Its share of all threat, 0 to 1; all techniques together are 1.</param>
/// <param name="Everybody">The part from what all groups and campaigns did.</param>
/// <param name="Software">The part from what software can do.</param>
/// <param name="Own">The part from own actors and own reports.</param>
/// <param name="Users">How many groups and campaigns used it.</param>
/// <param name="LastSeen">The newest dated use by a group, a campaign or in an own report.</param>
public sealed record ThreatWeight(string Technique, double Weight, double Everybody, double Software, double Own, int Users, DateOnly? LastSeen);
