namespace Modus.Analysis.Knowledge;

/// <summary>Which part of the knowledge a question may use.</summary>
public sealed record Lens
{
    /// <summary>Everything that is known.</summary>
    public static Lens All { get; } = new();

    /// <summary>Only sources dated before this day count, or null for all. Undated sources go.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>Sources that count nowhere: neither for actors nor for software.</summary>
    public IReadOnlyCollection<string> ExcludedSources { get; init; } = [];

    /// <summary>How many independent sources a relation of an actor needs, at least 1.</summary>
    public int MinSources { get; init; } = 1;
}
