using System.Runtime.CompilerServices;
using Modus.Logs;

namespace Modus.Sigma.Matching;

/// <summary>What a found needle says about a predicate.</summary>
/// <param name="Predicate">The number of the predicate.</param>
/// <param name="WitnessOf">The rules (by their place in the plan) that can only match when this or another of their witnesses is found.</param>
/// <param name="AtStart">True when the value must start with the needle.</param>
/// <param name="AtEnd">True when the value must end with it.</param>
/// <param name="IsExact">True when the find makes the predicate true, false when it must look for itself.</param>
internal readonly record struct NeedleUse(int Predicate, int[] WitnessOf, bool AtStart, bool AtEnd, bool IsExact);

/// <summary>One pass over the values of a field for the needles of all rules.</summary>
internal sealed class FieldScan(int fieldNumber, Automaton automaton, int[] lengths, NeedleUse[][] uses, KeywordFilter? filter)
{
    // Below this many bytes the automaton is as fast as the filter.
    private const int ShortValue = 96;

    /// <summary>The number of the field; -1 for all values.</summary>
    public int Field => fieldNumber;

    public Automaton Automaton => automaton;

    public int[] Lengths => lengths;

    public NeedleUse[][] Uses => uses;

    /// <summary>True when a look at the value as it was written shows that no needle is in it.</summary>
    public bool CannotMatch(LogEvent e, int slot) =>
        filter is not null && e.Raw(slot, out var encoding) is { Length: > ShortValue } raw
        && encoding is ValueEncoding.Utf8 or ValueEncoding.JsonEscaped && !filter.MayContain(raw);

    /// <summary>True when a look at the whole record as it was written shows that no needle is in it.</summary>
    public bool CannotMatch(LogEvent e) => filter is not null && e.RawRecord is [(byte)'{', ..] record && !filter.MayContain(record);

    /// <summary>Tells a worker what one value holds.</summary>
    public void Run(ReadOnlySpan<byte> folded, MatchWorker worker)
    {
        var sink = new Sink(this, worker, folded.Length);
        automaton.Run(folded, ref sink);
    }

    private readonly struct Sink(FieldScan scan, MatchWorker worker, int length) : INeedleSink
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Found(int needle, int end)
        {
            var isStart = end == scan.Lengths[needle];
            foreach (var use in scan.Uses[needle])
                if ((!use.AtStart || isStart) && (!use.AtEnd || end == length)) worker.Mark(use.Predicate, use.WitnessOf, use.IsExact);
        }
    }
}

/// <summary>All rules that apply to one log source, ready to run. Shared by all threads; only its profile ever changes.</summary>
internal sealed class MatchPlan(int[] rules, PlanNode[] nodes, int[] always, bool[] scanned, FieldScan[] scans, PlanProfile? profile)
{
    /// <summary>The rules' places in the rule set, ascending.</summary>
    public int[] Rules => rules;

    /// <summary>The rules' expressions, in the order of <see cref="Rules"/>.</summary>
    public PlanNode[] Nodes => nodes;

    /// <summary>The rules (by place in <see cref="Rules"/>) without a witness: evaluated for every event.</summary>
    public int[] Always => always;

    /// <summary>By the number of a predicate: true when a scan finds it, so that it is false where nothing was found.</summary>
    public bool[] Scanned => scanned;

    public FieldScan[] Scans => scans;

    /// <summary>What is being learned from the first events; null once the plan is final.</summary>
    public PlanProfile? Profile => profile;
}
