using System.CommandLine;
using System.Text;
using Modus.Cli.Shell;
using Modus.Logs;

namespace Modus.Cli.Commands.Logs;

/// <summary><c>modus logs info PATH…</c>: which formats, shapes and log sources lie in files, before any rule runs.</summary>
internal sealed class LogsInfoCommand : ModusCommand
{
    private const int MostHosts = 20;

    private readonly Argument<string[]> paths = new("PATH") { Description = "Logs: files, folders, gzip and zip archives.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> sources = new("--sources") { Description = "A row for each log source instead of each file." };
    private readonly LogChoices choices = new();

    public LogsInfoCommand() : base("info", "Says which formats and log sources lie in files, and what cannot be read.", Listing.All)
    {
        Add(paths);
        Add(sources);
        foreach (var option in choices.All) Add(option);
        Example("modus logs info samples/first-case/hosts.jsonl");
        Example("modus logs info samples/first-case/hosts.jsonl --sources -o csv");
    }

    public override int Run(Invocation run)
    {
        var reader = new LogReader(choices.Read(run));
        var seen = new SortedDictionary<string, SourceRow>(StringComparer.Ordinal);
        var report = reader.Run([.. (run.Get(paths) ?? []).Select(run.PathOf)], () => new SourceCounter(), rows =>
        {
            foreach (var row in rows)
                if (seen.TryGetValue(row.Key, out var known)) known.Add(row);
                else seen[row.Key] = row;
        }, run.Stop);
        if (run.Get(sources)) WriteSources(run, seen.Values);
        else WriteFiles(run, report.Files);
        return LogChoices.Finish(run, report);
    }

    private static void WriteFiles(Invocation run, IEnumerable<LogFileReport> files) => run.Write(
        files,
        new Column<LogFileReport>("file", "File", file => file.File) { Gives = true },
        new Column<LogFileReport>("format", "Format", file => file.Format.Length == 0 ? "unknown" : file.Format),
        new Column<LogFileReport>("shapes", "Shapes", file => file.Shapes.Keys.ToList()),
        new Column<LogFileReport>("records", "Records", file => file.Records) { Right = true },
        new Column<LogFileReport>("events", "Events", file => file.Events) { Right = true },
        new Column<LogFileReport>("skipped", "Skipped", file => file.Skipped.Values.Sum()) { Right = true },
        new Column<LogFileReport>("bytes", "Bytes", file => file.Bytes) { Right = true });

    private static void WriteSources(Invocation run, IEnumerable<SourceRow> rows) => run.Write(
        rows,
        new Column<SourceRow>("product", "Product", row => row.Source.Product ?? "unknown"),
        new Column<SourceRow>("service", "Service", row => row.Source.Services),
        new Column<SourceRow>("category", "Category", row => row.Source.Categories),
        new Column<SourceRow>("where", "Where", row => row.Source.Constants.Select(c => $"{c.Key}={c.Value}").ToList()) { Gives = true },
        new Column<SourceRow>("events", "Events", row => row.Events) { Right = true },
        new Column<SourceRow>("first", "First", row => row.First is { } time ? new DateTimeOffset(time, TimeSpan.Zero) : null),
        new Column<SourceRow>("last", "Last", row => row.Last is { } time ? new DateTimeOffset(time, TimeSpan.Zero) : null),
        new Column<SourceRow>("hosts", "Hosts", row => row.Hosts.Take(MostHosts).ToList()) { Gives = true });

    /// <summary>The events of one log source.</summary>
    private sealed class SourceRow(LogSource source)
    {
        public LogSource Source { get; } = source;

        public string Key => $"{Source}\n{string.Join('\n', Source.Constants.Select(c => $"{c.Key}={c.Value}"))}";

        public long Events { get; private set; }

        public DateTime? First { get; private set; }

        public DateTime? Last { get; private set; }

        public SortedSet<string> Hosts { get; } = new(StringComparer.Ordinal);

        public void Add(LogEvent seen)
        {
            Events++;
            if (!seen.Host.IsEmpty && Hosts.Count < 2 * MostHosts) Hosts.Add(Encoding.UTF8.GetString(seen.Host));
            if (seen.Time is { Quality: not TimeQuality.None } time) Span(time.Utc, time.Utc);
        }

        public void Add(SourceRow other)
        {
            Events += other.Events;
            Hosts.UnionWith(other.Hosts);
            if (other.First is { } first && other.Last is { } last) Span(first, last);
        }

        private void Span(DateTime first, DateTime last)
        {
            if (First is null || first < First) First = first;
            if (Last is null || last > Last) Last = last;
        }
    }

    private sealed class SourceCounter : IEventWorker<List<SourceRow>>
    {
        private readonly Dictionary<LogSource, SourceRow> rows = [];

        public void Accept(LogEvent logEvent)
        {
            if (!rows.TryGetValue(logEvent.Source, out var row)) rows[logEvent.Source] = row = new SourceRow(logEvent.Source);
            row.Add(logEvent);
        }

        public List<SourceRow> EndBlock()
        {
            var ended = rows.Values.ToList();
            rows.Clear();
            return ended;
        }
    }
}
