using Modus.Analysis.Attribution;
using Modus.Analysis.Knowledge;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Analysis;

/// <summary>Answers a file of questions, one JSON line in, one JSON line out, in the same order.</summary>
internal static class AttributeBatch
{
    /// <summary>So many lines of a file are read before they are answered side by side.</summary>
    private const int LinesAtOnce = 64;

    public static int Run(Invocation run, string file, ActorLibrary library, Lens lens, AttributionModel model, double precision)
    {
        var attributors = new Dictionary<ActorKnowledge, Attributor>(ReferenceEqualityComparer.Instance);
        var waiting = new List<(BatchQuery Query, Attributor Attributor)>();
        // Whoever writes to a pipe may wait for each answer before asking on.
        var most = file == "-" ? 1 : LinesAtOnce;
        int used = 0, skipped = 0;
        foreach (var query in BatchQuery.Read(run, file, lens, () => skipped++))
        {
            if (library.Of(query.Release) is not { } knowledge)
            {
                run.Report(new CliProblem("MD6014", $"ATT&CK {query.Release} is not at hand", CliProblem.Place(file, query.Line), library.Fix(query.Release!)));
                skipped++;
                continue;
            }
            if (!attributors.TryGetValue(knowledge, out var attributor)) attributors[knowledge] = attributor = new(knowledge, model);
            used++;
            waiting.Add((query, attributor));
            if (waiting.Count >= most) Answer();
        }
        Answer();
        run.Say($"{used} questions answered, {skipped} skipped; model {model.Hash}");
        return Invocation.Accounted(used, skipped);

        void Answer()
        {
            var lines = new string[waiting.Count];
            Parallel.For(0, lines.Length, new ParallelOptions { CancellationToken = run.Stop }, at => lines[at] = Line(waiting[at].Query, waiting[at].Attributor, precision));
            foreach (var line in lines) run.Out.WriteLine(line);
            waiting.Clear();
        }
    }

    private static string Line(BatchQuery query, Attributor attributor, double precision)
    {
        var answer = attributor.Answer(new()
        {
            Techniques = query.Techniques,
            Software = query.Software,
            AbsentTechniques = query.AbsentTechniques,
            AbsentSoftware = query.AbsentSoftware,
            Lens = query.Lens,
            Precision = precision,
            Explained = 0,
        });
        return Json.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("id", query.Id);
            json.WriteStartArray("ranking");
            foreach (var candidate in answer.Candidates)
            {
                json.WriteStartObject();
                json.WriteString("id", candidate.Id);
                json.WriteNumber("score", Math.Round(candidate.Score, 6));
                json.WriteNumber("p", Math.Round(candidate.Probability, 6));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteNumber("unknown", Math.Round(answer.Unknown, 6));
            json.WriteBoolean("abstain", answer.Verdict.Abstains);
            AttributionJson.WriteVerdict(json, answer.Verdict);
            json.WriteNumber("set_size", answer.SetSize);
            json.WriteString("release", answer.Release);
            json.WriteString("model", answer.Model);
            json.WriteNumber("skipped", answer.Problems.Count(problem => problem.Skipped));
            json.WriteEndObject();
        });
    }
}
