using Modus.Casework.Cases;
using Modus.Casework.Ingest;

namespace Modus.Casework.Indicators;

/// <summary>Puts found indicators into the records of a case, each linked to the procedures it belonged to.</summary>
/// <remarks>
/// An indicator belongs to a procedure when the same rule chose the event for both, when a quote of the procedure stands in the
/// same sentence, else in the same block of the document, or when its producer says that it indicates the procedure's technique.
/// </remarks>
internal sealed class IndicatorMerge
{
    private readonly string caseId;
    private readonly Func<string, string?> evidenceOf;
    private readonly IReadOnlyDictionary<string, EvidenceRecord> evidence;
    private readonly ILookup<string, ProcedureRecord> procedures;
    private readonly Func<IndicatorType, int> days;
    private readonly List<ProcedureRecord> all;
    private readonly Dictionary<string, IndicatorRecord> before, records;
    private readonly Dictionary<(IndicatorType Type, string Value), string> byValue = [];

    /// <param name="caseId">The case.</param>
    /// <param name="there">The indicators that it holds.</param>
    /// <param name="evidence">Evidence of the case, with what is being taken in, by id.</param>
    /// <param name="evidenceOf">The evidence behind a file.</param>
    /// <param name="procedures">Procedures of the case, with what is being taken in.</param>
    /// <param name="days">Days that an indicator of a type may be trusted.</param>
    public IndicatorMerge(
        string caseId, IEnumerable<IndicatorRecord> there, IReadOnlyDictionary<string, EvidenceRecord> evidence, Func<string, string?> evidenceOf, IEnumerable<ProcedureRecord> procedures, Func<IndicatorType, int> days)
    {
        (this.caseId, this.evidence, this.evidenceOf, this.days) = (caseId, evidence, evidenceOf, days);
        before = there.ToDictionary(record => record.Id, StringComparer.Ordinal);
        records = new(before, StringComparer.Ordinal);
        foreach (var record in before.Values.OrderBy(record => record.Id, StringComparer.Ordinal)) byValue.TryAdd((record.Type, record.Value), record.Id);
        all = [.. procedures];
        this.procedures = all.SelectMany(procedure => procedure.EvidenceIds.Select(id => (id, procedure))).ToLookup(pair => pair.id, pair => pair.procedure, StringComparer.Ordinal);
    }

    /// <summary>New and changed records, by id.</summary>
    public IReadOnlyList<IndicatorRecord> Written => [.. records.Values.Where(record => !before.TryGetValue(record.Id, out var old) || !ReferenceEquals(old, record)).OrderBy(record => record.Id, StringComparer.Ordinal)];

    /// <summary>Takes what inputs say; what they said of the same evidence before is replaced.</summary>
    public void Add(IEnumerable<FoundIndicator> found)
    {
        foreach (var group in found.GroupBy(one => (one.Type, one.Value)))
        {
            var id = byValue.GetValueOrDefault(group.Key) ?? CaseIds.OfWriting("O-", caseId, RecordJson.WordOf(group.Key.Type), group.Key.Value);
            var record = records.GetValueOrDefault(id) ?? new IndicatorRecord { Id = id, CaseId = caseId, Type = group.Key.Type, Value = group.Key.Value };
            var sightings = group.Select(Of).OfType<IndicatorSighting>().ToList();
            if (sightings.Count == 0) continue;
            var kept = record.Sightings.Where(old => sightings.All(one => one.EvidenceId != old.EvidenceId));
            // What was redacted comes back where new evidence says it again.
            records[id] = Settle(record with { Value = group.Key.Value, Sightings = InOrder(kept.Concat(Joined(sightings))) });
        }
    }

    /// <summary>The record with what follows from its sightings: times, marking, expiry.</summary>
    public IndicatorRecord Settle(IndicatorRecord record)
    {
        var last = record.Sightings.Max(sighting => sighting.Last);
        var until = record.Sightings.Any(sighting => sighting.Until is null) ? null : record.Sightings.Max(sighting => sighting.Until);
        return record with
        {
            First = record.Sightings.Min(sighting => sighting.First),
            Last = last,
            Tlp = record.Sightings.Select(sighting => evidence.GetValueOrDefault(sighting.EvidenceId)?.Tlp).MaxBy(TlpWords.Rank),
            Expires = until ?? last?.AddDays(days(record.Type)),
        };
    }

    // The same place says it once, however often it is named there.
    private static IEnumerable<IndicatorSighting> Joined(List<IndicatorSighting> sightings) => sightings
        .GroupBy(one => (one.EvidenceId, one.Context))
        .Select(group => group.First() with
        {
            Count = group.Sum(one => one.Count),
            First = group.Min(one => one.First),
            Last = group.Max(one => one.Last),
            Procedures = [.. group.SelectMany(one => one.Procedures).Distinct().Order(StringComparer.Ordinal)],
            Techniques = [.. group.SelectMany(one => one.Techniques).Distinct().Order(StringComparer.Ordinal)],
        });

    private static IReadOnlyList<IndicatorSighting> InOrder(IEnumerable<IndicatorSighting> sightings) =>
        [.. sightings.OrderBy(one => one.EvidenceId, StringComparer.Ordinal).ThenBy(one => one.First).ThenBy(one => one.Context, StringComparer.Ordinal).ThenBy(one => one.Place, StringComparer.Ordinal)];

    private IndicatorSighting? Of(FoundIndicator found)
    {
        if (evidenceOf(found.File) is not { } id) return null;
        var own = BelongingTo(found, id).ToList();
        var arrived = evidence.GetValueOrDefault(id)?.Arrived;
        return new IndicatorSighting
        {
            EvidenceId = id,
            Place = found.Place,
            Written = found.Written,
            Context = found.Context,
            First = found.First ?? arrived,
            Last = found.Last ?? arrived,
            Basis = found.Last is null ? "arrival" : found.Basis,
            Until = found.Until,
            Count = found.Count,
            Procedures = [.. own.Select(procedure => procedure.Id).Distinct().Order(StringComparer.Ordinal)],
            Techniques = [.. found.Techniques.Concat(own.Select(procedure => procedure.Technique)).Distinct().Order(StringComparer.Ordinal)],
        };
    }

    private IEnumerable<ProcedureRecord> BelongingTo(FoundIndicator found, string id)
    {
        if (found.Sentence is { } sentence)
        {
            var near = Quoted(id, sentence).ToList();
            return near.Count > 0 || found.Block is not { } block ? near : Quoted(id, block);
        }

        if (found.Rule is { } rule)
        {
            // A rule that is evidence itself speaks of whatever it chose, in any log of the case.
            var isRule = evidence.GetValueOrDefault(id)?.Type == EvidenceKind.Rules;
            return all.Where(procedure => procedure.Hits.Any(hit => (hit.RuleId ?? hit.Rule) == rule && (isRule || hit.EvidenceId == id && hit.Host == found.Host)));
        }

        return procedures[id].Where(procedure => found.Techniques.Contains(procedure.Technique));
    }

    private IEnumerable<ProcedureRecord> Quoted(string id, (int Start, int End) span) =>
        procedures[id].Where(procedure => procedure.Quotes.Any(quote => quote.EvidenceId == id && quote.Start < span.End && quote.Start + Math.Max(1, quote.Length) > span.Start));
}
