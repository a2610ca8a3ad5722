using System.CommandLine;
using System.Text.Json;
using Modus.Cli.Shell;
using Modus.Logs;

namespace Modus.Cli.Commands.Logs;

/// <summary><c>modus logs show PATH…</c>: events as rules see them, under the names that rules use.</summary>
internal sealed class LogsShowCommand : ModusCommand
{
    private const int ShownValue = 60;

    private readonly Argument<string[]> paths = new("PATH") { Description = "Logs: files, folders, gzip and zip archives.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<int> limit = new("--limit") { Description = "How many events to show. Default 20.", HelpName = "N", DefaultValueFactory = _ => 20 };
    private readonly Option<long> skip = new("--skip") { Description = "How many events to pass over first.", HelpName = "N" };
    private readonly LogChoices choices = new();

    public LogsShowCommand() : base("show", "Shows events as rules see them: log source, time, host, and every field under the name rules use.", Format.Table, Format.Ndjson, Format.Json)
    {
        Add(paths);
        Add(limit);
        Add(skip);
        foreach (var option in choices.All) Add(option);
        Example("modus logs show samples/first-case/hosts.jsonl --limit 3");
        Example("modus logs show samples/first-case/hosts.jsonl --skip 1 --limit 1 -o json");
    }

    public override int Run(Invocation run)
    {
        if (run.Get(limit) < 1 || run.Get(skip) < 0) throw CommandFailure.Usage("MD9027", "--limit and --skip count events", "use numbers from 1 and from 0");
        var reader = new LogReader(choices.Read(run));
        var kept = new List<EventRecord>();
        var passed = run.Get(skip);
        foreach (var seen in reader.Read((run.Get(paths) ?? []).Select(run.PathOf)))
        {
            run.Stop.ThrowIfCancellationRequested();
            if (passed-- > 0 || kept.Count >= run.Get(limit)) continue;
            kept.Add(seen.Keep());
        }

        switch (run.Format)
        {
            case Format.Json:
                run.Out.WriteLine(Json.Indented(json =>
                {
                    json.WriteStartArray();
                    foreach (var record in kept) WriteEvent(json, record);
                    json.WriteEndArray();
                }));
                break;
            case Format.Ndjson:
                foreach (var record in kept) run.Out.WriteLine(Json.Of(json => WriteEvent(json, record)));
                break;
            default:
                Listing.Write(
                    run.Out, run.Format, run.Width, run.OutStyle, kept,
                    new Column<EventRecord>("time", "Time", TimeOf),
                    new Column<EventRecord>("host", "Host", record => record.Host),
                    new Column<EventRecord>("source", "Log source", record => record.Source.ToString()),
                    new Column<EventRecord>("fields", "Fields", Summary) { Gives = true });
                break;
        }

        return LogChoices.Finish(run, reader.Report);
    }

    private static object? TimeOf(EventRecord record) => record.Time.Quality == TimeQuality.None ? null : new DateTimeOffset(record.Time.Utc, TimeSpan.Zero);

    private static string Summary(EventRecord record) =>
        string.Join(' ', record.Fields.Where(field => field.Text is { Length: > 0 } && field.Kind != ValueKind.Object).Select(field => $"{field.Name}={Cut(field.Text!)}"));

    private static string Cut(string text) => text.Length <= ShownValue ? text : text[..ShownValue] + "…";

    private static void WriteEvent(Utf8JsonWriter json, EventRecord record)
    {
        json.WriteStartObject();
        Json.WriteMember(json, "file", record.File);
        Json.WriteMember(json, "line", record.Line);
        Json.WriteMember(json, "record", record.RecordId);
        Json.WriteMember(json, "shape", record.Shape);
        Json.WriteMember(json, "carved", record.IsCarved);
        Json.WriteMember(json, "time", TimeOf(record));
        Json.WriteMember(json, "time_quality", record.Time.Quality switch
        {
            TimeQuality.Exact => "exact",
            TimeQuality.ZoneAssumed => "zone-assumed",
            TimeQuality.ZoneUnknown => "zone-unknown",
            _ => "none",
        });
        Json.WriteMember(json, "host", record.Host);
        json.WriteStartObject("logsource");
        Json.WriteMember(json, "product", record.Source.Product);
        Json.WriteMember(json, "service", record.Source.Services);
        Json.WriteMember(json, "category", record.Source.Categories);
        json.WriteEndObject();
        json.WriteStartObject("fields");
        foreach (var field in record.Fields.Where(field => field.Kind != ValueKind.Object).GroupBy(field => field.Name, StringComparer.Ordinal))
            Json.WriteMember(json, field.Key, field.Count() == 1 ? field.First().Text : field.Select(value => value.Text ?? "").ToList());
        json.WriteEndObject();
        json.WriteStartObject("also_named");
        foreach (var (name, place) in record.OtherNames.OrderBy(pair => pair.Key, StringComparer.Ordinal)) Json.WriteMember(json, name, record.Fields[place].Name);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
