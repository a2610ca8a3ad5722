using Modus.Attack;
using Modus.Casework;
using Modus.Casework.Agreement;
using Modus.Casework.Investigation;
using Modus.Casework.Mappings;
using Xunit;

namespace Modus.Tests.Casework.Agreement;

/// <summary>Mappings in, agreement out.</summary>
public sealed class AgreementMeterTests
{
    private static readonly KnowledgeBase facts = KnowledgeBase.Open(Path.Combine(Path.GetTempPath(), "modus-test-no-cache"));
    private static readonly KnowledgeAtHand knowledge = new(facts.OfEachDomain("18.1"), () => [.. facts.Entries.Select(facts.Load).OfType<Release>()]);

    [Fact]
    public void The_same_mappings_agree_fully()
    {
        const string lines = """
            {"doc":"r","text":"It ran PowerShell.","technique":"T1059.001"}
            {"doc":"r","text":"It stole passwords.","technique":"T1003.001"}
            {"doc":"r","text":"The weather was fine.","techniques":[]}
            """;

        var report = Measure(("a", lines), ("b", lines));

        Assert.Equal((AgreementBasis.Evidence, 3, 1), (report.Basis, report.Units, report.Documents));
        Assert.All(report.Levels, level => Assert.Equal((1.0, 1.0, 1.0), (level.Alpha!.Value, level.Pairs[0].Kappa!.Value!.Value, level.Pairs[0].F1!.Value)));
        Assert.Empty(report.Disagreements);
    }

    [Fact]
    public void Levels_differ_where_only_the_sub_technique_does()
    {
        const string left = """
            {"doc":"r","text":"It ran a script.","technique":"T1059"}
            {"doc":"r","text":"It ran cmd.","technique":"T1059.003"}
            {"doc":"r","text":"It fetched a tool.","technique":"T1105"}
            """;
        const string right = """
            {"doc":"r","text":"It ran a script.","technique":"T1059.001"}
            {"doc":"r","text":"It ran cmd.","technique":"T1059.003"}
            {"doc":"r","text":"It fetched  a tool.","technique":"T1105"}
            """;

        var report = Measure(("a", left), ("b", right));

        var byLevel = report.Levels.ToDictionary(level => level.Level);
        Assert.Equal(1, byLevel[AgreementLevel.Technique].Alpha);
        Assert.Equal(2.0 / 3, byLevel[AgreementLevel.SubTechnique].Pairs[0].F1!.Value, 12);
        Assert.InRange(byLevel[AgreementLevel.PartialCredit].Alpha!.Value, byLevel[AgreementLevel.SubTechnique].Alpha!.Value + 0.01, 0.99);
        var disagreement = Assert.Single(report.Disagreements);
        Assert.Equal(["T1059", "T1059.001"], disagreement.Given);
        Assert.Equal("It ran a script.", disagreement.Example);
        Assert.Equal(1 - byLevel[AgreementLevel.SubTechnique].Alpha!.Value, disagreement.Gain, 12);
    }

    [Fact]
    public void Overlapping_spans_are_one_unit_and_what_only_one_marked_is_a_disagreement()
    {
        const string left = "document,start,length,technique\nr.pdf,100,50,T1059.001\nr.pdf,400,20,T1105\n";
        const string right = "document,start,end,technique\nfolder/r.html,110,145,T1059.001\n";

        var report = Measure(("a", left), ("b", right));

        Assert.Equal(2, report.Units);
        Assert.Equal(["T1105", "nothing"], Assert.Single(report.Disagreements).Given);
    }

    [Fact]
    public void A_document_that_somebody_did_not_look_at_is_missing_and_no_disagreement()
    {
        const string left = "document,text,technique\nr,one,T1059.001\ns,two,T1105\n", right = "document,text,technique\nr,one,T1059.001\n";

        Assert.Equal(1, Measure(("a", left), ("b", right)).Units);
    }

    [Fact]
    public void Layers_are_compared_technique_by_technique()
    {
        const string left = """{"name":"a","domain":"enterprise-attack","versions":{"attack":"18","layer":"4.5"},"techniques":[{"techniqueID":"T1059.001"},{"techniqueID":"T1105"},{"techniqueID":"T1003"}]}""";
        const string right = """{"name":"b","domain":"enterprise-attack","versions":{"attack":"18","layer":"4.5"},"techniques":[{"techniqueID":"T1059.001"},{"techniqueID":"T1105"},{"techniqueID":"T1003.001"}]}""";

        var report = Measure(("a", left), ("b", right));

        Assert.Equal(AgreementBasis.Technique, report.Basis);
        Assert.Equal(691, report.Units);
        var byLevel = report.Levels.ToDictionary(level => level.Level);
        Assert.Equal(1, byLevel[AgreementLevel.Technique].Pairs[0].Kappa!.Value);
        Assert.Equal(216, byLevel[AgreementLevel.Technique].Pairs[0].Kappa!.Units);
        // 2 agreed of 3 and 3 among 691: observed 689/691; by chance (3·3 + 688·688)/691².
        const double observed = 689.0 / 691, expected = (9.0 + 688.0 * 688) / (691.0 * 691);
        Assert.Equal((observed - expected) / (1 - expected), byLevel[AgreementLevel.SubTechnique].Pairs[0].Kappa!.Value!.Value, 9);
        var disagreement = Assert.Single(report.Disagreements);
        Assert.Equal(["T1003", "T1003.001"], disagreement.Given);
        Assert.Equal([(true, "T1003"), (true, "T1003.001"), (false, "T1059.001"), (false, "T1105")], report.Techniques.Select(technique => (technique.Agreed < technique.Units, technique.Technique)));
    }

    [Fact]
    public void Ids_of_other_releases_are_compared_as_their_successors()
    {
        var problems = new List<CaseProblem>();
        const string left = "document,text,technique,release\nr,one,T1086,6.3\n", right = "document,text,technique\nr,one,T1059.001\n";

        var report = Measure(problems, ("a", left), ("b", right));

        Assert.Empty(report.Disagreements);
        Assert.Contains(problems, problem => problem.Code == CaseProblemCodes.OtherRelease && problem.Message.Contains("T1086", StringComparison.Ordinal));
    }

    [Fact]
    public void One_file_with_several_annotators_is_several_coders()
    {
        const string table = "document,text,technique,annotator\nr,one,T1059.001,ann\nr,one,T1059.001,bob\nr,two,T1105,ann\nr,two,none,bob\nr,one,T1059,cy\nr,two,T1105,cy\n";

        var report = Measure(("all", table));

        Assert.Equal(["ann", "bob", "cy"], report.Coders.Select(coder => coder.Name));
        Assert.Equal(3, report.Levels[0].Pairs.Count);
    }

    private static AgreementReport Measure(params (string Name, string Text)[] files) => Measure([], files);

    private static AgreementReport Measure(List<CaseProblem> problems, params (string Name, string Text)[] files) => AgreementMeter.Measure(
        Coder.Of(files.Select(file => (file.Name, MappingFile.ReadText(file.Text, file.Name).Mappings))), knowledge, new AgreementOptions { Resamples = 50 }, problems);
}
