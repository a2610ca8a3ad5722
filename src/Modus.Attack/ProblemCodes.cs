namespace Modus.Attack;

/// <summary>The codes of <see cref="Problem"/> that reading, installing and looking up ATT&amp;CK can give.</summary>
public static class ProblemCodes
{
    /// <summary>The file or folder is missing, or may not be read.</summary>
    public const string Unreadable = "MD1001";

    /// <summary>The input is no well-formed JSON: truncated, too deep, or with broken text.</summary>
    public const string BadJson = "MD1002";

    /// <summary>The input is JSON, but no STIX bundle with ATT&amp;CK objects.</summary>
    public const string NotAttack = "MD1003";

    /// <summary>An object names a domain that ATT&amp;CK does not have.</summary>
    public const string UnknownDomain = "MD1004";

    /// <summary>An input is larger than a limit allows, or inflates too far.</summary>
    public const string TooLarge = "MD1005";

    /// <summary>An object was skipped because it lacks what makes it one: id, type, ends.</summary>
    public const string SkippedObject = "MD1006";

    /// <summary>A field has the wrong type or broken text and was left out.</summary>
    public const string DroppedField = "MD1007";

    /// <summary>The same id came more than once inside one bundle.</summary>
    public const string DuplicateId = "MD1008";

    /// <summary>A relationship points at an object that is not there.</summary>
    public const string Dangling = "MD1009";

    /// <summary>No release could be determined for the input.</summary>
    public const string UnknownRelease = "MD1010";

    /// <summary>Inputs that should form one release name different ones.</summary>
    public const string MixedReleases = "MD1011";

    /// <summary>A snapshot or facts file is damaged or of another format version.</summary>
    public const string BadImage = "MD1012";

    /// <summary>The wanted release is neither embedded nor installed.</summary>
    public const string NoSuchRelease = "MD1013";

    /// <summary>An address could not be fetched.</summary>
    public const string Download = "MD1014";

    /// <summary>The gzip data of an input is damaged.</summary>
    public const string BadCompression = "MD1015";
}
