using System.Collections.Frozen;

namespace Modus.Sigma.Scoring;

/// <summary>What a field tells, as far as escaping is concerned.</summary>
internal enum FieldClass
{
    /// <summary>Free text that the one who runs a program writes: command lines, scripts, requests.</summary>
    Command,

    /// <summary>The path of a program.</summary>
    Program,

    /// <summary>What a program says about itself inside its file.</summary>
    Identity,

    /// <summary>The path of a file, library, pipe, share or the name of a service, task or account.</summary>
    Place,

    /// <summary>A key or value name of the registry, an attribute of a directory.</summary>
    Key,

    /// <summary>Data written to a place.</summary>
    Data,

    /// <summary>A hash.</summary>
    Hash,

    /// <summary>An address or host name.</summary>
    Remote,

    /// <summary>A port.</summary>
    Port,

    /// <summary>Who acts, by a name that the adversary may choose.</summary>
    Actor,

    /// <summary>A constant of the system: rights, types, codes, trace of calls.</summary>
    Constant,

    /// <summary>The name of an operation of a cloud service.</summary>
    Operation,

    /// <summary>A parameter of such an operation.</summary>
    Parameter,

    /// <summary>Which record of which log it is.</summary>
    Record,

    /// <summary>The program that made a request, by its own word.</summary>
    Agent,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>The class of a field by its name.</summary>
internal static class FieldClasses
{
    private static readonly FrozenDictionary<string, FieldClass> known = new (FieldClass Class, string Names)[]
    {
        (FieldClass.Command, "CommandLine ParentCommandLine ScriptBlockText Payload HostApplication ContextInfo proctitle Command Query TaskContent Arguments cmdline"),
        (FieldClass.Program, "Image ParentImage SourceImage TargetImage NewProcessName ParentProcessName ProcessName ProcessPath exe comm Application CallerProcessName a0"),
        (FieldClass.Identity, "OriginalFileName Description Product Company FileVersion InternalName Signature SignatureStatus Signed Publisher"),
        (FieldClass.Place, "TargetFilename ImageLoaded CurrentDirectory ImagePath ServiceFileName ServiceName PipeName ShareName RelativeTargetName TaskName Path FileName Destination ObjectName name ProcessCommandLine DeviceName SourceFilename Contents objectPath"),
        (FieldClass.Key, "TargetObject ObjectDN AttributeLDAPDisplayName ObjectClass ObjectType EventType Consumer Filter"),
        (FieldClass.Data, "Details AttributeValue NewValue OldValue Properties ServicePrincipalNames"),
        (FieldClass.Hash, "Hashes Hash Imphash md5 sha1 sha256 MD5 SHA1 SHA256 hash"),
        (FieldClass.Remote, "DestinationIp SourceIp DestinationHostname SourceHostname QueryName IpAddress ClientIP ClientAddress sourceIPAddress ipAddress c-uri cs-host cs-uri cs-uri-query c-uri-query r-dns dst_ip src_ip dest_domain RemoteAddress RemoteName query WorkstationName Workstation Address Device"),
        (FieldClass.Port, "DestinationPort SourcePort dst_port src_port LocalPort RemotePort IpPort"),
        (FieldClass.Actor, "User SubjectUserName TargetUserName SubjectUserSid TargetUserSid UserId userPrincipalName AccountName TargetOutboundUserName ParentUser SourceUser uid auid euid User_Name UserName initiatedBy.user.userPrincipalName userIdentity.arn userIdentity.type userIdentity.userName Computer ComputerName Hostname LogonId IntegrityLevel"),
        (FieldClass.Constant, "GrantedAccess CallTrace AccessMask AccessList TicketEncryptionType TicketOptions PreAuthType LogonType Status SubStatus LogonProcessName AuthenticationPackageName StartModule StartFunction AuditPolicyChanges OperationType TargetSid Initiated Type syscall success SYSCALL nametype key op audit_enabled a1 a2 a3 ErrorCode FailureCode KeyLength PrivilegeList ObjectServer StartAddress Protocol EventAction a4 a5"),
        (FieldClass.Operation, "eventName eventSource Operation operationName OperationName activityDisplayName ActivityDisplayName OperationNameValue operation_name methodName protoPayload.methodName gcp.audit.method_name eventtype eventType Action action Workload riskEventType properties.message data.protoPayload.methodName ResourceProviderValue authenticationProtocol"),
        (FieldClass.Record, "EventID EventCode Channel Provider_Name ProviderName Provider SourceName type Source LogName EventLog"),
        (FieldClass.Agent, "userAgent UserAgent c-useragent cs-user-agent user_agent"),
    }.SelectMany(row => row.Names.Split(' ').Select(name => (name, row.Class))).ToFrozenDictionary(pair => pair.name, pair => pair.Class, StringComparer.Ordinal);

    public static FieldClass Of(string? field)
    {
        if (field is null) return FieldClass.Command;
        if (known.TryGetValue(field, out var found)) return found;
        if (field.StartsWith("requestParameters", StringComparison.Ordinal) || field.StartsWith("responseElements", StringComparison.Ordinal)
            || field.StartsWith("Parameters", StringComparison.Ordinal) || field.StartsWith("targetResources", StringComparison.OrdinalIgnoreCase)
            || field.StartsWith("additional", StringComparison.Ordinal) || field is "errorCode" or "status.errorCode" or "ResultType" or "clientAppUsed")
        {
            return FieldClass.Parameter;
        }

        return field.EndsWith("Ip", StringComparison.Ordinal) || field.EndsWith("ip", StringComparison.Ordinal) ? FieldClass.Remote : FieldClass.Other;
    }
}
