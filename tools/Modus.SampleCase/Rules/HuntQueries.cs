namespace Modus.SampleCase.Rules;

/// <summary>The queries with which the responders found what no rule was looking for. They are not deployed: each is a rule that could be.</summary>
internal static class HuntQueries
{
    /// <summary>The queries: name, technique, level, log source, detection, what they find.</summary>
    private static readonly (string Technique, string Title, string Level, string Product, string Source, string Detection, int Hits, string Story)[] queries =
    [
        ("T1566.002", "Link of a mail clicked", "low", "m365", "service: threat_detection", "Operation: 'TIUrlClickData'", 1, "E01"),
        ("T1027.010", "Script that unpacks text and fetches more", "medium", "windows", "category: ps_script", "ScriptBlockText|contains|all:\n  - 'FromBase64String'\n  - 'irm '", 1, "E04"),
        ("T1105", "Library written to a profile by PowerShell", "medium", "windows", "category: file_event", "Image|endswith: '\\powershell.exe'\nTargetFilename|contains: '\\AppData\\Roaming\\'\nTargetFilename|endswith: '.dll'", 1, "E07"),
        ("T1218.011", "Library of a profile run by rundll32", "high", "windows", "category: process_creation", "Image|endswith: '\\rundll32.exe'\nCommandLine|contains: '\\AppData\\'", 1, "E09"),
        ("T1033", "Own rights listed", "low", "windows", "category: process_creation", "Image|endswith: '\\whoami.exe'\nCommandLine|contains: '/all'", 1, "E10"),
        ("T1016", "Network settings listed", "low", "windows", "category: process_creation", "Image|endswith: '\\ipconfig.exe'\nCommandLine|contains: '/all'", 1, "E10"),
        ("T1049", "Connections listed", "low", "windows", "category: process_creation", "Image|endswith: '\\netstat.exe'\nCommandLine|contains: '-ano'", 1, "E10"),
        ("T1018", "Computers of the directory listed", "medium", "windows", "category: process_creation", "CommandLine|contains: 'objectcategory=computer'", 1, "E11"),
        ("T1021.001", "Sign-in over remote desktop from a workstation, mended", "medium", "windows", "service: security", "EventID: 4624\nLogonType: 10\nIpAddress|cidr: '10.20.4.0/24'", 1, "E13"),
        ("T1078.002", "Service account signs in over remote desktop", "medium", "windows", "service: security", "EventID: 4624\nLogonType: 10\nTargetUserName|startswith: 'svc_'", 1, "E13"),
        ("T1021.002", "Program copied to an administrative share", "medium", "windows", "service: security", "EventID: 5145\nShareName|endswith: '\\ADMIN$'\nRelativeTargetName|endswith: '.exe'", 1, "E17"),
        ("T1552.004", "Private key read from a share", "medium", "windows", "service: security", "EventID: 5145\nRelativeTargetName|endswith: '.pem'", 1, "E19"),
        ("T1021.004", "Deployment user signs in from a server of Windows", "medium", "linux", "service: sshd", "message|contains: 'Accepted publickey for deploy from 10.20.8.'", 1, "E20"),
        ("T1053.003", "File of timed jobs written by hand", "medium", "linux", "category: process_creation", "CommandLine|contains: '/etc/cron.d/'", 1, "E21"),
        ("T1552.001", "File of settings with keys printed", "medium", "linux", "category: process_creation", "CommandLine|endswith: '/.env'", 1, "E22"),
        ("T1562.012", "Audit log switched off", "high", "linux", "service: auditd", "type: 'CONFIG_CHANGE'\naudit_enabled: 0", 1, "E24"),
        ("T1572", "Session of many hours to the outside", "low", "firewall", "category: firewall", "duration_s|gte: 14400", 1, "E25"),
        ("T1078.004", "Sign-in from an address that the company does not use", "medium", "azure", "service: signinlogs", "status.errorCode: 0\nipAddress: '198.51.100.77'", 1, "E26"),
        ("T1564.008", "Rule of a mailbox that hides mail", "medium", "m365", "service: exchange", "Operation: 'New-InboxRule'\nMoveToFolder: 'RSS Feeds'", 1, "E27"),
        ("T1213.002", "Files of the finance site downloaded", "low", "m365", "service: audit", "Operation: 'FileDownloaded'\nSiteUrl|contains: '/sites/finance/'", 412, "E28"),
        ("T1580", "Cloud account looked over by an application's user", "low", "aws", "service: cloudtrail", "userIdentity.userName: 'svc-app-deploy'\neventName|startswith: 'Describe'", 12, "E29"),
        ("T1098.001", "Access key made", "medium", "aws", "service: cloudtrail", "eventName: 'CreateAccessKey'", 1, "E30"),
        ("T1098.003", "Administrator's rights given", "high", "aws", "service: cloudtrail", "eventName: 'AttachUserPolicy'\nrequestParameters.policyArn|endswith: '/AdministratorAccess'", 1, "E30"),
        ("T1074.001", "Volumes of an archive gathered in one folder", "low", "windows", "category: file_event", "TargetFilename|contains: '\\PerfLogs\\a\\'", 12, "E32"),
        ("T1036.005", "Program named like a part of the system in another folder", "high", "windows", "category: process_creation", "Image|contains: '\\PerfLogs\\svchost'", 1, "E33"),
        ("T1489", "Services stopped one after the other", "medium", "windows", "category: process_creation", "Image|endswith: '\\net.exe'\nCommandLine|contains: 'net stop'", 11, "E35"),
    ];

    public static void AddTo(List<CaseFile> files)
    {
        for (var i = 0; i < queries.Length; i++)
        {
            var query = queries[i];
            var name = $"H{i + 1:D2}";
            files.Add(CaseFile.Text($"hunts/{name}.yml", Text(i + 1, query.Technique, query.Title, query.Level, query.Product, query.Source, query.Detection)));
            files.Add(new CaseFile($"expected/hunts/{name}.yml.expected.json", CaseFile.Json(json =>
            {
                json.WriteStartObject();
                json.WriteString("query", name);
                json.WriteString("technique", query.Technique);
                json.WriteNumber("hits", query.Hits);
                json.WriteString("story", query.Story);
                json.WriteEndObject();
            })));
        }
    }

    private static string Text(int number, string technique, string title, string level, string product, string source, string detection) =>
        $"""
        title: {title}
        id: 4c1f6a20-20{number:D2}-4000-8000-0000000000{number:D2}
        status: experimental
        description: Query of the responders of Harborline Freight.
        author: Harborline Freight
        date: 2026-03-16
        tags:
          - attack.{technique.ToLowerInvariant()}
        logsource:
          product: {product}
          {source}
        detection:
          selection:
        {string.Concat(detection.Split('\n').Select(line => $"    {line}\n"))}  condition: selection
        level: {level}

        """;
}
