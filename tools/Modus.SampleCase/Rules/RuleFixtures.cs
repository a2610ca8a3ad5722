using System.Text.Json;
using System.Text.Json.Nodes;

namespace Modus.SampleCase.Rules;

/// <summary>For every rule that loads, an event that it must match and one that only looks like it.</summary>
internal static class RuleFixtures
{
    private const string Sys = @"C:\Windows\System32\";

    public static void AddTo(List<CaseFile> files)
    {
        foreach (var (name, yes, no) in All())
        {
            files.Add(new CaseFile($"rules/tests/{name}.fixtures.json", CaseFile.Json(json =>
            {
                json.WriteStartObject();
                json.WriteString("rule", RuleTexts.IdOf(name));
                Case(json, "must_match", "what it is for", yes);
                Case(json, "must_not_match", "only looks like it", no);
                json.WriteEndObject();
            })));
            files.Add(new CaseFile($"expected/rules/tests/{name}.fixtures.json.expected.json", CaseFile.Json(json =>
            {
                json.WriteStartObject();
                json.WriteNumber("cases", 2);
                json.WriteString("outcome", name == "R21" ? "the case that must match fails: the rule can never fire" : "both pass");
                json.WriteEndObject();
            })));
        }
    }

    private static void Case(Utf8JsonWriter json, string kind, string says, object[] events)
    {
        json.WriteStartArray(kind);
        json.WriteStartObject();
        json.WriteString("says", says);
        json.WriteStartArray("events");
        foreach (var item in events)
        {
            if (item is string text) json.WriteStringValue(text);
            else ((JsonNode)item).WriteTo(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static IEnumerable<(string Name, object[] Yes, object[] No)> All()
    {
        yield return ("R01", [Sysmon(13, ("TargetObject", @"HKU\S-1-5-21-1\Software\Microsoft\Windows\CurrentVersion\Explorer\RunMRU\a"), ("Details", @"powershell -w h\1"))],
            [Sysmon(13, ("TargetObject", @"HKU\S-1-5-21-1\Software\Microsoft\Windows\CurrentVersion\Explorer\RunMRU\a"), ("Details", @"notepad\1"))]);
        yield return ("R02", [Process("powershell.exe", "powershell -nop -enc aQBlAHgA")], [Process("powershell.exe", "powershell -File C:\\encode.ps1")]);
        yield return ("R03", [Process("schtasks.exe", "schtasks /create /tn x /sc ONLOGON /tr y")], [Process("schtasks.exe", "schtasks /query /tn x")]);
        yield return ("R04", [Process("nltest.exe", "nltest /domain_trusts /all_trusts")], [Process("nltest.exe", "nltest /sc_query:HLF")]);
        yield return ("R05", [Process("net.exe", "net group \"Domain Admins\" /domain")], [Process("net.exe", "net use")]);
        yield return ("R06", Tickets("0x17", 10), Tickets("0x17", 9));
        yield return ("R07", [Service("SRV-BKP01", "AnyDesk", "AnyDesk.exe")], [Service("HLP-0002", "AnyDesk", "AnyDesk.exe"), Service("SRV-BKP01", "Spooler", "spoolsv.exe")]);
        yield return ("R09", [Process("powershell.exe", @"powershell Add-MpPreference -ExclusionPath C:\x")], [Process("powershell.exe", "powershell Get-MpPreference")]);
        yield return ("R10", [Process("rundll32.exe", @"rundll32 comsvcs.dll, MiniDump 1 C:\x full")], [Process("rundll32.exe", "rundll32 shell32.dll,Control_RunDLL")]);
        yield return ("R11", [Service("DC01", "x", @"%SystemRoot%\hlfsvc.exe")], [Service("DC01", "x", @"%SystemRoot%\System32\svchost.exe -k netsvcs")]);
        yield return ("R12", [Process("ntdsutil.exe", "ntdsutil \"ac i ntds\" ifm")], [Process("ntdsutil.exe", "ntdsutil files info")]);
        yield return ("R13", [Audit("/usr/bin/tee", "/root/.ssh/authorized_keys")], [Audit("/usr/bin/chmod", "/root/.ssh/authorized_keys")]);
        yield return ("R14", [Trail("cloudtrail", "StopLogging")], [Trail("cloudtrail", "StartLogging")]);
        yield return ("R15", [Trail("iam", "CreateUser")], [Trail("iam", "ListUsers")]);
        yield return ("R16", SignIns(500121, 10), SignIns(50126, 10));
        yield return ("R17", [Process("vssadmin.exe", "vssadmin delete shadows /all")], [Process("vssadmin.exe", "vssadmin list shadows")]);
        yield return ("R18", [Event("Microsoft-Windows-Eventlog", "Security", 1102, "DC01")], [Event("Microsoft-Windows-Eventlog", "System", 6005, "DC01")]);
        yield return ("R19", Files(".tidewrack", 100), Files(".xlsx", 100));
        yield return ("R20", [Process("7z.exe", @"7z a -pX -v2g C:\a.7z D:\x")], [Process("7z.exe", @"7z a -mx1 C:\a.7z D:\x")]);
        yield return ("R21", [Logon(10)], [Logon(3)]);
        yield return ("R22", [Process("svchost-sync.exe", "copy", "rclone.exe")], [Process("rclone.exe", "copy", "rclone.exe")]);
    }

    private static JsonObject Event(string provider, string channel, int id, string host, params (string Name, string Value)[] data)
    {
        var values = new JsonObject();
        foreach (var (name, value) in data) values[name] = value;
        return new JsonObject
        {
            ["@timestamp"] = "2026-03-01T09:00:00Z",
            ["winlog"] = new JsonObject { ["provider_name"] = provider, ["channel"] = channel, ["event_id"] = id.ToString(System.Globalization.CultureInfo.InvariantCulture), ["computer_name"] = host, ["event_data"] = values },
        };
    }

    private static JsonObject Sysmon(int id, params (string, string)[] data) => Event("Microsoft-Windows-Sysmon", "Microsoft-Windows-Sysmon/Operational", id, "WKS-0388", data);

    private static JsonObject Process(string image, string command, string? original = null) => Sysmon(1, ("Image", Sys + image), ("CommandLine", command), ("OriginalFileName", original ?? image));

    private static JsonObject Service(string host, string name, string path) => Event("Service Control Manager", "System", 7045, host, ("ServiceName", name), ("ImagePath", path));

    private static JsonObject Logon(int type) => Event("Microsoft-Windows-Security-Auditing", "Security", 4624, "SRV-BKP01", ("LogonType", type.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("IpAddress", "10.20.4.17"));

    private static object[] Tickets(string encryption, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Event("Microsoft-Windows-Security-Auditing", "Security", 4769, "DC01", ("TicketEncryptionType", encryption), ("IpAddress", "::ffff:10.20.4.88")))];

    private static object[] Files(string ending, int count) => [.. Enumerable.Range(0, count).Select(i => Sysmon(11, ("Image", Sys + "x.exe"), ("TargetFilename", $@"D:\{i}{ending}")))];

    private static object[] SignIns(int error, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new JsonObject
        {
            ["createdDateTime"] = "2026-03-01T09:00:00Z", ["userPrincipalName"] = "x@harborline.example", ["appDisplayName"] = "OfficeHome", ["ipAddress"] = "192.0.2.10", ["clientAppUsed"] = "Browser",
            ["status"] = new JsonObject { ["errorCode"] = error },
        })];

    private static JsonObject Trail(string source, string name) =>
        new() { ["eventVersion"] = "1.10", ["eventTime"] = "2026-03-01T09:00:00Z", ["eventSource"] = source + ".amazonaws.com", ["eventName"] = name, ["awsRegion"] = "eu-central-1", ["recipientAccountId"] = "111122223333" };

    private static string Audit(string exe, string file) =>
        $"type=SYSCALL msg=audit(1772355600.000:101): arch=c000003e syscall=257 success=yes exit=3 pid=2951 uid=0 comm=\"x\" exe=\"{exe}\" key=\"watch\"\ntype=PATH msg=audit(1772355600.000:101): item=0 name=\"{file}\" nametype=NORMAL";
}
