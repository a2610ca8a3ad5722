using System.Text;
using Modus.Casework.Cases;
using Modus.Logs;
using Modus.Sigma.Matching;

namespace Modus.Casework.LogHoles;

/// <summary>When which host wrote which log, minute by minute, with the marks of logging being stopped. Fed by a reading of the logs.</summary>
public sealed class LogActivity
{
    private readonly Dictionary<(string File, string Host, string Source), LogSeries> series = [];
    private readonly Lazy<HoleRules> rules = new(HoleRules.Load);
    private readonly Lock making = new();
    private Matcher? matcher;

    /// <summary>Each file's host and log source, in ordinal order.</summary>
    public IReadOnlyList<LogSeries> Series =>
        [.. series.Values.OrderBy(item => item.File, StringComparer.Ordinal).ThenBy(item => item.Host, StringComparer.Ordinal).ThenBy(item => item.Source, StringComparer.Ordinal)];

    /// <summary>Events that say that logging stopped or went on, in reading order.</summary>
    internal List<HoleMark> Marks { get; } = [];

    internal IEventWorker<object> Watcher(FieldTable fields)
    {
        lock (making) matcher ??= new Matcher(rules.Value.Rules.Rules, fields);
        return new Worker(matcher, rules.Value);
    }

    internal void Take(object watched)
    {
        var block = (Block)watched;
        foreach (var (key, part) in block.Series)
        {
            if (series.TryGetValue(key, out var known)) known.Add(part);
            else series[key] = part;
        }
        Marks.AddRange(block.Marks);
    }

    /// <summary>The name of a log source for people and tables: product and service, or what the reader knows instead.</summary>
    internal static string SourceOf(LogSource source, string shape)
    {
        if (source.Services.Count > 0) return source.Product is null ? source.Services[0] : $"{source.Product} {source.Services[0]}";
        if (source.Product is not null) return shape.Length > 0 && !shape.StartsWith(source.Product, StringComparison.OrdinalIgnoreCase) ? $"{source.Product} {shape}" : source.Product;
        return source.Categories.Count > 0 ? source.Categories[0] : shape.Length > 0 ? shape : "unknown";
    }

    private sealed class Block
    {
        public Dictionary<(string File, string Host, string Source), LogSeries> Series { get; } = [];

        public List<HoleMark> Marks { get; } = [];
    }

    private sealed class Worker(Matcher matcher, HoleRules rules) : IEventWorker<object>
    {
        private readonly MatchWorker marks = matcher.CreateWorker();
        private readonly Dictionary<LogSource, string> names = new(ReferenceEqualityComparer.Instance);
        private Block block = new();
        private byte[] lastHost = [];
        private (string File, string Host, string Source)? lastKey;
        private LogSource? lastSource;
        private LogSeries? last;

        public void Accept(LogEvent logEvent)
        {
            var current = Find(logEvent);
            var time = logEvent.Time;
            current.See(time.Quality == TimeQuality.None ? null : time.Utc, logEvent.IsCarved ? 0 : logEvent.RecordId);
            var matched = marks.Match(logEvent);
            if (matched.IsEmpty || time.Quality == TimeQuality.None) return;
            foreach (var index in matched)
            {
                var place = logEvent.RecordId > 0 ? FormattableString.Invariant($"record {logEvent.RecordId}") : FormattableString.Invariant($"line {logEvent.Line}");
                block.Marks.Add(new HoleMark(rules.Kinds[index], current.Host, rules.Blinds[index] ?? current.Source, new DateTimeOffset(time.Utc, TimeSpan.Zero), logEvent.File, place, rules.Rules.Rules[index].Header.Title));
            }
        }

        public object EndBlock()
        {
            var done = block;
            block = new Block();
            (last, lastKey, lastSource) = (null, null, null);
            return done;
        }

        private LogSeries Find(LogEvent logEvent)
        {
            var source = logEvent.Source;
            if (last is not null && ReferenceEquals(source, lastSource) && ReferenceEquals(logEvent.File, lastKey!.Value.File) && logEvent.Host.SequenceEqual(lastHost)) return last;
            if (!names.TryGetValue(source, out var name)) names[source] = name = SourceOf(source, logEvent.Shape);
            var key = (logEvent.File, Encoding.UTF8.GetString(logEvent.Host), name);
            if (!block.Series.TryGetValue(key, out var found)) block.Series[key] = found = new LogSeries(key.File, key.Item2, name);
            (last, lastKey, lastSource, lastHost) = (found, key, source, logEvent.Host.ToArray());
            return found;
        }
    }
}

/// <summary>An event that says that logging stopped or went on.</summary>
/// <param name="Kind">A type of gap, or <c>resumes</c>.</param>
/// <param name="Host">The host, as the event names it.</param>
/// <param name="Source">The log source that it is about.</param>
/// <param name="Time">When.</param>
/// <param name="File">The file it stands in.</param>
/// <param name="Place">Record or line.</param>
/// <param name="Title">What the event means.</param>
internal sealed record HoleMark(string Kind, string Host, string Source, DateTimeOffset Time, string File, string Place, string Title);
