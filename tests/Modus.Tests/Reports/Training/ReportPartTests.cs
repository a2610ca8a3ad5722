using Modus.Reports.Mapping.Candidates;
using Modus.Reports.Training;
using Modus.Tests.Reports.Mapping;
using Xunit;

namespace Modus.Tests.Reports.Training;

/// <summary>What ATT&amp;CK's texts add to the model learnt from reports.</summary>
public sealed class ReportPartTests
{
    private const string Telling = "The horses were led away by the stable door.";

    private static bool TellsOfParts(string technique) => technique.StartsWith("T9002.", StringComparison.Ordinal);

    [Fact]
    public void Texts_on_a_sub_technique_that_no_report_carries_speak_for_its_technique()
    {
        var reports = SmallCorpus.Reports().Select(report => report with
        {
            Sentences = [.. report.Sentences.Where(sentence => !sentence.Labels.Any(TellsOfParts))],
        }).ToList();
        var without = SmallCorpus.Texts with { Procedures = [.. SmallCorpus.Texts.Procedures.Where(procedure => !TellsOfParts(procedure.Technique))] };

        Assert.True(Joined(SmallCorpus.Texts, reports, "T9002") > Joined(without, reports, "T9002") + 0.1f);
    }

    [Fact]
    public void They_speak_for_the_sub_technique_alone_where_reports_carry_it()
    {
        var reports = SmallCorpus.Reports();

        Assert.True(Joined(SmallCorpus.Texts, reports, "T9002.002") > Joined(SmallCorpus.Texts, reports, "T9002"));
    }

    /// <summary>The margin of a technique in the model that ATT&amp;CK's texts joined.</summary>
    private static float Joined(AttackTexts texts, List<LabelledReport> reports, string technique)
    {
        var attack = AttackPart.Train(texts, SmallCorpus.Options, CancellationToken.None);
        var learnt = MapperTrainer.Learn(texts, reports, SmallCorpus.Options.Folds);
        int[] reported = [.. learnt.SelectMany(report => report.Sentences).SelectMany(sentence => sentence.Classes).Distinct().Order()];
        var models = ReportPart.Train(attack, reported, learnt, SmallCorpus.Options, CancellationToken.None);
        return new SentenceScorer(models).Score(Telling).Report[reported.Length + models.Classes.ReportClass[models.Classes.Index[technique]]];
    }
}
