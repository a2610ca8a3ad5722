namespace Modus.Attack.Bundles;

/// <summary>How much of an input is accepted before reading stops with a problem.</summary>
public sealed record ReadLimits
{
    /// <summary>Nested containers accepted. Default 64; official bundles nest 5 deep.</summary>
    public int Depth { get; init; } = 64;

    /// <summary>Bytes of JSON accepted from one input, after unpacking. Default 512 MiB.</summary>
    public long Bytes { get; init; } = 512L << 20;

    /// <summary>Bytes of one object accepted. Default 64 MiB; the collection object of a release takes about 4 MB.</summary>
    public int ObjectBytes { get; init; } = 64 << 20;

    /// <summary>How many times larger unpacked gzip data may be than packed. Default 100; official bundles reach 8.</summary>
    public int GzipRatio { get; init; } = 100;

    /// <summary>Objects accepted from one reading, over all inputs. Default 1,000,000.</summary>
    public int Objects { get; init; } = 1_000_000;

    /// <summary>Files accepted from one folder. Default 100,000 (a tree with one file an object has about 25,000).</summary>
    public int Files { get; init; } = 100_000;

    /// <summary>Problems kept in detail; further ones are only counted. Default 1,000.</summary>
    public int Problems { get; init; } = 1_000;
}
