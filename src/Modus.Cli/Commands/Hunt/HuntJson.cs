using System.Text.Json;
using Modus.Cli.Shell;
using Modus.Sigma.Hunting;

namespace Modus.Cli.Commands.Hunt;

/// <summary>A hunt as one JSON object.</summary>
internal static class HuntJson
{
    public static void Write(TextWriter to, HuntResults results, HuntReport report) => Json.Indented(to, json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("accounting");
        Members(json,
            ("files", report.Logs.Files.Count), ("records", report.Logs.Records), ("events", report.Events), ("left_out", report.LeftOut),
            ("skipped", report.Logs.Files.Sum(file => file.Skipped.Values.Sum())), ("rules_given", results.Set.Counts.Given), ("rules_refused", results.Set.Counts.Refused),
            ("hits", results.Hits), ("hits_repeated", report.RepeatedHits), ("hits_listed", results.Lines.Count));
        json.WriteEndObject();
        Array(json, "levels", results.Fired.GroupBy(rule => rule.Header.Level).OrderByDescending(group => group.Key),
            group => Members(json, ("level", HuntText.Level(group.Key)), ("rules", group.Count()), ("hits", group.Sum(rule => rule.Count))));
        Json.WriteMember(json, "attack", results.Releases.Select(release => release.Name));
        Array(json, "tactics", results.Tactics, tactic => Members(json, ("short_name", tactic.ShortName), ("name", tactic.Name), ("hits", tactic.Hits), ("rules", tactic.Rules), ("techniques", tactic.Techniques)));
        Array(json, "hosts", results.Hosts, host => Members(json, ("host", host.Name), ("hits", host.ByLevel.Values.Sum()), ("gravest", HuntText.Level(host.ByLevel.Keys.First())), ("first", HuntText.Time(host.First)), ("last", HuntText.Time(host.Last))));
        Array(json, "rules", results.Fired, rule => Members(json,
            ("id", rule.Header.Id), ("title", rule.Header.Title), ("author", rule.Header.Author), ("license", rule.Header.License), ("level", HuntText.Level(rule.Header.Level)), ("hits", rule.Count),
            ("techniques", HitLine.TechniquesOf(rule.Header)), ("hosts", rule.Hosts), ("first", HuntText.Time(rule.First)), ("last", HuntText.Time(rule.Last)), ("file", rule.Header.File)));
        Array(json, "sources", report.Sources, source => Members(json,
            ("source", source.Source), ("events", source.Events), ("hits", source.Hits), ("rules", source.Rules), ("first", HuntText.Time(source.First)), ("last", HuntText.Time(source.Last))));
        Array(json, "sources_without_events", results.Silent.GroupBy(rule => rule.LogSource.ToString()).OrderBy(group => group.Key, StringComparer.Ordinal), group => Members(json, ("source", group.Key), ("rules", group.Count())));
        Array(json, "uncorrelated", report.Uncorrelated, pair => Members(json, ("reason", pair.Key), ("matches", pair.Value)));
        Array(json, "hits", results.Lines, line =>
        {
            foreach (var column in HitLine.Columns) Json.WriteMember(json, column.Key, column.Value(line));
        });
        json.WriteEndObject();
    });

    private static void Array<T>(Utf8JsonWriter json, string key, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(key);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Members(Utf8JsonWriter json, params (string Key, object? Value)[] members)
    {
        foreach (var (key, value) in members) Json.WriteMember(json, key, value);
    }
}
