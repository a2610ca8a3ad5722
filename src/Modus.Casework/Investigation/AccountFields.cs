using Modus.Logs;

namespace Modus.Casework.Investigation;

/// <summary>Finds the accounts that an event speaks of.</summary>
internal static class AccountFields
{
    // Where the shapes of logs keep who did it or to whom it was done; the list is long because every product has its own words.
    private static readonly string[] fields =
    [
        "User", "TargetUserName", "SubjectUserName", "SourceUser", "AccountName", "UserName", "user.name", "winlog.event_data.TargetUserName", "winlog.event_data.SubjectUserName",
        "userIdentity.userName", "userIdentity.arn", "aws.cloudtrail.user_identity.arn", "UserId", "userPrincipalName", "properties.userPrincipalName", "initiatedBy.user.userPrincipalName", "acct", "UID", "user",
    ];

    // What stands there when nobody in particular is meant.
    private static readonly HashSet<string> nobody = new(["-", "N/A", "unset", "SYSTEM", @"NT AUTHORITY\SYSTEM", "unknown", "(unknown)"], StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<string> Of(EventRecord seen)
    {
        foreach (var field in fields)
            if (seen[field] is { Length: > 0 and <= 200 } value && !nobody.Contains(value)) yield return value.Trim('"');
    }
}
