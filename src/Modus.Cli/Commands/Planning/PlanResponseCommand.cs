using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Modus.Analysis.Knowledge;
using Modus.Analysis.Planning.Choices;
using Modus.Analysis.Planning.Response;
using Modus.Analysis.Prediction;
using Modus.Attack;
using Modus.Casework.Cases;
using Modus.Cli.Commands.Analysis;
using Modus.Cli.Commands.Cases;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Planning;

/// <summary><c>modus plan response</c>: what to do about what was seen, ordered by what it cuts.</summary>
internal sealed class PlanResponseCommand : ModusCommand
{
    private const string Mitigate = "mitigate";
    private readonly Argument<string[]> seen = new("SEEN") { Description = "Technique ids, a layer, a STIX bundle, a list of ids, or - for standard input; the workspace's case without any.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<int> top = new("--top") { Description = "How many measures to show.", HelpName = "N", DefaultValueFactory = _ => 15 };
    private readonly Option<int> ahead = new("--ahead") { Description = "How many techniques that probably are there too, unseen, are cut off with them; 0 for none.", HelpName = "N", DefaultValueFactory = _ => 15 };
    private readonly Option<string[]> stage = new("--stage") { Description = $"Only this stage: {string.Join(", ", [.. Containment.Stages, Mitigate])}. May be repeated.", HelpName = "STAGE" };
    private readonly CaseOptions cases = new();

    public PlanResponseCommand() : base("response", "Orders mitigations and containment for what was seen by what each cuts.", Listing.All)
    {
        Add(seen);
        Add(top);
        Add(ahead);
        stage.AcceptOnlyFromAmong([.. Containment.Stages, Mitigate]);
        Add(stage);
        cases.AddTo(this);
        Example("modus plan response T1566.001 T1059.001 T1003.001 T1021.002 --top 5");
        Example("modus plan response T1190 T1505.003 --ahead 0 -o json");
    }

    public override int Run(Invocation run)
    {
        if (run.Get(top) < 1 || run.Get(ahead) < 0) throw CommandFailure.Usage("MD6204", "--top is at least 1 and --ahead at least 0");
        var releases = Attack.Knowledge.Open(run);
        var release = Attack.Knowledge.Release(run, releases);
        var carrier = new IdCarrier(releases, release);
        var skipped = 0;
        var uses = new List<SeenUse>();
        foreach (var (id, times, last) in Given(run))
        {
            var carried = carrier.Carry(id);
            if (carried.Count == 0)
            {
                run.Report(new CliProblem("MD6202", $"{id} is no technique of {release.Name}: left out", null, "look for it: modus attack search ID"));
                skipped++;
            }
            uses.AddRange(carried.Select(one => new SeenUse(one, times, last)));
        }
        if (uses.Count == 0) throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD6224", "nothing usable was seen", null, "name techniques, a file, or --case"));
        var next = Ahead(run, release, [.. uses.Select(item => item.Technique).Distinct(StringComparer.Ordinal)]);
        var wanted = run.Get(stage) ?? [];
        var plans = Stages(release, carrier).Where(item => wanted.Length == 0 || wanted.Contains(item.Stage, StringComparer.OrdinalIgnoreCase))
            .Select(item => new StagePlan(item.Stage, ResponsePlan.Of(uses, next, item.Measures, id => release.Find<Technique>(id)?.Parent?.Id ?? id))).ToList();
        Write(run, release, plans, uses);
        return skipped > 0 ? ExitCode.Partial : ExitCode.Done;
    }

    private List<(string Id, int Times, DateTimeOffset? Last)> Given(Invocation run)
    {
        if (run.Get(seen) is { Length: > 0 } words) return [.. Observed.Read(run, words).Techniques.Select(id => (id, 1, (DateTimeOffset?)null))];
        var found = new List<(string, int, DateTimeOffset?)>();
        CaseSession.Run(run, cases, session =>
        {
            var record = session.Case(run.Get(cases.Case));
            var all = session.Book.List<ProcedureRecord>(record.Id);
            // What people rejected did not happen; what nobody decided yet counts, and is said to.
            var used = all.Where(item => item.Status is ProcedureStatus.Confirmed or ProcedureStatus.Candidate).ToList();
            found.AddRange(used.Select(item => (item.Technique, Math.Max(1, item.Hits.Count + item.Quotes.Count), item.Last ?? item.First)));
            run.Say($"case {record.Id} {record.Name}: {used.Count(item => item.Status == ProcedureStatus.Confirmed)} confirmed procedures, {used.Count(item => item.Status == ProcedureStatus.Candidate)} candidates, {all.Count - used.Count} rejected or contradicted and left out");
            return ExitCode.Done;
        });
        return found;
    }

    private Dictionary<string, double> Ahead(Invocation run, Release release, IReadOnlyList<string> techniques)
    {
        if (run.Get(ahead) == 0) return [];
        var knowledge = ReleaseAdapter.Read(release, EmbeddedFacts.SourceDates, domains: Domains.Enterprise);
        var answer = new Predictor(knowledge, [], ownOnly: false).Unseen(new() { Techniques = techniques, Count = run.Get(ahead), OncePerFamily = true, Reasons = false });
        return answer.Ranking.ToDictionary(item => item.Id, item => item.Probability, StringComparer.Ordinal);
    }

    private sealed record StagePlan(string Stage, ResponsePlan Plan);

    // First what stops it now, last what keeps it from coming back.
    private static IEnumerable<(string Stage, IReadOnlyList<MeasureFact> Measures)> Stages(Release release, IdCarrier carrier)
    {
        foreach (var stage in Containment.Stages)
            yield return (stage, [.. Containment.All.Where(item => item.Stage == stage)
                .Select(item => item.Measure with { Effects = [.. item.Measure.Effects.SelectMany(effect => carrier.Carry(effect.Technique)).Distinct(StringComparer.Ordinal).Select(id => new MeasureEffect(id))] })]);
        yield return (Mitigate, PlanFacts.Mitigations(release));
    }

    private void Write(Invocation run, Release release, List<StagePlan> plans, List<SeenUse> uses)
    {
        if (run.Format == Format.Json) run.Out.WriteLine(Json.Indented(json => WriteJson(json, release, plans)));
        else
            run.Write(plans.SelectMany(item => item.Plan.Steps.Take(run.Get(top)).Select((step, at) => (item.Stage, Number: at + 1, Step: step))),
                new Column<(string Stage, int Number, ResponseStep Step)>("stage", "Stage", row => row.Stage),
                new Column<(string Stage, int Number, ResponseStep Step)>("step", "Step", row => row.Number) { Right = true },
                new Column<(string Stage, int Number, ResponseStep Step)>("id", "Id", row => row.Step.Id),
                new Column<(string Stage, int Number, ResponseStep Step)>("name", "Measure", row => row.Step.Name) { Gives = true },
                new Column<(string Stage, int Number, ResponseStep Step)>("adds_percent", "Cuts more %", row => Math.Round(100 * row.Step.Weight, 1)) { Right = true },
                new Column<(string Stage, int Number, ResponseStep Step)>("total_percent", "Total %", row => Math.Round(100 * row.Step.Total, 1)) { Right = true },
                new Column<(string Stage, int Number, ResponseStep Step)>("adds", "Of what was seen", row => row.Step.Adds),
                new Column<(string Stage, int Number, ResponseStep Step)>("cuts", null, row => row.Step.Cuts),
                new Column<(string Stage, int Number, ResponseStep Step)>("ahead", "Probably there too", row => row.Step.Ahead) { Gives = true });
        var uncut = plans.Select(item => item.Plan.Uncut.AsEnumerable()).Aggregate((one, other) => one.Intersect(other)).ToList();
        if (uncut.Count > 0) run.Say($"no measure answers {string.Join(", ", uncut.Select(id => release.Find<Technique>(id)))}: watch for it");
        run.Say(string.Create(CultureInfo.InvariantCulture, $"{release.Name}: {uses.Select(item => item.Technique).Distinct().Count()} techniques seen, weighed by how often; containment joined by the artifacts that both touch (D3FEND)"));
    }

    private static void WriteJson(Utf8JsonWriter json, Release release, List<StagePlan> plans)
    {
        json.WriteStartObject();
        json.WriteString("release", release.Version);
        json.WriteStartArray("stages");
        foreach (var (stage, plan) in plans)
        {
            json.WriteStartObject();
            json.WriteString("stage", stage);
            json.WriteStartArray("steps");
            foreach (var step in plan.Steps)
            {
                json.WriteStartObject();
                json.WriteString("id", step.Id);
                json.WriteString("name", step.Name);
                Json.WriteMember(json, "adds", step.Adds);
                Json.WriteMember(json, "cuts", step.Cuts);
                Json.WriteMember(json, "ahead", step.Ahead);
                Json.WriteMember(json, "weight", step.Weight);
                Json.WriteMember(json, "total", step.Total);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            Json.WriteMember(json, "uncut", plan.Uncut);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
