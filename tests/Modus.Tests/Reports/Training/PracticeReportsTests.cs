using System.Text;
using Modus.Reports.Training;
using Modus.Tests.Attack;
using Xunit;

namespace Modus.Tests.Reports.Training;

/// <summary>The invented reports among the samples: what the shipped weights were fitted on, and what they are measured with.</summary>
public sealed class PracticeReportsTests
{
    private static readonly string[] learnt = ["practice-reports.jsonl", "field-reports.jsonl"];
    private static readonly string[] heldOut = ["practice-held-out.jsonl", "field-held-out.jsonl"];

    [Fact]
    public void They_are_whole_and_what_is_measured_with_is_not_learnt()
    {
        var (known, asked) = (learnt.SelectMany(Read).ToList(), heldOut.SelectMany(Read).ToList());

        Assert.Equal((209, 71), (known.Count, asked.Count));
        Assert.Empty(known.Select(report => report.Id).Intersect(asked.Select(report => report.Id)));
        Assert.All(known.Concat(asked), report => Assert.InRange(report.Sentences.Count, 60, 150));
        var sentences = known.SelectMany(report => report.Sentences).Select(sentence => sentence.Text).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(asked.SelectMany(report => report.Sentences), sentence => sentence.Labels.Count > 0 && sentences.Contains(sentence.Text));
    }

    [Fact]
    public void Their_labels_are_techniques_of_the_release()
    {
        var ids = Real.Enterprise181.Techniques.Select(technique => technique.Id).ToHashSet();

        Assert.All(learnt.Concat(heldOut).SelectMany(Read).SelectMany(report => report.Sentences).SelectMany(sentence => sentence.Labels), id => Assert.Contains(id, ids));
    }

    [Theory]
    [InlineData("tram2-sentences.jsonl")]
    [InlineData("annoctr-sentences.jsonl")]
    public void No_field_report_repeats_a_real_one(string corpus)
    {
        var real = ReadFile(TestData.Need($"text/{corpus}")).SelectMany(report => report.Sentences).SelectMany(sentence => WordRuns.Of(sentence.Text)).ToHashSet(StringComparer.Ordinal);

        Assert.DoesNotContain(Read("field-reports.jsonl").Concat(Read("field-held-out.jsonl")).SelectMany(report => report.Sentences), sentence => WordRuns.Of(sentence.Text).Any(real.Contains));
    }

    [Fact]
    public void No_field_report_repeats_the_release()
    {
        var own = AttackTexts.From(Real.Enterprise181);
        var words = own.Procedures.Select(procedure => procedure.Text).Concat(own.Techniques.Select(technique => technique.Description))
            .SelectMany(WordRuns.Of).ToHashSet(StringComparer.Ordinal);

        Assert.DoesNotContain(Read("field-reports.jsonl").Concat(Read("field-held-out.jsonl")).SelectMany(report => report.Sentences), sentence => WordRuns.Of(sentence.Text).Any(words.Contains));
    }

    private static IReadOnlyList<LabelledReport> Read(string file) => ReadFile(Path.Combine(TestData.Root, "samples", "mapper", file));

    private static IReadOnlyList<LabelledReport> ReadFile(string path)
    {
        using var lines = new StreamReader(path, Encoding.UTF8);
        var read = ReportCorpus.Read(lines, path);
        Assert.Empty(read.Problems);
        return read.Reports;
    }
}
