using Modus.Attack.Images;

namespace Modus.Attack;

/// <summary>One relationship of a release. Its key is type, source and target: relationship ids change from release to release.</summary>
public sealed class Relationship
{
    private IReadOnlyList<Citation>? citations;
    private readonly Release release;
    private readonly Image image;
    private readonly int link;

    internal Relationship(Release release, int link)
    {
        this.release = release;
        image = release.Image.Whole;
        this.link = link;
    }

    /// <summary>The type.</summary>
    public RelationshipType Type => (RelationshipType)image.LinkCell(link, Link.Type);

    /// <summary>The type as STIX spells it.</summary>
    public string TypeName => Text(Link.TypeName)!;

    /// <summary>Where it starts.</summary>
    public AttackObject Source => release.ObjectAt(image.LinkCell(link, Link.Source));

    /// <summary>Where it ends.</summary>
    public AttackObject Target => release.ObjectAt(image.LinkCell(link, Link.Target));

    /// <summary>The STIX id, or null where only facts are loaded. It is not stable over releases.</summary>
    public string? StixId => Text(Link.StixId);

    /// <summary>The text: for <see cref="RelationshipType.Uses"/> the procedure. Null where absent or only facts are loaded.</summary>
    public string? Description => Text(Link.Description);

    /// <summary>When it was made.</summary>
    public DateTimeOffset? Created => AttackObject.Timestamp(Text(Link.Created));

    /// <summary>When it was last changed, by MITRE's account.</summary>
    public DateTimeOffset? Modified => AttackObject.Timestamp(Text(Link.Modified));

    /// <summary>True where MITRE marked it revoked or deprecated.</summary>
    public bool IsDead => ((RowFlags)image.LinkCell(link, Link.Flags) & (RowFlags.Revoked | RowFlags.Deprecated)) != 0;

    /// <summary>The sources that it cites.</summary>
    public IReadOnlyList<Citation> Citations =>
        citations ??= Citation.Read(image, image.LinkCell(link, Link.References));

    /// <summary>Source, type and target.</summary>
    public override string ToString() => $"{Source.Id} {TypeName} {Target.Id}";

    private string? Text(Link cell) => image.String(image.LinkCell(link, cell));
}
