using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Modus.Logs;
using Modus.Sigma.Fixtures;
using Modus.Sigma.Scoring;

namespace Modus.Sigma.Drafting;

/// <summary>Drafts a rule from an event: what the behaviour needs stays, what changes from event to event goes.</summary>
public static class RuleDrafter
{
    private const int MaxWords = 5;
    private const int MaxItems = 6;

    private static readonly string[] programs = ["Image", "NewProcessName", "ParentImage", "ParentProcessName", "SourceImage", "TargetImage", "ImageLoaded", "exe", "ProcessName"];
    private static readonly string[] commands = ["CommandLine", "ScriptBlockText", "ImagePath", "ServiceFileName", "TaskContent"]; // as CommonItems.WordFields, in order of worth
    private static readonly string[] keys = ["TargetObject"];
    private static readonly string[] files = ["TargetFilename", "RelativeTargetName", "PipeName"];
    private static readonly string[] whole = ["OriginalFileName", "GrantedAccess", "eventSource", "eventName", "Workload", "Operation", "activityDisplayName", "operationName", "authenticationProtocol", "clientAppUsed",
        "LogonType", "TicketEncryptionType", "AccessMask", "ShareName", "StartFunction", "Type", "syscall", "key", "status.errorCode", "PreAuthType"];

    /// <summary>Drafts a rule.</summary>
    /// <param name="record">The event.</param>
    /// <param name="log">The event as text of a log, for the fixtures; null where the log is binary, then it is written as flat JSON.</param>
    /// <param name="options">Title, author, day, tags.</param>
    /// <param name="problem">Why no rule can be drafted; null when one was.</param>
    /// <returns>The draft, which matches its own event and not its counter-example; or null.</returns>
    public static DraftedRule? Draft(EventRecord record, string? log, DraftOptions options, out Problem? problem) => Draft([(record, log)], options, out problem);

    /// <summary>Drafts a rule that matches several events of one log source: what they share stays, with the few values that differ side by side.</summary>
    /// <param name="events">The events with their texts, as above; all of the log source of the first.</param>
    /// <param name="options">Title, author, day, tags.</param>
    /// <param name="problem">Why no rule can be drafted; null when one was.</param>
    /// <returns>The draft, which matches every event and not its counter-example; or null.</returns>
    /// <exception cref="ArgumentException">There is no event, or they come from several log sources.</exception>
    public static DraftedRule? Draft(IReadOnlyList<(EventRecord Record, string? Log)> events, DraftOptions options, out Problem? problem)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(options);
        if (events.Count == 0) throw new ArgumentException("There is no event.", nameof(events));
        if (events.Any(one => GroupOf(one.Record) != GroupOf(events[0].Record))) throw new ArgumentException("The events come from several log sources.", nameof(events));
        problem = null;
        var record = events[0].Record;
        var left = new List<(string, string)>();
        var items = CommonItems.Of([.. events.Select((one, at) => ItemsOf(one.Record, at == 0 ? left : []))], left, MaxWords);
        if (items.Count == 0 || record.Source.Product is null)
        {
            problem = new("MD2700", ProblemSeverity.Error, record.Source.Product is null ? "The log source of the event is unknown, so no rule can be written for it." : "The event has no field that tells the behaviour.", record.File, (int)Math.Min(record.Line, int.MaxValue),
                Fix: record.Source.Product is null ? "Add a mapping for this kind of log." : "Write the rule by hand.");
            return null;
        }

        var yaml = Yaml(record, events.Count, items, options);
        var set = RuleSet.Parse([("draft.yml", yaml)]);
        var rule = set.Rules.FirstOrDefault();
        var fixtures = rule is null ? null : Fixtures(rule.Header.Id!, [.. events.Select(one => one.Log ?? Flat(one.Record)).Distinct(StringComparer.Ordinal)], items);
        if (rule is null || fixtures is null || FixtureRunner.Run(set, fixtures.Value.Set).FirstOrDefault(result => !result.Passed) is { } failed)
        {
            problem = new("MD2701", ProblemSeverity.Error, $"The draft does not do what its own event asks: {set.Problems.Select(one => one.Message).FirstOrDefault() ?? "a case fails"}", record.File, (int)Math.Min(record.Line, int.MaxValue));
            return null;
        }

        return new(yaml, fixtures.Value.Json, RuleScorer.Score(rule), [.. left]);
    }

    /// <summary>What events have to share for one rule to speak of them all: the log source, and the kind of event where no category says it.</summary>
    public static string GroupOf(EventRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.Source.Categories.Count > 0 ? record.Source.ToString() : $"{record.Source} {record["EventID"]}";
    }

    private static List<(string Key, ImmutableArray<string> Values)> ItemsOf(EventRecord record, List<(string, string)> left)
    {
        var items = new List<(string Key, ImmutableArray<string> Values)>();
        foreach (var field in Ordered(record)) Take(field.Name, field.Text!, items, left);
        var isWindows = record.Source.Product == "windows";
        if (record.Source.Categories.Count == 0 && isWindows && record["EventID"] is { } id && record["Provider_Name"] is { } provider)
        {
            items.Insert(0, ("EventID", [id]));
            items.Insert(1, ("Provider_Name", [provider]));
        }

        return items;
    }

    private static IEnumerable<EventField> Ordered(EventRecord record)
    {
        var order = commands.Concat(keys).Concat(files).Concat(programs).Concat(whole).Select((name, at) => (name, at)).ToDictionary(pair => pair.name, pair => pair.at, StringComparer.Ordinal);
        return record.Fields.Where(field => field.Name.Length > 0 && field.Text is not null && field.Kind != ValueKind.Object).DistinctBy(field => field.Name)
            .OrderBy(field => order.GetValueOrDefault(field.Name, int.MaxValue)).ThenBy(field => field.Name, StringComparer.Ordinal);
    }

    private static void Take(string field, string value, List<(string Key, ImmutableArray<string> Values)> items, List<(string, string)> left)
    {
        if (commands.Contains(field))
        {
            ImmutableArray<string> words = [.. Volatile.Words(value).Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxWords)];
            if (words.IsEmpty) left.Add((field, "nothing in it stays the same elsewhere"));
            else items.Add((words.Length > 1 ? field + "|contains|all" : field + "|contains", words));
            return;
        }

        var reason = Volatile.Reason(field, value);
        if (reason is null && programs.Contains(field) && Volatile.IsWritable(value)) reason = "a program in a folder that users can write to: its name is free to choose";
        if (reason is null && files.Contains(field) && Volatile.Folder(value) is { } folder && items.Count < MaxItems)
        {
            items.Add((field + "|contains", [folder]));
            return;
        }

        if (items.Count >= MaxItems) reason ??= "the rule has enough to go by";
        if (reason is not null) left.Add((field, reason));
        else if (keys.Contains(field)) items.Add((field + "|contains", [Volatile.Key(value)]));
        else if (programs.Contains(field) || files.Contains(field)) items.Add((field + "|endswith", [Volatile.Path(value)]));
        else if (whole.Contains(field)) items.Add((field, [value]));
        else left.Add((field, "not known to tell the behaviour"));
    }

    private static string Yaml(EventRecord record, int count, List<(string Key, ImmutableArray<string> Values)> items, DraftOptions options)
    {
        var category = record.Source.Categories.Count > 0 ? record.Source.Categories[^1] : null;
        var service = category is null && record.Source.Services.Count > 0 ? record.Source.Services[0] : null;
        var seen = items[0].Values[0].TrimStart('\\', '/');
        var title = options.Title ?? $"{Upper((category ?? service ?? record.Source.Product!).Replace('_', ' '))} with {seen}";
        var body = new StringBuilder();
        foreach (var (key, values) in items)
        {
            if (values.Length == 1) body.Append(CultureInfo.InvariantCulture, $"    {key}: {Quote(values[0])}\n");
            else body.Append(CultureInfo.InvariantCulture, $"    {key}:\n{string.Concat(values.Select(value => $"      - {Quote(value)}\n"))}");
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"title: {Quote(title.Length > 100 ? title[..100] : title)}\nid: {Id(title + body)}\nstatus: experimental\n");
        text.Append(CultureInfo.InvariantCulture, $"description: Drafted from {(count == 1 ? "one event" : $"{count} events")} of {record.Source}. Say here what the behaviour is and why it matters.\n");
        text.Append(CultureInfo.InvariantCulture, $"author: {Quote(options.Author)}\ndate: {options.Date:yyyy-MM-dd}\n");
        if (!options.Tags.IsEmpty) text.Append("tags:\n").Append(string.Concat(options.Tags.Select(tag => $"  - {Quote(tag)}\n")));
        text.Append("logsource:\n");
        if (category is not null) text.Append(CultureInfo.InvariantCulture, $"  category: {category}\n");
        text.Append(CultureInfo.InvariantCulture, $"  product: {record.Source.Product}\n");
        if (service is not null) text.Append(CultureInfo.InvariantCulture, $"  service: {service}\n");
        return text.Append("detection:\n  selection:\n").Append(body).Append("  condition: selection\nfalsepositives:\n  - Unknown\nlevel: medium\n").ToString();
    }

    // The counter-example is the same event with the decisive words replaced: the nearest event that must not match.
    private static (FixtureSet Set, string Json)? Fixtures(string rule, IReadOnlyList<string> logs, List<(string Key, ImmutableArray<string> Values)> items)
    {
        var log = logs[0];
        var other = log;
        foreach (var value in items.SelectMany(item => item.Values).Distinct(StringComparer.OrdinalIgnoreCase).OrderByDescending(value => value.Length))
        {
            var written = JsonText(value);
            var plain = new string([.. value.Where(char.IsLetterOrDigit)]);
            if (plain.Length < 2) continue;
            other = other.Replace(written, written.Replace(value.Trim('\\', '/', ' ', '-', '.') is { Length: > 1 } core ? JsonText(core) : plain, "unrelated", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        }

        if (other == log) return null;
        var json = $"{{\n \"rule\": \"{rule}\",\n \"must_match\": [\n  {string.Join(",\n  ", logs.Select(one => Case(logs.Count == 1 ? "the event that the rule was drafted from" : "an event that the rule was drafted from", one)))}\n ],\n \"must_not_match\": [\n  {Case("the same event with other values where it counts", other)}\n ]\n}}\n";
        var problems = new List<Problem>();
        var set = FixtureReader.Read(json, "draft.fixtures.json", problems);
        return set is null || problems.Count > 0 ? null : (set, json);
    }

    private static string Case(string says, string log)
    {
        var isJson = log.AsSpan().TrimStart().StartsWith("{");
        return $"{{ \"says\": \"{says}\", \"events\": [{(isJson ? log.Trim() : $"\"{JsonText(log)}\"")}] }}";
    }

    private static string Flat(EventRecord record) =>
        "{" + string.Join(", ", record.Fields.Where(field => field.Name.Length > 0 && field.Text is not null && field.Kind != ValueKind.Object).DistinctBy(field => field.Name).Select(field => $"\"{JsonText(field.Name)}\": \"{JsonText(field.Text!)}\"")) + "}";

    private static string JsonText(string text) => System.Text.Json.JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();

    private static string Quote(string text) => text.Any(char.IsControl)
        ? "\"" + JsonText(text) + "\""
        : "'" + text.Replace("'", "''", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal).Replace("?", "\\?", StringComparison.Ordinal) + "'";

    private static string Upper(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    // An id that depends on the content alone, in the form of a random UUID.
    private static string Id(string content)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(content))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }
}
