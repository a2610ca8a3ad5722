using Modus.Reports.Mapping.Candidates;
using Modus.Reports.Mapping.Features;
using Xunit;

namespace Modus.Tests.Reports.Mapping;

/// <summary>Windows of long sentences, and what else a document names.</summary>
public sealed class MarginScorerTests
{
    private const string Clause = "opened the cellar door below the stairs";
    private const string Filler = " while nobody in the village spoke about the weather of that long and quiet winter before the fair";

    [Fact]
    public void A_short_sentence_has_no_windows()
    {
        var scores = new SentenceScorer(SmallCorpus.Model.Base).Score(Clause);

        Assert.Null(scores.AttackWindow);
        Assert.Null(scores.ReportWindow);
    }

    [Fact]
    public void What_a_clause_says_does_not_drown_in_the_sentence()
    {
        var models = SmallCorpus.Model.Base;
        var scores = new SentenceScorer(models).Score(Clause + Filler + Filler + Filler);
        var cellar = models.Classes.Index["T9002.001"];

        // So small a corpus leaves the model learnt from ATT&CK no word of the clause; the one learnt from reports knows it.
        var place = models.Classes.ReportClass[cellar];
        Assert.True(scores.ReportWindow![place] > scores.Report[place]);
        var reported = scores.ReportWindow.AsSpan(0, models.Classes.ReportToClass.Length).ToArray();
        Assert.Equal(place, Array.IndexOf(reported, reported.Max()));
    }

    [Fact]
    public void The_margin_of_a_window_is_that_of_its_words_alone()
    {
        var models = SmallCorpus.Model.Base;
        // Fourteen tokens make two segments; what follows is unknown to the model and adds nothing to any later window.
        const string words = "lights lamp lamp hall taper oven dough loaves stairs yard horses dawn crowd voices";
        var alone = new SentenceScorer(models).Score(words.Replace("lamp lamp", "lamp key", StringComparison.Ordinal));
        var scores = new SentenceScorer(models).Score(words.Replace("lamp lamp", "lamp key", StringComparison.Ordinal) + " qqqa qqqb qqqc qqqd qqqe qqqf qqqg qqqh");

        for (var c = 0; c < models.Classes.Count; c++) Assert.True(scores.AttackWindow![c] >= alone.Attack[c] - 1e-3f);
    }

    [Fact]
    public void A_very_long_sentence_is_cut_off_and_not_refused()
    {
        var scores = new SentenceScorer(SmallCorpus.Model.Base).Score(string.Join(' ', Enumerable.Repeat(Clause, 2_000)));

        Assert.All(scores.AttackWindow!, margin => Assert.True(float.IsFinite(margin)));
    }

    [Theory]
    [InlineData(Clause)]
    [InlineData(Clause + Filler)]
    [InlineData("cellar door, cellar door, cellar door: opened the door and opened the cellar" + Filler + Clause + Filler)]
    [InlineData("qqqa qqqb")]
    [InlineData("")]
    public void Segments_add_up_to_the_sentence(string text)
    {
        var models = SmallCorpus.Model.Base;
        foreach (var sentence in new[] { text, string.Join(' ', Enumerable.Repeat(text, 40)) })
        {
            var scorer = new SentenceScorer(models);
            var scores = scorer.Score(sentence);
            var attack = new float[models.Attack.ClassCount];
            var report = new float[models.Report.ClassCount];
            models.Attack.Score(scorer.AttackVector.Indices, scorer.AttackVector.Values, attack);
            models.Report.Score(scorer.ReportVector.Indices, scorer.ReportVector.Values, report);

            Assert.All(attack.Zip(scores.Attack), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));
            Assert.All(report.Zip(scores.Report), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));
        }
    }

    [Fact]
    public void Margins_do_not_depend_on_what_came_before()
    {
        var used = new SentenceScorer(SmallCorpus.Model.Base);
        // More different words than are kept.
        for (var i = 0; i < 500; i++) used.Score(string.Join(' ', Enumerable.Range(0, 12).Select(word => $"door{(char)('a' + (i % 26))}{(char)('a' + (i / 26))}{(char)('a' + word)}cellar")));

        var after = used.Score(Clause + Filler);
        var fresh = new SentenceScorer(SmallCorpus.Model.Base).Score(Clause + Filler);

        Assert.Equal(fresh.Report, after.Report);
        Assert.Equal(fresh.ReportWindow, after.ReportWindow);
        Assert.Equal(fresh.Attack, after.Attack);
    }

    [Fact]
    public void Names_in_other_sentences_are_context_and_those_in_the_sentence_are_not()
    {
        var models = SmallCorpus.Model.Base;
        var scorer = new SentenceScorer(models);
        SentenceScores[] scores = [scorer.Score("Later Grey Heron sang."), scorer.Score("It was late."), scorer.Score("Grey Heron and Wheelbarrow7 left.")];
        var context = new NameContext(models.Sources, models.Classes, scores);
        var song = models.Classes.Index["T9004"];

        Assert.Equal([1, 0, 2], scores.Select(one => one.Sources.Length));
        float[] row = new float[NameContext.Width];
        context.Write(row, song, context.Own(1));
        Assert.Equal(2, row[3]);
        Assert.Equal(2, row[2]);
        Assert.True(row[0] is > 0.5f and < 1);
        context.Write(row, song, context.Own(2));
        Assert.Equal(1, row[3]);
        var lone = new NameContext(models.Sources, models.Classes, scores[..1]);
        lone.Write(row, song, lone.Own(0));
        Assert.Equal(0, row[3]);
        Assert.True(float.IsNaN(row[0]));
    }

    [Fact]
    public void A_name_is_hashed_as_it_is_found()
    {
        var mask = NameMask.Of(["Grey Heron", "net"]);
        var scanner = new FeatureScanner(mask);
        scanner.Scan("They call it Grey Heron today.");

        Assert.Equal([NameMask.HashOf("Grey Heron")], scanner.FoundNames);
        Assert.Equal(0UL, NameMask.HashOf("net"));
    }
}
