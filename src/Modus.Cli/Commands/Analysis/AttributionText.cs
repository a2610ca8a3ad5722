using System.Globalization;
using Modus.Analysis.Attribution;
using Modus.Analysis.Knowledge;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Analysis;

/// <summary>An answer for people: the verdict first, then why, then what speaks against it.</summary>
internal static class AttributionText
{
    private const int MostLines = 8;

    public static void Write(TextWriter to, ActorKnowledge knowledge, AttributionAnswer answer, Contest? contest, int top)
    {
        var names = knowledge.Actors.ToDictionary(actor => actor.Id, actor => actor.Name, StringComparer.Ordinal);
        to.WriteLine(Sentence(answer, names));
        if (answer.LikeAnswers > 0)
            to.WriteLine($"Of {answer.LikeAnswers} held-out answers with such a confidence, {answer.LikeAnswersRight} were right.");
        to.WriteLine($"Release {answer.Release}{(answer.AsOf is { } day ? $" as of {day:yyyy-MM-dd}" : "")}, model {answer.Model}; {answer.Techniques.Count} techniques, {answer.Software.Count} software.");
        to.WriteLine();
        to.WriteLine("| Candidate | Name | Probability | Score | Sources |");
        to.WriteLine("| --- | --- | ---: | ---: | ---: |");
        foreach (var candidate in answer.Candidates.Take(Math.Max(1, top)))
            to.WriteLine($"| {candidate.Id} | {Safe(candidate.Name)} | {Percent(candidate.Probability)} | {Number(candidate.Score)} | {candidate.Reports} |");
        to.WriteLine($"| | an actor nobody here knows | {Percent(answer.Unknown)} | | |");
        to.WriteLine();
        to.WriteLine($"{answer.SetSize} candidates hold nine tenths of what is not \"unknown\". {answer.Unusable.Count} actors have too few techniques to be told apart.");
        foreach (var item in answer.Explanations.Take(2)) Explain(to, item, names);
        if (contest is not null) Contested(to, contest, names);
    }

    private static string Sentence(AttributionAnswer answer, Dictionary<string, string> names) => answer.Verdict.Level switch
    {
        VerdictLevel.Actor => $"Looks like {Named(answer.Verdict.Actors[0], names)}, {Percent(answer.Verdict.Probability)}.",
        VerdictLevel.Cluster => $"One of {string.Join(", ", answer.Verdict.Actors.Select(id => Named(id, names)))}, {Percent(answer.Verdict.Probability)}; the evidence does not tell them apart.",
        VerdictLevel.Nation => $"An actor of suspected nation {answer.Verdict.Nation}, {Percent(answer.Verdict.Probability)}; which one cannot be said.",
        VerdictLevel.Unknown => $"More likely than not an actor that this knowledge does not hold, {Percent(answer.Verdict.Probability)}.",
        VerdictLevel.TooLittleEvidence => "Too little evidence to say anything.",
        _ => "Not distinguishable: too many candidates remain.",
    };

    private static void Explain(TextWriter to, Explanation item, Dictionary<string, string> names)
    {
        to.WriteLine();
        to.WriteLine($"Why {Named(item.Actor, names)}: {Signed(item.Background)} before any evidence, then");
        foreach (var piece in item.Evidence.OrderByDescending(piece => Math.Abs(piece.Value)).Take(MostLines))
            to.WriteLine($"  {Signed(piece.Value),7}  {piece.Id,-10} {piece.Users} actors{(piece.Sources.Count > 0 ? $", said by {string.Join("; ", piece.Sources.Take(2).Select(Safe))}{(piece.Sources.Count > 2 ? $" and {piece.Sources.Count - 2} more" : "")}" : ", not known of it")}");
        if (item.NearestReports.Count > 0) to.WriteLine($"  like the report {Safe(item.NearestReports[0])}");
        if (item.Missing.Count > 0) to.WriteLine($"  usual but not seen: {string.Join(", ", item.Missing)}");
    }

    private static void Contested(TextWriter to, Contest contest, Dictionary<string, string> names)
    {
        to.WriteLine();
        to.WriteLine($"| Evidence | {string.Join(" | ", contest.Hypotheses.Select(id => Named(id, names)))} |");
        to.WriteLine($"| --- |{string.Concat(contest.Hypotheses.Select(_ => " --- |"))}");
        foreach (var row in contest.Matrix.Take(2 * MostLines))
            to.WriteLine($"| {row.Id} | {string.Join(" | ", row.Cells.Select(AttributionJson.Word))} |");
        to.WriteLine();
        to.WriteLine(contest.Flips.Count == 0 ? "No single piece of evidence and no single source changes the verdict." : "The verdict changes without any one of these:");
        foreach (var flip in contest.Flips.Take(2 * MostLines))
            to.WriteLine($"  {flip.Kind} {Safe(flip.Id)}: {(flip.First.Length == 0 ? "nobody" : Named(flip.First, names))} first, {AttributionJson.Word(flip.Level)}");
        to.WriteLine();
        foreach (var test in contest.FalseFlags)
            to.WriteLine($"Without {test.Without}: {(test.First is null ? "nothing is left to ask with" : test.Stands ? "the same candidate comes first" : $"{Named(test.First, names)} comes first")}.");
    }

    private static string Named(string id, Dictionary<string, string> names) => $"{id} {Safe(names.GetValueOrDefault(id, ""))}".TrimEnd();

    private static string Safe(string text) => SafeText.ForTerminal(text);

    private static string Percent(double p) => p.ToString("0.0 %", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Signed(double value) => value.ToString("+0.00;-0.00", CultureInfo.InvariantCulture);
}
