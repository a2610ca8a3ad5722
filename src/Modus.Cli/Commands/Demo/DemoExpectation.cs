using System.Globalization;
using System.Text.Json;

namespace Modus.Cli.Commands.Demo;

/// <summary>Whether a finding of the demo is what the case says.</summary>
internal enum CheckState
{
    /// <summary>As expected.</summary>
    Agrees,

    /// <summary>Something else came out.</summary>
    Differs,
}

/// <summary>One expected finding beside what came out.</summary>
internal sealed record DemoCheck(string What, string Expected, string Found)
{
    public CheckState State => Found == Expected ? CheckState.Agrees : CheckState.Differs;
}

/// <summary>The findings that the case says must come out. They are compared with, never shown in their place.</summary>
internal sealed class DemoExpectation
{
    private readonly JsonElement _root;

    private DemoExpectation(JsonElement root) => _root = root;

    public string Name => _root.GetProperty("name").GetString()!;

    /// <summary>The release in which the case is told.</summary>
    public string Attack => _root.GetProperty("attack").GetString()!;

    /// <summary>The moment that the responders take for the entry; latencies count from there.</summary>
    public DateTime Entry => _root.GetProperty("latency").GetProperty("entry").GetDateTime().ToUniversalTime();

    /// <summary>The local time of the firewall, which its file does not state: the responders asked.</summary>
    public TimeSpan FirewallOffset => TimeSpan.Parse(_root.GetProperty("firewall_offset").GetString()!.TrimStart('+'), CultureInfo.InvariantCulture);

    /// <summary>The zones that the responders gave for files whose times have none.</summary>
    public IReadOnlyList<(string File, string Zone)> Zones => [.. _root.GetProperty("zones").EnumerateObject().Select(zone => (zone.Name, zone.Value.GetString()!))];

    public static DemoExpectation Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return new(document.RootElement.Clone());
    }

    /// <summary>Every expected finding beside what came out.</summary>
    public IReadOnlyList<DemoCheck> Compare(DemoFindings found)
    {
        var list = _root.GetProperty("list").EnumerateArray().ToList();
        string Ids(Func<JsonElement, bool> where) => string.Join(' ', list.Where(where).Select(row => row.GetProperty("id").GetString()).Order(StringComparer.Ordinal));
        string State(string state) => Ids(row => row.GetProperty("state").GetString() == state);
        return
        [
            new("reports", Number("totals", "reports"), Text(found.Reports)),
            new("log sources", Number("totals", "log_sources"), Text(found.LogSources)),
            new("events", Number("totals", "events"), Text(found.Events)),
            new("records that two logs hold", Number("totals", "duplicates"), Text(found.Duplicates)),
            new("records of a damaged chunk", Number("totals", "damaged_records"), Text(found.LostRecords)),
            new("rules", Number("totals", "rules"), Text(found.Rules)),
            new("rules that do not load", "1", Text(found.RefusedRules)),
            new("techniques seen in logs", Ids(row => row.GetProperty("seen").GetBoolean()), Join(found.Seen)),
            new("techniques told by reports", Ids(row => row.GetProperty("told").GetBoolean()), Join(found.Told)),
            new("techniques", Ids(_ => true), Join(found.Techniques)),
            new("tactics", Number("techniques", "tactics"), Text(found.Tactics)),
            new("techniques with a rule that fired", State("fired"), Join(found.Fired)),
            new("techniques with a rule that cannot fire", State("cannot-fire"), Join(found.CannotFire.SelectMany(rule => rule.Techniques))),
            new("techniques in logs without a rule", State("no-rule"), Join(found.NobodyLooking)),
            new("contradicted by the logs", "T1003.006", Join(found.Contradicted.Select(pair => pair.Told))),
            new("first alert", Latency("first_alert"), Time(found.FirstAlert)),
            new("first grave alert", Latency("first_high"), Time(found.FirstHigh)),
            new("first grave alert with the best rules added", Latency("first_high_what_if"), Time(found.FirstHighWithQueries)),
            new("attribution", _root.GetProperty("attribution").GetProperty("verdict").GetString()!, found.Contest.IsFirm ? "firm" : "inconclusive"),
            new("traits that decide", Join(_root.GetProperty("attribution").GetProperty("deciding").EnumerateArray().Select(id => id.GetString()!)), Join(found.Contest.Deciding.Select(pair => pair.Technique))),
            new("rare traits", Number("techniques", "rare_traits"), Text(found.Contest.Rare.Count)),
            new("ids replaced in the next release", Join(_root.GetProperty("upgrade").EnumerateObject().Where(pair => pair.Name != "to").Select(pair => $"{pair.Name}>{pair.Value.GetString()}")), Join(found.Upgraded.Select(pair => $"{pair.Old}>{pair.New}"))),
            new("log holes", string.Join("; ", _root.GetProperty("holes").EnumerateArray().Select(hole => Hole(hole.GetProperty("host").GetString()!, hole.GetProperty("from").GetDateTime(), hole.GetProperty("to").ValueKind == JsonValueKind.Null ? null : hole.GetProperty("to").GetDateTime()))), string.Join("; ", found.Case.Holes.Select(hole => Hole(hole.Host ?? "", hole.From?.UtcDateTime, hole.To?.UtcDateTime)))),
            new("offset of the advisory's clock", Text((long)FirewallOffset.TotalMinutes), Clock(found)),
            new("items to review where reports and logs disagree or nothing can check", Join(_root.GetProperty("review").EnumerateArray().Select(item => item.TryGetProperty("technique", out var id) ? id.GetString()! : item.GetProperty("kind").GetString()!)), Join(found.Case.Disputed)),
            new("rules that fell silent between exercises", "R03", Join(found.Lost.Select(lost => lost.Rule))),
        ];
    }

    private string Number(string group, string name) => Text(_root.GetProperty(group).GetProperty(name).GetInt64());

    private string Latency(string name) => _root.GetProperty("latency").GetProperty(name).GetString()!;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Minutes by which a document's times are ahead of the events, as the case proposes it; "none" where it proposes nothing.</summary>
    private static string Clock(DemoFindings found) =>
        found.Case.Contradictions.Where(item => item.Kind == "time").Select(item => item.Says[(item.Says.LastIndexOf("UTC", StringComparison.Ordinal) + 3)..].TrimStart('+'))
            .Select(words => TimeSpan.TryParse(words, CultureInfo.InvariantCulture, out var offset) ? Text((long)offset.TotalMinutes) : "none").FirstOrDefault() ?? "none";

    private static string Hole(string host, DateTime? from, DateTime? to) => $"{host} {Time(from?.ToUniversalTime())} to {(to is null ? "the end" : Time(to.Value.ToUniversalTime()))}";

    private static string Time(DateTime? time) => time?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "none";

    private static string Join(IEnumerable<string> ids) => string.Join(' ', ids.Distinct().Order(StringComparer.Ordinal));
}
