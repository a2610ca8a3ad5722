using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Modus.Analysis.Attribution;
using Modus.Analysis.Knowledge;
using Modus.Analysis.Prediction;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Analysis;

/// <summary><c>modus next</c>: what is probably there too, what probably comes next, and which checks tell most.</summary>
internal sealed class NextCommand : ModusCommand
{
    private readonly Argument<string[]> seen = new("SEEN") { Description = "Technique ids in their order, a layer, a STIX bundle, a list of ids, or - for standard input.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> kind = new("--kind") { Description = "unseen: likely present; step: likely the next step; checks: what to look for to learn who it was.", HelpName = "WHICH" };
    private readonly Option<string[]> software = new("--software") { Description = "Software that was seen, for --kind checks.", HelpName = "NAME" };
    private readonly Option<string[]> absent = new("--absent") { Description = "Techniques that were looked for and were not there: not asked again.", HelpName = "ID" };
    private readonly Option<string[]> platform = new("--platform") { Description = "Only techniques for this platform; may be repeated.", HelpName = "NAME" };
    private readonly Option<double> seenShare = new("--seen-share") { Description = "Which share of what happened has been seen, an assumption: 0 to 1.", HelpName = "P", DefaultValueFactory = _ => 0.5 };
    private readonly Option<int> top = new("--top") { Description = "How many to show.", HelpName = "N", DefaultValueFactory = _ => 20 };
    private readonly Option<string?> reports = new("--reports") { Description = "Your own reports and cases, one JSON object with id and techniques a line: they count as precedents.", HelpName = "FILE" };
    private readonly Option<bool> onlyReports = new("--only-reports") { Description = "Learn from --reports alone: best where they are many and labelled in a style of their own." };
    private readonly Option<string?> batch = new("--batch") { Description = "Answer a file of questions, one JSON object a line.", HelpName = "FILE" };
    private readonly LensOptions lens = new();
    private readonly OwnCaseOptions cases = new(asks: true);

    public NextCommand() : base("next", "Says which techniques are likely there but unseen, which come next, or which checks tell most.", Listing.All)
    {
        kind.AcceptOnlyFromAmong("unseen", "step", "checks");
        Add(seen);
        foreach (var option in new Option[] { kind, software, absent, platform, seenShare, top, reports, onlyReports, batch }) Add(option);
        lens.AddTo(this);
        cases.AddTo(this);
        Example("modus next T1566.001 T1059.001 T1003.001 --top 10");
        Example("modus next T1566.001 T1059.001 --kind step --platform Windows -o json");
        Example("modus next T1566.001 T1059.001 T1003.001 --kind checks --top 5");
    }

    public override int Run(Invocation run)
    {
        if (!(run.Get(seenShare) is > 0 and < 1)) throw CommandFailure.Usage("MD6017", "--seen-share lies between 0 and 1");
        if (run.Get(top) < 1) throw CommandFailure.Usage("MD6017", "--top is at least 1");
        var mine = cases.Read(run);
        var library = lens.Library(run, mine);
        List<OwnBasket> own = [.. ReadOwn(run, run.Get(reports)), .. mine.Baskets];
        if (run.Get(onlyReports) && own.Count == 0) throw CommandFailure.Usage("MD6022", "--only-reports needs reports", "name them with --reports FILE, or work in a workspace with cases");
        if (run.Get(batch) is { } file) return Batch(run, file, library, own, mine.Steps);

        var words = run.Get(seen) ?? [];
        if (words.Length == 0 && mine.Asked is null) throw CommandFailure.Usage("MD6016", "nothing was seen", "name techniques, a file, a case with --case, or - for standard input");
        var observed = mine.With(Observed.Read(run, words));
        var knowledge = lens.Knowledge(run, library);
        if (run.Get(kind) == "checks") return Checks(run, knowledge, observed);

        var predictor = new Predictor(knowledge, own, ownOnly: run.Get(onlyReports));
        var question = new PredictionQuestion
        {
            Techniques = observed.Techniques,
            Lens = lens.Lens(run),
            Platforms = Platforms(run, knowledge),
            SeenShare = run.Get(seenShare),
            Count = run.Get(top),
            OncePerFamily = true,
        };
        var answer = run.Get(kind) == "step" ? predictor.Next(question, NextStepModel.Shipped(mine.Steps)) : predictor.Unseen(question);
        var skipped = Observed.Report(run, answer.Problems);
        run.Write(answer.Ranking,
            new Column<LikelyTechnique>("id", "Id", row => row.Id),
            new Column<LikelyTechnique>("name", "Name", row => row.Name) { Gives = true },
            new Column<LikelyTechnique>("probability", "Probability", row => Math.Round(row.Probability, 3)) { Right = true },
            new Column<LikelyTechnique>("because", "Because of", row => row.Because),
            new Column<LikelyTechnique>("precedents", "Seen together in", row => row.Precedents.Select(item => item.Name)) { Gives = true },
            new Column<LikelyTechnique>("family_seen", "Family seen", row => row.Covers),
            new Column<LikelyTechnique>("score", null, row => row.Score));
        run.Say($"release {answer.Release}; if {run.Get(seenShare).ToString("0 %", CultureInfo.InvariantCulture)} has been seen, {answer.ExpectedUnseen:0.#} techniques are still unseen");
        return Invocation.Accounted(answer.Techniques.Count, skipped);
    }

    private int Checks(Invocation run, ActorKnowledge knowledge, Observed observed)
    {
        var attributor = new Attributor(knowledge);
        var question = new AttributionQuestion
        {
            Techniques = observed.Techniques,
            Software = [.. observed.Software, .. run.Get(software) ?? []],
            AbsentTechniques = run.Get(absent) ?? [],
            Lens = lens.Lens(run),
            Explained = 0,
        };
        var answer = attributor.Answer(question);
        var skipped = Observed.Report(run, answer.Problems);
        var platforms = Platforms(run, knowledge).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var collectable = platforms.Count == 0 ? null : knowledge.Techniques.Where(item => item.Platforms.Any(platforms.Contains)).Select(item => item.Id)
            .Concat(knowledge.Software.Select(item => item.Id)).ToHashSet(StringComparer.Ordinal);
        var names = knowledge.Techniques.Select(item => (item.Id, item.Name)).Concat(knowledge.Software.Select(item => (item.Id, item.Name)))
            .ToDictionary(item => item.Id, item => item.Name, StringComparer.Ordinal);
        run.Write(CheckPlanner.Plan(attributor, question, run.Get(top), collectable: collectable),
            new Column<Check>("id", "Id", row => row.Id),
            new Column<Check>("name", "Name", row => names.GetValueOrDefault(row.Id)) { Gives = true },
            new Column<Check>("kind", "Kind", row => row.IsSoftware ? "software" : "technique"),
            new Column<Check>("gain_bits", "Tells (bits)", row => Math.Round(row.Gain, 4)) { Right = true },
            new Column<Check>("probability", "Likely there", row => Math.Round(row.Probability, 4)) { Right = true });
        return Invocation.Accounted(answer.Techniques.Count + answer.Software.Count, skipped);
    }

    private int Batch(Invocation run, string file, ActorLibrary library, List<OwnBasket> own, IReadOnlyList<Transition> steps)
    {
        var sequences = NextStepModel.Shipped(steps);
        var predictors = new Dictionary<ActorKnowledge, Predictor>(ReferenceEqualityComparer.Instance);
        int used = 0, skipped = 0;
        foreach (var query in BatchQuery.Read(run, file, lens.Lens(run), () => skipped++))
        {
            if (library.Of(query.Release) is not { } knowledge)
            {
                run.Report(new CliProblem("MD6014", $"ATT&CK {query.Release} is not at hand", CliProblem.Place(file, query.Line), library.Fix(query.Release!)));
                skipped++;
                continue;
            }
            if (!predictors.TryGetValue(knowledge, out var predictor)) predictors[knowledge] = predictor = new(knowledge, own, ownOnly: run.Get(onlyReports));
            var question = new PredictionQuestion
            {
                Techniques = query.Techniques,
                Lens = query.Lens,
                SeenShare = run.Get(seenShare),
                Count = knowledge.Techniques.Count,
                Reasons = false,
            };
            var answer = run.Get(kind) == "step" ? predictor.Next(question, sequences) : predictor.Unseen(question);
            used++;
            run.Out.WriteLine(Json.Of(json => WriteLine(json, query, answer)));
        }
        run.Say($"{used} questions answered, {skipped} skipped");
        return Invocation.Accounted(used, skipped);
    }

    private static void WriteLine(Utf8JsonWriter json, BatchQuery query, PredictionAnswer answer)
    {
        json.WriteStartObject();
        json.WriteString("id", query.Id);
        json.WriteStartArray("ranking");
        foreach (var item in answer.Ranking)
        {
            json.WriteStartObject();
            json.WriteString("id", item.Id);
            Json.WriteMember(json, "score", item.Score);
            Json.WriteMember(json, "p", item.Probability);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        // What is likely there but in no release cannot be ranked: the rest of the expectation that the ranking does not hold.
        Json.WriteMember(json, "unknown", answer.ExpectedUnseen <= 0 ? 0 : Math.Max(0, 1 - answer.Ranking.Sum(item => item.Probability) / answer.ExpectedUnseen));
        Json.WriteMember(json, "expected_unseen", answer.ExpectedUnseen);
        json.WriteString("release", answer.Release);
        json.WriteNumber("skipped", answer.Problems.Count(problem => problem.Skipped));
        json.WriteEndObject();
    }

    private string[] Platforms(Invocation run, ActorKnowledge knowledge)
    {
        var asked = run.Get(platform) ?? [];
        var known = knowledge.Techniques.SelectMany(item => item.Platforms).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var name in asked)
            if (!known.Contains(name))
                throw CommandFailure.Usage("MD6021", $"no technique of release {knowledge.Release} is for the platform {name}", $"use one of: {string.Join(", ", known.Order(StringComparer.Ordinal))}");
        return asked;
    }

    private static List<OwnBasket> ReadOwn(Invocation run, string? file)
    {
        if (file is null) return [];
        var own = new List<OwnBasket>();
        foreach (var query in BatchQuery.Read(run, file, Lens.All, () => { })) own.Add(new(query.Id, query.Techniques));
        return own;
    }
}
