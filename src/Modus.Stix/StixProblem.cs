namespace Modus.Stix;

/// <summary>Something about STIX content that its reader should know.</summary>
/// <param name="Code">Stable code, <c>MD55xx</c>.</param>
/// <param name="Message">What was seen and what was expected.</param>
/// <param name="File">The file it was seen in, as it was named by the caller.</param>
/// <param name="Path">JSON path of the place, for example <c>$.objects[3].id</c>; null where there is none.</param>
/// <param name="Fix">What to do about it; null where nothing can be done.</param>
/// <param name="Lost">True where something of the input was not used.</param>
public sealed record StixProblem(string Code, string Message, string File, string? Path = null, string? Fix = null, bool Lost = false);

/// <summary>The codes of <see cref="StixProblem"/>.</summary>
public static class StixProblemCodes
{
    /// <summary>The file is no JSON, is cut off, is nested too deeply or is too large.</summary>
    public const string Unreadable = "MD5501";

    /// <summary>The JSON is no bundle and holds no STIX object.</summary>
    public const string NotABundle = "MD5502";

    /// <summary>An object lacks its type or id, or the two disagree.</summary>
    public const string BadIdentity = "MD5503";

    /// <summary>Two versions of one object: the newer was used.</summary>
    public const string SeveralVersions = "MD5504";

    /// <summary>A member has another type than the specification gives it.</summary>
    public const string BadMember = "MD5505";

    /// <summary>A relationship points at an object that the bundle does not hold.</summary>
    public const string DanglingReference = "MD5506";
}
