using Modus.Reports.Mapping;
using Modus.Reports.Training;

namespace Modus.Reports.Evaluation;

/// <summary>
/// Plays a team that reads its reports one after the other and decides on what the mapper suggests, as its labels say it would have
/// decided.
/// </summary>
/// <remarks>
/// In each report the team looks at the sentences whose first suggestion is likeliest. It confirms or rejects that suggestion; where
/// it rejects one in a sentence that it would have marked itself, it names what it would have marked. Each of these counts as a decision.
/// </remarks>
internal static class TeamSimulation
{
    /// <summary>Sentences of a report that the team looks at.</summary>
    public const int SentencesRead = 15;

    /// <summary>The team's decisions.</summary>
    /// <param name="model">The mapper whose suggestions are decided on.</param>
    /// <param name="reports">The team's reports in the order they are read.</param>
    /// <param name="count">Decisions after which it stops.</param>
    /// <param name="stop">Stops between reports.</param>
    public static List<TeamDecision> Decide(MapperModel model, IEnumerable<LabelledReport> reports, int count, CancellationToken stop)
    {
        var mapper = new TechniqueMapper(model);
        var decisions = new List<TeamDecision>(count);
        foreach (var report in reports)
        {
            if (decisions.Count >= count) break;
            stop.ThrowIfCancellationRequested();
            var mapped = mapper.Map([.. report.Sentences.Select(sentence => sentence.Text)], stop);
            var read = Enumerable.Range(0, mapped.Count).Where(place => mapped[place].Suggestions.Count > 0)
                .OrderByDescending(place => mapped[place].Suggestions[0].Probability).ThenBy(place => place).Take(SentencesRead);
            foreach (var place in read)
            {
                var (text, labels) = (report.Sentences[place].Text, report.Sentences[place].Labels);
                var suggested = mapped[place].Suggestions[0].Technique;
                var right = labels.Contains(suggested);
                decisions.Add(new(report.Id, text, suggested, right));
                if (!right) decisions.AddRange(labels.Where(model.Base.Classes.Index.ContainsKey).Select(label => new TeamDecision(report.Id, text, label, true)));
            }
        }

        return [.. decisions.Take(count)];
    }
}
