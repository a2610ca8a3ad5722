namespace Modus.Stix.Bundles;

/// <summary>How much of a foreign file is read before reading stops with a problem.</summary>
public sealed record StixLimits
{
    /// <summary>The limits that hold where none are given.</summary>
    public static StixLimits Default { get; } = new();

    /// <summary>Bytes of JSON accepted. Default 256 MiB.</summary>
    public long Bytes { get; init; } = 256L << 20;

    /// <summary>Nested containers accepted. Default 64; the specification needs fewer than ten.</summary>
    public int Depth { get; init; } = 64;

    /// <summary>Objects accepted in one bundle. Default 1,000,000.</summary>
    public int Objects { get; init; } = 1_000_000;
}
