namespace Modus.Logs.Evtx;

/// <summary>Sizes and places in EVTX files. All numbers are little-endian.</summary>
internal static class EvtxLayout
{
    public const int FileHeaderBytes = 4096;
    public const int ChunkBytes = 65_536;
    public const int ChunkHeaderBytes = 512;
    public const int RecordHeaderBytes = 24;

    /// <summary>The smallest record: header, an end token, the size again.</summary>
    public const int MinRecordBytes = RecordHeaderBytes + 5;

    /// <summary>The deepest nesting of elements within a template.</summary>
    public const int MaxElementDepth = LogLimits.MaxDepth;

    /// <summary>The deepest nesting of fragments in values.</summary>
    public const int MaxFragmentDepth = 16;

    /// <summary>The most operations of one compiled template.</summary>
    public const int MaxOperations = 8192;

    public const int FirstRecordNumber = 8;
    public const int LastRecordNumber = 16;
    public const int FreeSpace = 48;
    public const int DataChecksum = 52;
    public const int HeaderChecksum = 124;

    /// <summary>The magic of a file.</summary>
    public static ReadOnlySpan<byte> FileMagic => "ElfFile\0"u8;

    /// <summary>The magic of a chunk.</summary>
    public static ReadOnlySpan<byte> ChunkMagic => "ElfChnk\0"u8;

    /// <summary>The magic of a record.</summary>
    public static ReadOnlySpan<byte> RecordMagic => [0x2a, 0x2a, 0, 0];
}
