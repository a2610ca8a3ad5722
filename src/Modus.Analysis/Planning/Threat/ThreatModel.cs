namespace Modus.Analysis.Planning.Threat;

/// <summary>Weighs techniques by who used them and how long ago.</summary>
/// <remarks>A use by an actor counts once, at its newest date, and halves with every half-life. Measured forward on
/// releases of ATT&amp;CK this beats counting (see <see cref="Evaluation.BackTest"/>). A sector is no weight: the techniques of a
/// sector's actors foretell no more than those of equally many others; use it to choose own actors at most.</remarks>
public static class ThreatModel
{
    /// <summary>Weights of the given techniques, heaviest first, then by id.</summary>
    /// <param name="techniques">Ids of the techniques that count.</param>
    /// <param name="uses">Who used what.</param>
    /// <param name="options">Half-life, own actors and the rest.</param>
    public static IReadOnlyList<ThreatWeight> Weigh(IEnumerable<string> techniques, IReadOnlyList<UseRecord> uses, ThreatOptions options)
    {
        var table = new ThreatTable(techniques, uses, options);
        var weights = table.Weights(null);
        return [.. Enumerable.Range(0, weights.Length).Select(t => table.Row(t, weights[t]))
            .OrderByDescending(row => row.Weight).ThenBy(row => row.Technique, StringComparer.Ordinal)];
    }
}

/// <summary>The uses as numbers, to weigh many times: for the whole, and for resamples of the actors.</summary>
internal sealed class ThreatTable
{
    private readonly string[] techniques;
    private readonly ThreatOptions options;
    private readonly (int Technique, int User, double Weight)[] actor;
    private readonly (int Technique, double Weight)[] own;
    private readonly double[] software;
    private readonly int[] users;
    private readonly DateOnly?[] last;
    private readonly double ownShare;

    public ThreatTable(IEnumerable<string> techniques, IReadOnlyList<UseRecord> uses, ThreatOptions options)
    {
        this.techniques = [.. techniques.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        this.options = options;
        var place = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var t = 0; t < this.techniques.Length; t++) place[this.techniques[t]] = t;
        Place = place;
        var asOf = options.AsOf ?? uses.Select(use => use.Date).Max() ?? default;
        var owned = options.OwnActors.ToHashSet(StringComparer.Ordinal);
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        users = new int[this.techniques.Length];
        last = new DateOnly?[this.techniques.Length];
        software = new double[this.techniques.Length];
        var everybody = new List<(int, int, double)>();
        var mine = new List<(int, double)>();
        // One use an actor and technique: the newest.
        foreach (var use in uses.Where(use => place.ContainsKey(use.Technique) && (use.Date is null || use.Date <= asOf))
            .GroupBy(use => (use.User, use.Technique)).Select(group => group.MaxBy(use => use.Date ?? DateOnly.MinValue)!)
            .OrderBy(use => use.User, StringComparer.Ordinal).ThenBy(use => use.Technique, StringComparer.Ordinal))
        {
            var t = place[use.Technique];
            var age = use.Date is { } date ? asOf.DayNumber - date.DayNumber : options.UndatedAgeDays;
            var weight = Math.Pow(0.5, age / options.HalfLifeDays);
            if (use.Kind == UserKind.Software)
            {
                software[t] += weight;
                continue;
            }
            if (use.Date > (last[t] ?? DateOnly.MinValue)) last[t] = use.Date;
            if (use.Kind == UserKind.Own || owned.Contains(use.User)) mine.Add((t, weight));
            if (use.Kind == UserKind.Own) continue;
            if (!names.TryGetValue(use.User, out var user)) names[use.User] = user = names.Count;
            everybody.Add((t, user, weight));
            users[t]++;
        }
        actor = [.. everybody];
        own = [.. mine];
        UserCount = names.Count;
        ownShare = own.Length / (own.Length + options.OwnPrior);
    }

    public IReadOnlyList<string> Techniques => techniques;
    public IReadOnlyDictionary<string, int> Place { get; }
    public int UserCount { get; }

    /// <summary>Weight of each technique in three parts; the parts of all techniques sum to 1.</summary>
    /// <param name="times">How often each user counts, for a resample; null for once each.</param>
    public (double Everybody, double Software, double Own)[] Weights(int[]? times)
    {
        var result = new (double Everybody, double Software, double Own)[techniques.Length];
        var all = 0.0;
        foreach (var (t, user, weight) in actor)
        {
            var counted = times is null ? weight : weight * times[user];
            result[t].Everybody += counted;
            all += counted;
        }
        var tools = software.Sum();
        var mine = own.Sum(item => item.Weight);
        var share = mine > 0 ? ownShare : 0;
        var toolShare = tools > 0 && options.SoftwareShare > 0 ? options.SoftwareShare / (all > 0 ? 1 + options.SoftwareShare : options.SoftwareShare) : 0;
        for (var t = 0; t < result.Length; t++)
        {
            result[t].Everybody = all > 0 ? result[t].Everybody / all * (1 - toolShare) * (1 - share) : 0;
            result[t].Software = tools > 0 ? software[t] / tools * toolShare * (1 - share) : 0;
        }
        foreach (var (t, weight) in own) result[t].Own += weight / mine * share;
        return result;
    }

    public ThreatWeight Row(int t, (double Everybody, double Software, double Own) parts) =>
        new(techniques[t], parts.Everybody + parts.Software + parts.Own, parts.Everybody, parts.Software, parts.Own, users[t], last[t]);
}
