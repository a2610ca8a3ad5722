namespace Modus.Casework.Cases;

/// <summary>A change or a question that the rules of the case do not allow; a wrong call, never bad evidence.</summary>
public sealed class CaseRuleException : Exception
{
    /// <summary>Names the rule.</summary>
    /// <param name="code">One of <see cref="CaseRuleCodes"/>.</param>
    /// <param name="message">What was asked and why it is not done.</param>
    /// <param name="fix">What to do instead; null where nothing can be done.</param>
    public CaseRuleException(string code, string message, string? fix = null) : base(message)
    {
        Code = code;
        Fix = fix;
    }

    /// <summary>Says nothing; use the other one.</summary>
    public CaseRuleException() : this("", "") { }

    /// <summary>Says nothing of the rule; use the other one.</summary>
    public CaseRuleException(string message) : this("", message) { }

    /// <summary>Says nothing of the rule; use the other one.</summary>
    public CaseRuleException(string message, Exception inner) : base(message, inner) => Code = "";

    /// <summary>The code of the rule.</summary>
    public string Code { get; }

    /// <summary>What to do instead.</summary>
    public string? Fix { get; }
}

/// <summary>The codes of <see cref="CaseRuleException"/>.</summary>
public static class CaseRuleCodes
{
    /// <summary>No workspace here or above.</summary>
    public const string NoWorkspace = "MD5100";

    /// <summary>The workspace's own file cannot be read.</summary>
    public const string BadWorkspace = "MD5101";

    /// <summary>There is a workspace already.</summary>
    public const string WorkspaceThere = "MD5102";

    /// <summary>Nothing has this id.</summary>
    public const string Unknown = "MD5103";

    /// <summary>Several things have ids that begin so.</summary>
    public const string Ambiguous = "MD5104";

    /// <summary>Several cases, and none was named.</summary>
    public const string WhichCase = "MD5105";

    /// <summary>The case is closed.</summary>
    public const string CaseClosed = "MD5106";

    /// <summary>Somebody else changed the same members in between.</summary>
    public const string Conflict = "MD5107";

    /// <summary>Who entered it may not accept it.</summary>
    public const string FourEyes = "MD5108";

    /// <summary>It is there already.</summary>
    public const string AlreadyThere = "MD5109";

    /// <summary>Times without a zone, and nobody who could be asked.</summary>
    public const string ZoneNeeded = "MD5110";

    /// <summary>A value that is none of the allowed ones.</summary>
    public const string BadValue = "MD5111";

    /// <summary>The store cannot be reached or opened.</summary>
    public const string Store = "MD5112";

    /// <summary>An export that cannot be read back.</summary>
    public const string BadExport = "MD5113";
}
