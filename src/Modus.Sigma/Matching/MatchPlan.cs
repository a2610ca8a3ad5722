using System.Runtime.CompilerServices;

namespace Modus.Sigma.Matching;

/// <summary>What a found needle says about a predicate.</summary>
internal readonly record struct NeedleUse(Predicate Predicate, bool AtStart, bool AtEnd, bool IsExact);

/// <summary>One pass over the values of a field for the needles of all rules.</summary>
internal sealed class FieldScan(int fieldNumber, Automaton automaton, int[] lengths, NeedleUse[][] uses)
{
    /// <summary>The number of the field; -1 for all values.</summary>
    public int Field => fieldNumber;

    public Automaton Automaton => automaton;

    public int[] Lengths => lengths;

    public NeedleUse[][] Uses => uses;

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
                if ((!use.AtStart || isStart) && (!use.AtEnd || end == length)) worker.Mark(use.Predicate, use.IsExact);
        }
    }
}

/// <summary>All rules that apply to one log source, ready to run. Immutable: shared by all threads.</summary>
internal sealed class MatchPlan(int[] rules, PlanNode[] nodes, int[] always, int predicates, FieldScan[] scans)
{
    /// <summary>The rules' places in the rule set, ascending.</summary>
    public int[] Rules => rules;

    /// <summary>The rules' expressions, in the order of <see cref="Rules"/>.</summary>
    public PlanNode[] Nodes => nodes;

    /// <summary>The rules (by place in <see cref="Rules"/>) without a witness: evaluated for every event.</summary>
    public int[] Always => always;

    /// <summary>How many predicates the plan has.</summary>
    public int Predicates => predicates;

    public FieldScan[] Scans => scans;
}
