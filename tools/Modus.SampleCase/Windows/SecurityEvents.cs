using System.Globalization;

namespace Modus.SampleCase.Windows;

/// <summary>Events that are not Sysmon's.</summary>
internal static class SecurityEvents
{
    private const string Nobody = "S-1-0-0";

    public static WinEvent Logon(DateTime time, string host, string user, int type, string address, string? story = null, bool ok = true) =>
        new(time, host, WinSource.Security, ok ? 4624 : 4625,
        [
            ("SubjectUserSid", "S-1-5-18"), ("TargetUserSid", ok ? Sid(user) : Nobody), ("TargetUserName", user), ("TargetDomainName", "HLF"), ("TargetLogonId", ok ? "0x7c41d" : "0x0"),
            ("LogonType", Number(type)), ("LogonProcessName", type == 10 ? "User32" : "Kerberos"), ("AuthenticationPackageName", type == 10 ? "Negotiate" : "Kerberos"),
            ("WorkstationName", "-"), ("IpAddress", address), ("IpPort", "0"),
        ], story);

    public static WinEvent Logoff(DateTime time, string host, string user, int type, string? story = null) =>
        new(time, host, WinSource.Security, 4634, [("TargetUserSid", Sid(user)), ("TargetUserName", user), ("TargetDomainName", "HLF"), ("TargetLogonId", "0x7c41d"), ("LogonType", Number(type))], story);

    public static WinEvent Process(DateTime time, string host, string image, string command, string user) =>
        new(time, host, WinSource.Security, 4688,
            [("SubjectUserSid", "S-1-5-18"), ("SubjectUserName", user), ("SubjectDomainName", "HLF"), ("SubjectLogonId", "0x3e7"), ("NewProcessId", "0x1a2c"), ("NewProcessName", image), ("TokenElevationType", "%%1936"), ("CommandLine", command), ("ParentProcessName", @"C:\Windows\System32\services.exe")]);

    public static WinEvent Ticket(DateTime time, string user, string service, string address, string encryption, string? story = null) =>
        new(time, Hosts.Domain, WinSource.Security, 4769,
            [("TargetUserName", user + "@HLF.EXAMPLE"), ("TargetDomainName", "HLF.EXAMPLE"), ("ServiceName", service), ("ServiceSid", Sid(service)), ("TicketOptions", "0x40810000"), ("TicketEncryptionType", encryption), ("IpAddress", "::ffff:" + address), ("IpPort", "50112"), ("Status", "0x0")], story);

    public static WinEvent Share(DateTime time, string host, string user, string address, string share, string target, string? story = null, string access = "0x120089") =>
        new(time, host, WinSource.Security, 5145,
            [("SubjectUserSid", Sid(user)), ("SubjectUserName", user), ("SubjectDomainName", "HLF"), ("SubjectLogonId", "0x81f2a"), ("ObjectType", "File"), ("IpAddress", address), ("IpPort", "50320"), ("ShareName", @"\\*\" + share), ("ShareLocalPath", @"\??\D:\" + share.TrimEnd('$')), ("RelativeTargetName", target), ("AccessMask", access)], story);

    public static WinEvent ReadFile(DateTime time, string host, string user, string file, string process, string? story = null) =>
        new(time, host, WinSource.Security, 4663,
            [("SubjectUserSid", Sid(user)), ("SubjectUserName", user), ("SubjectDomainName", "HLF"), ("SubjectLogonId", "0x81f2a"), ("ObjectServer", "Security"), ("ObjectType", "File"), ("ObjectName", file), ("AccessList", "%%4416"), ("AccessMask", "0x1"), ("ProcessName", process)], story);

    /// <summary>Security 4662: an object of the directory was used; here the right to replicate it.</summary>
    public static WinEvent Directory(DateTime time, string user) =>
        new(time, Hosts.Domain, WinSource.Security, 4662,
            [("SubjectUserSid", Sid(user)), ("SubjectUserName", user), ("SubjectDomainName", "HLF"), ("SubjectLogonId", "0x2c9d1"), ("ObjectServer", "DS"), ("ObjectType", "%{19195a5b-6da0-11d0-afd3-00c04fd930c9}"), ("OperationType", "Object Access"), ("AccessMask", "0x100"), ("Properties", "%%7688 {1131f6ad-9c07-11d1-f79f-00c04fc2dcd2} {19195a5b-6da0-11d0-afd3-00c04fd930c9}")]);

    public static WinEvent Task(DateTime time, string host, string user, string name, string command, string? story = null) =>
        new(time, host, WinSource.Security, 4698,
            [("SubjectUserSid", Sid(user)), ("SubjectUserName", user), ("SubjectDomainName", "HLF"), ("SubjectLogonId", "0x5b2f1"), ("TaskName", "\\" + name), ("TaskContent", $"<Task version=\"1.2\"><Triggers><LogonTrigger><Enabled>true</Enabled></LogonTrigger></Triggers><Actions><Exec><Command>{command}</Command></Exec></Actions></Task>")], story);

    public static WinEvent NewService(DateTime time, string host, string name, string image, string? story = null) =>
        new(time, host, WinSource.Services, 7045, [("ServiceName", name), ("ImagePath", image), ("ServiceType", "user mode service"), ("StartType", "auto start"), ("AccountName", "LocalSystem")], story);

    public static WinEvent ServiceState(DateTime time, string host, string name, string state, string? story = null) =>
        new(time, host, WinSource.Services, 7036, [("param1", name), ("param2", state)], story);

    public static WinEvent Script(DateTime time, string host, string text, string path, string? story = null) =>
        new(time, host, WinSource.PowerShell, 4104, [("MessageNumber", "1"), ("MessageTotal", "1"), ("ScriptBlockText", text), ("ScriptBlockId", "c1f3d1a0-5c2e-4c8e-9d0c-1f8a52d5b7aa"), ("Path", path)], story);

    public static WinEvent Antivirus(DateTime time, string host, string was, string now, string? story = null) =>
        new(time, host, WinSource.Defender, 5007, [("Product Name", "Microsoft Defender Antivirus"), ("Product Version", "4.18.26020.5"), ("Old Value", was), ("New Value", now)], story);

    public static WinEvent Database(DateTime time, int id, string file, string? story = null) =>
        new(time, Hosts.Domain, WinSource.Esent, id, [("Data", "ntdsutil"), ("Data", "3120,D,0"), ("Data", ""), ("Data", "1"), ("Data", file), ("Data", "0")], story);

    public static WinEvent Session(DateTime time, string host, string user, string address, string? story = null) =>
        new(time, host, WinSource.Sessions, 21, [("User", @"HLF\" + user), ("SessionID", "3"), ("Address", address)], story);

    public static WinEvent Cleared(DateTime time, string host, bool security, string user, string story) => security
        ? new(time, host, WinSource.SecurityLog, 1102, [("SubjectUserSid", Sid(user)), ("SubjectUserName", user), ("SubjectDomainName", "HLF"), ("SubjectLogonId", "0x81f2a")], story)
        : new(time, host, WinSource.SystemLog, 104, [("SubjectUserName", user), ("SubjectDomainName", "HLF"), ("Channel", "System"), ("BackupPath", "")], story);

    private static string Sid(string name)
    {
        var hash = 17;
        foreach (var c in name) hash = ((hash * 31) + char.ToLowerInvariant(c)) % 8999;
        return "S-1-5-21-1715567821-413027322-2204617-" + Number(1100 + hash);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
