using System.Text.Json;

namespace Modus.Stix.Bundles;

/// <summary>One STIX object of any type, with the members that most readers need; everything else stays in <see cref="Json"/>.</summary>
/// <remarks>STIX 2.1 section 3.2 (common properties). Members of a wrong type are null here and named in a problem.</remarks>
public sealed record StixObject
{
    /// <summary>The object's type, for example <c>attack-pattern</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The object's id, <c>type--uuid</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The name; null where the type has none.</summary>
    public string? Name { get; init; }

    /// <summary>Free text; null where there is none.</summary>
    public string? Description { get; init; }

    /// <summary>When this version came about; null for objects without versions (cyber observables, old bundles).</summary>
    public DateTimeOffset? Modified { get; init; }

    /// <summary>When the object was first made.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>True where the producer withdrew the object.</summary>
    public bool Revoked { get; init; }

    /// <summary>Other names. Holds the 2.0 and 2.1 member <c>aliases</c>.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>References to other catalogues; ATT&amp;CK ids stand here.</summary>
    public IReadOnlyList<ExternalReference> ExternalReferences { get; init; } = [];

    /// <summary>Phases of kill chains that the object serves.</summary>
    public IReadOnlyList<KillChainPhase> KillChainPhases { get; init; } = [];

    /// <summary>Ids of the markings on the whole object.</summary>
    public IReadOnlyList<string> ObjectMarkingRefs { get; init; } = [];

    /// <summary>For relationships: what kind, else null.</summary>
    public string? RelationshipType { get; init; }

    /// <summary>For relationships: the id of the source, else null.</summary>
    public string? SourceRef { get; init; }

    /// <summary>For relationships: the id of the target, else null.</summary>
    public string? TargetRef { get; init; }

    /// <summary>Ids that the object contains or was made about (reports, notes, groupings, opinions).</summary>
    public IReadOnlyList<string> ObjectRefs { get; init; } = [];

    /// <summary>The object as it came.</summary>
    public required JsonElement Json { get; init; }

    /// <summary>JSON path of the object in its file.</summary>
    public required string Path { get; init; }
}

/// <summary>A reference to another catalogue (STIX 2.1 section 2.5).</summary>
/// <param name="Source">Name of the catalogue.</param>
/// <param name="ExternalId">Id in the catalogue; null where only an address is given.</param>
/// <param name="Url">Address; null where none is given.</param>
/// <param name="Description">What stands there; null where nothing is said.</param>
public sealed record ExternalReference(string Source, string? ExternalId, string? Url, string? Description);

/// <summary>A phase of a kill chain (STIX 2.1 section 2.7).</summary>
/// <param name="KillChain">Name of the kill chain.</param>
/// <param name="Phase">Name of the phase.</param>
public sealed record KillChainPhase(string KillChain, string Phase);
