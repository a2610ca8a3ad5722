using System.Globalization;
using Modus.Attack.Images;

namespace Modus.Attack;

/// <summary>An object of one release. The same release gives the same instance for the same object.</summary>
public abstract class AttackObject
{
    private string? fullName;
    private IReadOnlyList<Citation>? references;

    private protected AttackObject(Release release, int row)
    {
        Release = release;
        Row = row;
    }

    /// <summary>The release that this object is of.</summary>
    public Release Release { get; }

    /// <summary>What the object is.</summary>
    public ObjectKind Kind => Image.Kind(Row);

    /// <summary>The STIX id, the same over releases except where MITRE made an object anew.</summary>
    public string StixId => Text(Column.StixId)!;

    /// <summary>The ATT&amp;CK id, as <c>T1059.001</c>; empty for objects without one (data components before release 17).</summary>
    public string Id => Text(Column.AttackId) ?? "";

    /// <summary>The name as given; several objects can share one.</summary>
    public string Name => Text(Column.Name) ?? "";

    /// <summary>The name that tells objects apart: sub-techniques carry their parent's name before their own.</summary>
    public string FullName => fullName ??= MakeFullName();

    /// <summary>The description in ATT&amp;CK's Markdown; null where there is none or only facts are loaded.</summary>
    public string? Description => Text(Column.Description);

    /// <summary>The page of the object on MITRE's site, or null.</summary>
    public string? Url => Text(Column.Url);

    /// <summary>The domains that hold this object.</summary>
    public Domains Domains => (Domains)Image.Cell(Row, Column.Domains);

    /// <summary>True where the object was replaced by another.</summary>
    public bool IsRevoked => Image.Flags(Row).HasFlag(RowFlags.Revoked);

    /// <summary>True where the object was given up without being replaced.</summary>
    public bool IsDeprecated => Image.Flags(Row).HasFlag(RowFlags.Deprecated);

    /// <summary>True unless revoked or deprecated.</summary>
    public bool IsAlive => (Image.Flags(Row) & (RowFlags.Revoked | RowFlags.Deprecated)) == 0;

    /// <summary>The object's own version. A text: 1.10 is no decimal number.</summary>
    public string? Version => Text(Column.Version);

    /// <summary>When the object was made.</summary>
    public DateTimeOffset? Created => Timestamp(Text(Column.Created));

    /// <summary>When the object was last changed, by MITRE's account: content also changes without it.</summary>
    public DateTimeOffset? Modified => Timestamp(Text(Column.Modified));

    /// <summary>The platforms, in the order of the data, which has no meaning.</summary>
    public IReadOnlyList<string> Platforms => Image.Strings(Row, Column.Platforms);

    /// <summary>Who contributed, as the data names them.</summary>
    public IReadOnlyList<string> Contributors => Image.Strings(Row, Column.Contributors);

    /// <summary>The references of the object, its own ATT&amp;CK page not among them.</summary>
    public IReadOnlyList<Citation> References => references ??= Citation.Read(Image.Whole, Image.Whole.Cell(Row, Column.References));

    /// <summary>What became of a revoked object; for any other a succession that ends at itself.</summary>
    public Succession Succession => Succession.Of(this);

    /// <summary>The relationships that start here.</summary>
    public IEnumerable<Relationship> Outgoing() => Image.Whole.Links.Outgoing(Row).Select(Release.Relationship);

    /// <summary>The relationships of one type that start here, by target.</summary>
    public IEnumerable<Relationship> Outgoing(RelationshipType type) =>
        Image.Whole.Links.Outgoing(Row, type).Select(Release.Relationship);

    /// <summary>The relationships that end here.</summary>
    public IEnumerable<Relationship> Incoming() => Image.Whole.Links.Incoming(Row).Select(Release.Relationship);

    /// <summary>The relationships of one type that end here, by source.</summary>
    public IEnumerable<Relationship> Incoming(RelationshipType type) =>
        Image.Whole.Links.Incoming(Row, type).Select(Release.Relationship);

    /// <summary>A hash of the object's content: equal for equal content whatever stamps, versions and list order say.</summary>
    /// <remarks>Left out: dates, versions, contributors, domains and references. A release of facts only gives other hashes than one with text.</remarks>
    public ulong ContentHash => Images.ContentHash.OfObject(Image, Row);

    /// <summary>The id and the full name.</summary>
    public override string ToString() => Id.Length == 0 ? FullName : $"{Id} {FullName}";

    internal int Row { get; }

    internal Image Image => Release.Image;

    internal static DateTimeOffset? Timestamp(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private protected string? Text(Column column) => Image.String(Row, column);

    private protected IReadOnlyList<string> Texts(Column column) => Image.Strings(Row, column);

    private protected virtual string MakeFullName() => Name;

    private protected IReadOnlyList<T> Targets<T>(RelationshipType type) where T : AttackObject =>
        [.. Image.Whole.Links.Outgoing(Row, type).Select(link => Release.ObjectAt(Image.Whole.LinkCell(link, Link.Target))).OfType<T>()];

    private protected IReadOnlyList<T> Sources<T>(RelationshipType type) where T : AttackObject =>
        [.. Image.Whole.Links.Incoming(Row, type).Select(link => Release.ObjectAt(Image.Whole.LinkCell(link, Link.Source))).OfType<T>()];
}
