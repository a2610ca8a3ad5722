using Modus.Logs;
using Modus.Sigma;
using Modus.Sigma.Hunting;
using Modus.Sigma.Rules;

namespace Modus.Casework.Investigation;

/// <summary>Runs rules over logs and turns what matches into evidence, counted together by rule, file and host.</summary>
internal sealed class LogInput(RuleSet rules, FindingCollector findings, Indicators.EventIndicators? indicators = null)
{
    // The values that decided a match, for people; the event itself stays where it is.
    private const int LongestValue = 300, MostValues = 6;

    private readonly Dictionary<(int Rule, string File, string Host), Sighting> sightings = [];
    private readonly List<(CorrelationHit Hit, Sighting Sighting)> correlated = [];

    /// <summary>Reads the logs and adds what the rules saw.</summary>
    /// <returns>What was read, file by file, and what no rule could see.</returns>
    public (LogReadReport Files, LogNote Note) Read(IReadOnlyList<string> paths, LogReadOptions options, LogHoles.LogActivity? activity, CancellationToken stop)
    {
        var hunt = new HuntOptions { Read = options, Watch = activity is null ? null : activity.Watcher, OnWatched = activity is null ? null : activity.Take };
        var report = Hunt.Run(rules, paths, hunt, Take, TakeCorrelation, stop);
        foreach (var problem in report.Logs.Problems) findings.Problems.Add(ProblemForms.Of(problem));
        foreach (var ((rule, _, _), sighting) in sightings.OrderBy(pair => pair.Key.Rule).ThenBy(pair => pair.Key.File, StringComparer.Ordinal).ThenBy(pair => pair.Key.Host, StringComparer.Ordinal))
            Add(rules.Rules[rule].Header, sighting);
        if (indicators is not null) findings.Indicators.AddRange(indicators.Found);
        foreach (var (hit, sighting) in correlated) Add(hit.Correlation.Header, sighting);
        return (report.Logs, NoteOf(report));
    }

    private void Take(Hit hit)
    {
        var key = (hit.RuleIndex, hit.Event.File, hit.Event.Host);
        if (!sightings.TryGetValue(key, out var sighting))
            sightings[key] = sighting = new Sighting(hit.Event.File, hit.Event.Host, PlaceOf(hit.Event.RecordId, hit.Event.Line), DetailsOf(hit));
        indicators?.Take(hit, PlaceOf(hit.Event.RecordId, hit.Event.Line));
        sighting.See(AccountFields.Of(hit.Event));
        sighting.Count(hit.Event.Time.Quality != TimeQuality.None ? hit.Event.Time.Utc : null, 1);
    }

    private void TakeCorrelation(CorrelationHit hit)
    {
        var first = hit.Events.Length > 0 ? hit.Events[0] : null;
        var group = hit.Group.Length > 0 ? $" for {string.Join(", ", hit.Group)}" : "";
        var sighting = new Sighting(
            first?.File ?? "", "", first is null ? "" : PlaceOf(first.RecordId, first.Line), FormattableString.Invariant($"measured {hit.Measured:0.##}{group}"));
        sighting.Count(hit.First, Math.Max(1, hit.Events.Length));
        sighting.Count(hit.Last, 0);
        correlated.Add((hit, sighting));
    }

    /// <summary>A rule's tags name techniques and tactics apart: a tactic counts for the techniques that serve it.</summary>
    private void Add(RuleHeader rule, Sighting sighting)
    {
        var values = rule.Tags.Where(tag => tag.Namespace == "attack").Select(tag => tag.Value.Replace('_', '-')).ToList();
        foreach (var id in values.Where(LooksLikeTechnique))
        {
            var resolution = findings.Resolver.Resolve(id.ToUpperInvariant(), "rule tag");
            var tactics = resolution.Technique?.Tactics.Select(tactic => tactic.Shortname).Where(values.Contains).ToList() ?? [];
            findings.Add(resolution, rule.File, rule.Key, origin => new HitEvidence(
                sighting.File, origin, rule.Title, rule.Id, rule.Author.Length > 0 ? rule.Author : null, rule.Level.ToString().ToLowerInvariant(),
                sighting.Host.Length > 0 ? sighting.Host : null, sighting.Events, sighting.First, sighting.Last, sighting.Place, sighting.Details)
            { Users = sighting.Users }, tactics);
        }
    }

    private static bool LooksLikeTechnique(string tag) => tag.Length >= 5 && tag[0] == 't' && char.IsAsciiDigit(tag[1]);

    private static string DetailsOf(Hit hit)
    {
        var values = hit.Evidence.Where(evidence => evidence.Value is not null).DistinctBy(evidence => (evidence.Field, evidence.Value)).Take(MostValues)
            .Select(evidence => $"{(evidence.Field.Length > 0 ? evidence.Field : "keyword")}={Cut(evidence.Value!)}");
        return string.Join(" · ", values);
    }

    private static string Cut(string value) => value.Length <= LongestValue ? value : value[..LongestValue] + "…";

    private static string PlaceOf(long record, long line) =>
        record > 0 ? FormattableString.Invariant($"record {record}") : FormattableString.Invariant($"line {line}");

    private LogNote NoteOf(HuntReport report)
    {
        var hosts = sightings.Keys.Select(key => key.Host).Where(host => host.Length > 0).Distinct().Order(StringComparer.Ordinal).ToList();
        return new LogNote(
            report.Events,
            report.Sources.Min(source => source.First) is { } first ? Utc(first) : null,
            report.Sources.Max(source => source.Last) is { } last ? Utc(last) : null,
            hosts, rules.Rules.Length + rules.Correlations.Length,
            report.Rules.Count(rule => rule.Hits > 0) + correlated.Select(pair => pair.Hit.CorrelationIndex).Distinct().Count(),
            [.. report.Sources.Select(source => source.Source)], [.. report.Sources.Where(source => source.Rules == 0).Select(source => source.Source)],
            report.Rules.Count(rule => !rule.SourceSeen));
    }

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    /// <summary>Matches of one rule in one file on one host.</summary>
    private sealed class Sighting(string file, string host, string place, string details)
    {
        private const int MostUsers = 20;

        private readonly SortedSet<string> users = new(StringComparer.Ordinal);

        public string File { get; } = file;
        public string Host { get; } = host;
        public string Place { get; } = place;
        public string Details { get; } = details;
        public long Events { get; private set; }
        public DateTimeOffset? First { get; private set; }
        public DateTimeOffset? Last { get; private set; }

        public IReadOnlyList<string> Users => [.. users];

        public void See(IEnumerable<string> accounts)
        {
            foreach (var account in accounts)
                if (users.Count < MostUsers) users.Add(account);
        }

        public void Count(DateTime? time, long events)
        {
            Events += events;
            if (time is not { } at) return;
            var instant = Utc(at);
            First = First is { } first && first <= instant ? first : instant;
            Last = Last is { } last && last >= instant ? last : instant;
        }
    }
}
