using System.ComponentModel;
using System.Diagnostics;
using Modus.Reports.Documents;
using Xunit;

namespace Modus.Tests.Reports.Pdf;

/// <summary>Compares with poppler's <c>pdftotext</c>, where it and a browser that prints are installed.</summary>
public sealed class PopplerTests
{
    private const string Sentence = "The operators fetched the next stage from hxxps://cdn[.]example[.]org/a.php, wrote it to C:\\Users\\Public\\svc.exe and flew through efficient official affiliates. ";

    [Fact]
    public void Finds_nearly_all_words_of_a_printed_page_in_the_same_order()
    {
        var sections = string.Concat(Enumerable.Range(0, 9).Select(at => $"<h2>Section {at}</h2><p>{Numbered(at, 24)}</p><ul><li>first {at}</li><li>second {at}</li></ul><pre>cmd.exe /c whoami {at}</pre>"));

        AssertSameWords($"<style>body{{font-family:serif}}</style><h1>Report</h1>{sections}");
    }

    /// <summary>Where columns are balanced above a break, poppler itself loses the order, so what was printed is the oracle here.</summary>
    [Fact]
    public void Finds_nearly_all_words_of_two_columns_in_the_order_in_which_they_were_written() =>
        AssertSameWords(
            $"<h1>Report</h1><div style='columns:2'>{string.Concat(Enumerable.Range(0, 12).Select(at => $"<h3>Part {at}</h3><p>{Numbered(at, 12)}</p>"))}</div>",
            "Report " + string.Concat(Enumerable.Range(0, 12).Select(at => $"Part {at} {Numbered(at, 12)}")));

    private static string Numbered(int section, int count) => string.Concat(Enumerable.Range(0, count).Select(at => $"[{section}.{at}] {Sentence}"));

    private static void AssertSameWords(string html, string? written = null)
    {
        var folder = Directory.CreateTempSubdirectory("modus-pdf-");
        try
        {
            var page = Path.Combine(folder.FullName, "page.html");
            var pdf = Path.Combine(folder.FullName, "page.pdf");
            File.WriteAllText(page, html);
            Run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", $"--user-data-dir={folder.FullName}", $"--print-to-pdf={pdf}", new Uri(page).AbsoluteUri);
            if (!File.Exists(pdf)) Assert.Skip("the browser printed no PDF");
            var oracle = Run("pdftotext", "-enc", "UTF-8", pdf, "-");
            using var stream = File.OpenRead(pdf);

            var document = ReportReader.Read(stream, "page.pdf", cancellation: TestContext.Current.CancellationToken).Document!;

            var (wanted, given) = (Words(written ?? oracle), Words(document.Text));
            Assert.True(Words(oracle).Intersect(given).Count() >= 0.99 * given.Distinct().Count());
            Assert.True(wanted.Length > 1_000);
            var share = (double)CommonLength(wanted, given) / wanted.Length;
            Assert.True(share >= 0.99, $"{share:P2} of {wanted.Length} words in order");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.NotNull(errors.Result);
            return output;
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{program} is not installed");
            return "";
        }
    }

    private static string[] Words(string text) =>
        text.Split([' ', '\n', '\f', '\t', '.', ',', '[', ']', '/', '\\', ':'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Any(char.IsLetterOrDigit)).ToArray();

    private static int CommonLength(string[] left, string[] right)
    {
        var places = right.Select((word, at) => (word, at)).ToLookup(pair => pair.word, pair => pair.at);
        var ends = new List<int>();
        foreach (var word in left)
        {
            foreach (var at in places[word].OrderDescending())
            {
                var index = ends.BinarySearch(at);
                if (index >= 0) continue;
                if (~index == ends.Count) ends.Add(at);
                else ends[~index] = at;
            }
        }

        return ends.Count;
    }
}
