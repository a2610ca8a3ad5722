using System.Globalization;
using Modus.Attack.Images;

namespace Modus.Attack;

/// <summary>An object that has other names, and that uses techniques.</summary>
public abstract class NamedActor : AttackObject
{
    private protected NamedActor(Release release, int row) : base(release, row)
    {
    }

    /// <summary>The other names, the object's own name not among them. Two objects can share one.</summary>
    public IReadOnlyList<string> Aliases => [.. Texts(Column.Aliases).Where(alias => alias != Name)];

    /// <summary>The procedures of this object itself, by technique.</summary>
    public IReadOnlyList<ProcedureExample> Procedures =>
        [.. Outgoing(RelationshipType.Uses).Where(use => use.Target is Technique).Select(use => new ProcedureExample(use))];
}

/// <summary>A group: a name for activity that analysts track together.</summary>
public sealed class Group : NamedActor
{
    internal Group(Release release, int row) : base(release, row)
    {
    }

    /// <summary>The software that the group itself is said to use.</summary>
    public IReadOnlyList<Software> Software => Targets<Software>(RelationshipType.Uses);

    /// <summary>The campaigns attributed to the group.</summary>
    public IReadOnlyList<Campaign> Campaigns => Sources<Campaign>(RelationshipType.AttributedTo);

    /// <summary>The techniques of the group, taken along the ways that are asked for, by technique id.</summary>
    /// <param name="inheritance">Which ways count. Attribution and prediction depend on it, so nothing is assumed.</param>
    public IReadOnlyList<TechniqueUse> Techniques(Inheritance inheritance) => TechniqueUse.Of(this, inheritance);
}

/// <summary>Malware or a tool.</summary>
public sealed class Software : NamedActor
{
    internal Software(Release release, int row) : base(release, row)
    {
    }

    /// <summary>True for malware, false for a tool.</summary>
    public bool IsMalware => Text(Column.Type) == "malware";

    /// <summary>The groups said to use it.</summary>
    public IReadOnlyList<Group> Groups => Sources<Group>(RelationshipType.Uses);

    /// <summary>The campaigns in which it was used.</summary>
    public IReadOnlyList<Campaign> Campaigns => Sources<Campaign>(RelationshipType.Uses);
}

/// <summary>A campaign: activity with a beginning and an end.</summary>
public sealed class Campaign : NamedActor
{
    internal Campaign(Release release, int row) : base(release, row)
    {
    }

    /// <summary>When it was first seen.</summary>
    public SeenDate? FirstSeen => SeenDate.Read(Text(Column.FirstSeen), Text(Column.FirstSeenCitation));

    /// <summary>When it was last seen.</summary>
    public SeenDate? LastSeen => SeenDate.Read(Text(Column.LastSeen), Text(Column.LastSeenCitation));

    /// <summary>The groups it is attributed to: none for about half of the campaigns, more than one for few.</summary>
    public IReadOnlyList<Group> AttributedTo => Targets<Group>(RelationshipType.AttributedTo);

    /// <summary>The software used in it.</summary>
    public IReadOnlyList<Software> Software => Targets<Software>(RelationshipType.Uses);
}

/// <summary>How exactly a date is known.</summary>
public enum SeenPrecision
{
    /// <summary>The month: the data has its first day.</summary>
    Month,

    /// <summary>The day.</summary>
    Day,
}

/// <summary>A date of a campaign, with the precision it is known to and the citations that say so.</summary>
/// <param name="Date">The day; the first of the month where only that is known.</param>
/// <param name="Precision">Inferred: ATT&amp;CK writes a month as its first day.</param>
/// <param name="Citations">The names of the sources.</param>
public sealed record SeenDate(DateOnly Date, SeenPrecision Precision, IReadOnlyList<string> Citations)
{
    internal static SeenDate? Read(string? text, string? citation)
    {
        if (AttackObject.Timestamp(text) is not { } time) return null;
        var date = DateOnly.FromDateTime(time.UtcDateTime);
        return new SeenDate(date, date.Day == 1 ? SeenPrecision.Month : SeenPrecision.Day, Prose.CitationNames(citation ?? ""));
    }

    /// <summary>The date to its precision: <c>2019-09</c> or <c>2019-09-17</c>.</summary>
    public override string ToString() =>
        Date.ToString(Precision == SeenPrecision.Month ? "yyyy-MM" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
