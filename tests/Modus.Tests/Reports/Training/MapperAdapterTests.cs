using Modus.Reports.Evaluation;
using Modus.Reports.Mapping;
using Modus.Reports.Mapping.Candidates;
using Modus.Reports.Training;
using Modus.Tests.Reports.Mapping;
using Xunit;

namespace Modus.Tests.Reports.Training;

/// <summary>A mapper that learns from a team's decisions.</summary>
public sealed class MapperAdapterTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void A_new_word_for_a_technique_is_learnt_from_confirmations()
    {
        const string sentence = "Then the visitor opened the portcullis near house 5.";
        TeamDecision[] decisions =
        [
            .. Enumerable.Range(0, 20).Select(n => new TeamDecision("ours", $"Then the visitor opened the stable door near house {n}.", "T9004", true)),
            .. Enumerable.Range(0, 20).Select(n => new TeamDecision("ours", $"Then the visitor opened the stable door near house {n}.", "T9002.002", false)),
        ];
        var before = Probability(SmallCorpus.Model, "Then the visitor opened the stable door near house 90.", "T9002.002");
        var adapted = MapperAdapter.Adapt(SmallCorpus.Model, decisions, stop: Stop);

        Assert.True(Probability(adapted, "Then the visitor opened the stable door near house 90.", "T9002.002") < before - 0.1);
        Assert.Equal(40, adapted.Card.Confirmations);
        Assert.Equal(0, SmallCorpus.Model.Card.Confirmations);
        Assert.NotEmpty(new TechniqueMapper(adapted).Map(sentence).Suggestions);
    }

    [Fact]
    public void A_team_that_rejects_more_gets_lower_probabilities()
    {
        var mapper = new TechniqueMapper(SmallCorpus.Model);
        var decisions = SmallCorpus.Reports(seed: 8).SelectMany(report => report.Sentences.Select((sentence, n) => (report.Id, sentence, n)))
            .Where(one => one.sentence.Labels.Count > 0).Take(100)
            .Select(one => new TeamDecision(one.Id, one.sentence.Text, mapper.Map(one.sentence.Text).Suggestions[0].Technique, one.n % 2 == 0)).ToList();
        Assert.True(decisions.Count > 50);
        Assert.NotEqual(
            Probability(SmallCorpus.Model, "Then she baked loaves of bread.", "T9003"),
            Probability(MapperAdapter.Adapt(SmallCorpus.Model, decisions, stop: Stop), "Then she baked loaves of bread.", "T9003"));
    }

    [Fact]
    public void Only_the_decided_technique_moves_and_only_by_its_words()
    {
        var adapted = MapperAdapter.Adapt(SmallCorpus.Model,
            [.. Enumerable.Range(0, 10).Select(n => new TeamDecision("ours", $"Then the visitor kept lamps burning overnight near house {n}.", "T9001", false))], stop: Stop);
        var decided = adapted.Base.Classes.ReportClass[adapted.Base.Classes.Index["T9001"]];
        var before = Margins(SmallCorpus.Model, "Then the visitor kept lamps burning overnight.");
        var after = Margins(adapted, "Then the visitor kept lamps burning overnight.");

        Assert.True(after[decided] < before[decided] - 0.05);
        var joined = SmallCorpus.Model.Base.Classes.ReportToClass.Length + decided;
        Assert.True(after[joined] < before[joined] - 0.05);
        for (var r = 0; r < before.Length; r++)
            if (r != decided && r != joined) Assert.Equal(before[r], after[r]);
        Assert.Equal(SmallCorpus.Model.Base.Report.Bias, adapted.Base.Report.Bias);
        Assert.Same(SmallCorpus.Model.Base.Attack, adapted.Base.Attack);
    }

    [Fact]
    public void A_sentence_is_judged_among_its_neighbours_where_they_are_given()
    {
        const string unclear = "The task then starts the loader whenever a user logs on.";
        string[] texts = ["The installer ran schtasks.exe to create a scheduled task named Updater.", unclear, "Scheduled tasks kept the backdoor alive after each reboot."];
        TeamDecision[] decisions = [new("ours", unclear, "T1053.005", true)];
        var model = MapperModel.Shipped;
        var alone = MapperAdapter.Adapt(model, decisions, stop: Stop).Judge.Policies[0];
        var among = MapperAdapter.Adapt(model, decisions, new Dictionary<string, IReadOnlyList<string>> { ["ours"] = texts }, Stop).Judge.Policies[0];
        var elsewhere = MapperAdapter.Adapt(model, decisions, new Dictionary<string, IReadOnlyList<string>> { ["theirs"] = texts }, Stop).Judge.Policies[0];

        Assert.NotEqual(alone.Weights, among.Weights);
        Assert.Equal(alone.Weights, elsewhere.Weights);
    }

    [Fact]
    public void An_adapted_model_can_be_written_and_read()
    {
        var adapted = MapperAdapter.Adapt(SmallCorpus.Model, [new("ours", "He sang bread.", "T9003", false), new("ours", "x", "T0000", true)], stop: Stop);
        using var stream = new MemoryStream();
        adapted.Save(stream);

        var read = Modus.Reports.Mapping.Storage.ModelFile.Read(stream.ToArray());

        Assert.Equal(1, read.Card.Confirmations);
        Assert.Equal(adapted.Judge.Policies[0].Weights, read.Judge.Policies[0].Weights);
        Assert.Equal(adapted.Judge.Policies[0].Classes, read.Judge.Policies[0].Classes);
        Assert.Equal(adapted.Judge.Policies[0].Offsets, read.Judge.Policies[0].Offsets);
    }

    [Fact]
    public void Decisions_are_read_line_by_line()
    {
        const string lines = """
            {"doc":"a","text":"one","technique":"T9001","accepted":true}
            {"doc":"a","text":"two","technique":"T9001","accepted":"yes"}
            []
            {"doc":"b","text":"three","technique":"T9002","accepted":false}
            """;
        var problems = new List<CorpusProblem>();
        var read = TeamDecisions.Read(new StringReader(lines), "decisions", problems.Add);

        Assert.Equal([new TeamDecision("a", "one", "T9001", true), new TeamDecision("b", "three", "T9002", false)], read);
        Assert.Equal([2, 3], problems.Select(problem => problem.Line));
    }

    [Fact]
    public void A_fixed_model_is_measured_exactly_and_by_parents()
    {
        var result = FixedEvaluation.Measure(SmallCorpus.Model, SmallCorpus.Reports(seed: 2), stop: Stop);

        Assert.True(result.Exact.SentenceF1.Value > 0.9);
        Assert.True(result.Parent.SentenceF1.Value >= result.Exact.SentenceF1.Value);
        Assert.Empty(result.UnknownLabels);
        Assert.Equal(1, result.CandidateRecall, 6);
    }

    private static float Probability(MapperModel model, string sentence, string technique) =>
        new TechniqueMapper(model).Map(sentence).Suggestions.Single(one => one.Technique == technique).Probability;

    private static float[] Margins(MapperModel model, string sentence) => new SentenceScorer(model.Base).Score(sentence).Report;
}
