using Modus.Logs;

namespace Modus.Sigma.Matching;

/// <summary>What the first events of a log source tell about its predicates: how often their needles are found, and how long the fields are. Safe for many threads.</summary>
/// <remarks>It only decides what is searched first: the answers are the same with any profile.</remarks>
internal sealed class PlanProfile
{
    /// <summary>Events that are looked at before the plan with scans is made.</summary>
    public const int Samples = 64;

    private readonly (int Field, (int Id, Literal[] Literals, bool IsExact)[] Searches)[] fields;
    private readonly int[] hits;
    private readonly bool[] found;
    private readonly Func<PlanProfile, MatchPlan> make;
    private readonly Dictionary<int, long> bytes;
    private readonly Lock gate = new();
    private volatile MatchPlan? successor;
    private int looked;

    public PlanProfile(int predicates, IEnumerable<(Predicate Predicate, IReadOnlyList<Literal> Literals, bool AreExact)> searches, Func<PlanProfile, MatchPlan> make)
    {
        this.make = make;
        fields = [.. searches
            .GroupBy(search => ((ValuePredicate)search.Predicate).Field, search => (search.Predicate.Id, search.Literals.ToArray(), search.AreExact))
            .Select(group => (group.Key, group.ToArray()))];
        hits = new int[predicates];
        Searched = new bool[predicates];
        foreach (var (_, all) in fields)
            foreach (var (id, _, _) in all) Searched[id] = true;
        found = new bool[predicates];
        bytes = fields.ToDictionary(field => field.Field, _ => 0L);
    }

    /// <summary>The plan that was made with this profile; null while there is none.</summary>
    public MatchPlan? Successor => successor;

    /// <summary>By the number of a predicate: true when looking at an event answers it.</summary>
    public bool[] Searched { get; }

    /// <summary>Looks at the worker's event and tells the worker what it found; false when enough was seen before. The caller that is the last makes the plan that takes over.</summary>
    public bool Look(LogEvent e, MatchWorker worker)
    {
        lock (gate)
        {
            if (looked >= Samples) return false;
            Array.Clear(found);
            foreach (var (field, searches) in fields)
            {
                if (field < 0)
                {
                    for (var slot = 0; slot < e.Count; slot++)
                        if (e.IsLeaf(slot)) Search(worker, worker.Folded(slot), searches);
                }
                else
                {
                    for (var slot = e.First(field); slot >= 0; slot = e.Next(slot))
                        if (e.IsLeaf(slot)) Search(worker, worker.Folded(slot), searches);
                }

                bytes[field] += Length(e, field);
            }

            if (++looked < Samples) return true;
        }

        successor = make(this);
        return true;
    }

    /// <summary>How often a needle of a predicate was found, above 0 and below 1.</summary>
    public double Frequency(int predicate) => (hits[predicate] + 0.02) / (Samples + 0.04);

    /// <summary>The mean length of a field's values in an event, in bytes.</summary>
    public double MeanBytes(int field) => bytes.GetValueOrDefault(field) / (double)Samples;

    /// <summary>The length of a field's values in one event, in bytes; -1 stands for all fields.</summary>
    public static int Length(LogEvent e, int field)
    {
        var length = 0;
        if (field < 0)
        {
            for (var slot = 0; slot < e.Count; slot++)
                if (e.IsLeaf(slot)) length += e.Raw(slot, out _).Length;
            return length;
        }

        for (var slot = e.First(field); slot >= 0; slot = e.Next(slot)) length += e.Raw(slot, out _).Length;
        return length;
    }

    // Regular expressions and globs are not run: a scan calls a rule as soon as a needle of it is there.
    private void Search(MatchWorker worker, ReadOnlySpan<byte> folded, (int Id, Literal[] Literals, bool IsExact)[] searches)
    {
        foreach (var (id, literals, exact) in searches)
        {
            if (found[id]) continue;
            foreach (var literal in literals)
            {
                if (!literal.IsIn(folded)) continue;
                found[id] = true;
                hits[id]++;
                worker.Mark(id, [], exact);
                break;
            }
        }
    }
}
