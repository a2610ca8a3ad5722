namespace Modus.SampleCase.Defence;

/// <summary>What the company says of its own defence: what it collects, what it runs, what it tried.</summary>
internal static class DefenceTexts
{
    /// <summary>The techniques that were tested, with the rule that should alert.</summary>
    private static readonly (string Technique, string Test, string Rule)[] tests =
    [
        ("T1059.001", "Encoded command in PowerShell", "R02"),
        ("T1053.005", "Task that starts at logon", "R03"),
        ("T1558.003", "Service tickets with weak encryption", "R06"),
        ("T1562.001", "Exclusion added to the antivirus", "R09"),
        ("T1003.001", "Memory of the sign-in process", "R10"),
        ("T1003.003", "Copy of the directory database", "R12"),
        ("T1490", "Shadow copies deleted", "R17"),
        ("T1560.001", "Archive with password", "R20"),
    ];

    public static void AddTo(List<CaseFile> files)
    {
        Add("defence/inventory.yaml", Inventory, ("hosts", "1,459 in 7 groups"), ("log_sources", "12"));
        Add("defence/visibility.yaml", Visibility, ("not_collected", "S3 data events"));
        Add("defence/controls.yaml", Controls, ("controls", "5"));
        Add("purple/run-2025Q4.csv", Purple("2025Q4", "2025-11-18", "WKS-0388", []), ("tests", "8"), ("alerted", "8"));
        Add("purple/run-2026Q1.csv", Purple("2026Q1", "2026-02-17", "SRV-FS02", ["R03"]), ("tests", "8"), ("alerted", "7"), ("regression", "R03 on T1053.005"));
        Add("profile/logistics-eu.yaml", Profile, ("actors", "5"), ("techniques", "12"));
        Add("layers/board-2025.json", OldLayer.Text, ("format", "4.3"), ("attack", "16"), ("techniques", "24"));

        void Add(string path, string text, params (string Name, string Value)[] facts)
        {
            files.Add(CaseFile.Text(path, text));
            files.Add(new CaseFile($"expected/{path}.expected.json", CaseFile.Json(json =>
            {
                json.WriteStartObject();
                foreach (var (name, value) in facts) json.WriteString(name, value);
                json.WriteEndObject();
            })));
        }
    }

    /// <summary>An exercise as a table that is exported from a tool for purple teams.</summary>
    private static string Purple(string run, string day, string host, string[] silent) =>
        "Assessment,Campaign,Test Case,MITRE ID,Status,Outcome,Start Time,Target,Platform,Detecting Rule,Notes\n"
        + string.Concat(tests.Select((test, i) => $"Purple {run},Intrusion to extortion,{test.Test},{test.Technique},Completed,{(silent.Contains(test.Rule) ? "Not Detected" : "Alert")},{day}T{9 + (i / 2):D2}:{i % 2 * 30:D2}:00Z,{host},Windows,{test.Rule},{(silent.Contains(test.Rule) ? "no alert within an hour" : "")}\n"));

    private const string Inventory = """
        # What Harborline Freight collects and runs. Shares are of the hosts of the groups.
        name: Harborline Freight
        as_of: 2026-03-08
        hosts:
          - name: workstations
            platform: Windows
            count: 1400
          - name: windows-servers
            platform: Windows
            count: 52
          - name: linux-servers
            platform: Linux
            count: 3
          - name: cloud-account
            platform: IaaS
            count: 1
          - name: tenant
            platform: Office Suite
            count: 1
          - name: directory
            platform: Identity Provider
            count: 1
          - name: firewalls
            platform: Network Devices
            count: 1
        log_sources:
          - id: sysmon
            name: Sysmon
            hosts: [workstations, windows-servers]
            share: 0.94
            retention_days: 90
            since: 2024-06-01
            owner: blue team
            sigma: windows/*/sysmon
            attack: WinEventLog:Sysmon
          - id: security
            name: Windows Security
            hosts: [workstations, windows-servers]
            share: 1
            retention_days: 180
            since: 2022-01-15
            owner: blue team
            sigma: windows/*/security
            attack: WinEventLog:Security
          - id: system
            name: Windows System
            hosts: [workstations, windows-servers]
            share: 1
            retention_days: 180
            since: 2022-01-15
            owner: blue team
            sigma: windows/*/system
            attack: WinEventLog:System
          - id: powershell
            name: PowerShell script blocks
            hosts: [workstations, windows-servers]
            share: 0.94
            retention_days: 90
            since: 2024-06-01
            owner: blue team
            sigma: windows/*/powershell
            attack: WinEventLog:PowerShell
          - id: defender
            name: Defender
            hosts: [workstations, windows-servers]
            share: 1
            retention_days: 90
            since: 2023-03-01
            owner: client team
            sigma: windows/*/windefend
            attack: WinEventLog:Windows Defender
          - id: auditd
            name: auditd
            hosts: [linux-servers]
            share: 1
            retention_days: 30
            since: 2025-02-01
            owner: platform team
            sigma: linux/*/auditd
            attack: auditd:SYSCALL
          - id: linux-auth
            name: Sign-ins on Linux
            hosts: [linux-servers]
            share: 1
            retention_days: 30
            since: 2021-05-01
            owner: platform team
            sigma: linux/*/auth
            attack: linux:auth
          - id: linux-syslog
            name: syslog
            hosts: [linux-servers]
            share: 1
            retention_days: 30
            since: 2021-05-01
            owner: platform team
            sigma: linux/*/syslog
            attack: linux:syslog
          - id: cloudtrail
            name: CloudTrail, management events
            hosts: [cloud-account]
            share: 1
            retention_days: 365
            since: 2023-09-01
            owner: cloud team
            sigma: aws/*/cloudtrail
            attack: AWS:CloudTrail
          - id: entra-signin
            name: Sign-ins of the tenant
            hosts: [directory]
            share: 1
            retention_days: 30
            since: 2023-09-01
            owner: cloud team
            sigma: azure/*/signinlogs
            attack: azure:signinlogs
          - id: m365
            name: Unified audit log
            hosts: [tenant]
            share: 1
            retention_days: 180
            since: 2023-09-01
            owner: cloud team
            sigma: m365/*/audit
            attack: m365:unified
          - id: firewall
            name: Sessions of the firewall
            hosts: [firewalls]
            share: 1
            retention_days: 14
            since: 2020-01-01
            owner: network team
            sigma: firewall/firewall/*
            attack: NSM:Firewall
        rules:
          - path: ../rules
            since: 2025-10-06
            owner: blue team
        products:
          - name: Microsoft Defender Antivirus
            owner: client team
            hosts: [workstations, windows-servers]

        """;

    private const string Visibility = """
        # What could be collected and is not. Costs are a year's.
        name: Harborline Freight
        as_of: 2026-03-08
        log_sources:
          - id: s3-data-events
            name: CloudTrail, data events of S3
            platforms: [IaaS]
            share: 0
            owner: cloud team
            cost: 14000
            sigma: aws/*/s3-data-events
            attack: AWS:CloudTrail
            terms: [GetObject]
            comment: access to objects of the booking bucket was never switched on
          - id: sensor
            name: Sensor behind the firewall
            platforms: [Network Devices]
            share: 0
            owner: network team
            cost: 38000
            sigma: zeek/*/conn
            attack: NSM:Flow
            comment: there is none

        """;

    private const string Controls = """
        # Controls by the numbers of NIST SP 800-53, revision 5.
        name: Harborline Freight
        as_of: 2026-03-08
        controls:
          - id: AC-02
            name: Account Management
            framework: nist_800_53
            state: in place
          - id: AC-06
            name: Least Privilege
            framework: nist_800_53
            state: planned
          - id: CP-09
            name: System Backup
            framework: nist_800_53
            state: in place
            comment: copies can be deleted by an account of the domain
          - id: IA-02
            name: Identification and Authentication
            framework: nist_800_53
            state: in place
            comment: confirmation without a number
          - id: SI-04
            name: System Monitoring
            framework: nist_800_53
            state: in place

        """;

    private const string Profile = """
        # Whom a logistics company in Europe has to reckon with. Weights are our own.
        name: Logistics EU
        sector: logistics
        region: EU
        attack: "18.1"
        actors:
          - id: G1015
            weight: 3
          - id: G0119
            weight: 2
          - id: G0102
            weight: 2
          - id: G1053
            weight: 2
          - id: G0046
            weight: 1
        techniques:
          - id: T1566.002
            weight: 3
          - id: T1204.004
            weight: 3
          - id: T1059.001
            weight: 3
          - id: T1053.005
            weight: 2
          - id: T1021.001
            weight: 2
          - id: T1078.002
            weight: 2
          - id: T1219.002
            weight: 2
          - id: T1621
            weight: 2
          - id: T1213.002
            weight: 2
          - id: T1567.002
            weight: 2
          - id: T1490
            weight: 3
          - id: T1486
            weight: 3

        """;
}
