using System.IO.Compression;
using System.Text;
using Modus.Logs;
using Modus.Sigma;
using Modus.Sigma.Hunting;
using Modus.Sigma.Matching;
using Modus.Tests.Sigma.Matching;
using Xunit;

namespace Modus.Tests.Sigma.Hunting;

public sealed class HuntTests
{
    private const string Rules = """
        title: Shell
        id: 11111111-1111-4111-8111-111111111111
        author: Somebody
        logsource: {product: windows, category: process_creation}
        detection: {s: {Image|endswith: '\cmd.exe', CommandLine|contains: whoami}, condition: s}
        ---
        title: Cloud
        logsource: {product: aws, service: cloudtrail}
        detection: {s: {eventName: x}, condition: s}
        ---
        title: Logon
        logsource: {product: windows, service: security}
        detection: {s: {EventID: 4624}, condition: s}
        """;

    [Fact]
    public void A_hit_says_which_event_and_which_values()
    {
        var hit = Assert.Single(Run(Rules, out _,
            EventText.Process("\"Image\":\"C:\\\\a\\\\notepad.exe\",\"CommandLine\":\"whoami\""),
            EventText.Process("\"Image\":\"C:\\\\Windows\\\\CMD.exe\",\"CommandLine\":\"cmd /c WhoAmI /all\",\"Computer\":\"pc1\"")));

        Assert.Equal(("Somebody", 2L, "pc1"), (hit.Rule.Header.Author, hit.Event.Line, hit.Event.Host));
        Assert.Equal([("Image", "\\CMD.exe"), ("CommandLine", "WhoAmI")], hit.Evidence.Select(one => (one.Field, one.Value!.Substring(one.Start, one.Length))).OrderByDescending(one => one.Field));
    }

    [Fact]
    public void The_report_tells_sources_without_rules_and_rules_without_sources()
    {
        Run(Rules, out var report, EventText.Process("\"Image\":\"x\""), "{\"Channel\":\"Setup\",\"EventID\":1}");

        Assert.Equal([true, false, false], report.Rules.Select(rule => rule.SourceSeen));
        Assert.Equal([1, 0], report.Sources.OrderByDescending(source => source.Rules).Select(source => source.Rules));
        Assert.Equal((2L, 0L), (report.Events, report.LeftOut));
    }

    [Fact]
    public void Only_selected_events_are_looked_at()
    {
        var file = Write(EventText.Process("\"Image\":\"a\\\\cmd.exe\",\"CommandLine\":\"whoami\""), EventText.Process("\"Image\":\"b\\\\cmd.exe\",\"CommandLine\":\"whoami\""));
        var set = RuleSet.Parse([("r.yml", Rules)]);
        var hits = new List<Hit>();
        var report = Hunt.Run(set, [file], new() { Select = e => e.Line == 2 }, hits.Add, cancellation: TestContext.Current.CancellationToken);
        File.Delete(file);

        Assert.Equal(2, Assert.Single(hits).Event.Line);
        Assert.Equal((1L, 1L), (report.Events, report.LeftOut));
    }

    [Fact]
    public void Hits_are_the_same_for_any_number_of_threads()
    {
        var file = Sample(20_000);
        var set = SigmaHqTests.Load();
        string Hits(int threads)
        {
            var written = new StringBuilder();
            Hunt.Run(set, [file], new() { Read = new() { Threads = threads } }, hit =>
                written.Append(hit.Event.Line).Append(' ').Append(hit.Rule.Header.Key).Append(' ').AppendJoin(',', hit.Evidence.Select(one => one.ToString())).Append('\n'), cancellation: TestContext.Current.CancellationToken);
            return written.ToString();
        }

        var alone = Hits(1);
        Assert.True(alone.Count(c => c == '\n') > 50);
        Assert.Equal(alone, Hits(2));
        Assert.Equal(alone, Hits(7));
        File.Delete(file);
    }

    [Fact]
    public void The_matcher_allocates_nothing_for_an_event_once_warm()
    {
        var set = SigmaHqTests.Load();
        var reader = new LogReader();
        var worker = new Matcher(set.Rules, reader.Fields).CreateWorker();
        var line = EventText.Process("\"Image\":\"C:\\\\Windows\\\\explorer.exe\",\"CommandLine\":\"explorer ®\",\"ParentImage\":\"C:\\\\Windows\\\\System32\\\\userinit.exe\",\"Hashes\":\"MD5=00\"");
        var logEvent = reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(line)), "t").First();
        for (var warm = 0; warm < 3_000; warm++) worker.Match(logEvent);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var run = 0; run < 1_000; run++) worker.Match(logEvent);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static string Sample(int count)
    {
        using var lines = new StreamReader(new GZipStream(File.OpenRead(TestData.Need("logs/otrf-windows-100k.jsonl.gz")), CompressionMode.Decompress));
        var read = new List<string>();
        while (read.Count < count && lines.ReadLine() is { } line) read.Add(line);
        return Write([.. read]);
    }

    private static string Write(params string[] lines)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, string.Join('\n', lines));
        return file;
    }

    private static List<Hit> Run(string rules, out HuntReport report, params string[] lines)
    {
        var file = Write(lines);
        var hits = new List<Hit>();
        report = Hunt.Run(RuleSet.Parse([("r.yml", rules)]), [file], null, hits.Add, cancellation: TestContext.Current.CancellationToken);
        File.Delete(file);
        return hits;
    }
}
