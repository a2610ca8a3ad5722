namespace Modus.Casework;

/// <summary>Something about an input that its owner should know; the common form of the problems of all readers.</summary>
/// <param name="Code">Stable code: <c>MD1xxx</c> ATT&amp;CK, <c>MD2xxx</c> rules, <c>MD3xxx</c> logs, <c>MD4xxx</c> reports, <c>MD5xxx</c> the rest.</param>
/// <param name="Message">What was seen and what was expected.</param>
/// <param name="File">The file, as the caller named it.</param>
/// <param name="Place">Line, offset, record or JSON path inside the file; null where there is none.</param>
/// <param name="Fix">What to do about it; null where nothing can be done.</param>
/// <param name="Lost">True where something of the input was not used.</param>
public sealed record CaseProblem(string Code, string Message, string File, string? Place = null, string? Fix = null, bool Lost = true);

/// <summary>The codes that this library gives itself.</summary>
public static class CaseProblemCodes
{
    /// <summary>The path does not exist, or a link that leads nowhere.</summary>
    public const string Missing = "MD5001";

    /// <summary>The file or folder may not be read.</summary>
    public const string Forbidden = "MD5002";

    /// <summary>The folder holds no file.</summary>
    public const string EmptyFolder = "MD5003";

    /// <summary>The content is of no kind that Modus reads.</summary>
    public const string UnknownKind = "MD5004";

    /// <summary>The file is empty.</summary>
    public const string EmptyFile = "MD5005";

    /// <summary>More files, or a larger one, than the limits allow.</summary>
    public const string TooMuch = "MD5006";

    /// <summary>Compressed content grows beyond the limits, or is damaged.</summary>
    public const string BadCompression = "MD5007";

    /// <summary>No technique of this id in any release at hand.</summary>
    public const string UnknownTechnique = "MD5010";

    /// <summary>The technique lives in another release: projected.</summary>
    public const string OtherRelease = "MD5011";

    /// <summary>Several answers, or none, in the release at hand: a person has to decide.</summary>
    public const string NeedsReview = "MD5012";

    /// <summary>The tactic that the input names is not one of the technique's.</summary>
    public const string WrongTactic = "MD5013";

    /// <summary>A relationship that is no evidence for any technique was left out.</summary>
    public const string NoTechnique = "MD5014";

    /// <summary>A report in a language that the text mapper was not trained on.</summary>
    public const string ForeignLanguage = "MD5015";

    /// <summary>A report holds text that its readers do not see, or that addresses a program.</summary>
    public const string HiddenText = "MD5016";
}
