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
        "LogonType", "TicketEncryptionType", "AccessMask", "ShareName", "StartFunction", "Type", "syscall", "key", "status.errorCode", "PreAuthType",
        "verb", "objectRef.resource", "objectRef.subresource", "cfgpath", "logdesc", "mnemonic", "auditType.category", "auditType.action", "logtype", "event_type_id", "alert.signature", "operation", "endpoint", "ResultType", "ClientAppUsed"];

    private static readonly string[] requests = ["cs-uri-query", "c-uri-query", "cs-uri-stem", "c-uri-stem", "c-uri", "cs-uri"]; // parts before the whole

    // What a program says in words; only where no field of the event tells more.
    private static readonly string[] sayings = ["message", "msg", "output"];

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
        var fixtures = rule is null ? null : DraftFixtures.Of(rule.Header.Id!, [.. events.Select(one => one.Log ?? Flat(one.Record)).Distinct(StringComparer.Ordinal)], items);
        var failed = fixtures is null ? null : FixtureRunner.Run(set, fixtures.Value.Set).FirstOrDefault(result => !result.Passed);
        if (rule is null || fixtures is null || failed is not null)
        {
            var why = failed is not null ? $"{failed.Case.Says}: {failed.Why}" : set.Problems.Select(one => one.Message).FirstOrDefault() ?? "no counter-example could be made of it";
            problem = new("MD2701", ProblemSeverity.Error, $"The draft does not do what its own event asks: {why}", record.File, (int)Math.Min(record.Line, int.MaxValue), Fix: "Write the rule by hand.");
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
        var fields = Ordered(record);
        foreach (var (name, text) in fields) Take(name, text, NamesOperations(record), items, left);
        if (items.Count == 0 || record.Source.Product == "cisco")
        {
            var said = fields.FirstOrDefault(field => sayings.Contains(field.Name));
            if (said.Name is not null) AddWords(said.Name, said.Text, items, left);
        }

        var isWindows = record.Source.Product == "windows";
        if (record.Source.Categories.Count == 0 && isWindows && record["EventID"] is { } id && record["Provider_Name"] is { } provider)
        {
            items.Insert(0, ("EventID", [id]));
            items.Insert(1, ("Provider_Name", [provider]));
        }

        return items;
    }

    // Where a category says what happened, a field called action tells another thing: whether traffic was let through, how a sensor came by a row.
    private static bool NamesOperations(EventRecord record) => record.Source.Categories.All(category => category == "application");

    /// <summary>The values of an event under the names that rules of its log source know, those that tell most first.</summary>
    private static List<(string Name, string Text)> Ordered(EventRecord record)
    {
        var order = commands.Concat(keys).Concat(files).Concat(requests).Concat(programs).Concat(whole).Select((name, at) => (name, at)).ToDictionary(pair => pair.name, pair => pair.at, StringComparer.Ordinal);
        var names = record.Source.FieldNames.Where(owner => record.Source.Categories.Count > 0 && owner.Key == record.Source.Categories[^1]).SelectMany(owner => owner.Value)
            .GroupBy(pair => pair.Value, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Select(pair => pair.Key).MinBy(name => order.GetValueOrDefault(name, int.MaxValue))!, StringComparer.Ordinal);
        var others = record.OtherNames.Where(pair => order.ContainsKey(pair.Key)).GroupBy(pair => pair.Value).ToDictionary(group => group.Key, group => group.Select(pair => pair.Key).MinBy(name => order[name])!);
        return [.. record.Fields.Index()
            .Where(field => field.Item.Name.Length > 0 && field.Item.Text is not null && field.Item.Kind != ValueKind.Object).DistinctBy(field => field.Item.Name)
            .Select(field => (Name: names.GetValueOrDefault(field.Item.Name) ?? (order.ContainsKey(field.Item.Name) ? field.Item.Name : others.GetValueOrDefault(field.Index, field.Item.Name)), Text: field.Item.Text!))
            .DistinctBy(field => field.Name)
            .OrderBy(field => order.GetValueOrDefault(field.Name, int.MaxValue)).ThenBy(field => field.Name, StringComparer.Ordinal)];
    }

    private static void AddWords(string field, string value, List<(string Key, ImmutableArray<string> Values)> items, List<(string, string)> left)
    {
        ImmutableArray<string> words = [.. (field == "ScriptBlockText" ? Volatile.ScriptWords(value) : Volatile.Words(value, startsWithProgram: commands.Contains(field))).Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxWords)];
        if (words.IsEmpty) left.Add((field, "nothing in it stays the same elsewhere"));
        else items.Add((words.Length > 1 ? field + "|contains|all" : field + "|contains", words));
    }

    private static void Take(string field, string value, bool operations, List<(string Key, ImmutableArray<string> Values)> items, List<(string, string)> left)
    {
        if (commands.Contains(field))
        {
            AddWords(field, value, items, left);
            return;
        }

        if (requests.Contains(field))
        {
            if (field.EndsWith("-uri", StringComparison.Ordinal) && items.Exists(item => requests.Contains(item.Key[..Math.Max(0, item.Key.IndexOf('|', StringComparison.Ordinal))]))) return;
            var parts = Volatile.Request(value);
            if (parts.IsEmpty) left.Add((field, "nothing in it stays the same elsewhere"));
            else items.Add((parts.Length > 1 ? field + "|contains|all" : field + "|contains", parts));
            return;
        }

        // A registry path is cut at its ids below: what stands around them is what tells.
        var reason = keys.Contains(field) ? null : Volatile.Reason(field, value);
        if (reason is null && programs.Contains(field) && Volatile.IsWritable(value)) reason = "a program in a folder that users can write to: its name is free to choose";
        if (reason is null && files.Contains(field) && Volatile.Folder(value) is { } folder && items.Count < MaxItems)
        {
            items.Add((field + "|contains", [folder]));
            return;
        }

        if (items.Count >= MaxItems) reason ??= "the rule has enough to go by";
        if (reason is not null) left.Add((field, reason));
        else if (keys.Contains(field))
        {
            var parts = Volatile.Key(value);
            if (parts.IsEmpty) left.Add((field, "nothing in it stays the same elsewhere"));
            else items.Add((parts.Length > 1 ? field + "|contains|all" : field + "|contains", parts));
        }
        else if (programs.Contains(field) || files.Contains(field))
        {
            var path = Volatile.Path(value);
            items.Add((path.Length == value.Length ? field : field + "|endswith", [path]));
        }
        else if (whole.Contains(field) || (operations && FieldClasses.Of(field) == FieldClass.Operation)) items.Add((field, [value]));
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
            if (values.Length == 1) body.Append(CultureInfo.InvariantCulture, $"    {key}: {Quote(Plain(values[0]))}\n");
            else body.Append(CultureInfo.InvariantCulture, $"    {key}:\n{string.Concat(values.Select(value => $"      - {Quote(Plain(value))}\n"))}");
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

    private static string Flat(EventRecord record) =>
        "{" + string.Join(", ", record.Fields.Where(field => field.Name.Length > 0 && field.Text is not null && field.Kind != ValueKind.Object).DistinctBy(field => field.Name).Select(field => $"\"{DraftFixtures.JsonText(field.Name)}\": \"{DraftFixtures.JsonText(field.Text!)}\"")) + "}";

    private static string Quote(string text) => text.Any(char.IsControl)
        ? "\"" + DraftFixtures.JsonText(text) + "\""
        : "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    // A value as a rule's text in which nothing is a wildcard (Sigma specification, "Escaping"): a single backslash stands for itself, several and one before a wildcard are doubled.
    private static string Plain(string value)
    {
        var text = new StringBuilder(value.Length);
        for (var at = 0; at < value.Length; at++)
        {
            var run = 0;
            while (at + run < value.Length && value[at + run] == '\\') run++;
            var isWildcard = at + run < value.Length && value[at + run] is '*' or '?';
            text.Append('\\', run > 1 || isWildcard ? 2 * run : run);
            at += run;
            if (at >= value.Length) break;
            if (isWildcard) text.Append('\\');
            text.Append(value[at]);
        }

        return text.ToString();
    }

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
