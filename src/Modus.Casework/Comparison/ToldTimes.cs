using System.Globalization;
using Modus.Casework.Cases;
using Modus.Casework.Ingest;

namespace Modus.Casework.Comparison;

/// <summary>Compares the times that documents print with the times of events.</summary>
internal static class ToldTimes
{
    // A document's zone is wrong by whole quarters of an hour; what differs by less, or by days, is another matter.
    private static readonly TimeSpan quarter = TimeSpan.FromMinutes(15), most = TimeSpan.FromHours(14), slack = TimeSpan.FromMinutes(2);

    /// <summary>Documents whose printed times all lie off by the same zone: proposed, never applied.</summary>
    public static IEnumerable<Contradiction> Offsets(IReadOnlyList<EvidenceRecord> evidence, IReadOnlyList<ProcedureRecord> procedures)
    {
        var pairs = procedures.Where(procedure => procedure.IsSeen)
            .SelectMany(procedure => procedure.Quotes.Select(quote => (procedure, quote, told: ToldTime.In(quote.Text))))
            .Where(pair => pair.told is not null)
            .GroupBy(pair => pair.quote.EvidenceId).OrderBy(group => group.Key, StringComparer.Ordinal);
        foreach (var document in pairs)
        {
            var shifts = document.Select(pair => (pair.procedure, Shift: Nearest(pair.procedure, pair.told!.Value))).Where(pair => pair.Shift is not null).ToList();
            if (shifts.Count == 0 || shifts.Select(pair => pair.Shift).Distinct().Count() > 1 || shifts[0].Shift == TimeSpan.Zero) continue;
            var shift = shifts[0].Shift!.Value;
            var words = $"{(shift < TimeSpan.Zero ? "-" : "+")}{shift.Duration().ToString(@"hh\:mm", CultureInfo.InvariantCulture)}";
            var first = shifts[0].procedure;
            var file = evidence.FirstOrDefault(item => item.Id == document.Key) is { } item ? Path.GetFileName(item.Path) : document.Key;
            yield return new Contradiction(
                "time", first.Technique, first.Name, first.Technique,
                string.Create(CultureInfo.InvariantCulture, $"{shifts.Count} of the times that {file} prints lie {words} off the events: its times may be local, in UTC{words}"),
                [document.Key, .. shifts.Select(pair => pair.procedure.Id).Distinct()]);
        }
    }

    /// <summary>The shift in quarters of an hour that brings a told time onto an event; null where none does.</summary>
    private static TimeSpan? Nearest(ProcedureRecord procedure, DateTimeOffset told)
    {
        TimeSpan? best = null;
        foreach (var seen in procedure.Hits.SelectMany(hit => new[] { hit.First, hit.Last }).OfType<DateTimeOffset>())
        {
            var difference = told - seen;
            var rounded = quarter * Math.Round(difference / quarter);
            if (rounded.Duration() > most || (difference - rounded).Duration() > slack) continue;
            if (best is null || rounded.Duration() < best.Value.Duration()) best = rounded;
        }
        return best;
    }
}
