namespace Modus.Analysis.Planning.Threat;

/// <summary>Who a use is told of.</summary>
public enum UserKind
{
    /// <summary>A group.</summary>
    Group,

    /// <summary>A campaign.</summary>
    Campaign,

    /// <summary>Malware or a tool: evidence of another kind, weighed apart.</summary>
    Software,

    /// <summary>A case or report of one's own.</summary>
    Own,
}

/// <summary>Somebody used a technique, and when that became known.</summary>
/// <param name="User">Id of the group, campaign or software, or of the case.</param>
/// <param name="Kind">What the user is.</param>
/// <param name="Technique">Id of the technique.</param>
/// <param name="Date">The day that it became known; null where nobody says.</param>
/// <param name="Sources">Names of the sources that say so.</param>
public sealed record UseRecord(string User, UserKind Kind, string Technique, DateOnly? Date, IReadOnlyList<string> Sources);
