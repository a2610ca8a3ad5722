namespace Modus.Reports.Mapping.Features;

/// <summary>A feature of a space.</summary>
/// <param name="Index">Its index, or -1 for one that the space does not know.</param>
/// <param name="Weight">Its inverse document frequency.</param>
internal readonly record struct KnownFeature(int Index, float Weight);
