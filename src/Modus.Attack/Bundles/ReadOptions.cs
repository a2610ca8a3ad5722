namespace Modus.Attack.Bundles;

/// <summary>What the caller knows about the inputs, and how much of them is accepted.</summary>
public sealed record ReadOptions
{
    /// <summary>The release, as <c>18.1</c>; null takes it from the data. A bundle in STIX 2.0 form does not name it.</summary>
    public string? Version { get; init; }

    /// <summary>A label for where the data comes from, shown wherever the release is; null takes it from the data.</summary>
    public string? Provenance { get; init; }

    /// <summary>The limits against hostile input.</summary>
    public ReadLimits Limits { get; init; } = new();
}
