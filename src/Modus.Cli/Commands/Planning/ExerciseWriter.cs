using System.Text.Json;
using Modus.Analysis.Planning.Exercises;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Planning;

/// <summary>Exercises as tables and JSON.</summary>
internal static class ExerciseWriter
{
    private const int Shown = 2;

    public static void Write(Invocation run, ExercisePlan plan, Dictionary<string, ExerciseCard> cards, string adversary)
    {
        if (run.Format == Format.Json)
        {
            run.Out.WriteLine(Json.Indented(json => WriteJson(json, plan, cards, adversary)));
            return;
        }
        var narrow = run.Format is Format.Table or Format.Markdown;
        run.Write(plan.Steps.Index(),
            new Column<(int Index, ExerciseStep Item)>("step", "Step", row => row.Index + 1) { Right = true },
            new Column<(int Index, ExerciseStep Item)>("id", "Id", row => row.Item.Candidate.Technique),
            new Column<(int Index, ExerciseStep Item)>("name", "Name", row => Card(row.Item).Part.Technique.FullName) { Gives = true },
            new Column<(int Index, ExerciseStep Item)>("platform", "Platform", row => Card(row.Item).Platform),
            new Column<(int Index, ExerciseStep Item)>("threat_percent", "Threat %", row => Math.Round(100 * row.Item.Threat, 1)) { Right = true },
            new Column<(int Index, ExerciseStep Item)>("known", "Known today", row => row.Item.Candidate.Known),
            new Column<(int Index, ExerciseStep Item)>("bits", "Tells (bits)", row => Math.Round(row.Item.Candidate.Information, 2)) { Right = true },
            new Column<(int Index, ExerciseStep Item)>("cost", null, row => row.Item.Candidate.Cost),
            new Column<(int Index, ExerciseStep Item)>("told_by", "Told by", row => Some(Card(row.Item).Part.Procedures.SelectMany(item => item.Sources).Distinct(StringComparer.Ordinal))) { Gives = true },
            new Column<(int Index, ExerciseStep Item)>("software", null, row => Card(row.Item).Part.Software),
            new Column<(int Index, ExerciseStep Item)>("tests", "Public tests", row => Some(Card(row.Item).Tests.Select(test => $"{test.Name} ({test.Id})"))) { Gives = true },
            new Column<(int Index, ExerciseStep Item)>("telemetry", "Expect in", row => Some(Card(row.Item).Telemetry)) { Gives = true },
            new Column<(int Index, ExerciseStep Item)>("rules", "Rules", row => Some(Card(row.Item).Rules.Select(rule => rule.Title))) { Gives = true });
        foreach (var group in plan.Impossible.GroupBy(item => item.Obstacle!, StringComparer.Ordinal).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal))
            run.Say($"not tried, {group.Key}: {string.Join(", ", group.Select(item => item.Technique))}");

        ExerciseCard Card(ExerciseStep step) => cards[step.Candidate.Technique];
        IEnumerable<string> Some(IEnumerable<string> all) => narrow ? all.Take(Shown) : all;
    }

    private static void WriteJson(Utf8JsonWriter json, ExercisePlan plan, Dictionary<string, ExerciseCard> cards, string adversary)
    {
        json.WriteStartObject();
        json.WriteString("adversary", adversary);
        Json.WriteMember(json, "learned", plan.Learned);
        json.WriteStartArray("steps");
        foreach (var (at, step) in plan.Steps.Index()) Step(json, at + 1, step, cards[step.Candidate.Technique]);
        json.WriteEndArray();
        json.WriteStartArray("left_out");
        foreach (var step in plan.LeftOut)
        {
            json.WriteStartObject();
            json.WriteString("id", step.Candidate.Technique);
            Json.WriteMember(json, "value", step.Value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("not_tried");
        foreach (var item in plan.Impossible)
        {
            json.WriteStartObject();
            json.WriteString("id", item.Technique);
            json.WriteString("reason", item.Obstacle);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Step(Utf8JsonWriter json, int number, ExerciseStep step, ExerciseCard card)
    {
        json.WriteStartObject();
        json.WriteNumber("step", number);
        json.WriteString("id", step.Candidate.Technique);
        json.WriteString("name", card.Part.Technique.FullName);
        Json.WriteMember(json, "tactics", card.Part.Technique.Tactics.Select(tactic => tactic.Shortname));
        json.WriteString("platform", card.Platform);
        Json.WriteMember(json, "threat", step.Threat);
        Json.WriteMember(json, "known", step.Candidate.Known);
        Json.WriteMember(json, "detection", step.Candidate.Detection);
        Json.WriteMember(json, "bits", step.Candidate.Information);
        Json.WriteMember(json, "value", step.Value);
        Json.WriteMember(json, "cost", step.Candidate.Cost);
        json.WriteStartArray("procedures");
        foreach (var told in card.Part.Procedures)
        {
            json.WriteStartObject();
            json.WriteString("by", told.By);
            Json.WriteMember(json, "sources", told.Sources);
            Json.WriteMember(json, "text", told.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Json.WriteMember(json, "software", card.Part.Software);
        json.WriteStartArray("tests");
        foreach (var test in card.Tests)
        {
            json.WriteStartObject();
            json.WriteString("id", test.Id);
            json.WriteString("name", test.Name);
            json.WriteString("executor", test.Executor);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Json.WriteMember(json, "telemetry", card.Telemetry);
        json.WriteStartArray("rules");
        foreach (var rule in card.Rules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            json.WriteString("title", rule.Title);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
