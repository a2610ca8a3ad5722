using Modus.Reports.Mapping;
using Modus.Reports.Training;
using Xunit;

namespace Modus.Tests.Reports.Mapping;

/// <summary>Batches and corpora as JSON lines.</summary>
public sealed class MapBatchTests
{
    [Fact]
    public void Sentences_of_one_document_come_together()
    {
        const string lines = """
            {"id":"a:1","text":"one"}
            {"id":"a:2","text":"two"}

            {"id":"b:1","text":"three"}
            {"id":"lone","text":"four"}
            {"id":"other","text":"five"}
            {"id":7,"doc":"c","text":"six"}
            {"id":8,"doc":"c","text":"seven"}
            """;
        var documents = MapBatch.Documents(new StringReader(lines), "x", _ => Assert.Fail()).ToList();

        Assert.Equal(["one two", "three", "four", "five", "six seven"], documents.Select(document => string.Join(' ', document.Select(line => line.Text))));
        Assert.Equal(["7", "8"], documents[^1].Select(line => line.Id));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"id\":\"a\"}")]
    [InlineData("{\"text\":\"a\"}")]
    [InlineData("{\"id\":[],\"text\":\"a\"}")]
    [InlineData("{\"id\":\"a\",\"text\":5}")]
    [InlineData("{\"id\":\"a\",\"text\":\"\\ud800\"}")]
    public void A_bad_line_is_named_and_passed_over(string bad)
    {
        var problems = new List<CorpusProblem>();
        var documents = MapBatch.Documents(new StringReader($"{{\"id\":\"a\",\"text\":\"one\"}}\n{bad}\n{{\"id\":\"b\",\"text\":\"two\"}}"), "batch", problems.Add).ToList();

        Assert.Equal(2, documents.Sum(document => document.Count));
        Assert.Equal(("MD4711", "batch", 2), (problems.Single().Code, problems[0].File, problems[0].Line));
    }

    [Fact]
    public void A_long_document_is_cut_into_parts()
    {
        var lines = string.Join('\n', Enumerable.Range(0, TechniqueMapper.PartLength + 5).Select(n => $"{{\"id\":\"a:{n}\",\"text\":\"x\"}}"));

        Assert.Equal([TechniqueMapper.PartLength, 5], MapBatch.Documents(new StringReader(lines), "x", _ => Assert.Fail()).Select(part => part.Count));
    }

    [Fact]
    public void A_corpus_keeps_order_labels_and_folds()
    {
        const string lines = """
            {"doc":"r","n":2,"text":"second","labels":["T1"]}
            {"doc":"r","n":1,"text":"first","labels":[]}
            {"doc":"s","text":"other","labels":["T9"],"labels18":["T2"],"fold":3}
            {"doc":"s","text":"bad","labels":"T2"}
            no json
            """;
        var read = ReportCorpus.Read(new StringReader(lines), "corpus", new Dictionary<string, int> { ["r"] = 1 });

        Assert.Equal((3, 2), (read.Used, read.Problems.Count));
        Assert.Equal([4, 5], read.Problems.Select(problem => problem.Line));
        Assert.Equal(["first", "second"], read.Reports[0].Sentences.Select(sentence => sentence.Text));
        Assert.Equal(["T2"], read.Reports[1].Sentences[0].Labels);
        Assert.Equal([1, 3], read.Reports.Select(report => report.Fold!.Value));
    }
}
