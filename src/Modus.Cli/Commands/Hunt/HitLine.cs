using System.Runtime.CompilerServices;
using Modus.Cli.Shell;
using Modus.Logs;
using Modus.Sigma.Hunting;
using Modus.Sigma.Rules;

namespace Modus.Cli.Commands.Hunt;

/// <summary>A hit as a line of a listing.</summary>
internal sealed record HitLine(
    DateTimeOffset? Time,
    string Level,
    string Host,
    string Rule,
    string RuleId,
    string Author,
    IReadOnlyList<string> Techniques,
    string User,
    string Process,
    string Details,
    string File,
    long Line,
    long Record,
    string Source)
{
    private static readonly ConditionalWeakTable<RuleHeader, string[]> techniques = [];
    private static readonly ConditionalWeakTable<LogSource, string> sources = [];
    private static readonly string[] users = ["User", "SubjectUserName", "TargetUserName", "userPrincipalName", "UserId", "userIdentity.arn", "initiatedBy.user.userPrincipalName", "auid"];
    private static readonly string[] processes = ["CommandLine", "Image", "NewProcessName", "SourceImage", "exe", "eventName", "Operation", "activityDisplayName", "operationName"];

    public static readonly Column<HitLine>[] Columns =
    [
        new("time", "Time", line => line.Time),
        new("level", "Level", line => line.Level),
        new("host", "Host", line => line.Host),
        new("rule", "Rule", line => line.Rule) { Gives = true },
        new("rule_id", null, line => line.RuleId),
        new("author", "Rule's author", line => line.Author) { Gives = true },
        new("techniques", "Techniques", line => line.Techniques),
        new("user", "User", line => line.User),
        new("process", "Process", line => line.Process) { Gives = true },
        new("details", "Why", line => line.Details) { Gives = true },
        new("file", null, line => line.File),
        new("line", null, line => line.Line),
        new("record", null, line => line.Record),
        new("source", null, line => line.Source),
    ];

    public static HitLine Of(Hit hit) => new(
        hit.Event.Time.Quality == TimeQuality.None ? null : new DateTimeOffset(hit.Event.Time.Utc, TimeSpan.Zero),
        LevelOf(hit.Rule.Header), hit.Event.Host, hit.Rule.Header.Title, hit.Rule.Header.Id ?? "", hit.Rule.Header.Author, TechniquesOf(hit.Rule.Header),
        First(hit.Event, users), First(hit.Event, processes),
        string.Join("; ", hit.Evidence.Where(evidence => evidence.Value is not null).Select(evidence => $"{evidence.Field}: {Cut(evidence.Value!)}").Distinct().Take(4)),
        hit.Event.File, hit.Event.Line, hit.Event.RecordId, sources.GetValue(hit.Event.Source, source => source.ToString()));

    public static HitLine Of(CorrelationHit hit) => new(
        new DateTimeOffset(hit.First, TimeSpan.Zero), LevelOf(hit.Correlation.Header), "", hit.Correlation.Header.Title, hit.Correlation.Header.Id ?? "",
        hit.Correlation.Header.Author, TechniquesOf(hit.Correlation.Header), "", "",
        $"{hit.Measured} until {Values.Time(new DateTimeOffset(hit.Last, TimeSpan.Zero))} for {string.Join(", ", hit.Correlation.Rule.GroupBy.Zip(hit.Group, (field, value) => $"{field}={Cut(value)}"))}",
        hit.Events.Select(one => one.File).FirstOrDefault() ?? "", hit.Events.Select(one => one.Line).FirstOrDefault(), hit.Events.Select(one => one.RecordId).FirstOrDefault(), "correlation");

    public static string LevelOf(RuleHeader header) => header.Level == RuleLevel.Unstated ? "unstated" : header.Level.ToString().ToLowerInvariant();

    /// <summary>The technique ids among a rule's tags, in upper case.</summary>
    public static IReadOnlyList<string> TechniquesOf(RuleHeader header) => techniques.GetValue(header, _ =>
        [.. header.Tags.Where(tag => tag.Namespace == "attack" && tag.Value.Length > 4 && tag.Value[0] == 't' && char.IsAsciiDigit(tag.Value[1])).Select(tag => tag.Value.ToUpperInvariant()).Distinct()]);

    private static string First(EventRecord record, string[] fields) =>
        fields.Select(field => record[field]).FirstOrDefault(value => !string.IsNullOrEmpty(value) && value != "-") ?? "";

    private static string Cut(string text) => text.Length <= 200 ? text : text[..(char.IsHighSurrogate(text[198]) ? 198 : 199)] + "…";
}
