namespace Modus.Logs;

/// <summary>The codes of <see cref="LogProblem"/>.</summary>
public static class LogProblemCodes
{
    /// <summary>A path that does not exist or cannot be opened.</summary>
    public const string Unreadable = "MD3001";

    /// <summary>No reader knows this content.</summary>
    public const string UnknownFormat = "MD3002";

    /// <summary>Records whose fields no mapping knows.</summary>
    public const string UnknownShape = "MD3003";

    /// <summary>A record that ends too early or is not well-formed.</summary>
    public const string Malformed = "MD3004";

    /// <summary>Bytes that are not UTF-8; they were replaced.</summary>
    public const string InvalidUtf8 = "MD3005";

    /// <summary>A record over the limit of size or depth.</summary>
    public const string TooLarge = "MD3006";

    /// <summary>An archive over the limit of expansion or nesting, or damaged.</summary>
    public const string Archive = "MD3007";

    /// <summary>Times without a zone; they were read as UTC.</summary>
    public const string ZoneUnknown = "MD3008";

    /// <summary>A checksum of an EVTX file or chunk that does not hold; the content was read all the same.</summary>
    public const string Checksum = "MD3009";

    /// <summary>Damage in an EVTX file or chunk.</summary>
    public const string Damaged = "MD3010";

    /// <summary>An EVTX chunk holds another number of records than its header says.</summary>
    public const string RecordCount = "MD3011";

    /// <summary>More distinct field names than the limit; the rest have no name.</summary>
    public const string TooManyFields = "MD3012";

    /// <summary>A mapping file that cannot be used.</summary>
    public const string Mapping = "MD3013";

    /// <summary>Records that are findings of another tool, not events.</summary>
    public const string Findings = "MD3014";

    /// <summary>Dates in which day and month may change places, and nothing in the file tells.</summary>
    public const string DayOrderUnknown = "MD3015";
}
