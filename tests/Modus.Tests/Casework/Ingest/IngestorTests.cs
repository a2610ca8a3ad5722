using Modus.Attack;
using Modus.Casework;
using Modus.Casework.Cases;
using Modus.Casework.Comparison;
using Modus.Casework.Defence;
using Modus.Casework.Ingest;
using Modus.Casework.Inputs;
using Modus.Casework.Investigation;
using Modus.Casework.Store;
using Modus.Casework.Workspaces;
using Xunit;

namespace Modus.Tests.Casework.Ingest;

/// <summary>Evidence into a case: what is known is recognised, what agrees is joined, what differs stands side by side.</summary>
public sealed class IngestorTests : IDisposable
{
    private const string Dump = """{"@timestamp":"2026-03-10T02:31:09.000Z","winlog":{"channel":"Microsoft-Windows-Sysmon/Operational","event_id":"1","computer_name":"SRV-1.corp.example","record_id":7,"event_data":{"Image":"C:\\Windows\\System32\\rundll32.exe","CommandLine":"rundll32.exe C:\\Windows\\System32\\comsvcs.dll, MiniDump 712 C:\\PerfLogs\\l.dmp full","User":"CORP\\svc"}}}""" + "\n";
    private const string Vendor = "<html><body><p>The operators dumped the memory of the authentication process (T1003.001) on SRV-1. They packed files with a password (T1560.001).</p></body></html>";
    private const string Advisory = "Findings of the responders\n\nThe intruders dumped LSASS memory, T1003.001, on the server.\n\nThey ran a hidden interpreter, T1059.001, at the start.\n";

    private static readonly KnowledgeBase facts = KnowledgeBase.Open(Path.Combine(Path.GetTempPath(), "modus-test-no-cache"));
    private readonly TemporaryFolder folder = new();
    private readonly Workspace workspace;
    private readonly CaseBook book;

    public IngestorTests()
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
    public void Several_inputs_on_one_thing_become_one_procedure_with_all_of_its_evidence()
    {
        var result = Ingest(folder.Write("logs/events.jsonl", Dump), folder.Write("reports/vendor.html", Vendor), folder.Write("reports/advisory.txt", Advisory));

        Assert.Equal((3, 0), (result.Used, result.Skipped));
        var dump = Assert.Single(book.List<ProcedureRecord>("C-w"), procedure => procedure.Technique == "T1003.001");
        Assert.Equal(["SRV-1.corp.example"], dump.Hosts);
        Assert.Equal([@"CORP\svc"], dump.Accounts);
        Assert.Equal(new DateTimeOffset(2026, 3, 10, 2, 31, 9, TimeSpan.Zero), dump.First);
        Assert.Equal((ConfidenceLevel.High, ProcedureStatus.Candidate, "rule", "mira"), (dump.Confidence, dump.Status, dump.Origin, dump.Author));
        Assert.NotEmpty(dump.Hits);
        Assert.Equal(2, dump.Quotes.Select(quote => quote.EvidenceId).Distinct().Count());
        var log = Assert.Single(book.List<EvidenceRecord>("C-w"), item => item.Type == EvidenceKind.Logs);
        Assert.Equal(("logs/events.jsonl", 1L, 0L), (log.Path, log.Used, log.Skipped));
        Assert.Equal(["windows sysmon"], log.Sources);
        Assert.Null(book.Store.Verify().Reason);
    }

    [Fact]
    public void The_order_of_ingest_does_not_decide_what_the_case_says()
    {
        string[] files = [folder.Write("a.jsonl", Dump), folder.Write("b.html", Vendor), folder.Write("c.txt", Advisory)];
        Ingest(files);
        var together = book.List<ProcedureRecord>("C-w").Select(Said).Order().ToList();
        book.SaveOrThrow("case", new CaseRecord { Id = "C-v", Name = "V" });

        foreach (var file in files.Reverse()) Ingest(new IngestOptions { Workspace = workspace }, "C-v", file);

        Assert.Equal(together, book.List<ProcedureRecord>("C-v").Select(Said).Order());

        static string Said(ProcedureRecord procedure) =>
            $"{procedure.Technique} {procedure.Hits.Count} {procedure.Quotes.Count} {string.Join(',', procedure.Hosts)} {procedure.First:O} {procedure.Confidence} {procedure.Why}";
    }

    [Fact]
    public void The_same_bytes_twice_change_nothing()
    {
        var file = folder.Write("a.txt", Advisory);
        Ingest(file);
        var before = book.Store.Journal().Count;

        var again = Ingest(file, folder.Write("copy-under-another-name.txt", Advisory));

        Assert.Equal(["known", "known"], again.Inputs.Select(input => input.State));
        Assert.Equal(before, book.Store.Journal().Count);
        Assert.Empty(Ingest(new IngestOptions { Workspace = workspace, Again = true }, "C-w", file).Added);
        Assert.Equal(before, book.Store.Journal().Count);
    }

    [Fact]
    public void Two_copies_in_one_call_are_one_piece_of_evidence()
    {
        var result = Ingest(folder.Write("a.txt", Advisory), folder.Write("b.txt", Advisory), folder.Write("r1.yml", Rule), folder.Write("r2.yml", Rule));

        Assert.Equal(["new", "known", "new", "known"], result.Inputs.Select(input => input.State));
        Assert.Equal(2, book.List<EvidenceRecord>("C-w").Count);
    }

    [Fact]
    public void A_dry_run_says_the_same_and_does_nothing()
    {
        var file = folder.Write("b.html", Vendor);
        var before = book.Store.Journal().Count;

        var dry = Ingest(new IngestOptions { Workspace = workspace, DryRun = true, Keep = true }, "C-w", file);
        Assert.Equal(before, book.Store.Journal().Count);
        Assert.False(Directory.Exists(workspace.PathOf(Workspace.KeptFolder)));

        Assert.Equal(dry.Added.Select(procedure => procedure.Id), Ingest(file).Added.Select(procedure => procedure.Id));
    }

    [Fact]
    public void What_a_person_decided_stays_and_new_evidence_is_added_to_it()
    {
        Ingest(folder.Write("b.html", Vendor));
        var dump = book.List<ProcedureRecord>("C-w").Single(procedure => procedure.Technique == "T1003.001");
        book.Review(dump with { Why = "I saw the dump file", Confidence = ConfidenceLevel.Low, Steps = "my words" }, ReviewVerdict.Accept, "");
        var packed = book.List<ProcedureRecord>("C-w").Single(procedure => procedure.Technique == "T1560.001");
        book.Review(packed, ReviewVerdict.Reject, "an archive of the backup");

        Ingest(folder.Write("a.jsonl", Dump));
        Ingest(new IngestOptions { Workspace = workspace, Again = true }, "C-w", Path.Combine(folder.Path, "b.html"));

        var after = book.Get<ProcedureRecord>(dump.Id);
        Assert.Equal((ProcedureStatus.Confirmed, "I saw the dump file", ConfidenceLevel.Low, "my words"), (after.Status, after.Why, after.Confidence, after.Steps));
        Assert.NotEmpty(after.Hits);
        Assert.Equal(ProcedureStatus.Rejected, Assert.Single(book.List<ProcedureRecord>("C-w"), procedure => procedure.Technique == "T1560.001").Status);
    }

    [Fact]
    public void Times_without_a_zone_are_asked_for_and_the_file_is_left_out_where_nobody_answers()
    {
        var file = folder.Write("fw.csv", "timestamp;src_ip;dst_ip;action\n2026-03-10 04:51:00;10.0.0.1;203.0.113.45;allow\n2026-03-10 04:52:00;10.0.0.1;203.0.113.45;allow\n");
        var other = folder.Write("a.txt", Advisory);

        var silent = Ingest(new IngestOptions { Workspace = workspace }, "C-w", file, other);
        Assert.Equal(["skipped", "new"], silent.Inputs.Select(input => input.State));
        Assert.Contains("--zone fw.csv=", Assert.Single(silent.Problems, problem => problem.Code == CaseRuleCodes.ZoneNeeded).Fix, StringComparison.Ordinal);

        var asked = new List<string>();
        var answered = Ingest(new IngestOptions { Workspace = workspace, AskZone = (name, written) => { asked.Add($"{Path.GetFileName(name)} {written}"); return "Europe/Berlin"; } }, "C-w", file);

        Assert.Equal(["fw.csv 2026-03-10 04:51:00"], asked);
        Assert.Equal(1, answered.Used);
        var log = Assert.Single(book.List<EvidenceRecord>("C-w"), item => item.Type == EvidenceKind.Logs);
        Assert.Equal(("Europe/Berlin", new DateTimeOffset(2026, 3, 10, 3, 51, 0, TimeSpan.Zero)), (log.Zone, log.First));
    }

    [Fact]
    public void Kept_files_are_copies_by_hash()
    {
        Ingest(new IngestOptions { Workspace = workspace, Keep = true, Tlp = "red", Source = "the vendor" }, "C-w", folder.Write("b.html", Vendor));

        var item = Assert.Single(book.List<EvidenceRecord>("C-w"));
        Assert.Equal(("red", "the vendor"), (item.Tlp, item.Source));
        Assert.Equal(Vendor, File.ReadAllText(workspace.PathOf(item.Kept!)));
        Assert.Equal("red", book.Case(null).Tlp);
    }

    [Fact]
    public void One_bad_file_among_many_is_named_and_the_rest_is_taken()
    {
        var result = Ingest(folder.Write("a.txt", Advisory), folder.Write("empty.txt", ""), Path.Combine(folder.Path, "missing.txt"), folder.Write("bad.gz", [0x1f, 0x8b, 8, 0, 1, 2, 3]), folder.Write("r.yml", Rule));

        Assert.Equal(5, result.Used + result.Skipped);
        Assert.Equal(2, result.Used);
        Assert.All(result.Inputs.Where(input => input.State == "skipped"), input => Assert.Contains(result.Problems, problem => problem.File == input.File));
    }

    [Fact]
    public void Rules_and_inventories_are_kept_as_such()
    {
        Ingest(folder.Write("r.yml", Rule), folder.Write("inventory.yaml", "hosts:\n  - name: servers\n    platform: Windows\nlog_sources:\n  - id: sysmon\n"));

        var items = book.List<EvidenceRecord>("C-w");
        Assert.Equal("1 rule and 0 filters load", Assert.Single(items, item => item.Type == EvidenceKind.Rules).Summary);
        Assert.Equal("sections hosts (1), log_sources (1)", Assert.Single(items, item => item.Type == EvidenceKind.Inventory).Summary);
    }

    [Fact]
    public void Outcomes_of_an_exercise_are_no_events_and_belong_to_the_defence()
    {
        var result = Ingest(folder.Write("purple.csv", "Test Case,MITRE ID,Outcome,Start Time\nEncoded command,T1059.001,Alert,2026-02-17T09:00:00Z\nTask,T1053.005,Not Detected,2026-02-17T09:30:00Z\nnothing,,Alert,\n"));

        var item = Assert.Single(book.List<EvidenceRecord>("C-w"));
        Assert.Equal((EvidenceKind.Exercises, "2 tests: 1 missed, 1 detected", 2L, 1L), (item.Type, item.Summary, item.Used, item.Skipped));
        Assert.Equal("4", Assert.Single(result.Problems).Place);
        Assert.Empty(book.List<ProcedureRecord>("C-w"));
        var defence = WorkspaceDefence.Of(workspace, book.List<EvidenceRecord>());
        Assert.Equal([Path.Combine(folder.Path, "purple.csv")], defence.Paths);
        folder.Write("purple.csv", "changed");
        Assert.False(Assert.Single(WorkspaceDefence.Of(workspace, book.List<EvidenceRecord>()).Problems).Lost);
        File.Delete(Path.Combine(folder.Path, "purple.csv"));
        Assert.True(WorkspaceDefence.Of(workspace, book.List<EvidenceRecord>()) is { IsEmpty: true, Problems: [{ Lost: true }] });
    }

    [Fact]
    public void The_caller_can_say_what_a_file_is()
    {
        var options = new IngestOptions { Workspace = workspace };
        Ingest(options with { As = InputKind.Report }, "C-w", folder.Write("notes.yaml", "findings:\n  - They dumped LSASS memory on the server (T1003.001).\n"));
        Ingest(options with { As = InputKind.Inventory }, "C-w", folder.Write("controls.json", "{\"mapping_objects\": []}"));
        var refused = Ingest(options with { As = InputKind.Exercises }, "C-w", folder.Write("words.txt", "no table at all"));

        Assert.Equal([EvidenceKind.Report, EvidenceKind.Inventory], book.List<EvidenceRecord>("C-w").OrderBy(item => item.Path == "notes.yaml" ? 0 : 1).Select(item => item.Type));
        Assert.Contains(book.List<ProcedureRecord>("C-w"), procedure => procedure.Technique == "T1003.001" && procedure.IsTold);
        Assert.Equal("skipped", Assert.Single(refused.Inputs).State);
        Assert.Equal(0, refused.ChangeSet);
    }

    [Fact]
    public void Finds_where_evidence_parts()
    {
        const string claim = "On that night the intruders replicated the directory with DCSync (T1003.006).\n\nWe found no evidence of lateral movement over Windows Remote Management (T1021.006).\n\nThe user was tricked into running something (T1204).\n";
        const string second = "They moved on over Windows Remote Management (T1021.006) to the server.\n\nThe user pasted a line into the Run dialog (T1204.004).\n";
        Ingest(folder.Write("a.jsonl", Dump), folder.Write("claim.txt", claim), folder.Write("second.txt", second));

        var found = CaseFindings.Of(book.List<EvidenceRecord>("C-w"), book.List<ProcedureRecord>("C-w"), Targets());

        Assert.Equal(["coarser T1204 T1204.004", "denied T1021.006 T1021.006", "other-technique T1003.006 T1003.001"], found.Contradictions.Select(item => $"{item.Kind} {item.Technique} {item.Against}").Order());
        Assert.Equal(["T1003.006", "T1021.006", "T1204", "T1204.004"], found.ToldNotSeen.Select(item => item.Procedure.Technique));
        Assert.Contains(found.SeenNotTold, item => item.Procedure.Technique == "T1003.001");
        Assert.All(found.ToldNotSeen, item => Assert.NotEmpty(item.Why));
    }

    [Fact]
    public void A_report_in_local_time_is_found_out_and_nothing_is_shifted()
    {
        Ingest(folder.Write("a.jsonl", Dump), folder.Write("local.txt", "2026-03-10 03:31 LSASS memory was dumped on SRV-1 (T1003.001).\n"));

        var found = CaseFindings.Of(book.List<EvidenceRecord>("C-w"), book.List<ProcedureRecord>("C-w"), []);

        var item = Assert.Single(found.Contradictions, item => item.Kind == "time");
        Assert.Contains("+01:00", item.Says, StringComparison.Ordinal);
        Assert.Equal(new DateTimeOffset(2026, 3, 10, 2, 31, 9, TimeSpan.Zero), book.List<ProcedureRecord>("C-w").Single(procedure => procedure.Technique == "T1003.001").First);
    }

    [Fact]
    public void A_closed_case_takes_nothing()
    {
        book.SaveOrThrow("close", book.Case(null) with { Status = CaseStatus.Closed });

        Assert.Equal(CaseRuleCodes.CaseClosed, Assert.Throws<CaseRuleException>(() => Ingest(folder.Write("a.txt", Advisory))).Code);
    }

    [Fact]
    public void Merging_cases_moves_everything_and_undo_takes_it_back()
    {
        Ingest(folder.Write("b.html", Vendor));
        book.SaveOrThrow("case", new CaseRecord { Id = "C-v", Name = "V" });
        Ingest(new IngestOptions { Workspace = workspace }, "C-v", folder.Write("a.jsonl", Dump));
        var (here, there) = (book.List<ProcedureRecord>("C-w").Count, book.List<ProcedureRecord>("C-v").Count);

        CaseMoves.Merge(book, book.Case("C-v"), book.Case("C-w"));

        Assert.Equal((here + there, 0), (book.List<ProcedureRecord>("C-w").Count, book.List<ProcedureRecord>("C-v").Count));
        Assert.All(book.List<ProcedureRecord>("C-w"), procedure => Assert.Equal("C-w", procedure.CaseId));
        Assert.Equal("known", Assert.Single(Ingest(Path.Combine(folder.Path, "a.jsonl")).Inputs).State);
        Assert.Single(book.Store.Undo("mira", 1));
        Assert.Equal((here, there), (book.List<ProcedureRecord>("C-w").Count, book.List<ProcedureRecord>("C-v").Count));
        Assert.Null(book.Store.Verify().Reason);
    }

    [Fact]
    public void Redaction_takes_the_words_and_leaves_the_rest()
    {
        Ingest(folder.Write("b.html", Vendor));
        var item = Assert.Single(book.List<EvidenceRecord>("C-w"));

        Redaction.Of(book, item, "asked for");

        Assert.DoesNotContain(book.List<ProcedureRecord>("C-w"), procedure => RecordJson.BodyOf(procedure).GetRawText().Contains("password", StringComparison.Ordinal));
        Assert.Contains(book.List<ProcedureRecord>("C-w"), procedure => procedure.Technique == "T1560.001" && procedure.Quotes.Count == 1);
        Assert.Equal("asked for", book.List<EvidenceRecord>("C-w").Single().Redacted);
    }

    private const string Rule = "title: R\nid: 6a1b6a0e-3d5e-4b36-9f3e-0a8f6f2d1c01\nlogsource:\n  product: windows\n  category: process_creation\ndetection:\n  selection:\n    Image|endswith: \\x.exe\n  condition: selection\n";

    private static IReadOnlyList<Release> Targets() => facts.OfEachDomain(null);

    private IngestResult Ingest(params string[] paths) => Ingest(new IngestOptions { Workspace = workspace }, "C-w", paths);

    private IngestResult Ingest(IngestOptions options, string caseId, params string[] paths) =>
        Ingestor.Run(paths, book, book.Case(caseId), new KnowledgeAtHand(Targets(), () => [.. facts.Entries.Select(facts.Load).OfType<Release>()]), options with { LeastProbability = 2 });
}
