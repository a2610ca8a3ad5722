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
        Add("defence/inventory.yaml", Inventory, ("hosts", "1,459 in 4 groups"), ("log_sources", "12"), ("rules", "21 deployed"));
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
        # What Harborline Freight has in place. Shares are of the hosts of a group.
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
          - name: cloud-accounts
            platform: IaaS
            count: 1
          - name: tenant
            platform: Office Suite
            count: 1
          - name: directory-tenant
            platform: Identity Provider
            count: 1
          - name: firewalls
            platform: Network Devices
            count: 1
        log_sources:
          - name: WinEventLog:Sysmon
            product: windows
            service: sysmon
            hosts: [workstations, windows-servers]
            share: 0.94
            retention_days: 90
            owner: blue team
            since: 2024-06-01
          - name: WinEventLog:Security
            product: windows
            service: security
            hosts: [workstations, windows-servers]
            share: 1.0
            retention_days: 180
            owner: blue team
            since: 2022-01-15
          - name: WinEventLog:System
            product: windows
            service: system
            hosts: [workstations, windows-servers]
            share: 1.0
            retention_days: 180
            owner: blue team
            since: 2022-01-15
          - name: WinEventLog:PowerShell
            product: windows
            service: powershell
            hosts: [workstations, windows-servers]
            share: 0.94
            retention_days: 90
            owner: blue team
            since: 2024-06-01
          - name: WinEventLog:Windows Defender
            product: windows
            service: windefend
            hosts: [workstations, windows-servers]
            share: 1.0
            retention_days: 90
            owner: client team
            since: 2023-03-01
          - name: auditd
            product: linux
            service: auditd
            hosts: [linux-servers]
            share: 1.0
            retention_days: 30
            owner: platform team
            since: 2025-02-01
          - name: linux:auth
            product: linux
            service: auth
            hosts: [linux-servers]
            share: 1.0
            retention_days: 30
            owner: platform team
            since: 2021-05-01
          - name: linux:syslog
            product: linux
            service: syslog
            hosts: [linux-servers]
            share: 1.0
            retention_days: 30
            owner: platform team
            since: 2021-05-01
          - name: AWS:CloudTrail
            product: aws
            service: cloudtrail
            hosts: [cloud-accounts]
            share: 1.0
            retention_days: 365
            owner: cloud team
            since: 2023-09-01
          - name: azure:signinlogs
            product: azure
            service: signinlogs
            hosts: [directory-tenant]
            share: 1.0
            retention_days: 30
            owner: cloud team
            since: 2023-09-01
          - name: m365:unified
            product: m365
            service: audit
            hosts: [tenant]
            share: 1.0
            retention_days: 180
            owner: cloud team
            since: 2023-09-01
          - name: firewall
            product: firewall
            category: firewall
            hosts: [firewalls]
            share: 1.0
            retention_days: 14
            owner: network team
            since: 2020-01-01
        rules:
          folder: ../rules
          deployed: [R01, R02, R03, R04, R05, R06, R07, R08, R09, R10, R11, R12, R13, R14, R15, R16, R17, R18, R19, R20, R21, R22]
          since: 2025-10-06
        products:
          - name: Microsoft Defender Antivirus
            owner: client team
            hosts: [workstations, windows-servers]

        """;

    private const string Visibility = """
        # What could be collected and is not, and what it would cost in a year.
        name: Harborline Freight
        as_of: 2026-03-08
        log_sources:
          - name: AWS:CloudTrail data events
            product: aws
            service: s3-data-events
            platform: IaaS
            hosts: [cloud-accounts]
            share: 0.0
            collected: false
            cost_per_year: 14000
            owner: cloud team
            note: object access of the booking bucket was never switched on
          - name: NSM:Flow
            product: zeek
            service: conn
            platform: Network Devices
            hosts: [firewalls]
            share: 0.0
            collected: false
            cost_per_year: 38000
            owner: network team
            note: no sensor behind the firewall

        """;

    private const string Controls = """
        # Controls by the numbers of NIST SP 800-53 revision 5.
        catalogue: NIST 800-53 rev5
        controls:
          - id: AC-2
            name: Account Management
            state: in-place
          - id: AC-6
            name: Least Privilege
            state: partial
          - id: CP-9
            name: System Backup
            state: in-place
            note: copies can be deleted by a domain account
          - id: IA-2
            name: Identification and Authentication
            state: in-place
            note: confirmation without a number
          - id: SI-4
            name: System Monitoring
            state: in-place

        """;

    private const string Profile = """
        # Whom a logistics company in Europe has to reckon with. Weights are our own.
        name: Logistics EU
        sector: logistics
        region: EU
        as_of: 2026-02-01
        attack_version: "18.1"
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
