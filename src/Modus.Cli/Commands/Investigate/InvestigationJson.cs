using System.Text.Json;
using Modus.Casework;
using Modus.Casework.Investigation;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Investigate;

/// <summary>An investigation as JSON: one object, or one line a technique.</summary>
internal static class InvestigationJson
{
    public static void Write(TextWriter to, InvestigationResult result) => Json.Indented(to, json =>
    {
        json.WriteStartObject();
        WriteRelease(json, result.Release);
        WriteList(json, "inputs", result.Inputs, WriteInput);
        json.WriteStartObject("accounting");
        json.WriteNumber("given", result.Inputs.Count);
        json.WriteNumber("used", result.Used);
        json.WriteNumber("skipped", result.Skipped);
        json.WriteEndObject();
        WriteList(json, "tactics", result.Tactics, WriteTactic);
        WriteList(json, "techniques", result.Techniques.Where(finding => finding.IsFinding), WriteTechnique);
        WriteList(json, "suggested", result.Techniques.Where(finding => finding.IsSuggestion), WriteTechnique);
        WriteList(json, "mentioned", result.Techniques.Where(finding => finding.Standing == Standing.Mentioned), WriteTechnique);
        json.WriteString("overlaps_note", "plain overlap of direct group-technique relations; no attribution");
        WriteList(json, "overlaps", result.Overlaps, WriteOverlap);
        WriteList(json, "names", result.Names, WriteName);
        WriteList(json, "unplaced", result.Unplaced, WriteUnplaced);
        if (result.Logs is { } logs) WriteLogs(json, logs);
        WriteList(json, "problems", result.Problems, WriteProblem);
        json.WriteEndObject();
    });

    public static void WriteLines(TextWriter to, InvestigationResult result)
    {
        foreach (var finding in result.Techniques) to.WriteLine(Json.Of(json => WriteTechnique(json, finding)));
    }

    private static void WriteRelease(Utf8JsonWriter json, ReleaseNote release)
    {
        json.WriteStartObject("release");
        Json.WriteMember(json, "domains", release.Domains);
        Json.WriteMember(json, "version", release.Version);
        Json.WriteMember(json, "label", release.Label);
        json.WriteEndObject();
    }

    private static void WriteInput(Utf8JsonWriter json, InputRead input) => WriteMembers(json,
        ("file", input.File), ("kind", input.Kind.ToString().ToLowerInvariant()), ("format", input.Format),
        ("sha256", input.Sha256), ("used", input.Used), ("summary", input.Summary));

    private static void WriteTactic(Utf8JsonWriter json, TacticNote tactic) => WriteMembers(json,
        ("id", tactic.Id), ("short_name", tactic.ShortName), ("name", tactic.Name), ("domain", tactic.Domain));

    private static void WriteTechnique(Utf8JsonWriter json, TechniqueFinding finding)
    {
        json.WriteStartObject();
        Json.WriteMember(json, "id", finding.Id);
        Json.WriteMember(json, "name", finding.Name);
        Json.WriteMember(json, "tactics", finding.Tactics);
        if (finding.NamedTactics.Count > 0) Json.WriteMember(json, "named_tactics", finding.NamedTactics);
        Json.WriteMember(json, "standing", finding.Standing.ToString().ToLowerInvariant());
        WriteList(json, "evidence", finding.Evidence, WriteEvidence);
        json.WriteEndObject();
    }

    private static void WriteEvidence(Utf8JsonWriter json, Evidence evidence)
    {
        json.WriteStartObject();
        Json.WriteMember(json, "type", evidence switch
        {
            QuoteEvidence => "quote",
            SuggestionEvidence => "suggestion",
            LayerEvidence => "layer",
            StixEvidence => "stix",
            _ => "hit",
        });
        Json.WriteMember(json, "file", evidence.File);
        Json.WriteMember(json, "standing", evidence.Standing.ToString().ToLowerInvariant());
        Json.WriteMember(json, "place", evidence.Place);
        switch (evidence)
        {
            case QuoteEvidence quote: WriteQuote(json, quote); break;
            case SuggestionEvidence suggestion: WriteSuggestion(json, suggestion); break;
            case LayerEvidence layer: WriteMore(json, ("layer", layer.Layer), ("score", layer.Score), ("comment", layer.Comment), ("enabled", layer.Enabled)); break;
            case StixEvidence stix: WriteMore(json, ("subject", stix.Subject), ("description", stix.Description)); break;
            case HitEvidence hit: WriteHit(json, hit); break;
            default: throw new InvalidOperationException($"No JSON form for {evidence.GetType().Name}.");
        }
        WriteOrigin(json, evidence.Origin);
        json.WriteEndObject();
    }

    private static void WriteQuote(Utf8JsonWriter json, QuoteEvidence quote) => WriteMore(json,
        ("statement", quote.Statement), ("sentence", quote.Sentence), ("matched", quote.Matched), ("start", quote.Start), ("length", quote.Length),
        ("source_start", quote.SourceStart), ("source_length", quote.SourceLength), ("page", quote.Page));

    private static void WriteSuggestion(Utf8JsonWriter json, SuggestionEvidence suggestion) => WriteMore(json,
        ("statement", suggestion.Statement), ("sentence", suggestion.Sentence), ("start", suggestion.Start), ("source_start", suggestion.SourceStart), ("page", suggestion.Page),
        ("probability", suggestion.Probability), ("runners_up", suggestion.RunnersUp), ("deciding_words", suggestion.Words));

    private static void WriteHit(Utf8JsonWriter json, HitEvidence hit) => WriteMore(json,
        ("rule", hit.Rule), ("rule_id", hit.RuleId), ("author", hit.Author), ("level", hit.Level), ("host", hit.Host),
        ("count", hit.Count), ("first", hit.First), ("last", hit.Last), ("details", hit.Details));

    private static void WriteOrigin(Utf8JsonWriter json, TechniqueOrigin origin)
    {
        json.WriteStartObject("origin");
        Json.WriteMember(json, "written", origin.Written);
        Json.WriteMember(json, "how", origin.How);
        foreach (var (key, value) in new[] { ("release", origin.Release), ("verdict", origin.Verdict), ("reason", origin.Reason), ("tactic", origin.Tactic) })
            if (value is not null) Json.WriteMember(json, key, value);
        json.WriteEndObject();
    }

    private static void WriteOverlap(Utf8JsonWriter json, GroupOverlap overlap) => WriteMembers(json,
        ("id", overlap.Id), ("name", overlap.Name), ("shared", overlap.Shared), ("known", overlap.Known), ("jaccard", overlap.Jaccard));

    private static void WriteName(Utf8JsonWriter json, NamedObject name) => WriteMembers(json,
        ("kind", name.Kind), ("ids", name.Ids), ("name", name.Name), ("mentions", name.Mentions), ("aside", name.Aside), ("files", name.Files));

    private static void WriteUnplaced(Utf8JsonWriter json, Unplaced unplaced) => WriteMembers(json,
        ("file", unplaced.File), ("place", unplaced.Place), ("written", unplaced.Written), ("reason", unplaced.Reason));

    private static void WriteLogs(Utf8JsonWriter json, LogNote logs)
    {
        json.WritePropertyName("logs");
        WriteMembers(json,
            ("events", logs.Events), ("first", logs.First), ("last", logs.Last), ("hosts", logs.Hosts), ("rules", logs.Rules), ("rules_fired", logs.RulesFired),
            ("sources_seen", logs.SourcesSeen), ("sources_without_rules", logs.SourcesWithoutRules), ("rules_without_source", logs.RulesWithoutSource));
    }

    private static void WriteProblem(Utf8JsonWriter json, CaseProblem problem) => WriteMembers(json,
        ("code", problem.Code), ("message", problem.Message), ("file", problem.File), ("place", problem.Place), ("fix", problem.Fix), ("lost", problem.Lost));

    private static void WriteList<T>(Utf8JsonWriter json, string key, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(key);
        foreach (var item in items) write(json, item);
        json.WriteEndArray();
    }

    private static void WriteMembers(Utf8JsonWriter json, params (string Key, object? Value)[] members)
    {
        json.WriteStartObject();
        WriteMore(json, members);
        json.WriteEndObject();
    }

    private static void WriteMore(Utf8JsonWriter json, params (string Key, object? Value)[] members)
    {
        foreach (var (key, value) in members) Json.WriteMember(json, key, value);
    }
}
