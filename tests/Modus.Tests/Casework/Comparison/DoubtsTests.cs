using Modus.Attack;
using Modus.Casework.Cases;
using Modus.Casework.Comparison;
using Modus.Casework.Review;
using Xunit;

namespace Modus.Tests.Casework.Comparison;

/// <summary>What nothing contradicts, and a person is asked about all the same.</summary>
public sealed class DoubtsTests
{
    private static readonly DateTimeOffset nine = new(2026, 3, 9, 9, 0, 0, TimeSpan.Zero);
    private static readonly KnowledgeBase facts = KnowledgeBase.Open();

    [Fact]
    public void A_step_that_one_document_passes_over_is_asked_about_where_it_goes_straight_on()
    {
        var from = Of("P-1", "T1566.002", nine, "WKS-1", ["E-a", "E-b"]);
        var between = Of("P-2", "T1204.004", nine.AddMinutes(1), "WKS-1", ["E-b"]);
        var to = Of("P-3", "T1059.001", nine.AddMinutes(3), "WKS-1", ["E-a", "E-b"]);
        var later = Of("P-4", "T1105", nine.AddMinutes(20), "WKS-1", ["E-b"]);
        var last = Of("P-5", "T1486", nine.AddMinutes(40), "WKS-1", ["E-a", "E-b"]);

        var found = Find(from, between, to, later, last);

        var doubt = Assert.Single(found.Doubts);
        Assert.Equal(("passed-over", "T1566.002", "T1204.004"), (doubt.Kind, doubt.Technique, doubt.Against));
        Assert.Equal(["P-1", "P-2", "P-3"], doubt.Ids);
        Assert.Contains("a.txt goes from T1566.002", doubt.Says, StringComparison.Ordinal);
        var item = Assert.Single(ReviewQueue.Of([from, between, to, later, last], id => id + " name", found), item => item.IsDisputed);
        Assert.Equal(("P-1", ReviewKind.Differs, "T1204.004"), (item.Procedure.Id, item.Kind, item.Alternatives[0].Technique));
    }

    [Fact]
    public void Nobody_passes_over_a_step_that_they_tell_or_that_no_event_shows()
    {
        var told = Of("P-2", "T1204.004", nine.AddMinutes(1), "WKS-1", ["E-a", "E-b"]);
        var unseen = told with { Hits = [], Quotes = [Quote("E-b", "T1204.004")] };

        foreach (var between in new[] { told, unseen })
            Assert.Empty(Find(Of("P-1", "T1566.002", nine, "WKS-1", ["E-a", "E-b"]), between, Of("P-3", "T1059.001", nine.AddMinutes(3), "WKS-1", ["E-a", "E-b"])).Doubts);
    }

    [Theory]
    [InlineData("16", "18.1", "T1562.001", true)] // replaced in 19.0
    [InlineData("18", "18.1", "T1562.001", false)] // "18" is the release worked in
    [InlineData("16", "18.1", "T1486", false)] // the same ever since
    [InlineData("16", "19.0", "T1486", false)] // the newest already
    public void An_older_mapping_is_asked_about_where_a_newer_release_has_another_id(string written, string working, string technique, bool asked)
    {
        var procedure = Of("P-1", technique, nine, "SRV-1", []) with { Release = working, Quotes = [Quote("E-a", technique) with { Release = written }] };

        var found = CaseFindings.Of(Evidence, [procedure], [facts.Get(working, Domains.Enterprise)!], domain => facts.Get("19.0", domain)).Doubts;

        Assert.Equal(asked ? ["older-release T1685"] : [], found.Select(doubt => $"{doubt.Kind} {doubt.Against}"));
    }

    [Fact]
    public void An_older_mapping_whose_tactic_has_one_heir_needs_no_answer()
    {
        // Rundll32 keeps its id, and 19.0 has it under one of the two heirs of its tactic.
        var procedure = Of("P-1", "T1218.011", nine, "SRV-1", []) with { Release = "18.1", Tactics = ["defense-evasion"], Quotes = [Quote("E-a", "T1218.011") with { Release = "16.1" }] };

        Assert.Empty(CaseFindings.Of(Evidence, [procedure], [facts.Get("18.1", Domains.Enterprise)!], domain => facts.Get("19.0", domain)).Doubts);
    }

    [Fact]
    public void A_told_technique_with_one_minor_event_and_nothing_around_it_is_weak()
    {
        var alone = Of("P-1", "T1572", nine, "FW", ["E-a"], level: "low");
        var far = Of("P-2", "T1486", nine.AddHours(3), "FW", ["E-a"]);

        Assert.Equal(["weak T1572"], Names(Find(alone, far)));
        Assert.Equal(ReviewKind.Weak, ReviewQueue.Of([alone, far], id => id, Find(alone, far))[0].Kind);
        Assert.Empty(Names(Find(alone, Of("P-2", "T1486", nine.AddMinutes(30), "FW", ["E-a"])))); // something else on the host
        Assert.Empty(Names(Find(alone with { Hits = [alone.Hits[0] with { Users = [@"HLF\ann"] }] }, far with { Hits = [far.Hits[0] with { Host = "X", First = nine, Last = nine, Users = ["ann@example.org"] }] }))); // the same account elsewhere
        Assert.Empty(Names(Find(alone with { Hits = [alone.Hits[0] with { Count = 400 }] }, far)));
        Assert.Empty(Names(Find(alone with { Hits = [alone.Hits[0] with { Level = "high" }] }, far)));
        Assert.Empty(Names(Find(alone with { Quotes = [] }, far))); // nobody tells it: the queue has it as weak by its confidence
    }

    private static IReadOnlyList<EvidenceRecord> Evidence { get; } =
    [
        new() { Id = "E-a", CaseId = "C", Type = EvidenceKind.Report, Sha256 = "a", Path = "reports/a.txt" },
        new() { Id = "E-b", CaseId = "C", Type = EvidenceKind.Report, Sha256 = "b", Path = "reports/b.txt" },
        new() { Id = "E-l", CaseId = "C", Type = EvidenceKind.Logs, Sha256 = "c", Path = "logs/l.jsonl" },
    ];

    private static IEnumerable<string> Names(CaseFindings found) => found.Doubts.Select(doubt => $"{doubt.Kind} {doubt.Technique}");

    private static CaseFindings Find(params ProcedureRecord[] procedures) => CaseFindings.Of(Evidence, procedures, []);

    private static CaseQuote Quote(string evidence, string technique) => new() { EvidenceId = evidence, Text = $"They did it ({technique}).", Written = technique };

    private static ProcedureRecord Of(string id, string technique, DateTimeOffset at, string host, string[] documents, string level = "high") => new()
    {
        Id = id,
        CaseId = "C",
        Technique = technique,
        Name = technique + " name",
        First = at,
        Last = at,
        Hosts = [host],
        Confidence = ConfidenceLevel.High,
        Quotes = [.. documents.Select(document => Quote(document, technique))],
        Hits = [new CaseHit { EvidenceId = "E-l", Rule = "rule of " + technique, Host = host, First = at, Last = at, Count = 1, Level = level, Record = "line 1", Written = technique }],
    };
}
