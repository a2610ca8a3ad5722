using Modus.Attack;
using Modus.Casework.Cases;
using Modus.Casework.Investigation;
using Modus.Casework.Reporting;
using Modus.Casework.Store;

namespace Modus.Tests.Casework.Reporting;

/// <summary>A small case with every sort of record, hostile texts among them.</summary>
internal static class WrittenCase
{
    public const string Hostile = "<img src=x onerror=alert(1)> \u001b[31m & \"quotes\"";

    private static readonly KnowledgeBase facts = KnowledgeBase.Open(Path.Combine(Path.GetTempPath(), "modus-test-no-cache"));

    public static KnowledgeAtHand Knowledge { get; } = new(facts.OfEachDomain("19.0"), () => [.. facts.Entries.Select(facts.Load).OfType<Release>()]);

    public static DateTimeOffset At(int day, int hour, int minute) => new(2026, 3, day, hour, minute, 0, TimeSpan.Zero);

    /// <summary>The report of the case, out of a store.</summary>
    /// <param name="folder">A folder for the store.</param>
    /// <param name="many">How many further days, procedures, gaps and decisions to put in.</param>
    public static CaseReport Report(string folder, int many = 0)
    {
        using var book = new CaseBook(CaseStores.OpenSqlite(Path.Combine(folder, "modus.db"), TimeProvider.System), "mira", TimeProvider.System);
        var item = new CaseRecord { Id = "C-x", Name = "Tide & wrack", Tlp = "amber", Aliases = ["UNC-X"], Opened = At(14, 8, 0), Summary = many > 0 ? string.Concat(Enumerable.Repeat("A very long summary of what happened here. ", 40)) : "" };
        book.SaveOrThrow("case", [item, .. Records(), .. Enumerable.Range(0, many).SelectMany(Further)]);
        return CaseReportBuilder.Build(book, item, Knowledge);
    }

    private static IEnumerable<ICaseRecord> Records()
    {
        yield return new EvidenceRecord { Id = "E-log", CaseId = "C-x", Type = EvidenceKind.Logs, Sha256 = new string('a', 64), Path = "logs/win.jsonl", Format = "json-lines log", Used = 1000, Hosts = ["DC01", "WKS"], Arrived = At(14, 9, 0) };
        yield return new EvidenceRecord
        {
            Id = "E-doc",
            CaseId = "C-x",
            Type = EvidenceKind.Report,
            Sha256 = new string('b', 64),
            Path = "reports/vendor.pdf",
            Format = "PDF report",
            Arrived = At(14, 9, 30),
            Asides = [new Aside("T1021.006", "Windows Remote Management", new CaseQuote { EvidenceId = "E-doc", Text = "No evidence of WinRM.", Statement = "negated" })],
        };
        var start = new ProcedureRecord { Id = "", CaseId = "C-x", Technique = "", Release = "19.0", Author = "mira", Origin = "rule", Confidence = ConfidenceLevel.High, Why = "shown" };
        yield return start with
        {
            Id = "P-ps",
            Technique = "T1059.001",
            Name = "PowerShell",
            Tactics = ["execution"],
            First = At(9, 8, 43),
            Last = At(9, 8, 45),
            Hosts = ["WKS"],
            Status = ProcedureStatus.Confirmed,
            Hits = [new CaseHit { EvidenceId = "E-log", File = "win.jsonl", Record = "record 7", First = At(9, 8, 43), Last = At(9, 8, 45), Count = 3, Host = "WKS", Rule = "hidden shell", RuleAuthor = "R. Author", Level = "high", Details = Hostile }],
            Quotes = [new CaseQuote { EvidenceId = "E-doc", Text = "The user started a hidden PowerShell process.", Matched = "hidden PowerShell", Start = 17, Length = 17, Page = 2, Statement = "asserted", Written = "T1059.001" }],
        };
        yield return start with { Id = "P-nt", Technique = "T1003.003", Name = "NTDS", First = At(10, 3, 2), Hosts = ["DC01"], Hits = [new CaseHit { EvidenceId = "E-log", File = "win.jsonl", Record = "record 9", First = At(10, 3, 2), Host = "DC01", Rule = "ntdsutil", Level = "high" }] };
        yield return start with { Id = "P-dc", Technique = "T1003.006", Name = "DCSync", Origin = "text", Confidence = ConfidenceLevel.Moderate, Quotes = [new CaseQuote { EvidenceId = "E-doc", Text = "DCSync was used. " + Hostile, Page = 3, Statement = "asserted" }] };
        yield return start with { Id = "P-sg", Technique = "T1105", Name = "Ingress Tool Transfer", Origin = "mapper", Confidence = ConfidenceLevel.Low, Quotes = [new CaseQuote { EvidenceId = "E-doc", Text = "It got a file.", Probability = 0.4 }] };
        yield return start with { Id = "P-no", Technique = "T1112", Name = "Modify Registry", Status = ProcedureStatus.Rejected };
        yield return new ReviewRecord { Id = "V-1", CaseId = "C-x", ProcedureId = "P-ps", Reviewer = "jon", Time = At(14, 10, 0), Verdict = ReviewVerdict.Accept, Reason = "same command line" };
        yield return new ReviewRecord { Id = "V-2", CaseId = "C-x", ProcedureId = "P-no", Reviewer = "jon", Time = At(14, 10, 1), Verdict = ReviewVerdict.Reject, Reason = "advice" };
        yield return new GapRecord { Id = "I-hole", CaseId = "C-x", Type = "silence", Reason = "no events", Host = "WKS", From = At(9, 9, 40), To = At(9, 10, 5), Techniques = ["T1070"] };
        yield return new GapRecord { Id = "I-ask", CaseId = "C-x", Reason = "how the password was known", Author = "mira" };
        yield return new HypothesisRecord { Id = "H-1", CaseId = "C-x", Text = "the password came from NTDS", For = ["P-nt"], Author = "mira" };
    }

    private static IEnumerable<ICaseRecord> Further(int number)
    {
        var words = string.Concat(Enumerable.Repeat("words that go on and on ", 20));
        yield return new DecisionRecord { Id = $"D-{number}", CaseId = "C-x", Text = $"Decide on {number}: {words}", Reason = words, Time = At(14, 12, 0) };
        yield return new GapRecord { Id = $"I-{number}", CaseId = "C-x", Type = "silence", Reason = words, Host = $"A-HOST-WITH-A-RATHER-LONG-NAME-{number}", From = At(11, 0, 0).AddHours(number), To = At(11, 1, 0).AddHours(number) };
        yield return new ProcedureRecord
        {
            Id = $"P-{number}",
            CaseId = "C-x",
            Technique = "T1486",
            Name = "Data Encrypted for Impact",
            First = At(9, 0, 0).AddDays(number % 12),
            Hosts = [.. Enumerable.Range(0, 5).Select(host => $"A-HOST-WITH-A-RATHER-LONG-NAME-{host}")],
            Confidence = ConfidenceLevel.High,
            Hits = [new CaseHit { EvidenceId = "E-log", Rule = words, Host = "WKS", First = At(9, 0, 0).AddDays(number % 12) }],
        };
    }
}
