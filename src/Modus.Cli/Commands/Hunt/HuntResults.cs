using Modus.Attack;
using Modus.Sigma;
using Modus.Sigma.Hunting;
using Modus.Sigma.Rules;

namespace Modus.Cli.Commands.Hunt;

/// <summary>What one rule or correlation found.</summary>
internal sealed class FiredRule(RuleHeader header)
{
    public RuleHeader Header => header;

    public long Count { get; private set; }

    public DateTime? First { get; private set; }

    public DateTime? Last { get; private set; }

    public SortedSet<string> Hosts { get; } = new(StringComparer.OrdinalIgnoreCase);

    public void Add(DateTime? first, DateTime? last, string host)
    {
        Count++;
        if (first is { } start && (First is null || start < First)) First = start;
        if (last is { } end && (Last is null || end > Last)) Last = end;
        if (host.Length > 0) Hosts.Add(host);
    }
}

/// <summary>What one host showed.</summary>
internal sealed class HostResult(string name)
{
    public string Name => name;

    public SortedDictionary<RuleLevel, long> ByLevel { get; } = new(Comparer<RuleLevel>.Create((one, other) => other.CompareTo(one)));

    public DateTime? First { get; set; }

    public DateTime? Last { get; set; }
}

/// <summary>A tactic of the loaded release with what was found for it.</summary>
internal sealed record TacticResult(string Name, string ShortName, long Hits, IReadOnlyList<string> Techniques, int Rules);

/// <summary>Adds up hits while a hunt runs: memory grows with rules and hosts, not with hits.</summary>
internal sealed class HuntResults(RuleSet set, RuleLevel least, int limit, Action<HitLine>? take)
{
    private const int MaxHosts = 100_000;
    private readonly Dictionary<RuleHeader, FiredRule> fired = new(ReferenceEqualityComparer.Instance);
    private readonly SortedDictionary<string, HostResult> hosts = new(StringComparer.OrdinalIgnoreCase);

    public RuleSet Set => set;

    /// <summary>The releases of ATT&amp;CK that tactics are told by.</summary>
    public IReadOnlyList<Release> Releases { get; private set; } = [];

    public long Hits { get; private set; }

    /// <summary>The first hits, one by one, for the forms that list them; see <see cref="Hits"/> for how many there were.</summary>
    public KeptLines Lines { get; } = new();

    /// <summary>Rules that found something, by level, then count.</summary>
    public IReadOnlyList<FiredRule> Fired =>
        [.. fired.Values.OrderByDescending(rule => rule.Header.Level).ThenByDescending(rule => rule.Count).ThenBy(rule => rule.Header.Title, StringComparer.Ordinal).ThenBy(rule => rule.Header.Key, StringComparer.Ordinal)];

    /// <summary>Hosts with hits, the gravest first.</summary>
    public IReadOnlyList<HostResult> Hosts =>
        [.. hosts.Values.OrderByDescending(host => host.ByLevel.Keys.First()).ThenByDescending(host => host.ByLevel.Values.First()).ThenBy(host => host.Name, StringComparer.Ordinal)];

    /// <summary>Tactics with hits, in the order of the matrix.</summary>
    public IReadOnlyList<TacticResult> Tactics { get; private set; } = [];

    /// <summary>Rules whose log source was in none of the logs.</summary>
    public IReadOnlyList<CompiledRule> Silent { get; private set; } = [];

    public void Add(Hit hit)
    {
        DateTime? time = hit.Event.Time.Quality == Modus.Logs.TimeQuality.None ? null : hit.Event.Time.Utc;
        if (Count(hit.Rule.Header, time, time, hit.Event.Host)) Keep(HitLine.Of(hit));
    }

    public void Add(CorrelationHit hit)
    {
        if (Count(hit.Correlation.Header, hit.First, hit.Last, "")) Keep(HitLine.Of(hit));
    }

    public void Finish(HuntReport report, IReadOnlyList<Release> releases)
    {
        Releases = releases;
        Silent = [.. report.Rules.Where(rule => !rule.SourceSeen).Select(rule => set.Rules[rule.RuleIndex]).Where(rule => rule.Header.Level >= least)];
        Tactics = [.. releases.SelectMany(TacticsOf).GroupBy(tactic => tactic.ShortName).Select(group => group.First())];
    }

    /// <summary>Counts a hit; false when nobody lists it, so that no line needs to be made of it.</summary>
    private bool Count(RuleHeader header, DateTime? first, DateTime? last, string hostName)
    {
        if (header.Level < least) return false;
        Hits++;
        if (!fired.TryGetValue(header, out var rule)) fired[header] = rule = new(header);
        rule.Add(first, last, hostName);
        var name = hostName.Length == 0 ? "(no host)" : hostName;
        if (!hosts.TryGetValue(name, out var host))
        {
            if (hosts.Count >= MaxHosts) name = "(further hosts)";
            if (!hosts.TryGetValue(name, out host)) hosts[name] = host = new(name);
        }

        host.ByLevel[header.Level] = host.ByLevel.GetValueOrDefault(header.Level) + 1;
        if (first is { } start && (host.First is null || start < host.First)) host.First = start;
        if (last is { } end && (host.Last is null || end > host.Last)) host.Last = end;
        return take is not null || Lines.Count < limit;
    }

    private void Keep(HitLine line)
    {
        if (take is not null) take(line);
        else Lines.Add(line);
    }

    // A rule counts for the tactics it names where the release has them, else for all tactics of its techniques.
    private IEnumerable<TacticResult> TacticsOf(Release release)
    {
        var known = release.Tactics.ToDictionary(tactic => tactic.Shortname, StringComparer.Ordinal);
        var found = known.Keys.ToDictionary(name => name, _ => (Hits: 0L, Techniques: new SortedSet<string>(StringComparer.Ordinal), Rules: 0), StringComparer.Ordinal);
        foreach (var rule in fired.Values)
        {
            var techniques = HitLine.TechniquesOf(rule.Header).Select(id => release.Find<Technique>(id)).Select(technique => technique?.Succession.Successor as Technique).OfType<Technique>().ToList();
            var named = rule.Header.Tags.Where(tag => tag.Namespace == "attack" && known.ContainsKey(tag.Value)).Select(tag => tag.Value).ToList();
            if (named.Count == 0) named = [.. techniques.SelectMany(technique => technique.Tactics).Select(tactic => tactic.Shortname).Distinct()];
            foreach (var name in named.Distinct())
            {
                var entry = found[name];
                foreach (var technique in techniques.Where(technique => technique.Tactics.Any(tactic => tactic.Shortname == name))) entry.Techniques.Add(technique.Id);
                found[name] = (entry.Hits + rule.Count, entry.Techniques, entry.Rules + 1);
            }
        }

        return release.Tactics.Where(tactic => found[tactic.Shortname].Rules > 0)
            .Select(tactic => new TacticResult(tactic.Name, tactic.Shortname, found[tactic.Shortname].Hits, [.. found[tactic.Shortname].Techniques], found[tactic.Shortname].Rules));
    }
}
