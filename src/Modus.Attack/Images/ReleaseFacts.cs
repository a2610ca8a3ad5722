namespace Modus.Attack.Images;

/// <summary>What is known of a release as a whole.</summary>
internal sealed record ReleaseFacts(
    string Version,
    Domains Domains,
    string? Stamp,
    string? SpecVersion,
    string Provenance,
    ReleaseDetermination Determination,
    bool HasText);
