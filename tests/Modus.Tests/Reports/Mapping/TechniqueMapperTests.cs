using Modus.Reports.Documents;
using Modus.Reports.Mapping;
using Modus.Reports.Mapping.Candidates;
using Modus.Reports.Training;
using Xunit;

namespace Modus.Tests.Reports.Mapping;

/// <summary>Suggestions of a mapper that was fitted on a small made-up corpus.</summary>
public sealed class TechniqueMapperTests
{
    [Theory]
    [InlineData("Then she baked loaves of bread.", "T9003")]
    [InlineData("Then they sang a song in three voices.", "T9004")]
    [InlineData("Then he lights the lamp in the hall.", "T9001")]
    public void Puts_the_technique_that_a_sentence_speaks_of_first(string sentence, string technique)
    {
        var mapped = new TechniqueMapper(SmallCorpus.Model).Map(sentence);

        Assert.Equal(technique, mapped.Suggestions[0].Technique);
        Assert.True(mapped.Suggestions[0].Probability >= SmallCorpus.Model.SentenceThreshold);
    }

    [Fact]
    public void Finds_little_in_a_sentence_about_nothing()
    {
        var mapped = new TechniqueMapper(SmallCorpus.Model).Map("Nobody spoke for an hour.");

        Assert.True(mapped.Suggestions[0].Probability < SmallCorpus.Model.SentenceThreshold);
    }

    [Fact]
    public void Probabilities_are_between_nothing_and_one_and_fall()
    {
        foreach (var sentence in new TechniqueMapper(SmallCorpus.Model).Map(["It sang.", "", "bread bread bread", "<>|", "\ud800 lamp"], TestContext.Current.CancellationToken))
        {
            Assert.All(sentence.Suggestions, one => Assert.InRange(one.Probability, 0, 1));
            Assert.Equal(sentence.Suggestions.Select(one => one.Probability).OrderDescending(), sentence.Suggestions.Select(one => one.Probability));
        }
    }

    [Fact]
    public void The_name_of_an_actor_changes_nothing()
    {
        var mapper = new TechniqueMapper(SmallCorpus.Model);
        var one = mapper.Map("Later Grey Heron opened the cellar door.");
        var other = mapper.Map("Later Wheelbarrow7 opened the cellar door.");

        Assert.Equal(one.Suggestions, other.Suggestions);
    }

    [Fact]
    public void Offers_the_parent_where_the_text_does_not_carry_the_child()
    {
        var classes = SmallCorpus.Model.Base.Classes;
        JudgedCandidate Candidate(string id, float probability) => new(classes.Index[id], probability, false, false);
        JudgedCandidate[] even = [Candidate("T9002.001", 0.4f), Candidate("T9002.002", 0.3f), Candidate("T9004", 0.9f)];
        JudgedCandidate[] clear = [Candidate("T9002.001", 0.8f), Candidate("T9002.002", 0.1f), Candidate("T9002", 0.2f)];

        var (parent, probability) = ParentBackOff.Of(classes, even, even[0]);
        Assert.Equal("T9002", parent);
        Assert.Equal(1 - (0.6f * 0.7f), probability, 5);
        Assert.Equal("T9002", ParentBackOff.Of(classes, even, even[1]).Parent);
        Assert.Null(ParentBackOff.Of(classes, clear, clear[0]).Parent);
        Assert.Null(ParentBackOff.Of(classes, even, even[2]).Parent);
    }

    [Fact]
    public void Names_the_words_that_decided_and_the_nearest_procedures()
    {
        const string sentence = "On Monday he kneads dough.";
        var why = new TechniqueMapper(SmallCorpus.Model).Explain(sentence, "T9003");

        Assert.Contains(why.Words[0].Words, new[] { "kneads", "dough" });
        Assert.All(why.Words, word => Assert.Equal(word.Words, sentence.Substring(word.Start, word.Length)));
        Assert.Equal("G9002", why.Precedents[0].Source);
        Assert.InRange(why.Precedents[0].Similarity, 0.1f, 1);
    }

    [Fact]
    public void A_technique_that_the_model_does_not_know_has_no_reasons()
    {
        Assert.Empty(new TechniqueMapper(SmallCorpus.Model).Explain("He sang.", "T0000").Words);
    }

    [Fact]
    public void A_printed_id_is_always_among_the_candidates()
    {
        var suggestion = new TechniqueMapper(SmallCorpus.Model).Map("See T9004 below.").Suggestions.Single(one => one.Technique == "T9004");

        Assert.True(suggestion.Printed);
    }

    [Fact]
    public void A_document_is_judged_as_a_whole()
    {
        var document = new TechniqueMapper(SmallCorpus.Model).MapDocument(
            ["Nobody spoke for an hour.", "Then the visitor baked bread in the old oven near house 3.", "Then the visitor kneads dough and bakes loaves near house 4."], TestContext.Current.CancellationToken);

        Assert.Equal("T9003", document.Techniques[0].Technique);
        Assert.Equal([1, 2], document.Techniques[0].Sentences.Take(2).Order());
        Assert.True(document.Techniques[0].Probability >= SmallCorpus.Model.DocumentThreshold);
    }

    [Fact]
    public void The_same_input_gives_the_same_bytes()
    {
        Assert.Equal(Bytes(SmallCorpus.Model), Bytes(MapperTrainer.Train(SmallCorpus.Texts, SmallCorpus.Reports(), SmallCorpus.Options, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void Labels_of_an_old_release_follow_their_successors()
    {
        var reports = SmallCorpus.Reports().Select(report => report with
        {
            Sentences = [.. report.Sentences.Select(sentence => sentence with { Labels = [.. sentence.Labels.Select(label => label == "T9003" ? "T9999" : label)] })],
        }).ToList();

        Assert.Equal(Bytes(SmallCorpus.Model), Bytes(MapperTrainer.Train(SmallCorpus.Texts, reports, SmallCorpus.Options, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void Reports_without_labels_cannot_be_learnt_from()
    {
        var empty = SmallCorpus.Reports().Select(report => report with { Sentences = [.. report.Sentences.Select(sentence => sentence with { Labels = [] })] }).ToList();

        Assert.Throws<ArgumentException>(() => MapperTrainer.Train(SmallCorpus.Texts, empty, SmallCorpus.Options, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Of_thousands_of_sentences_that_tell_the_same_the_likeliest_are_taken()
    {
        var text = string.Join("\n\n", Enumerable.Range(0, 2_000).Select(at => $"The intruder created a scheduled task number {at} to stay on the host."));
        var document = ReportReader.ReadText(text, "long.txt", DocumentFormat.PlainText).Document!;

        var mapping = new ReportMapper(MapperModel.Shipped).MapWhole(document, stop: TestContext.Current.CancellationToken);

        Assert.Equal(500, mapping.Candidates.Count(candidate => candidate.Suggestion.Technique == "T1053.005"));
        Assert.True(mapping.LeftOut >= 1_500);
    }

    private static byte[] Bytes(MapperModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }
}
