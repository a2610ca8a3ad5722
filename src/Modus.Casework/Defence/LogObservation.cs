using System.Globalization;
using Modus.Analysis.Coverage;
using Modus.Logs;
using Modus.Sigma;
using Modus.Sigma.Hunting;
using Modus.Sigma.Reach;
using Modus.Sigma.Rules;

namespace Modus.Casework.Defence;

/// <summary>What logs show of a defence: which sources come with which fields, and which rules fire on them. One reading.</summary>
/// <param name="Schemas">A schema a log source, by its words.</param>
/// <param name="Hits">What rules found, by rule and host.</param>
/// <param name="Report">What became of the logs.</param>
public sealed record LogObservation(IReadOnlyList<LogSchema> Schemas, IReadOnlyList<RuleHits> Hits, HuntReport Report)
{
    private const int MostHosts = 1_000, MostHostsOfRule = 20, WholeLooks = 20;

    /// <summary>Reads logs once.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="rules">Rules to hunt with; an empty set looks at the logs only.</param>
    /// <param name="context">The release, for platforms and techniques.</param>
    /// <param name="options">How logs are read.</param>
    /// <param name="stop">Stops the reading.</param>
    public static LogObservation Of(IReadOnlyList<string> paths, RuleSet rules, DefenceContext context, LogReadOptions options, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(context);
        // Each thread counts for itself; the look costs one walk over an event's values.
        using var counts = new ThreadLocal<Dictionary<LogSource, SourceLook>>(() => new(ReferenceEqualityComparer.Instance), trackAllValues: true);
        var hits = new Dictionary<(string Rule, string Host), HitCount>();
        FieldTable? fields = null;
        var report = Hunt.Run(rules, paths, new HuntOptions
        {
            Read = options,
            WithEvidence = false,
            Select = logEvent =>
            {
                Volatile.Write(ref fields, logEvent.Fields);
                var own = counts.Value!;
                if (!own.TryGetValue(logEvent.Source, out var look)) own[logEvent.Source] = look = new();
                look.See(logEvent);
                return true;
            },
        }, hit => Take(hits, hit.Rule.Header, hit.Event, context), hit => Take(hits, hit), stop);

        var looks = new Dictionary<LogSource, SourceLook>(ReferenceEqualityComparer.Instance);
        foreach (var part in counts.Values)
            foreach (var (source, look) in part)
                if (looks.TryGetValue(source, out var sum)) sum.Add(look);
                else looks[source] = look;
        var schemas = looks.Select(pair => LogSchema.Of(pair.Key, pair.Value.Fields.Select(number => fields!.Name(number)), pair.Value.Events) with
        {
            First = pair.Value.First,
            Last = pair.Value.Last,
            Hosts = [.. pair.Value.Hosts.Order(StringComparer.Ordinal)],
        }).OrderBy(schema => schema.ToString(), StringComparer.Ordinal).ThenBy(schema => string.Join('|', schema.Constants), StringComparer.Ordinal).ToList();
        return new(schemas, [.. hits.OrderBy(pair => pair.Key.Rule, StringComparer.Ordinal).ThenBy(pair => pair.Key.Host, StringComparer.Ordinal).Select(pair => pair.Value.Result(pair.Key.Rule, pair.Key.Host))], report);
    }

    /// <summary>Schemas as log sources of an inventory: one for each service or category of a product.</summary>
    /// <param name="schemas">What was seen.</param>
    /// <param name="place">Where: the logs' path.</param>
    /// <param name="context">The release, for platforms.</param>
    public static IReadOnlyList<LogSourceCoverage> Sources(IReadOnlyList<LogSchema> schemas, string place, DefenceContext context)
    {
        ArgumentNullException.ThrowIfNull(schemas);
        ArgumentNullException.ThrowIfNull(context);
        return [.. schemas.Where(schema => schema.Product is not null)
            .SelectMany(schema => schema.Services.Select(service => (Schema: schema, Stream: new SigmaStream(schema.Product, null, service)))
                .Concat(schema.Categories.Select(category => (Schema: schema, Stream: new SigmaStream(schema.Product, category, null))))
                .Concat(schema.Services.IsEmpty && schema.Categories.IsEmpty ? [(schema, new SigmaStream(schema.Product, null, null))] : []))
            .GroupBy(pair => pair.Stream).OrderBy(group => group.Key.ToString(), StringComparer.Ordinal)
            .Select(group =>
            {
                var codes = group.SelectMany(pair => pair.Schema.Constants).Where(pair => int.TryParse(pair.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _)).Select(pair => int.Parse(pair.Value, CultureInfo.InvariantCulture)).Distinct().Order().ToList();
                var hosts = group.SelectMany(pair => pair.Schema.Hosts).Distinct(StringComparer.OrdinalIgnoreCase).Count();
                return new LogSourceCoverage($"seen:{group.Key}", $"{group.Key}, {group.Sum(pair => pair.Schema.Events).ToString("N0", CultureInfo.InvariantCulture)} events seen", place)
                {
                    // A stream that names no service is no name of a log in ATT&CK's words.
                    Platforms = context.Products.Of(group.Key.Product, group.Key.Service),
                    Streams = [group.Key],
                    // Only what was seen of a service: other events of it may never come.
                    Categories = group.Key.Service is { } service ? new Dictionary<string, IReadOnlyList<string>> { [service] = [.. group.SelectMany(pair => pair.Schema.Categories).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] } : [],
                    EventCodes = group.Key.Service is null ? [] : codes,
                    Since = group.Min(pair => pair.Schema.First),
                    SeenOn = group.Max(pair => pair.Schema.Last),
                    ObservedHosts = hosts,
                    WasObserved = true,
                };
            })];
    }

    private static void Take(Dictionary<(string, string), HitCount> hits, RuleHeader rule, EventRecord at, DefenceContext context)
    {
        var source = at.Source;
        var platforms = source.Services.Count > 0 ? [.. source.Services.SelectMany(service => context.Products.Of(source.Product, service)).Distinct(StringComparer.Ordinal)] : context.Products.Of(source.Product, null);
        DateTime? time = at.Time.Quality == TimeQuality.None ? null : at.Time.Utc;
        CountOf(hits, rule, at.Host).See(time, at.Host, at.RecordId > 0 ? FormattableString.Invariant($"{at.File} record {at.RecordId}") : FormattableString.Invariant($"{at.File}:{at.Line}"), rule.Title, platforms);
    }

    private static void Take(Dictionary<(string, string), HitCount> hits, CorrelationHit hit)
    {
        var rule = hit.Correlation.Header;
        var at = hit.Events.Length > 0 ? hit.Events[0] : null;
        var place = at is null ? "" : at.RecordId > 0 ? FormattableString.Invariant($"{at.File} record {at.RecordId}") : FormattableString.Invariant($"{at.File}:{at.Line}");
        CountOf(hits, rule, "").See(hit.Last, "", place, rule.Title, []);
    }

    private static HitCount CountOf(Dictionary<(string Rule, string Host), HitCount> hits, RuleHeader rule, string host)
    {
        var id = rule.Id ?? rule.Title;
        var key = (id, host);
        if (!hits.ContainsKey(key) && hits.Keys.Count(known => known.Rule == id) >= MostHostsOfRule) key = (id, "");
        if (!hits.TryGetValue(key, out var count)) hits[key] = count = new();
        return count;
    }

    private sealed class HitCount
    {
        private DateTime? first, last;
        private string place = "", title = "";
        private IReadOnlyList<string> platforms = [];
        private long count;

        public void See(DateTime? time, string host, string where, string rule, IReadOnlyList<string> on)
        {
            count++;
            title = rule;
            platforms = platforms.Count == 0 ? on : platforms;
            if (place.Length == 0 || time > last) place = where;
            if (time is null) return;
            if (first is null || time < first) first = time;
            if (last is null || time > last) last = time;
        }

        public RuleHits Result(string rule, string host) => new(rule, count, new(RungEvidenceKind.Hit, title, place)
        {
            Id = rule,
            Host = host.Length > 0 ? host : null,
            Date = last is { } end ? DateOnly.FromDateTime(end) : null,
        })
        {
            First = first is { } start ? DateOnly.FromDateTime(start) : null,
            Platforms = platforms,
        };
    }

    private sealed class SourceLook
    {
        private byte[] lastHost = [];

        public HashSet<int> Fields { get; } = [];
        public HashSet<string> Hosts { get; } = new(StringComparer.OrdinalIgnoreCase);
        public long Events { get; private set; }
        public DateOnly? First { get; private set; }
        public DateOnly? Last { get; private set; }

        public void See(LogEvent logEvent)
        {
            Events++;
            for (var slot = 0; slot < logEvent.Count; slot++)
                if (logEvent.FieldOf(slot) is >= 0 and var field) Fields.Add(field);
            // Further names of a value are not told by its slot: the first events are asked for every name.
            if (Events <= WholeLooks)
                for (var field = 0; field < logEvent.Fields.Count; field++)
                    if (logEvent.First(field) >= 0) Fields.Add(field);
            if (!logEvent.Host.IsEmpty && Hosts.Count < MostHosts && !logEvent.Host.SequenceEqual(lastHost))
            {
                lastHost = logEvent.Host.ToArray();
                Hosts.Add(System.Text.Encoding.UTF8.GetString(lastHost));
            }
            if (logEvent.Time.Quality == TimeQuality.None) return;
            var day = DateOnly.FromDateTime(logEvent.Time.Utc);
            if (First is null || day < First) First = day;
            if (Last is null || day > Last) Last = day;
        }

        public void Add(SourceLook other)
        {
            Events += other.Events;
            Fields.UnionWith(other.Fields);
            Hosts.UnionWith(other.Hosts);
            if (First is null || other.First < First) First = other.First ?? First;
            if (Last is null || other.Last > Last) Last = other.Last ?? Last;
        }
    }
}
