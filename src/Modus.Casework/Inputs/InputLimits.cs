namespace Modus.Casework.Inputs;

/// <summary>How much of what is given is looked at before a problem is reported instead.</summary>
public sealed record InputLimits
{
    /// <summary>The limits that hold where none are given.</summary>
    public static InputLimits Default { get; } = new();

    /// <summary>Files taken from all folders together. Default 200,000.</summary>
    public int Files { get; init; } = 200_000;

    /// <summary>Folders inside folders. Default 32.</summary>
    public int FolderDepth { get; init; } = 32;

    /// <summary>Bytes read to recognise a file. Default 64 KiB.</summary>
    public int RecognitionBytes { get; init; } = 64 << 10;

    /// <summary>Bytes that one layer or STIX file may unpack to. Default 256 MiB.</summary>
    public long UnpackedBytes { get; init; } = 256L << 20;

    /// <summary>How many times its size a compressed layer or STIX file may grow. Default 200.</summary>
    public int UnpackedRatio { get; init; } = 200;
}
