namespace Modus.SampleCase.Rules;

/// <summary>The 23 rules of the company, faults included.</summary>
internal static class RuleTexts
{
    public static IReadOnlyList<(string Name, string Text)> All { get; } =
    [
        ("R01", Rule("R01", "Command pasted into the Run dialog", "low", "windows", "category: registry_set", ["execution", "t1204.004"], """
              selection:
                TargetObject|contains: '\Explorer\RunMRU\'
                Details|contains: 'powershell'
              condition: selection
            """)),
        ("R02", Rule("R02", "PowerShell with an encoded command", "medium", "windows", "category: process_creation", ["execution", "t1059.001"], """
              selection:
                Image|endswith: '\powershell.exe'
                CommandLine|contains:
                  - ' -enc '
                  - ' -EncodedCommand '
              condition: selection
            """)),
        ("R03", Rule("R03", "Task made that starts at logon", "medium", "windows", "category: process_creation", ["execution", "persistence", "privilege-escalation", "t1053.005"], """
              selection:
                Image|endswith: '\schtasks.exe'
                CommandLine|contains|all:
                  - '/create'
                  - 'ONLOGON'
              condition: selection
            """)),
        ("R04", Rule("R04", "Trusts between domains listed", "medium", "windows", "category: process_creation", ["discovery", "t1482"], """
              selection:
                Image|endswith: '\nltest.exe'
                CommandLine|contains: 'domain_trusts'
              condition: selection
            """)),
        ("R05", Rule("R05", "Members of the domain's administrators listed", "low", "windows", "category: process_creation", ["discovery", "t1069.002"], """
              selection:
                Image|endswith: '\net.exe'
                CommandLine|contains|all:
                  - 'group'
                  - 'Domain Admins'
                  - '/domain'
              condition: selection
            """)),
        ("R06", Correlation("R06", "Many service tickets with weak encryption for one client", "medium", "credential-access", "t1558.003", "IpAddress", "5m", 10) + "---\n" + Base("R06", "Service ticket with weak encryption", "windows", "service: security", """
              selection:
                EventID: 4769
                TicketEncryptionType: '0x17'
              condition: selection
            """)),
        ("R07", Rule("R07", "Remote desktop program installed as a service", "medium", "windows", "service: system", ["command-and-control", "t1219.002"], """
              selection:
                Provider_Name: 'Service Control Manager'
                EventID: 7045
                ServiceName|contains: 'AnyDesk'
              condition: selection
            """)),
        ("R08", """
            title: Remote help that the helpdesk may use
            id: 4c1f6a20-0008-4000-8000-000000000008
            status: stable
            description: The helpdesk's own host runs the approved program.
            author: Harborline Freight
            date: 2026-01-12
            logsource:
              product: windows
              service: system
            filter:
              rules:
                - 4c1f6a20-0007-4000-8000-000000000007
              selection:
                Computer: 'HLP-0002'
              condition: not selection

            """),
        ("R09", Rule("R09", "Folder taken out of the antivirus scan", "high", "windows", "category: process_creation", ["defense-evasion", "t1562.001"], """
              selection:
                CommandLine|contains|all:
                  - 'Add-MpPreference'
                  - '-ExclusionPath'
              condition: selection
            """)),
        ("R10", Rule("R10", "Memory of the sign-in process written to a file", "critical", "windows", "category: process_creation", ["credential-access", "t1003.001"], """
              selection:
                Image|endswith: '\rundll32.exe'
                CommandLine|contains|all:
                  - 'comsvcs'
                  - 'MiniDump'
              condition: selection
            """)),
        ("R11", Rule("R11", "Service from a file directly in the system folder", "high", "windows", "service: system", ["execution", "t1569.002"], """
              selection:
                Provider_Name: 'Service Control Manager'
                EventID: 7045
                ImagePath|re: '^%SystemRoot%\\[a-z0-9]{3,12}\.exe$'
              condition: selection
            """)),
        ("R12", Rule("R12", "Directory database copied with ntdsutil", "high", "windows", "category: process_creation", ["credential-access", "t1003.003"], """
              selection:
                Image|endswith: '\ntdsutil.exe'
                CommandLine|contains: 'ifm'
              condition: selection
            """)),
        ("R13", Rule("R13", "Key added for signing in over SSH", "high", "linux", "service: auditd", ["persistence", "privilege-escalation", "t1098.004"], """
              selection:
                type: 'PATH'
                name|endswith: '/.ssh/authorized_keys'
              selection_write:
                exe|endswith: '/tee'
              condition: selection and selection_write
            """)),
        ("R14", Rule("R14", "Trail of the cloud account stopped", "high", "aws", "service: cloudtrail", ["defense-evasion", "t1562.008"], """
              selection:
                eventSource: 'cloudtrail.amazonaws.com'
                eventName:
                  - 'StopLogging'
                  - 'DeleteTrail'
              condition: selection
            """)),
        ("R15", Rule("R15", "User of the cloud account made", "medium", "aws", "service: cloudtrail", ["persistence", "t1136.003"], """
              selection:
                eventSource: 'iam.amazonaws.com'
                eventName: 'CreateUser'
              condition: selection
            """)),
        ("R16", Correlation("R16", "Second factor asked for again and again", "high", "credential-access", "t1621", "userPrincipalName", "30m", 10) + "---\n" + Base("R16", "Second factor not given", "azure", "service: signinlogs", """
              selection:
                status.errorCode: 500121
              condition: selection
            """)),
        ("R17", Rule("R17", "Copies for recovery deleted", "critical", "windows", "category: process_creation", ["impact", "t1490"], """
              shadows:
                Image|endswith: '\vssadmin.exe'
                CommandLine|contains|all:
                  - 'delete'
                  - 'shadows'
              catalog:
                Image|endswith: '\wbadmin.exe'
                CommandLine|contains|all:
                  - 'delete'
                  - 'catalog'
              condition: 1 of them
            """)),
        ("R18", Rule("R18", "Event log cleared", "high", "windows", null, ["defense-evasion", "t1070.001"], """
              selection:
                Provider_Name: 'Microsoft-Windows-Eventlog'
                EventID:
                  - 104
                  - 1102
              condition: selection
            """)),
        ("R19", Correlation("R19", "Hundreds of files written with one new ending", "critical", "impact", "t1486", "Computer", "1m", 100) + "---\n" + Base("R19", "File written with the ending of the ransomware", "windows", "category: file_event", """
              selection:
                TargetFilename|endswith: '.tidewrack'
              condition: selection
            """)),
        ("R20", Rule("R20", "Archive with password in volumes", "high", "windows", "category: process_creation", ["collection", "t1560.001"], """
              selection:
                Image|endswith: '\7z.exe'
                CommandLine|contains|all:
                  - ' a '
                  - ' -p'
                  - ' -v'
              condition: selection
            """)),
        ("R21", Rule("R21", "Sign-in over remote desktop from a workstation", "medium", "windows", "service: security", ["lateral-movement", "t1021.001"], """
              selection:
                EventID: 4624
                LogonType: 10
                SourceIp|cidr: '10.20.4.0/24'
              condition: selection
            """)),
        ("R22", Rule("R22", "Cloud copy program under another name", "high", "windows", "category: process_creation", ["exfiltration", "t1567.002"], """
              selection:
                OriginalFileName: 'rclone.exe'
              filter:
                Image|endswith: '\rclone.exe'
              condition: selection and not filter
            """)),
        ("R23", """
            title: Script interpreter started by an office program
            id: 4c1f6a20-0023-4000-8000-000000000023
            status: test
            description: The condition stands one level too deep, so that the rule does not load.
            author: Harborline Freight
            date: 2026-02-20
            logsource:
              product: windows
              category: process_creation
            detection:
              selection:
                ParentImage|endswith: '\winword.exe'
               condition: selection
            level: high

            """),
    ];

    /// <summary>The id of a rule.</summary>
    public static string IdOf(string name) => $"4c1f6a20-00{name[1..]}-4000-8000-0000000000{name[1..]}";

    private static string Rule(string name, string title, string level, string product, string? source, string[] tags, string detection) =>
        $"""
        title: {title}
        id: {IdOf(name)}
        status: stable
        description: Rule {name} of Harborline Freight.
        author: Harborline Freight
        date: 2025-10-06
        tags:
        {string.Concat(tags.Select(tag => $"  - attack.{tag}\n"))}logsource:
          product: {product}
        {(source is null ? "" : $"  {source}\n")}detection:
        {Indent(detection)}level: {level}

        """;

    private static string Correlation(string name, string title, string level, string tactic, string technique, string group, string span, int least) =>
        $"""
        title: {title}
        id: {IdOf(name)}
        status: stable
        description: Rule {name} of Harborline Freight.
        author: Harborline Freight
        date: 2025-10-06
        tags:
          - attack.{tactic}
          - attack.{technique}
        correlation:
          type: event_count
          rules:
            - harborline_{name.ToLowerInvariant()}_base
          group-by:
            - {group}
          timespan: {span}
          condition:
            gte: {least}
        level: {level}

        """;

    private static string Base(string name, string title, string product, string source, string detection) =>
        $"""
        title: {title}
        id: 4c1f6a20-10{name[1..]}-4000-8000-0000000000{name[1..]}
        name: harborline_{name.ToLowerInvariant()}_base
        status: stable
        description: What rule {name} counts. Alone it is no finding.
        author: Harborline Freight
        date: 2025-10-06
        logsource:
          product: {product}
          {source}
        detection:
        {Indent(detection)}level: informational

        """;

    private static string Indent(string detection) => string.Concat(detection.Split('\n').Select(line => (line.StartsWith("  ", StringComparison.Ordinal) ? line : "  " + line) + "\n"));
}
