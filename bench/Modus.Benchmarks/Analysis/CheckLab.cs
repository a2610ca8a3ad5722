using System.Globalization;
using System.Text.Json;
using Modus.Analysis.Attribution;
using Modus.Analysis.Evaluation;
using Modus.Analysis.Knowledge;
using Modus.Analysis.Prediction;

namespace Modus.Benchmarks.Analysis;

/// <summary>Fifteen checks after three techniques: how much nearer the actor comes.</summary>
internal static class CheckLab
{
    public static void Run(EvaluationData data, int cases)
    {
        var all = data.Cases("loro").ToDictionary(item => item.Id);
        var results = new SortedDictionary<string, (List<double> Before, List<double> After, List<double> Hits, List<double> Rescored)>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(Path.Combine(data.Folder, "attribution", "voi.jsonl")).Take(cases))
        {
            using var document = JsonDocument.Parse(line);
            var item = all[document.RootElement.GetProperty("id").GetString()!];
            var index = data.Release(item.Release);
            var view = new KnowledgeView(index, new Lens { ExcludedSources = item.ExcludedSources });
            var start = document.RootElement.GetProperty("start").EnumerateArray().Select(x => index.Techniques.Find(x.GetString()!)).Where(t => t >= 0).Order().ToArray();
            var truth = index.Actors.Find(item.Actor);
            var techniques = item.Techniques.Select(index.Techniques.Find).ToHashSet();
            var tools = item.Software.Select(index.Software.Find).ToHashSet();
            foreach (var (name, software, likely, worth) in new[] { ("most likely", false, true, 0.0), ("information gain", false, false, 0),
                ("information gain, software too", true, false, 0), ("information gain and finds", false, false, CheckPlanner.FindingWorth), ("information gain and finds, software too", true, false, CheckPlanner.FindingWorth) })
            {
                var seen = new Observation(start, [], [], []);
                var question = new AttributionQuestion { Techniques = [] };
                var scoring = new Scoring(view, AttributionModel.Shipped.Techniques, seen, question, false);
                var before = Reciprocal(scoring.Scores, scoring.Actors);
                var p = scoring.P;
                var hits = 0;
                var chances = new double[scoring.Actors.Length];
                for (var round = 0; round < 15; round++)
                {
                    var ranked = CheckPlanner.Rank(view, scoring.Actors, p, seen, software, worth);
                    var (isSoftware, number, _, _) = likely ? ranked.OrderByDescending(x => x.P).First() : ranked.First();
                    var found = isSoftware ? tools.Contains(number) : techniques.Contains(number);
                    if (found) hits++;
                    if (isSoftware) CheckPlanner.Chances(view, scoring.Actors, view.ActorSoftware, number, view.SoftwareDf[number], chances);
                    else CheckPlanner.Chances(view, scoring.Actors, view.Counts, number, view.TechniqueDf[number], chances);
                    p = CheckPlanner.Updated(p, chances, found);
                    seen = (isSoftware, found) switch
                    {
                        (true, true) => seen with { Software = [.. seen.Software.Append(number).Order()] },
                        (true, false) => seen with { AbsentSoftware = [.. seen.AbsentSoftware.Append(number).Order()] },
                        (false, true) => seen with { Techniques = [.. seen.Techniques.Append(number).Order()] },
                        _ => seen with { AbsentTechniques = [.. seen.AbsentTechniques.Append(number).Order()] },
                    };
                }
                var again = new Scoring(view, seen.Software.Length > 0 ? AttributionModel.Shipped.Software : AttributionModel.Shipped.Techniques, seen, question, false);
                if (!results.TryGetValue(name, out var r)) results[name] = r = ([], [], [], []);
                r.Before.Add(before);
                r.After.Add(Reciprocal(p, scoring.Actors));
                r.Rescored.Add(Reciprocal(again.Scores, again.Actors));
                r.Hits.Add(hits);
            }

            double Reciprocal(double[] scores, int[] actors) => Array.IndexOf(actors, truth) is >= 0 and var at ? 1 / RankMetrics.Rank(scores, at) : 0;
        }
        foreach (var (name, r) in results)
        {
            var gains = r.Rescored.Zip(r.Before, (a, b) => a - b).ToArray();
            var half = 1.96 * Math.Sqrt(gains.Average(g => (g - gains.Average()) * (g - gains.Average())) / gains.Length);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| checks | {name} | {r.Before.Count} | {r.Before.Average():.000} | {r.After.Average():.000} | {r.Rescored.Average():.000} | {gains.Average():+.000} ± {half:.000} | {r.Hits.Average():0.0} |"));
        }
    }
}
