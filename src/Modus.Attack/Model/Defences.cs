using Modus.Attack.Images;

namespace Modus.Attack;

/// <summary>A mitigation. 224 dead ones carry the id of a technique: ask for the kind with the id.</summary>
public sealed class Mitigation : AttackObject
{
    internal Mitigation(Release release, int row) : base(release, row)
    {
    }

    /// <summary>The techniques that it answers.</summary>
    public IReadOnlyList<Technique> Techniques => Targets<Technique>(RelationshipType.Mitigates);

    /// <summary>Controls of other catalogues that it stands for (industrial control systems).</summary>
    public IReadOnlyList<string> Controls => Texts(Column.Labels);
}

/// <summary>An asset of industrial control systems.</summary>
public sealed class Asset : AttackObject
{
    internal Asset(Release release, int row) : base(release, row)
    {
    }

    /// <summary>The sectors in which it is found.</summary>
    public IReadOnlyList<string> Sectors => Texts(Column.Sectors);

    /// <summary>Names of the same or a like thing in sectors' own words.</summary>
    public IReadOnlyList<string> RelatedAssets
    {
        get
        {
            var cells = Image.List(Row, Column.RelatedAssets);
            var result = new string[cells.Length / RecordWidth.RelatedAsset];
            for (var i = 0; i < result.Length; i++) result[i] = Image.String(cells[i * RecordWidth.RelatedAsset]) ?? "";
            return result;
        }
    }

    /// <summary>The techniques that target it.</summary>
    public IReadOnlyList<Technique> Techniques => Sources<Technique>(RelationshipType.Targets);
}

/// <summary>An object that the model keeps for the count only.</summary>
public sealed class OtherObject : AttackObject
{
    internal OtherObject(Release release, int row) : base(release, row)
    {
    }

    /// <summary>The STIX type.</summary>
    public string StixType => Text(Column.Type) ?? "";

    /// <summary>The statement of a marking definition: MITRE's copyright line; else null.</summary>
    public string? Statement => Text(Column.Statement);
}
