using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Modus.Casework.Cases;
using Modus.Casework.Workspaces;
using Xunit;

namespace Modus.EndToEnd;

/// <summary><c>modus report</c> through the built program, and on paper where a browser is at hand.</summary>
public sealed partial class ReportTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(60, false)]
    [InlineData(60, true)]
    public void A_brief_prints_on_exactly_two_sheets_of_A4_however_much_there_is_to_say(int many, bool withDefence)
    {
        var browser = Browser();
        Assert.SkipWhen(browser is null, "no Chromium on the path");
        using var modus = Filled(many);
        if (withDefence) modus.Write("defence/inventory.yaml", "hosts:\n  - name: all of the workstations and servers of the company in every country\n    platform: Windows\n    count: 1400\n");
        Assert.Equal(0, modus.Run("report", "brief", "-o", "brief.html").Code);

        var start = new ProcessStartInfo(browser!, ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--print-to-pdf=brief.pdf", $"file://{Path.Combine(modus.Folder, "brief.html")}"]) { WorkingDirectory = modus.Folder, RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["HOME"] = modus.Home;
        using (var process = Process.Start(start)!)
        {
            process.ErrorDataReceived += static (_, _) => { };
            process.OutputDataReceived += static (_, _) => { };
            process.BeginErrorReadLine();
            process.BeginOutputReadLine();
            process.WaitForExit();
        }

        if (withDefence) Assert.Contains("How far the defence saw it", File.ReadAllText(Path.Combine(modus.Folder, "brief.html")), StringComparison.Ordinal);
        var pdf = Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(modus.Folder, "brief.pdf")));
        Assert.Equal(2, A4().Count(pdf));
    }

    [Theory]
    [InlineData("case", "-o", "html")]
    [InlineData("brief", "-o", "html")]
    [InlineData("case", "-o", "json")]
    [InlineData("brief", "-o", "markdown")]
    public void The_same_case_gives_the_same_bytes(string document, params string[] format)
    {
        using var modus = Filled(3);
        string[] call = ["report", document, .. format];

        var (first, second) = (modus.Run(call), modus.Run([.. call, "--now", "2031-01-01T00:00:00Z"]));

        Assert.Equal((0, first.Out), (first.Code, second.Out));
        Assert.NotEqual("", first.Out);
    }

    [Fact]
    public void Markdown_and_json_hold_the_evidence_and_escape_it()
    {
        using var modus = Filled(0);

        var markdown = modus.Run("report", "case").Out;
        var json = JsonDocument.Parse(modus.Run("report", "case", "-o", "json").Out).RootElement;

        Assert.Contains("\\<img src=x", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", markdown, StringComparison.Ordinal);
        Assert.Equal("P-a", json.GetProperty("procedures")[0].GetProperty("id").GetString());
        Assert.Contains(json.GetProperty("figures").EnumerateArray(), figure => figure.GetProperty("key").GetString() == "seen" && figure.GetProperty("of").GetInt32() == 1);
    }

    [GeneratedRegex(@"/MediaBox\s*\[\s*0\s+0\s+59[45][.\d]*\s+84[12][.\d]*\s*\]")]
    private static partial Regex A4();

    private static string? Browser() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    private static ModusProgram Filled(int many)
    {
        var modus = new ModusProgram();
        var workspace = new Workspace { Folder = modus.Folder, Name = "w" };
        workspace.Create();
        var words = string.Concat(Enumerable.Repeat("words that go on and on ", 20));
        var start = new DateTimeOffset(2026, 3, 9, 8, 43, 0, TimeSpan.Zero);
        using var book = new CaseBook(workspace.OpenStore(TimeProvider.System), "mira", TimeProvider.System);
        book.SaveOrThrow("setup",
        [
            new CaseRecord { Id = "C-x", Name = many > 0 ? words : "Tidewrack", Tlp = "amber+strict", Summary = many > 0 ? string.Concat(Enumerable.Repeat(words, 4)) : "" },
            new ProcedureRecord
            {
                Id = "P-a", CaseId = "C-x", Technique = "T1059.001", Name = "PowerShell", Release = "19.0", Author = "mira", First = start, Confidence = ConfidenceLevel.High,
                Hits = [new CaseHit { EvidenceId = "E-1", Rule = "r", Host = "WKS", First = start, Details = "<img src=x onerror=alert(1)> \u001b[31m" }],
            },
            .. Enumerable.Range(0, many).SelectMany(number => new ICaseRecord[]
            {
                new DecisionRecord { Id = $"D-{number}", CaseId = "C-x", Text = $"Decide on {number}: {words}", Reason = words, Time = start },
                new GapRecord { Id = $"I-{number}", CaseId = "C-x", Reason = words, Author = "mira" },
                new ProcedureRecord
                {
                    Id = $"P-{number}", CaseId = "C-x", Technique = number % 2 == 0 ? "T1486" : "T1078.002", Name = "n", Release = "19.0", Author = "mira", First = start.AddDays(number % 12), Confidence = ConfidenceLevel.High,
                    Hosts = [.. Enumerable.Range(0, 9).Select(host => $"A-HOST-WITH-A-RATHER-LONG-NAME-{host}")], Hits = [new CaseHit { EvidenceId = "E-1", Rule = words, First = start.AddDays(number % 12) }],
                },
            }),
        ]);
        return modus;
    }
}
