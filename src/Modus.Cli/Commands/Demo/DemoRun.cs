using System.Collections.Concurrent;
using Modus.Analysis.Attribution;
using Modus.Analysis.Coverage;
using Modus.Analysis.Planning.Response;
using Modus.Attack;
using Modus.Attack.Projection;
using Modus.Casework.Defence;
using Modus.Cli.Commands.Hunt;
using Modus.Cli.Shell;
using Modus.Logs;
using Modus.Sigma;
using Modus.Sigma.Explanation;
using Modus.Sigma.Hunting;
using Modus.Sigma.Rules;

namespace Modus.Cli.Commands.Demo;

/// <summary>Runs the product on the unpacked case. Nothing here knows a finding: all comes from the case's files.</summary>
internal sealed class DemoRun(Invocation run, string folder, DemoExpectation expected, Progress progress)
{
    // How many new rules a what-if adds.
    private const int NewRules = 5;

    private readonly Dictionary<string, DemoHit> _hits = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ulong> _records = new(StringComparer.Ordinal);

    public DemoFindings Run()
    {
        var knowledge = Attack.Knowledge.Open(run);
        var release = knowledge.Get(expected.Attack) ?? throw new InvalidOperationException($"ATT&CK {expected.Attack} is not inside");
        progress.Report(0, 3, "case");
        var @case = DemoCase.Take(run, folder, expected, knowledge, release);
        progress.Report(1, 3, "logs");
        var set = RuleSet.Load(RuleFiles(), new() { KeepDocuments = true });
        var logs = Hunt(set);
        progress.Report(2, 3, "answers");
        var rules = _hits.Values.Where(hit => IsRule(hit.File)).ToList();
        HashSet<string> seen = [.. _hits.Values.SelectMany(hit => hit.Techniques)];
        // A told parent that a sub-technique makes precise, and what the logs contradict, are no techniques of the case.
        var (coarse, contradicted) = (@case.Of("coarser"), @case.Of("other-technique"));
        HashSet<string> kept = [.. @case.Told.Except(coarse.Concat(contradicted).Select(pair => pair.Told))];
        HashSet<string> all = [.. seen.Union(kept)];
        var own = rules.Select(Source).ToList();
        var best = AlertChoice.Choose(own, [.. _hits.Values.Where(hit => !IsRule(hit.File)).Select(Source)], NewRules);
        var files = logs.SelectMany(report => report.Logs.Files).ToList();
        var repeated = Repeated();
        return new()
        {
            Reports = Directory.EnumerateFiles(Path.Combine(folder, "reports")).Select(Path.GetFileNameWithoutExtension).Distinct().Count(),
            LogSources = files.Index().Count(file => file.Item.Events > repeated[file.Index]),
            Events = logs.Sum(report => report.Logs.Events) - repeated.Sum(),
            Duplicates = repeated.Sum(),
            LostRecords = files.Sum(file => file.Skipped.Values.Sum()),
            Rules = Directory.EnumerateFiles(Path.Combine(folder, "rules"), "*.yml").Count(),
            RefusedRules = set.Counts.Refused,
            Seen = seen,
            Told = kept,
            Contradicted = contradicted,
            Tactics = all.SelectMany(id => release.Find<Technique>(id)!.Tactics).Select(tactic => tactic.Id).Distinct().Count(),
            Fired = rules.SelectMany(hit => hit.Techniques).ToHashSet(StringComparer.Ordinal),
            CannotFire = CannotFire(set, logs[0]),
            Entry = expected.Entry,
            FirstAlert = rules.Min(hit => (DateTime?)hit.First),
            FirstHigh = rules.Where(hit => hit.IsHigh).Min(hit => (DateTime?)hit.First),
            BestQueries = [.. best.Select(query => Path.GetFileNameWithoutExtension(query.Id))],
            FirstHighWithQueries = AlertChoice.FirstGrave([.. own, .. best]),
            Case = @case,
            Lost = Lost(knowledge, release),
            Contest = OverlapContest.Of(new OverlapTable(release), all, seen),
            Upgraded = Upgraded(knowledge, release, all),
        };
    }

    private IReadOnlyList<LostDetection> Lost(KnowledgeBase knowledge, Release release)
    {
        var context = new DefenceContext(CoverageKnowledge.Read(release, Domains.Enterprise), release, () => [.. knowledge.Entries.Select(knowledge.Load).OfType<Release>()]);
        return LostDetections.Of(DefenceLoader.Load(context, new() { Paths = [Path.Combine(folder, "purple")] }, run.Stop).Inventory.Exercises);
    }

    private IReadOnlyList<string> RuleFiles() =>
        [.. new[] { "rules", "hunts" }.SelectMany(name => Directory.EnumerateFiles(Path.Combine(folder, name), "*.yml")).Order(StringComparer.Ordinal)];

    private static AlertSource Source(DemoHit hit) => new(hit.File, hit.IsHigh, hit.First, hit.Techniques);

    private static bool IsRule(string file) => Path.GetFileName(Path.GetDirectoryName(file)) == "rules";

    /// <summary>The firewall's file states no zone, so it is read on its own with the offset that the responders asked for.</summary>
    private IReadOnlyList<HuntReport> Hunt(RuleSet set)
    {
        var files = Directory.EnumerateFiles(Path.Combine(folder, "logs")).Order(StringComparer.Ordinal).ToLookup(file => file.EndsWith(".csv", StringComparison.Ordinal));
        return [HuntThrough(set, files[false], TimeSpan.Zero, remember: true), HuntThrough(set, files[true], expected.FirewallOffset, remember: false)];
    }

    private HuntReport HuntThrough(RuleSet set, IEnumerable<string> files, TimeSpan offset, bool remember)
    {
        var options = new HuntOptions { Read = new LogReadOptions { AssumedOffset = offset }, WithEvidence = false, Select = remember ? Remember : null };
        return Modus.Sigma.Hunting.Hunt.Run(set, files, options, hit => Add(hit.Rule.Header, hit.Event.Time.Utc), hit => Add(hit.Correlation.Header, hit.Events.Length > 0 ? hit.Events[^1].Time : hit.First), run.Stop);
    }

    /// <summary>Remembers which files hold a record. The sum does not depend on which thread is first.</summary>
    private bool Remember(LogEvent logEvent)
    {
        if (RecordIdentity.Of(logEvent) is { } identity) _records.AddOrUpdate(identity, 1UL << logEvent.FileNumber, (_, files) => files | (1UL << logEvent.FileNumber));
        return true;
    }

    /// <summary>By file, the records that a file read earlier holds too.</summary>
    private long[] Repeated()
    {
        var counts = new long[64];
        foreach (var files in _records.Values)
            for (var later = files & (files - 1); later != 0; later &= later - 1) counts[System.Numerics.BitOperations.TrailingZeroCount(later)]++;
        return counts;
    }

    private void Add(RuleHeader header, DateTime time)
    {
        var key = header.Key;
        if (_hits.TryGetValue(key, out var hit)) _hits[key] = hit with { First = time < hit.First ? time : hit.First, Count = hit.Count + 1 };
        else _hits[key] = new(header.File, header.Title, header.Level >= RuleLevel.High, time, 1, HitLine.TechniquesOf(header));
    }

    private List<SilentRule> CannotFire(RuleSet set, HuntReport report)
    {
        var silent = new List<SilentRule>();
        for (var i = 0; i < set.Rules.Length; i++)
        {
            var rule = set.Rules[i];
            if (!rule.IsReported || report.Rules[i] is not { Hits: 0, SourceSeen: true } || !IsRule(rule.Header.File)) continue;
            var reader = new LogReader(new() { Threads = 1 });
            var explained = LogExplainer.Explain(rule, null, reader.Read(Path.Combine(folder, "logs", "win-events.jsonl.gz")), run.Stop);
            if (explained.Causes is [var cause, ..]) silent.Add(new(rule.Header.File, rule.Header.Title, HitLine.TechniquesOf(rule.Header), cause.Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)));
        }

        return silent;
    }

    private static List<(string Old, string New)> Upgraded(KnowledgeBase knowledge, Release from, IEnumerable<string> ids)
    {
        var to = knowledge.Newest(Domains.Enterprise)!;
        var projector = new Projector(from, to, Domains.Enterprise);
        return [.. ids.Order(StringComparer.Ordinal).Select(id => (Old: id, New: projector.Project(new(id)).TechniqueId)).Where(pair => pair.New is not null && pair.New != pair.Old).Select(pair => (pair.Old, pair.New!))];
    }
}
