using System.Text;
using System.Text.Json;
using Modus.Attack.Diff;
using Xunit;

namespace Modus.Tests.Attack.Diff;

public sealed class DiffFormatTests
{
    private static readonly Lazy<ReleaseDiff> diff = new(() => ReleaseDiff.Between(Real.Enterprise171, Real.Enterprise181));

    [Fact]
    public void Writes_json_with_every_change()
    {
        using var document = JsonDocument.Parse(Json(null));
        var root = document.RootElement;

        Assert.Equal("17.1", root.GetProperty("from").GetProperty("version").GetString());
        Assert.Equal(diff.Value.Objects.Count, root.GetProperty("objects").GetArrayLength());
        Assert.Equal(diff.Value.Relations.Count, root.GetProperty("procedures").GetArrayLength() + root.GetProperty("relations").GetArrayLength());
        var name = root.GetProperty("objects").EnumerateArray().Single(change => change.GetProperty("id").GetString() == "T1497.003")
            .GetProperty("properties").EnumerateArray().Single(property => property.GetProperty("name").GetString() == "name");
        Assert.Equal(("Time Based Evasion", "Time Based Checks"), (name.GetProperty("before").GetString(), name.GetProperty("after").GetString()));
    }

    [Fact]
    public void Writes_only_the_chosen_sections()
    {
        var only = new HashSet<string> { "groups" };
        using var document = JsonDocument.Parse(Json(only));
        var markdown = Text(writer => DiffMarkdown.Write(diff.Value, writer, only));

        Assert.All(document.RootElement.GetProperty("objects").EnumerateArray(), change => Assert.Equal("group", change.GetProperty("kind").GetString()));
        Assert.False(document.RootElement.TryGetProperty("procedures", out _));
        Assert.Equal(["## Groups (13)"], markdown.Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Writes_markdown_tables_whose_rows_have_the_columns_of_their_head()
    {
        var columns = 0;
        foreach (var line in Text(writer => DiffMarkdown.Write(diff.Value, writer)).Split('\n'))
        {
            if (!line.StartsWith('|')) { columns = 0; continue; }
            var bars = Enumerable.Range(0, line.Length).Count(at => line[at] == '|' && (at == 0 || line[at - 1] != '\\'));
            Assert.True(columns == 0 || bars == columns, line);
            columns = bars;
        }
    }

    [Fact]
    public void Writes_a_page_that_loads_nothing_and_escapes_what_the_data_says()
    {
        var page = Text(writer => DiffHtml.Write(diff.Value, writer));

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" src=", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<a href=\"http", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<code>", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;code&gt;", page, StringComparison.Ordinal);
        Assert.Contains("<ins>", page, StringComparison.Ordinal);
        Assert.Contains("<del>", page, StringComparison.Ordinal);
        Assert.Contains("MITRE", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Writes_the_same_bytes_each_time()
    {
        Assert.Equal(Json(null), Json(null));
        Assert.Equal(
            Text(writer => DiffHtml.Write(ReleaseDiff.Between(Real.Enterprise171, Real.Enterprise181), writer)),
            Text(writer => DiffHtml.Write(diff.Value, writer)));
    }

    private static byte[] Json(IReadOnlySet<string>? only)
    {
        using var buffer = new MemoryStream();
        DiffJson.Write(diff.Value, buffer, only);
        return buffer.ToArray();
    }

    private static string Text(Action<TextWriter> write)
    {
        using var writer = new StringWriter(new StringBuilder());
        write(writer);
        return writer.ToString();
    }
}
