using Xunit;

namespace Modus.EndToEnd;

/// <summary>The contract of the command line: exit codes, streams, suggestions.</summary>
public sealed class ContractTests
{
    [Fact]
    public void Version_prints_one_line_of_data()
    {
        using var modus = new ModusProgram();

        var ended = modus.Run("--version");

        Assert.Equal(0, ended.Code);
        Assert.StartsWith("modus ", ended.Out, StringComparison.Ordinal);
        Assert.Single(ended.Out.TrimEnd('\n').Split('\n'));
        Assert.Empty(ended.Error);
    }

    [Theory]
    [InlineData("completio", "did you mean 'completion'?")]
    [InlineData("completoin", "did you mean 'completion'?")]
    [InlineData("zzzz", "run 'modus --help'")]
    public void A_mistyped_command_ends_with_3_and_a_suggestion(string typed, string help)
    {
        using var modus = new ModusProgram();

        var ended = modus.Run(typed);

        Assert.Equal(3, ended.Code);
        Assert.Empty(ended.Out);
        Assert.Contains("error[MD9001]", ended.Error, StringComparison.Ordinal);
        Assert.Contains(help, ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_of_a_call_are_named_at_once()
    {
        using var modus = new ModusProgram();

        var ended = modus.Run("completion", "bash", "--color", "pink", "--bogus");

        Assert.Equal(3, ended.Code);
        Assert.Contains("pink", ended.Error, StringComparison.Ordinal);
        Assert.Contains("--bogus", ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("investigate --outptu json .", "--outptu", "did you mean '--output'?")]
    [InlineData("hunt --qqqqqqqq logs", "--qqqqqqqq", "run 'modus hunt --help'")]
    [InlineData("attack search -zonk", "-zonk", "-- -zonk")]
    [InlineData("rule lint --zonk", "--zonk", "-- --zonk")]
    public void A_mistyped_option_is_not_taken_for_a_file_or_a_text(string line, string word, string help)
    {
        using var modus = new ModusProgram();

        var ended = modus.Run(line.Split(' '));

        Assert.Equal(3, ended.Code);
        Assert.Empty(ended.Out);
        Assert.Contains($"does not know '{word}'", ended.Error, StringComparison.Ordinal);
        Assert.Contains(help, ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_called_like_an_option_is_read_when_it_is_there_or_named_after_two_dashes()
    {
        using var modus = new ModusProgram();
        modus.Write("--zonk.txt", "The attacker dumped LSASS memory with procdump (T1003.001).");

        Assert.Contains("T1003.001", modus.Run("investigate", "--zonk.txt", "-o", "ndjson").Out, StringComparison.Ordinal);
        Assert.Equal(0, modus.Run("attack", "search", "-o", "json", "--", "--pass the hash").Code);
    }

    [Fact]
    public void A_case_takes_no_evidence_that_it_could_not_read_again_and_says_what_reads_a_pipe()
    {
        using var modus = new ModusProgram();
        modus.Run("init", "-q");

        var ended = modus.Run("ingest", "-");

        Assert.Equal(3, ended.Code);
        Assert.Contains("modus investigate -", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bare_noun_shows_its_page_on_standard_error()
    {
        using var modus = new ModusProgram();

        var ended = modus.Run();

        Assert.Equal(3, ended.Code);
        Assert.Empty(ended.Out);
        Assert.Contains("completion", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Completion_knows_the_commands()
    {
        using var modus = new ModusProgram();

        Assert.Contains("completion", modus.Run("[suggest:8]", "modus co").Out.Split('\n'));
    }

    [Fact]
    public void The_published_file_says_its_version()
    {
        var published = Environment.GetEnvironmentVariable("MODUS_PUBLISHED");
        Assert.SkipWhen(string.IsNullOrEmpty(published), "MODUS_PUBLISHED names no published file");
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(published, "--version") { RedirectStandardOutput = true })!;

        Assert.StartsWith("modus ", process.StandardOutput.ReadToEnd(), StringComparison.Ordinal);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
