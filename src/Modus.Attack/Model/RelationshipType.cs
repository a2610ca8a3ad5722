namespace Modus.Attack;

/// <summary>The relationship types that ATT&amp;CK uses.</summary>
public enum RelationshipType
{
    /// <summary>A type this model does not know; <see cref="Relationship.TypeName"/> has its name.</summary>
    Other,

    /// <summary>A group, campaign or software uses a technique or software.</summary>
    Uses,

    /// <summary>A mitigation answers a technique.</summary>
    Mitigates,

    /// <summary>A data component (before 18) or a detection strategy (since 18) detects a technique.</summary>
    Detects,

    /// <summary>A technique is part of another.</summary>
    SubtechniqueOf,

    /// <summary>An object was replaced by another.</summary>
    RevokedBy,

    /// <summary>A campaign is attributed to a group.</summary>
    AttributedTo,

    /// <summary>A technique targets an asset.</summary>
    Targets,
}

/// <summary>The spellings of <see cref="RelationshipType"/> in STIX.</summary>
public static class RelationshipTypes
{
    private static readonly (string Name, RelationshipType Type)[] names =
    [
        ("uses", RelationshipType.Uses), ("mitigates", RelationshipType.Mitigates), ("detects", RelationshipType.Detects),
        ("subtechnique-of", RelationshipType.SubtechniqueOf), ("revoked-by", RelationshipType.RevokedBy),
        ("attributed-to", RelationshipType.AttributedTo), ("targets", RelationshipType.Targets),
    ];

    /// <summary>The type of a STIX name; <see cref="RelationshipType.Other"/> for names ATT&amp;CK does not use.</summary>
    public static RelationshipType Parse(string name)
    {
        foreach (var pair in names)
            if (pair.Name == name) return pair.Type;
        return RelationshipType.Other;
    }

    /// <summary>The STIX name of a type, or <c>other</c>.</summary>
    public static string StixName(this RelationshipType type)
    {
        foreach (var pair in names)
            if (pair.Type == type) return pair.Name;
        return "other";
    }
}
