using Modus.Reports.Evaluation;
using Modus.Reports.Training;
using Modus.Tests.Reports.Mapping;
using Xunit;

namespace Modus.Tests.Reports.Training;

/// <summary>What further readers found beside the labels of reports.</summary>
public sealed class SecondReadingTests
{
    [Fact]
    public void A_key_depends_on_letters_and_digits_alone()
    {
        Assert.Equal(SecondReading.Key("They ran  'whoami', twice."), SecondReading.Key("they ran whoami twice"));
        Assert.NotEqual(SecondReading.Key("They ran whoami."), SecondReading.Key("They ran whoami 2."));
        // SHA-256 of nothing starts so.
        Assert.Equal("e3b0c44298fc1c14", SecondReading.Key("… !"));
    }

    [Fact]
    public void Lines_of_the_same_sentence_are_joined_and_bad_lines_are_named()
    {
        const string lines = """
            {"sentence":"a","labels":["T1"]}
            {"sentence":"a","labels":["T2"],"disputed":["T3"]}
            {"labels":["T1"]}
            {"sentence":"b","labels":"T1"}
            nothing
            """;
        var read = SecondReading.Read(new StringReader(lines), "reading.jsonl");

        Assert.Equal(["T1", "T2"], read.Sentences["a"].Found);
        Assert.Equal(["T3"], read.Sentences["a"].Disputed);
        Assert.Equal([3, 4, 5], read.Problems.Select(problem => problem.Line));
        Assert.Single(read.Sentences);
    }

    [Fact]
    public void What_the_labels_cover_they_decide_and_the_rest_is_learnt_from_the_reading()
    {
        LabelledReport[] reports =
        [
            new("a", [new("Lamps and bread.", ["T9001"]), new("A lamp.", []), new("A song.", [])]),
        ];
        var reading = new Dictionary<string, FurtherReading>
        {
            [SecondReading.Key("Lamps and bread.")] = new(["T9001", "T9003"], []),
            [SecondReading.Key("A lamp.")] = new(["T9001"], ["T9002"]),
        };
        var learnt = MapperTrainer.Learn(SmallCorpus.Texts, SecondReading.Join(reports, reading), 4)[0].Sentences;
        int Class(string id) => SmallCorpus.Texts.Techniques.ToList().FindIndex(technique => technique.Id == id);

        Assert.Equal([Class("T9001")], learnt[0].Classes);
        Assert.Equal([Class("T9001"), Class("T9003")], learnt[0].Sure);
        Assert.Empty(learnt[0].Disputed);
        // The labels know T9001 and do not have it here; one reader saw T9002 and another did not.
        Assert.Empty(learnt[1].Sure);
        Assert.Equal([Class("T9001"), Class("T9002")], learnt[1].Disputed);
        Assert.Empty(learnt[2].Sure.Concat(learnt[2].Disputed));
    }

    [Fact]
    public void Practice_reports_teach_and_are_not_measured()
    {
        LabelledReport[] real = [.. SmallCorpus.Reports().Take(6).Select(report => report with
        {
            Sentences = [.. report.Sentences.Select(sentence => sentence with { Labels = [.. sentence.Labels.Where(label => label != "T9004")], Further = new([], []) })],
        })];
        LabelledReport[] practice = [.. SmallCorpus.Reports(seed: 5).Select(report => report with { Id = "practice " + report.Id, IsPractice = true })];
        var options = SmallCorpus.Options with { LeastFurther = 10 };

        var model = MapperTrainer.Train(SmallCorpus.Texts, [.. real, .. practice], options, TestContext.Current.CancellationToken);
        var measured = MapperEvaluation.CrossValidate(
            SmallCorpus.Texts, [.. real, .. practice], options, baselines: false, stop: TestContext.Current.CancellationToken);

        // No part of the cross-validation holds them, so that no judge, curve or threshold sees them.
        var learnt = MapperTrainer.Learn(SmallCorpus.Texts, [.. real, .. practice], options.Folds);
        Assert.Equal(practice.Select(report => report.Id), learnt.Where(report => report.Fold == LearntReport.Practice).Select(report => report.Id));
        Assert.Equal(6, model.Card.ReportTechniques);
        Assert.Equal((6, 180, 5), (measured.Reports, measured.Sentences, measured.Techniques));
    }

    [Fact]
    public void A_reading_can_stand_for_the_labels()
    {
        LabelledReport[] reports = [new("a", [new("A song.", ["T9001"])])];
        var reading = new Dictionary<string, FurtherReading> { [SecondReading.Key("A song.")] = new(["T9004"], ["T9003"]) };

        var sentence = SecondReading.Join(reports, reading, asLabels: true)[0].Sentences[0];

        Assert.Equal(["T9004"], sentence.Labels);
        Assert.Equal(["T9003"], sentence.Further!.Disputed);
    }

    [Fact]
    public void A_mapper_learns_from_the_reading_what_no_label_says()
    {
        var reports = SmallCorpus.Reports();
        string[] kept = ["T9001", "T9002", "T9002.001"];
        var reading = reports.SelectMany(report => report.Sentences).DistinctBy(sentence => SecondReading.Key(sentence.Text))
            .ToDictionary(sentence => SecondReading.Key(sentence.Text), sentence => new FurtherReading(sentence.Labels, []));
        LabelledReport[] cut = [.. reports.Select(report => report with
        {
            Sentences = [.. report.Sentences.Select(sentence => sentence with { Labels = [.. sentence.Labels.Where(kept.Contains)] })],
        })];
        var without = MapperTrainer.Train(SmallCorpus.Texts, cut, SmallCorpus.Options, TestContext.Current.CancellationToken);
        var with = MapperTrainer.Train(SmallCorpus.Texts, SecondReading.Join(cut, reading), SmallCorpus.Options with { LeastFurther = 10 }, TestContext.Current.CancellationToken);
        var rare = MapperTrainer.Train(SmallCorpus.Texts, SecondReading.Join(cut, reading), SmallCorpus.Options with { LeastFurther = 1_000 }, TestContext.Current.CancellationToken);

        Assert.Equal((3, 6, 3), (without.Card.ReportTechniques, with.Card.ReportTechniques, rare.Card.ReportTechniques));
        var other = SmallCorpus.Reports(seed: 2);
        double Found(Modus.Reports.Mapping.MapperModel model) => FixedEvaluation.Measure(model, other, stop: TestContext.Current.CancellationToken).Exact.SentenceF1.Value;
        Assert.True(Found(with) > Found(without) + 0.1, $"{Found(with)} after {Found(without)}");
        // Techniques too rare to be learnt from reports are judged with the others all the same.
        Assert.True(Found(rare) > Found(without) + 0.05, $"{Found(rare)} after {Found(without)}");
    }
}
