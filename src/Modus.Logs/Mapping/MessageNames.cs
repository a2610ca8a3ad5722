namespace Modus.Logs.Mapping;

/// <summary>What the labels of a message for people are called in the event's data, where leaving out the blanks does not give it.</summary>
internal static class MessageNames
{
    private static readonly Dictionary<string, string> Everywhere = new(StringComparer.Ordinal)
    {
        ["ProcessCommandLine"] = "CommandLine",
        ["CreatorProcessName"] = "ParentProcessName",
        ["CreatorProcessID"] = "ProcessId",
        ["NewProcessID"] = "NewProcessId",
        ["ProcessID"] = "ProcessId",
        ["SourceNetworkAddress"] = "IpAddress",
        ["NetworkAddress"] = "IpAddress",
        ["LogonProcess"] = "LogonProcessName",
        ["LogonGUID"] = "LogonGuid",
        ["AuthenticationPackage"] = "AuthenticationPackageName",
        ["PackageName(NTLMonly)"] = "LmPackageName",
        ["TransitedServices"] = "TransmittedServices",
        ["ClientAddress"] = "IpAddress",
        ["ClientPort"] = "IpPort",
        ["Accesses"] = "AccessList",
        ["Privileges"] = "PrivilegeList",
        ["PrivilegesUsedForAccessCheck"] = "PrivilegeList",
        ["CallerProcessName"] = "ProcessName",
        ["HandleID"] = "HandleId",
        ["SAMAccountName"] = "SamAccountName",
        ["ServiceID"] = "ServiceSid",
        ["FailureCode"] = "Status",
        ["ResultCode"] = "Status",
        ["ErrorCode"] = "Status",
        ["Pre-AuthenticationType"] = "PreAuthType",
        ["LogonAccount"] = "TargetUserName",
        ["SourceWorkstation"] = "Workstation",
        ["CertificateIssuerName"] = "CertIssuerName",
        ["SubcategoryGUID"] = "SubcategoryGuid",
        ["TaskNewContent"] = "TaskContentNew",
    };

    /// <summary>By event, and heading where one label stands under several.</summary>
    private static readonly Dictionary<(int Event, string Heading, string Label), string> Own = Table(
        // Addresses and ports of logons and shares are the client's; those of the filtering platform have two ends.
        ([4624, 4625, 4648, 5140, 5145], "", [("SourcePort", "IpPort"), ("SourceAddress", "IpAddress"), ("Port", "IpPort")]),
        ([5156, 5157, 5158], "", [("DestinationAddress", "DestAddress"), ("DestinationPort", "DestPort"), ("ApplicationName", "Application")]),
        ([5136, 5137, 5139, 5141], "Object", [("DN", "ObjectDN"), ("GUID", "ObjectGUID"), ("Class", "ObjectClass")]),
        ([5136], "Attribute", [("LDAPDisplayName", "AttributeLDAPDisplayName"), ("Syntax(OID)", "AttributeSyntaxOID"), ("Value", "AttributeValue")]),
        ([5136], "Operation", [("Type", "OperationType")]),
        ([4719], "", [("Changes", "AuditPolicyChanges"), ("Category", "CategoryId"), ("Subcategory", "SubcategoryId")]),
        ([7045], "", [("ServiceFileName", "ImagePath"), ("ServiceStartType", "StartType"), ("ServiceAccount", "AccountName")]),
        ([1006, 1015, 1116, 1117, 1118, 1119], "", [("Name", "ThreatName"), ("ID", "ThreatID"), ("Severity", "SeverityName"), ("Category", "CategoryName"), ("Action", "ActionName"), ("User", "DetectionUser"), ("DetectionOrigin", "OriginName")]));

    /// <summary>Headings under which an account's lines stand, and how the fields begin there.</summary>
    private static readonly (string Heading, string Prefix)[] Accounts =
    [
        ("Creator Subject", "Subject"),
        ("Subject", "Subject"),
        ("Target Subject", "Target"),
        ("Target Account", "Target"),
        ("New Logon", "Target"),
        ("New Account", "Target"),
        ("Account For Which Logon Failed", "Target"),
        ("Account Whose Credentials Were Used", "Target"),
        ("Account Information", "Target"),
        ("Account That Was Locked Out", "Target"),
        ("Group", "Target"),
        ("Member", "Member"),
    ];

    /// <summary>The field of a label without its blanks; null for one that says nothing without its heading.</summary>
    public static string? Of(int eventId, string heading, string label)
    {
        var prefix = Array.Find(Accounts, account => account.Heading == heading).Prefix;
        switch (label)
        {
            case "SecurityID": return prefix is null ? null : prefix == "Member" ? "MemberSid" : $"{prefix}UserSid";
            case "AccountName" or "GroupName": return prefix is null ? null : prefix == "Member" ? "MemberName" : $"{prefix}UserName";
            case "AccountDomain" or "GroupDomain": return prefix is null ? null : $"{prefix}DomainName";
            case "LogonID": return prefix is null ? null : $"{prefix}LogonId";
        }

        return Own.GetValueOrDefault((eventId, heading, label)) ?? Own.GetValueOrDefault((eventId, "", label)) ?? Everywhere.GetValueOrDefault(label, label);
    }

    private static Dictionary<(int, string, string), string> Table(params (int[] Events, string Heading, (string Label, string Field)[] Fields)[] rows) =>
        rows.SelectMany(row => row.Events.SelectMany(id => row.Fields.Select(field => ((id, row.Heading, field.Label), field.Field)))).ToDictionary(pair => pair.Item1, pair => pair.Field);
}
