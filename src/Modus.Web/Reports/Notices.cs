namespace Modus.Web.Reports;

/// <summary>What has to stand wherever content of others is shown.</summary>
internal static class Notices
{
    /// <summary>The line that MITRE's licence demands of every copy.</summary>
    public const string Attack = "© 2026 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.";
}
