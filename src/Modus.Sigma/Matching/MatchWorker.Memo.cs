using System.Runtime.InteropServices;
using Modus.Logs;

namespace Modus.Sigma.Matching;

/// <content>Answers of values that come again: real logs repeat most of theirs.</content>
public sealed partial class MatchWorker
{
    /// <summary>What the values that one worker remembers may take, in bytes, over all log sources and fields.</summary>
    internal const int MaxRemembered = 8 << 20;

    private readonly bool remembers;
    private readonly Dictionary<MatchPlan, ValueMemo?[]> memosOf = new(ReferenceEqualityComparer.Instance);
    private ValueMemo?[]? memos;

    // Counts how often all was forgotten: memos of another age are not used again.
    private int age;

    // By memo: the event for which it was asked, and the place of the value it gave.
    private (uint Stamp, int Place)[] values = [];
    private int[] marked = [];
    private int markedCount;
    private readonly List<int> hanging = [];
    private readonly List<int> found = [];
    private uint[] hangs = [];
    private uint hangStamp;

    /// <summary>The bytes that the remembered values take, roughly.</summary>
    internal long Remembered { get; private set; }

    private void BeginMemos(ref Known known)
    {
        markedCount = 0;
        if (marked.Length < plan.Scanned.Length) marked = new int[plan.Scanned.Length];
        if (Remembered > MaxRemembered)
        {
            memosOf.Clear();
            Remembered = 0;
            age++;
        }

        if (known.Memos is null || known.Age != age) known = known with { Memos = MemosOf(plan), Age = age };
        memos = known.Memos;
    }

    private ValueMemo?[]? MemosOf(MatchPlan plan)
    {
        // A plan that still learns looks at everything.
        if (!remembers || plan.Profile is not null) return null;
        if (!memosOf.TryGetValue(plan, out var made)) memosOf[plan] = made = new ValueMemo?[plan.MemoFields.Length];
        if (values.Length < made.Length) values = new (uint, int)[made.Length];
        return made;
    }

    /// <summary>Finds the texts of a field, or what its value was found to hold before.</summary>
    private void Scan(FieldScan scan, LogEvent e)
    {
        if (memos is null || scan.Field < 0)
        {
            scan.Run(e, this);
            return;
        }

        var slot = First(e, scan.Field);
        if (slot < 0) return;
        var place = Recall(scan.Memo, e, slot, out var isKnown);
        if (isKnown) return;
        var before = markedCount;
        scan.Run(e, this);
        if (place >= 0) Remember(scan.Memo, place, before);
    }

    /// <summary>The place of a field's value in its memo, with all that it answers told; -1 for one that is not remembered.</summary>
    private int Recall(int number, LogEvent e, int slot, out bool isKnown)
    {
        isKnown = false;
        ref var value = ref values[number];
        value = (stamp, -1);
        // Lists answer together, objects have no text.
        if (e.Next(slot) >= 0 || !e.IsLeaf(slot)) return -1;
        var raw = e.Raw(slot, out var encoding);
        if (encoding == ValueEncoding.Binary)
        {
            raw = e.Text(slot);
            encoding = ValueEncoding.Utf8;
        }

        if (raw.Length > ValueMemo.MaxValue) return -1;
        var memo = memos![number] ??= NewMemo();
        var place = memo.FindLast(raw, encoding);
        if (place < 0)
        {
            var hash = ValueMemo.Hash(raw, encoding);
            place = memo.Find(raw, encoding, hash);
            if (place < 0)
            {
                var size = memo.Size;
                value.Place = memo.Admit(raw, encoding, hash);
                Remembered += memo.Size - size;
                return value.Place;
            }
        }

        isKnown = true;
        Tell(memo, place);
        return value.Place = place;
    }

    /// <summary>The place of a field's value in its memo, while the event that was matched last is at hand; -1 for one that is not remembered.</summary>
    internal int Recalled(int memo, LogEvent e, int slot)
    {
        if (memos is null) return -1;
        return values[memo].Stamp == stamp ? values[memo].Place : Recall(memo, e, slot, out _);
    }

    /// <summary>The number of the memo of a field's values in the plan of the event that was matched last, or -1.</summary>
    internal int MemoOf(string field) => Array.IndexOf(plan.MemoFields, field);

    /// <summary>The evidence that a remembered value is; null when no one has asked yet.</summary>
    internal Evidence[]? EvidenceOf(int place, ValueEvidence asked, int field) => memos![asked.Memo]!.EvidenceOf(place, asked, field);

    /// <summary>Keeps evidence with a remembered value.</summary>
    internal void Keep(int place, ValueEvidence asked, int field, Evidence[] found)
    {
        var memo = memos![asked.Memo]!;
        var size = memo.Size;
        memo.Keep(place, asked, field, found);
        Remembered += memo.Size - size;
    }

    private ValueMemo NewMemo()
    {
        var made = new ValueMemo();
        Remembered += made.Size;
        return made;
    }

    private void Tell(ValueMemo memo, int place)
    {
        var mark = stamp << 2;
        var all = answers;
        foreach (var answer in memo.Answers(place)) all[answer >> 2] = mark | (uint)(answer & 3);
        foreach (var rule in memo.Rules(place)) Call(rule);
    }

    private void Remember(int number, int place, int from)
    {
        found.Clear();
        hanging.Clear();
        if (++hangStamp == 0)
        {
            Array.Clear(hangs);
            hangStamp = 1;
        }

        foreach (var predicate in marked.AsSpan(from, markedCount - from))
        {
            found.Add((predicate << 2) | (int)(answers[predicate] & 3));
            foreach (var rule in witnessOf[predicate] ?? [])
            {
                if (hangs[rule] == hangStamp) continue;
                hangs[rule] = hangStamp;
                hanging.Add(rule);
            }
        }

        if (found.Count == 0) return;
        var memo = memos![number]!;
        var size = memo.Size;
        memo.Set(place, CollectionsMarshal.AsSpan(hanging), CollectionsMarshal.AsSpan(found));
        Remembered += memo.Size - size;
    }

    /// <summary>The answer to a question about one field, which the field's value may have answered in an earlier event.</summary>
    private bool ComputeValue(ValuePredicate predicate, LogEvent e)
    {
        ref var value = ref values[predicate.Memo];
        if (value.Stamp != stamp)
        {
            var slot = First(e, predicate.Field);
            if (slot < 0) return false;
            Recall(predicate.Memo, e, slot, out _);
            if (answers[predicate.Id] >> 2 == stamp && (answers[predicate.Id] & 3) is var known and not Look) return known == Yes;
        }

        var result = predicate.Compute(this, e);
        if (value.Place >= 0)
        {
            var memo = memos![predicate.Memo]!;
            var size = memo.Size;
            memo.Settle(value.Place, predicate.Id, result ? Yes : No);
            Remembered += memo.Size - size;
        }

        return result;
    }

    private void Call(int rule)
    {
        if (ruleStamps[rule] == stamp) return;
        ruleStamps[rule] = stamp;
        candidates[candidateCount++] = rule;
    }

    /// <summary>What is known of a log source that was met.</summary>
    private record struct Known(LogSource? Source, MatchPlan Plan, ValueMemo?[]? Memos, int Age);
}
