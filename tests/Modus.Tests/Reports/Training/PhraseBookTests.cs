using Modus.Reports.Training;
using Modus.Tests.Attack;
using Modus.Tests.Reports.Mapping;
using Xunit;

namespace Modus.Tests.Reports.Training;

/// <summary>Phrase books, and the one that comes with the library.</summary>
public sealed class PhraseBookTests
{
    [Fact]
    public void Sentences_stand_below_their_technique_and_bad_lines_are_named()
    {
        var read = PhraseBook.Read(new StringReader($"too early\n\n# T9001\n Lamps burnt.  \n# T9002\n{new string('x', PhraseBook.LongestLine + 1)}\nA door stood open.\n"), "book.txt");

        Assert.Equal([new("T9001", "Lamps burnt.", PhraseBook.Price), new FurtherText("T9002", "A door stood open.", PhraseBook.Price)], read.Sentences);
        Assert.Equal([("MD4703", "book.txt", 1), ("MD4703", "book.txt", 6)], read.Problems.Select(problem => (problem.Code, problem.File, problem.Line)));
    }

    [Fact]
    public void Replaced_ids_follow_their_successor_and_unknown_ones_are_left_out()
    {
        FurtherText[] sentences = [new("T9999", "old", 1), new("T0000", "unknown", 1), new("T9001", "known", 1)];

        Assert.Equal([("T9003", "old"), ("T9001", "known")], PhraseBook.Join(SmallCorpus.Texts, sentences).Further.Select(text => (text.Technique, text.Text)));
    }

    [Fact]
    public void The_shipped_book_speaks_of_every_technique_of_the_release_it_was_written_for()
    {
        var ids = Real.Enterprise181.Techniques.Select(technique => technique.Id).ToHashSet();
        var byTechnique = PhraseBook.Shipped.ToLookup(sentence => sentence.Technique);

        Assert.All(PhraseBook.Shipped, sentence => Assert.Contains(sentence.Technique, ids));
        Assert.All(ids, id => Assert.InRange(byTechnique[id].Count(), 8, 40));
        Assert.Equal(PhraseBook.Shipped.Count, PhraseBook.Shipped.DistinctBy(sentence => (sentence.Technique, sentence.Text)).Count());
    }

    [Fact]
    public void No_shipped_sentence_is_one_of_the_releases_own()
    {
        var own = AttackTexts.From(Real.Enterprise181);
        var words = own.Procedures.Select(procedure => procedure.Text).Concat(own.Techniques.SelectMany(technique => DescriptionSentences.Of(technique.Description)))
            .SelectMany(WordRuns.Of).ToHashSet(StringComparer.Ordinal);

        Assert.DoesNotContain(PhraseBook.Shipped, sentence => WordRuns.Of(sentence.Text).Count(words.Contains) > 1);
    }
}
