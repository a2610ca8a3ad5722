using System.Text.Json;
using Modus.Attack;
using Modus.Casework.Cases;
using Modus.Casework.Investigation;
using Modus.Casework.Mappings;
using Modus.Casework.Practice;
using Xunit;

namespace Modus.Tests.Casework.Practice;

/// <summary>Each check finds what it is for, and leaves sound mappings alone.</summary>
public sealed class PracticeLintTests
{
    private static readonly KnowledgeBase facts = KnowledgeBase.Open(Path.Combine(Path.GetTempPath(), "modus-test-no-cache"));
    private static readonly KnowledgeAtHand knowledge = new(facts.OfEachDomain("19.0"), () => [.. facts.Entries.Select(facts.Load).OfType<Release>()]);

    [Theory]
    [InlineData("We found no evidence of lateral movement over Windows Remote Management.", "T1021.006", "negation-mapped")]
    [InlineData("Administrators should monitor for forged Kerberos tickets.", "T1558.001", "recommendation-mapped")]
    [InlineData("The attackers may have guessed the password of the mailbox.", "T1110.001", "assumption")]
    [InlineData("Similar actors often use remote access software such as AnyDesk.", "T1219.002", "background-mapped")]
    [InlineData("The malware is able to take screenshots of the desktop.", "T1113", "capability")]
    [InlineData("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08, 203.0.113.45", "T1071.001", "indicator-as-behaviour")]
    [InlineData("C2 domain: cdn-portal[.]example", "T1071.001", "indicator-as-behaviour")]
    [InlineData("Mimikatz was found in the folder.", "T1003.001", "tool-name-alone")]
    [InlineData("A scheduled task named Updater kept the loader alive after every logon.", "T1053", "sub-technique-decided")]
    [InlineData("The script was started with Windows Command Shell (T1059.003).", "T1059", "sub-technique-decided")]
    [InlineData("The operators dumped the memory of the LSASS process with procdump.", "T1003.003", "beyond-evidence")]
    public void Finds(string text, string technique, string check) => Assert.Contains(check, Names(Lint(Quote(text, technique))));

    [Theory]
    [InlineData("The operators dumped the memory of the LSASS process to collect credentials.", "T1003.001")]
    [InlineData("Mimikatz was used to dump credentials from the memory of the LSASS process.", "T1003.001")]
    [InlineData("A scheduled task named Updater kept the loader alive after every logon.", "T1053.005")]
    [InlineData("They returned over Remote Desktop Protocol with a service account.", "T1021.001")]
    [InlineData("The shadow copies of the backup server were deleted with vssadmin.", "T1490")]
    [InlineData("It did not only read the files but encrypted them all for ransom.", "T1486")]
    public void Leaves_alone(string text, string technique) =>
        Assert.DoesNotContain(Lint(Quote(text, technique)).Findings, finding => finding.Severity > PracticeSeverity.Hint);

    [Fact]
    public void Names_retired_and_unknown_ids_with_the_successor()
    {
        var result = Lint(Quote("The antivirus was switched off by the operators.", "T1562.001") with { Release = "18.1" }, Quote("Something else was done on the host.", "T9999"));

        var replaced = Assert.Single(result.Findings, finding => finding.Check == PracticeChecks.DeadId);
        Assert.Contains("T1685", replaced.Remedy, StringComparison.Ordinal);
        Assert.Single(result.Findings, finding => finding.Check == PracticeChecks.UnknownId);
    }

    [Fact]
    public void Says_once_a_file_which_release_it_speaks_or_does_not_state()
    {
        var result = Lint(Quote("one thing happened to the host", "T1105") with { File = "a", Release = "16" }, Quote("another thing happened to it", "T1105") with { File = "a", Release = "16" }, Quote("x", "T1105") with { File = "b", Release = null });

        Assert.Single(result.Findings, finding => finding.Check == PracticeChecks.OldRelease && finding.File == "a");
        Assert.Single(result.Findings, finding => finding.Check == PracticeChecks.NoRelease && finding.File == "b");
    }

    [Fact]
    public void A_tactic_has_to_be_one_of_the_technique_s()
    {
        var wrong = Lint(Quote("They logged on with a domain account.", "T1078.002") with { Tactic = "lateral-movement" });
        var right = Lint(Quote("They logged on with a domain account.", "T1078.002") with { Tactic = "Initial Access" });
        var moved = Lint(Quote("They logged on with a domain account.", "T1078.002") with { Tactic = "defense-evasion", Release = "18.1" });

        Assert.Contains("initial-access", Assert.Single(wrong.Findings, finding => finding.Check == PracticeChecks.WrongTactic).Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain(right.Findings, finding => finding.Check == PracticeChecks.WrongTactic);
        Assert.DoesNotContain(moved.Findings, finding => finding.Check == PracticeChecks.WrongTactic);
    }

    [Fact]
    public void The_same_words_have_to_be_mapped_alike_everywhere()
    {
        const string words = "The loader fetched a second stage from the portal.";
        var result = Lint(Quote(words, "T1105") with { File = "a" }, Quote("The loader fetched a second\nstage from the portal", "T1071.001") with { File = "b" }, Quote(words, "T1105") with { File = "c" });

        Assert.Equal(["a", "b", "c"], result.Findings.Where(finding => finding.Check == PracticeChecks.Inconsistent).Select(finding => finding.File));
        Assert.DoesNotContain(Lint(Quote(words, "T1105"), Quote(words, "T1071.001")).Findings, finding => finding.Check == PracticeChecks.Inconsistent);
    }

    [Fact]
    public void A_case_is_checked_quote_by_quote_with_who_confirmed_what()
    {
        var quote = new CaseQuote { EvidenceId = "E-1", Text = "Administrators should monitor for forged Kerberos tickets.", Statement = "recommended" };
        var told = new ProcedureRecord { Id = "P-1", CaseId = "C-x", Technique = "T1558.001", Release = "19.0", Author = "mira", Quotes = [quote], Status = ProcedureStatus.Confirmed };
        var bare = new ProcedureRecord { Id = "P-2", CaseId = "C-x", Technique = "T1105", Release = "19.0", Author = "mira", Status = ProcedureStatus.Confirmed };
        var seen = new ProcedureRecord { Id = "P-3", CaseId = "C-x", Technique = "T1105", Release = "19.0", Author = "mira", Hits = [new CaseHit { EvidenceId = "E-2" }] };
        var gone = bare with { Id = "P-4", Status = ProcedureStatus.Rejected };
        ReviewRecord Review(string id, string by) => new() { Id = "V-" + id, CaseId = "C-x", ProcedureId = id, Reviewer = by, Verdict = ReviewVerdict.Accept };

        var result = Lint([.. CaseMappings.Of("C-x", [told, bare, seen, gone], [Review("P-1", "mira"), Review("P-2", "jon")], [])]);

        Assert.Equal(["MD5609", "MD5619"], result.Findings.Where(finding => finding.Place == "P-1" && finding.Severity > PracticeSeverity.Hint && finding.Check != PracticeChecks.TooFine).Select(finding => finding.Check.Code).Order());
        Assert.Equal(("no-evidence", PracticeSeverity.Error), result.Findings.Where(finding => finding.Place == "P-2").Select(finding => (finding.Check.Name, finding.Severity)).Single());
        Assert.DoesNotContain(result.Findings, finding => finding.Place is "P-3" or "P-4");
        Assert.Equal(3, result.Checked);
    }

    [Fact]
    public void Checks_can_be_left_out_and_every_check_has_its_own_code()
    {
        var all = PracticeChecks.All;

        Assert.Equal(all.Count, all.Select(check => check.Code).Distinct().Count());
        Assert.Equal(all.Count, all.Select(check => check.Name).Distinct().Count());
        Assert.Equal(all.Select(check => check.Code), all.Select(check => check.Code).Order(StringComparer.Ordinal));
        var result = PracticeLint.Run([Quote("Mimikatz was found in the folder.", "T1003.001")], knowledge, new PracticeOptions { Least = PracticeSeverity.Warning, Without = new HashSet<string> { "tool-name-alone" } }, stop: TestContext.Current.CancellationToken);
        Assert.DoesNotContain(result.Findings, finding => finding.Check == PracticeChecks.ToolName);
    }

    [Fact]
    public void Sarif_names_check_level_file_and_line()
    {
        using var stream = new MemoryStream();
        PracticeSarif.Write(Lint(Quote("We found no evidence of lateral movement over Windows Remote Management.", "T1021.006") with { File = "a b.csv", Line = 7 }), stream, "1");

        using var sarif = JsonDocument.Parse(stream.ToArray());
        var run = sarif.RootElement.GetProperty("runs")[0];
        var result = run.GetProperty("results").EnumerateArray().Single(item => item.GetProperty("ruleId").GetString() == "MD5610");
        Assert.Equal("MD5610", run.GetProperty("tool").GetProperty("driver").GetProperty("rules")[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
        Assert.Equal("error", result.GetProperty("level").GetString());
        var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal(("a%20b.csv", 7), (place.GetProperty("artifactLocation").GetProperty("uri").GetString(), place.GetProperty("region").GetProperty("startLine").GetInt32()));
    }

    private static StatedMapping Quote(string text, string technique) => new() { File = "f", Place = "p", Text = text, IsQuote = true, Technique = technique, Release = "19.0" };

    private static PracticeResult Lint(params StatedMapping[] mappings) => PracticeLint.Run(mappings, knowledge, new PracticeOptions(), stop: TestContext.Current.CancellationToken);

    private static IEnumerable<string> Names(PracticeResult result) => result.Findings.Select(finding => finding.Check.Name);
}
