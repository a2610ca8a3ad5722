using System.Runtime.CompilerServices;
using Modus.Logs;

namespace Modus.Sigma.Matching;

/// <summary>Matches events on one thread. Nothing is allocated for an event once the worker is warm.</summary>
/// <remarks>Each event raises a counter; an answer is valid only while its stamp equals it, so nothing is ever cleared.</remarks>
public sealed partial class MatchWorker
{
    private const uint Yes = 1, No = 2, Look = 3;
    private const uint LastStamp = uint.MaxValue >> 2;

    // What folding may write behind its text, and what one huge value may leave allocated.
    private const int Beyond = 32, MaxKept = 1 << 22;

    private readonly Matcher matcher;
    private Known[] plans = new Known[64];
    private uint stamp;
    private uint[] answers = [];
    private bool[] scanned = [];
    private uint[] ruleStamps = [];
    private int[] candidates = [];
    private int candidateCount;
    private int[] matched = [];
    private int[]?[] witnessOf = [];
    private int[] fieldNumbers = [];
    private (uint Stamp, int Start, int Length, bool IsAscii)[] folded = new (uint, int, int, bool)[128];
    private byte[] scratch = new byte[16_384];
    private int scratchUsed;
    private LogEvent current = null!;
    private MatchPlan plan = null!;

    internal MatchWorker(Matcher matcher, bool remembers)
    {
        this.matcher = matcher;
        this.remembers = remembers;
    }

    /// <summary>How many rules were evaluated so far, over all events.</summary>
    public long Evaluated { get; private set; }

    /// <summary>The rules that match an event, by their place in the rule set, ascending. The span is valid until the next call.</summary>
    public ReadOnlySpan<int> Match(LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        ref var known = ref PlanFor(logEvent.Source);
        plan = known.Plan;
        if (plan.Rules.Length == 0) return [];
        Begin(logEvent, ref known);
        foreach (var scan in plan.Scans) Scan(scan, logEvent);
        if (plan.Profile is { } profile) Learn(profile, logEvent);

        var count = 0;
        foreach (var rule in plan.Always)
            if (plan.Nodes[rule].IsTrue(this, logEvent)) matched[count++] = plan.Rules[rule];
        for (var at = 0; at < candidateCount; at++)
            if (plan.Nodes[candidates[at]].IsTrue(this, logEvent)) matched[count++] = plan.Rules[candidates[at]];
        Evaluated += plan.Always.Length + candidateCount;
        var result = matched.AsSpan(0, count);
        if (count > 1) result.Sort();
        return result;
    }

    /// <summary>The first slot of a field by the number that plans give it, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int First(LogEvent e, int field) => e.First(fieldNumbers[field]);

    /// <summary>The folded text of a slot, made once for each event.</summary>
    internal ReadOnlySpan<byte> Folded(int slot) => Folded(slot, out _);

    /// <summary>The folded text of a slot, made once for each event.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="isAscii">True when the text is known to be ASCII.</param>
    internal ReadOnlySpan<byte> Folded(int slot, out bool isAscii)
    {
        if (slot >= folded.Length) Array.Resize(ref folded, Math.Max(slot + 1, folded.Length * 2));
        ref var known = ref folded[slot];
        if (known.Stamp != stamp) known = Fold(slot);
        isAscii = known.IsAscii;
        return scratch.AsSpan(known.Start, known.Length);
    }

    private void Learn(PlanProfile profile, LogEvent logEvent) =>
        profile.Learn(plan, predicate => answers[predicate] >> 2 == stamp, scan => scan.Length(logEvent, this));

    private (uint Stamp, int Start, int Length, bool IsAscii) Fold(int slot)
    {
        var raw = current.Raw(slot, out var encoding);
        Reserve(raw.Length + Beyond);
        var start = scratchUsed;
        var length = encoding is ValueEncoding.Utf8 or ValueEncoding.JsonEscaped
            ? Folding.FoldAscii(raw, encoding == ValueEncoding.JsonEscaped, scratch.AsSpan(start))
            : -1;
        var isAscii = length >= 0;
        if (!isAscii)
        {
            var text = current.Text(slot);
            Reserve((text.Length * Folding.Growth) + Beyond);
            length = Folding.Fold(text, scratch.AsSpan(start));
        }

        scratchUsed = start + length;
        return (stamp, start, length, isAscii);
    }

    private void Reserve(int room)
    {
        if (scratch.Length - scratchUsed < room) Array.Resize(ref scratch, Math.Max(scratch.Length * 2, scratchUsed + room));
    }

    /// <summary>The answer to a predicate, computed when no one has asked yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool Ask(Predicate predicate, LogEvent e)
    {
        var answer = answers[predicate.Id];
        if (answer >> 2 == stamp)
        {
            if ((answer & 3) != Look) return (answer & 3) == Yes;
        }
        else if (scanned[predicate.Id])
        {
            return false;
        }

        return Compute(predicate, e);
    }

    /// <summary>A scan has found what makes a predicate true, or worth a look.</summary>
    internal void Mark(int predicate, bool isTrue)
    {
        ref var answer = ref answers[predicate];
        var before = answer >> 2 == stamp;
        if (before && (!isTrue || (answer & 3) == Yes)) return;
        answer = (stamp << 2) | (isTrue ? Yes : Look);
        if (before) return;
        marked[markedCount++] = predicate;
        if (witnessOf[predicate] is not { } rules) return;
        foreach (var rule in rules) Call(rule);
    }

    private bool Compute(Predicate predicate, LogEvent e)
    {
        var result = predicate is ValuePredicate { Memo: >= 0 } value && memos is not null ? ComputeValue(value, e) : predicate.Compute(this, e);
        answers[predicate.Id] = (stamp << 2) | (result ? Yes : No);
        return result;
    }

    private void Begin(LogEvent logEvent, ref Known known)
    {
        current = logEvent;
        candidateCount = 0;
        scratchUsed = 0;
        if (scratch.Length > MaxKept) scratch = new byte[16_384];
        if (stamp == LastStamp)
        {
            Array.Clear(answers);
            Array.Clear(ruleStamps);
            Array.Clear(folded);
            Array.Clear(values);
            stamp = 0;
        }

        stamp++;
        scanned = plan.Scanned;
        witnessOf = plan.WitnessOf;
        BeginMemos(ref known);
        if (answers.Length < scanned.Length) answers = new uint[scanned.Length];
        if (ruleStamps.Length >= plan.Rules.Length) return;
        ruleStamps = new uint[plan.Rules.Length];
        hangs = new uint[plan.Rules.Length];
        candidates = new int[plan.Rules.Length];
        matched = new int[plan.Rules.Length];
    }

    private ref Known PlanFor(LogSource source)
    {
        // Numbers are unique within one reader only, so the object itself has the last word.
        var number = source.Number;
        if (number >= plans.Length) Array.Resize(ref plans, Math.Max(number + 1, plans.Length * 2));
        ref var known = ref plans[number];
        if (!ReferenceEquals(known.Source, source))
        {
            known = new(source, matcher.PlanFor(source), null, 0);
            fieldNumbers = matcher.FieldNumbers();
        }
        else if (known.Plan.Profile?.Successor is { } better)
        {
            known = new(source, better, null, 0);
        }

        return ref known;
    }
}
