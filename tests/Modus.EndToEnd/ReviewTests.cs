using Modus.Casework.Cases;
using Modus.Casework.Workspaces;
using Modus.Cli.Shell;
using Xunit;

namespace Modus.EndToEnd;

/// <summary><c>modus review</c>: by keys on a terminal that the test plays, and by lines through the built program.</summary>
public sealed class ReviewTests
{
    private const ConsoleKey NoKey = ConsoleKey.None;

    [Fact]
    public async Task One_key_a_decision_on_a_terminal()
    {
        using var modus = Filled();

        // Reject the told one, go on, accept the suggestion, take it back, ask why, take the alternative, leave.
        var (code, screen, talk) = await Play(modus, "jon", Keys("r", "a", "u", "?", "1", "q"));

        Assert.Equal(0, code);
        Assert.Contains("T1530", screen, StringComparison.Ordinal);
        Assert.Contains("words that speak for T1105", screen, StringComparison.Ordinal);
        Assert.Contains("took back", screen, StringComparison.Ordinal);
        Assert.Contains("1 rejected, 1 changed", talk, StringComparison.Ordinal);
        using var book = Book(modus);
        Assert.Equal(
            [("P-a", "T1530", ProcedureStatus.Rejected), ("P-b", "T1071.001", ProcedureStatus.Confirmed), ("P-c", "T1486", ProcedureStatus.Candidate)],
            book.List<ProcedureRecord>("C-x").Select(procedure => (procedure.Id, procedure.Technique, procedure.Status)));
    }

    [Fact]
    public async Task A_gap_and_a_span_are_entered_without_leaving_the_item()
    {
        using var modus = Filled();

        var (code, screen, _) = await Play(modus, "jon",
            [.. Keys("g"), .. Keys([.. "what was read?".Select(letter => letter.ToString())]), Enter, .. Keys("e"), Key(ConsoleKey.RightArrow), Key(ConsoleKey.RightArrow), .. Keys(","), Enter, Key(ConsoleKey.Escape)]);

        Assert.Equal(0, code);
        Assert.Contains("what was read?", screen, StringComparison.Ordinal);
        using var book = Book(modus);
        Assert.Equal("what was read?", Assert.Single(book.List<GapRecord>("C-x")).Reason);
        Assert.Equal("GB were copied from the booking", book.Get<ProcedureRecord>("P-a").Quotes[0].Matched);
    }

    [Fact]
    public async Task Escape_sequences_of_the_evidence_do_not_reach_the_terminal()
    {
        using var modus = Filled();

        var (_, screen, _) = await Play(modus, "jon", Keys("n", "n", "q"));

        Assert.Contains("\\u001b[31m", screen, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[31m", screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Four_eyes_are_told_before_and_kept_after_the_key()
    {
        using var modus = Filled(new FourEyesPolicy(true, []));

        var (code, screen, talk) = await Play(modus, "mira", Keys("a", "q"));

        Assert.Equal(0, code);
        Assert.Contains("four eyes", screen, StringComparison.Ordinal);
        Assert.Contains("MD5108", screen, StringComparison.Ordinal);
        Assert.Contains("nothing was decided", talk, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_terminal_the_queue_is_lines_of_json_and_decisions_come_as_lines()
    {
        using var modus = Filled();

        var listed = modus.Run("review");
        var decided = modus.RunWithInput("P-a=reject:cannot be verified\n{\"id\":\"P-b\",\"technique\":\"T1071.001\",\"reason\":\"it is the channel\"}\nP-z=accept\nnonsense\n", "review", "--decisions", "-", "--by", "jon");
        var left = modus.Run("review", "--queue", "seen", "-o", "csv");

        Assert.Equal(0, listed.Code);
        Assert.Equal(3, listed.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith("{\"id\":\"P-a\",\"kind\":\"not-seen\"", listed.Out, StringComparison.Ordinal);
        Assert.Equal(4, decided.Code);
        Assert.Contains("standard input:3", decided.Error, StringComparison.Ordinal);
        Assert.Contains("standard input:4", decided.Error, StringComparison.Ordinal);
        Assert.Equal(2, left.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        using var book = Book(modus);
        Assert.Equal(["jon", "jon"], book.List<ReviewRecord>("C-x").Select(review => review.Reviewer));
        Assert.Equal(0, modus.Run("review", "--decide", "P-a=reopen", "P-c=accept").Code);
        Assert.Equal(2, modus.Run("review", "--decide", "P-a=perhaps").Code);
    }

    private static readonly ConsoleKeyInfo Enter = new('\r', ConsoleKey.Enter, false, false, false);

    private static ConsoleKeyInfo Key(ConsoleKey key) => new('\0', key, false, false, false);

    private static ConsoleKeyInfo[] Keys(params string[] letters) => [.. letters.Select(letter => new ConsoleKeyInfo(letter[0], NoKey, false, false, false))];

    private static async Task<(int Code, string Screen, string Talk)> Play(ModusProgram modus, string by, ConsoleKeyInfo[] keys)
    {
        using var screen = new StringWriter { NewLine = "\n" };
        using var talk = new StringWriter { NewLine = "\n" };
        var next = new Queue<ConsoleKeyInfo>(keys);
        var terminal = new Terminal(screen, talk, Stream.Null, OutIsTerminal: true, ErrorIsTerminal: true, Width: 80) { InIsTerminal = true, ReadKey = next.Dequeue, Environment = name => name == "NO_COLOR" ? "1" : null };
        var code = await ModusShell.RunAsync(["review", "-C", modus.Folder, "--by", by], terminal);
        Assert.Empty(next);
        return (code, screen.ToString(), talk.ToString());
    }

    private static CaseBook Book(ModusProgram modus) => new(Workspace.Load(modus.Folder).OpenStore(TimeProvider.System), "test", TimeProvider.System);

    private static ModusProgram Filled(FourEyesPolicy? policy = null)
    {
        var modus = new ModusProgram();
        var workspace = new Workspace { Folder = modus.Folder, Name = "w", FourEyes = policy ?? FourEyesPolicy.Off };
        workspace.Create();
        var start = new ProcedureRecord { Id = "P-a", CaseId = "C-x", Technique = "T1530", Name = "Data from Cloud Storage", Release = "19.0", Author = "mira", Origin = "text", Confidence = ConfidenceLevel.Moderate };
        using var book = new CaseBook(workspace.OpenStore(TimeProvider.System), "setup", TimeProvider.System);
        book.SaveOrThrow("setup",
            new CaseRecord { Id = "C-x", Name = "X" },
            start with { Quotes = [new CaseQuote { EvidenceId = "E-1", Text = "About 40 GB were copied from the booking bucket.", Statement = "asserted" }] },
            start with
            {
                Id = "P-b",
                Technique = "T1105",
                Name = "Ingress Tool Transfer",
                Origin = "mapper",
                Confidence = ConfidenceLevel.Low,
                RunnersUp = [new RunnerUp("T1071.001", "Web Protocols", 0.3)],
                Quotes = [new CaseQuote { EvidenceId = "E-1", Text = "The loader downloaded a second stage over HTTPS.", Probability = 0.6 }],
            },
            start with
            {
                Id = "P-c",
                Technique = "T1486",
                Name = "Data Encrypted for Impact",
                Origin = "rule",
                Confidence = ConfidenceLevel.High,
                Hits = [new CaseHit { EvidenceId = "E-2", Host = "SRV", Rule = "many files", Level = "high", Record = "record 7", Details = "TargetFilename=C:\\\u001b[31mred" }],
            });
        return modus;
    }
}
