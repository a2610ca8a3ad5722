using Modus.Casework.Cases;

namespace Modus.Casework.Ingest;

/// <summary>Puts observations into the procedures of a case: the same procedure is recognised, a different one stands beside it.</summary>
/// <remarks>
/// An observation belongs to a procedure of the same technique whose hosts and times it does not contradict. What people
/// decided (technique, status, words) is never overwritten: new evidence only adds to it.
/// </remarks>
internal sealed class ProcedureMerge
{
    // Two runs of one technique on one host that lie further apart are two procedures.
    private static readonly TimeSpan apart = TimeSpan.FromHours(24);

    private readonly string caseId, release, author;
    private readonly Dictionary<string, List<string>> byTechnique = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProcedureRecord> procedures = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProcedureRecord> before = new(StringComparer.Ordinal);
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly HashSet<(string Technique, string Key)> taken = [];
    private readonly SortedSet<string> hosts = new(StringComparer.OrdinalIgnoreCase);

    public ProcedureMerge(string caseId, string release, string author, IEnumerable<ProcedureRecord> there)
    {
        (this.caseId, this.release, this.author) = (caseId, release, author);
        foreach (var procedure in there)
        {
            before[procedure.Id] = procedure;
            Put(procedure);
            known.UnionWith(Observation.KeysOf(procedure));
        }
    }

    /// <summary>All procedures of the case, with what was taken in, by id.</summary>
    public IReadOnlyList<ProcedureRecord> All => [.. procedures.Values.OrderBy(procedure => procedure.Id, StringComparer.Ordinal)];

    /// <summary>New procedures, by id.</summary>
    public IReadOnlyList<ProcedureRecord> Added => [.. procedures.Values.Where(procedure => !before.ContainsKey(procedure.Id)).OrderBy(procedure => procedure.Id, StringComparer.Ordinal)];

    /// <summary>Procedures that got more evidence, by id.</summary>
    public IReadOnlyList<ProcedureRecord> Changed => [.. procedures.Values.Where(procedure => before.TryGetValue(procedure.Id, out var old) && !ReferenceEquals(old, procedure)).OrderBy(procedure => procedure.Id, StringComparer.Ordinal)];

    /// <summary>Takes observations: hits first, since they say when and where, then what is told, then guesses and claims.</summary>
    public void Add(IEnumerable<Observation> observations)
    {
        var ordered = observations
            .OrderBy(item => item.Hit is not null ? 0 : item.Quote is { Probability: null } ? 1 : item.Quote is not null ? 2 : 3)
            .ThenBy(item => item.Hit?.First ?? DateTimeOffset.MaxValue)
            .ThenBy(item => item.Key, StringComparer.Ordinal)
            .ThenBy(item => item.Technique, StringComparer.Ordinal);
        foreach (var item in ordered)
            // What the case holds already stays where it is, even where a person has moved it to another technique.
            if (!known.Contains(item.Key) && taken.Add((item.Technique, item.Key))) Add(item);
    }

    private void Add(Observation item)
    {
        var home = byTechnique.GetValueOrDefault(item.Technique, [])
            .Select(id => procedures[id])
            .Where(procedure => procedure.Status != ProcedureStatus.Rejected && Fits(procedure, item))
            .OrderBy(procedure => procedure.First ?? DateTimeOffset.MaxValue).ThenBy(procedure => procedure.Id, StringComparer.Ordinal)
            .FirstOrDefault();
        Put(Settle(home is null ? New(item) : home, item));
    }

    private bool Fits(ProcedureRecord procedure, Observation item)
    {
        var (itsHosts, first, last) = PlaceOf(item);
        if (itsHosts.Count > 0 && procedure.Hosts.Count > 0 && !itsHosts.Any(host => procedure.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase))) return false;
        if (first is not { } from || procedure.First is not { } begin) return true;
        var (to, end) = (last ?? from, procedure.Last ?? begin);
        return from - end <= apart && begin - to <= apart;
    }

    private (IReadOnlyList<string> Hosts, DateTimeOffset? First, DateTimeOffset? Last) PlaceOf(Observation item)
    {
        if (item.Hit is { } hit) return (hit.Host.Length > 0 ? [hit.Host] : [], hit.First, hit.Last);
        if (item.Quote is not { } quote) return ([], null, null);
        var told = ToldTime.In(quote.Text);
        return ([.. hosts.Where(host => ToldTime.Names(quote.Text, host))], told, told);
    }

    private ProcedureRecord New(Observation item) => new()
    {
        Id = CaseIds.OfProcedure(caseId, item.Technique, item.Key),
        CaseId = caseId,
        Technique = item.Technique,
        Name = item.Name,
        Release = release,
        Origin = item.Origin,
        Author = author,
        Steps = item.Quote?.Text ?? item.Hit?.Rule ?? item.Claim?.Says ?? "",
    };

    private ProcedureRecord Settle(ProcedureRecord procedure, Observation item)
    {
        var untouched = procedure.Why.Length == 0 || procedure.Why == Assessment.Of(procedure).Why;
        var (itsHosts, first, last) = PlaceOf(item);
        var joined = procedure with
        {
            Hits = item.Hit is { } hit ? [.. procedure.Hits, hit] : procedure.Hits,
            Quotes = item.Quote is { } quote ? [.. procedure.Quotes, quote] : procedure.Quotes,
            Claims = item.Claim is { } claim ? [.. procedure.Claims, claim] : procedure.Claims,
            RunnersUp = procedure.Status != ProcedureStatus.Candidate ? procedure.RunnersUp
                : [.. procedure.RunnersUp.Concat(item.RunnersUp).Where(other => other.Technique != procedure.Technique).GroupBy(other => other.Technique).Select(group => group.MaxBy(other => other.Probability ?? 0)!).OrderByDescending(other => other.Probability ?? 0).ThenBy(other => other.Technique, StringComparer.Ordinal)],
            Tactics = Union(procedure.Tactics, item.Tactics),
            Hosts = Union(procedure.Hosts, itsHosts),
            Accounts = Union(procedure.Accounts, item.Hit?.Users ?? []),
            // Events say when it was; a sentence only where no event does.
            First = item.Hit is not null || procedure.Hits.Count == 0 ? Earlier(procedure.First, first) : procedure.First,
            Last = item.Hit is not null || procedure.Hits.Count == 0 ? Later(procedure.Last, last) : procedure.Last,
        };
        if (!untouched) return joined;
        var (confidence, why) = Assessment.Of(joined);
        return joined with { Confidence = confidence, Why = why };
    }

    private void Put(ProcedureRecord procedure)
    {
        if (procedures.TryAdd(procedure.Id, procedure))
        {
            if (!byTechnique.TryGetValue(procedure.Technique, out var list)) byTechnique[procedure.Technique] = list = [];
            list.Add(procedure.Id);
        }
        procedures[procedure.Id] = procedure;
        hosts.UnionWith(procedure.Hosts);
    }

    private static IReadOnlyList<string> Union(IReadOnlyList<string> left, IReadOnlyList<string> right) =>
        right.All(left.Contains) ? left : [.. left.Union(right, StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static DateTimeOffset? Earlier(DateTimeOffset? left, DateTimeOffset? right) => left is null || right < left ? right ?? left : left;

    private static DateTimeOffset? Later(DateTimeOffset? left, DateTimeOffset? right) => left is null || right > left ? right ?? left : left;
}
