using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Attribution;

/// <summary>Puts a verdict to the test: competing hypotheses, leaving things out, planted evidence.</summary>
public static class Contester
{
    private const int MostHypotheses = 6;
    private const int MostTrials = 200;
    private const double Telling = 0.15;

    /// <summary>Tests the answer to a question. Costs one more answer for each piece of evidence and each source of the first candidate, at most 200.</summary>
    /// <param name="attributor">The knowledge.</param>
    /// <param name="question">The question.</param>
    /// <param name="hypotheses">How many candidates the matrix compares: 2 to 6.</param>
    public static Contest Test(Attributor attributor, AttributionQuestion question, int hypotheses = 4)
    {
        var plain = question with { Explained = 0 };
        var whole = attributor.Answer(plain);
        var seen = attributor.Read(question, []);
        var scoring = attributor.Score(attributor.ViewOf(question.Lens), seen, question, open: true);
        var order = scoring.Order().Take(Math.Clamp(hypotheses, 2, MostHypotheses)).ToArray();
        if (order.Length == 0) return new([], [], [], [], []);
        var opened = order.Select(position => Explainer.Evidence(scoring, position)).ToArray();
        return new(Deciding(opened), [.. order.Select(position => attributor.Index.Actors[scoring.Actors[position]])],
            Matrix(opened), Flips(attributor, plain, whole, opened[0]), FalseFlags(attributor, plain, whole, scoring.View, seen));
    }

    private static List<Trait> Deciding(List<Contribution>[] opened) => opened.Length < 2 ? [] :
        [.. opened[0].Zip(opened[1], (first, second) => new Trait(first.Kind, first.Id, first.Value - second.Value))
            .OrderByDescending(trait => Math.Abs(trait.Difference)).ThenBy(trait => trait.Id, StringComparer.Ordinal)];

    private static List<MatrixRow> Matrix(List<Contribution>[] opened)
    {
        var rows = new List<MatrixRow>();
        for (var i = 0; i < opened[0].Count; i++)
        {
            double[] values = [.. opened.Select(list => list[i].Value)];
            var mean = values.Average();
            rows.Add(new(opened[0][i].Kind, opened[0][i].Id,
                [.. values.Select(value => value > Telling ? Fit.Consistent : value < -Telling ? Fit.Inconsistent : Fit.Uninformative)],
                values, values.Average(value => (value - mean) * (value - mean))));
        }
        return [.. rows.OrderByDescending(row => row.Diagnosticity).ThenBy(row => row.Id, StringComparer.Ordinal)];
    }

    private static List<Flip> Flips(Attributor attributor, AttributionQuestion question, AttributionAnswer whole, List<Contribution> first)
    {
        var flips = new List<Flip>();
        var leader = whole.Candidates[0].Id;
        var trials = 0;
        foreach (var id in whole.Techniques)
            Try("technique", id, question with { Techniques = [.. whole.Techniques.Where(other => other != id)], Software = whole.Software });
        foreach (var id in whole.Software)
            Try("software", id, question with { Techniques = whole.Techniques, Software = [.. whole.Software.Where(other => other != id)] });
        foreach (var source in first.SelectMany(item => item.Sources).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            Try("source", source, question with { Lens = question.Lens with { ExcludedSources = [.. question.Lens.ExcludedSources, source] } });
        return flips;

        void Try(string kind, string id, AttributionQuestion less)
        {
            if (trials++ >= MostTrials) return;
            var answer = attributor.Answer(less);
            if (answer.Candidates.Count == 0)
                flips.Add(new(kind, id, "", 0, answer.Verdict.Level));
            else if (answer.Candidates[0].Id != leader || answer.Verdict.Level != whole.Verdict.Level)
                flips.Add(new(kind, id, answer.Candidates[0].Id, answer.Candidates[0].Probability, answer.Verdict.Level));
        }
    }

    private static List<FalseFlag> FalseFlags(
        Attributor attributor, AttributionQuestion question, AttributionAnswer whole, KnowledgeView view, Observation seen)
    {
        var index = attributor.Index;
        var rarest = seen.Techniques.OrderBy(t => view.TechniqueDf[t]).ThenBy(t => t).Take((seen.Techniques.Length + 3) / 4).ToHashSet();
        return
        [
            Ask("the rarest quarter of the techniques", seen.Techniques.Where(t => !rarest.Contains(t)), seen.Software),
            Ask("tools that anyone can get", seen.Techniques, seen.Software.Where(s => !index.IsTool[s])),
            Ask("all software", seen.Techniques, []),
            Ask("the rarest quarter of the techniques and all software", seen.Techniques.Where(t => !rarest.Contains(t)), []),
        ];

        FalseFlag Ask(string without, IEnumerable<int> techniques, IEnumerable<int> software)
        {
            string[] ids = [.. techniques.Select(t => index.Techniques[t])];
            string[] names = [.. software.Select(s => index.Software[s])];
            var answer = attributor.Answer(question with { Techniques = ids, Software = names });
            var first = ids.Length + names.Length == 0 || answer.Candidates.Count == 0 ? null : answer.Candidates[0];
            return new(without, ids.Length + names.Length, first?.Id, first?.Probability ?? 0, answer.Verdict.Level,
                first is not null && first.Id == whole.Candidates[0].Id);
        }
    }
}
