namespace Modus.Logs;

/// <summary>The limits that keep memory and time bounded whatever the input; what exceeds one is skipped and told.</summary>
public static class LogLimits
{
    /// <summary>The most bytes one record (line, JSON value, XML event) may have: 4 MiB, more than any source of the known shapes writes.</summary>
    public const int MaxRecordBytes = 4 << 20;

    /// <summary>The most values one event may have; further ones are left out.</summary>
    public const int MaxValues = 65_536;

    /// <summary>The deepest nesting of a record (JSON, XML, EVTX).</summary>
    public const int MaxDepth = 64;

    /// <summary>The bytes of whole records that one work item of a thread holds.</summary>
    public const int BlockBytes = 1 << 20;

    /// <summary>How many bytes of a file its format is judged by.</summary>
    public const int SniffBytes = 64 << 10;

    /// <summary>How deep archives may lie in archives.</summary>
    public const int MaxArchiveDepth = 3;

    /// <summary>The most bytes an archive inside an archive may have, since it is held in memory: 32 MiB.</summary>
    public const int MaxNestedArchiveBytes = 32 << 20;

    /// <summary>The most members of one archive that are read.</summary>
    public const int MaxMembers = 100_000;

    /// <summary>The expansion (bytes out per byte in) above which compressed data counts as a bomb.</summary>
    public const int MaxExpansion = 400;

    /// <summary>The bytes that compressed data may expand to before <see cref="MaxExpansion"/> is asked for: 128 MiB.</summary>
    public const long ExpansionGrace = 128L << 20;

    /// <summary>The most threads that read at a time.</summary>
    public const int MaxThreads = 8;
}
