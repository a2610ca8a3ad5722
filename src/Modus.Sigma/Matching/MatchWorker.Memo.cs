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

    // By memo: the event for which it was asked, and the value it gave.
    private (uint Stamp, RememberedValue? Value)[] values = [];
    private int[] marked = [];
    private int markedCount;

    /// <summary>The bytes that the remembered values take, roughly.</summary>
    internal long Remembered { get; private set; }

    private void BeginMemos()
    {
        markedCount = 0;
        if (marked.Length < plan.Scanned.Length) marked = new int[plan.Scanned.Length];
        memos = null;
        // A plan that still learns looks at everything.
        if (!remembers || plan.Profile is not null) return;
        if (Remembered > MaxRemembered)
        {
            memosOf.Clear();
            Remembered = 0;
        }

        if (!memosOf.TryGetValue(plan, out memos)) memosOf[plan] = memos = new ValueMemo?[plan.MemoFields.Length];
        if (values.Length < memos.Length) values = new (uint, RememberedValue?)[memos.Length];
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
        var value = Recall(scan.Memo, e, slot, out var isKnown);
        if (isKnown) return;
        var before = markedCount;
        scan.Run(e, this);
        if (value is not null) Remember(value, before);
    }

    /// <summary>The place of a field's value in its memo, with all that it answers told; null for one that is not remembered.</summary>
    private RememberedValue? Recall(int number, LogEvent e, int slot, out bool isKnown)
    {
        isKnown = false;
        ref var value = ref values[number];
        value = (stamp, null);
        // Lists answer together, objects have no text.
        if (e.Next(slot) >= 0 || !e.IsLeaf(slot)) return null;
        var raw = e.Raw(slot, out var encoding);
        if (encoding == ValueEncoding.Binary)
        {
            raw = e.Text(slot);
            encoding = ValueEncoding.Utf8;
        }

        if (raw.Length > ValueMemo.MaxValue) return null;
        var memo = memos![number] ??= NewMemo();
        var hash = ValueMemo.Hash(raw, encoding);
        if (memo.Find(raw, encoding, hash) is { } found)
        {
            isKnown = true;
            Tell(found);
            return value.Value = found;
        }

        value.Value = memo.Admit(raw, encoding, hash, out var growth);
        Remembered += growth;
        return value.Value;
    }

    /// <summary>The place of a field's value in its memo, while the event that was matched last is at hand; null for one that is not remembered.</summary>
    internal RememberedValue? Recalled(int memo, LogEvent e, int slot)
    {
        if (memos is null) return null;
        return values[memo].Stamp == stamp ? values[memo].Value : Recall(memo, e, slot, out _);
    }

    /// <summary>The number of the memo of a field's values in the plan of the event that was matched last, or -1.</summary>
    internal int MemoOf(string field) => Array.IndexOf(plan.MemoFields, field);

    /// <summary>Keeps evidence with a value.</summary>
    internal void Keep(RememberedValue value, ValueEvidence asked, int field, Evidence[] found)
    {
        var size = value.Size;
        value.Keep(asked, field, found);
        Remembered += value.Size - size;
    }

    private ValueMemo NewMemo()
    {
        Remembered += ValueMemo.EmptySize;
        return new();
    }

    private void Tell(RememberedValue value)
    {
        var mark = stamp << 2;
        var all = answers;
        foreach (var answer in value.Answers) all[answer >> 2] = mark | (uint)(answer & 3);
        foreach (var rule in value.Rules) Call(rule);
    }

    private void Remember(RememberedValue value, int from)
    {
        var size = value.Size;
        var rules = new HashSet<int>();
        foreach (var predicate in marked.AsSpan(from, markedCount - from))
        {
            value.Add((predicate << 2) | (int)(answers[predicate] & 3));
            if (witnessOf[predicate] is { } hanging) rules.UnionWith(hanging);
        }

        value.Keep([.. rules]);
        Remembered += value.Size - size;
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
        if (value.Value is { } place)
        {
            var size = place.Size;
            place.Settle(predicate.Id, result ? Yes : No);
            Remembered += place.Size - size;
        }

        return result;
    }

    private void Call(int rule)
    {
        if (ruleStamps[rule] == stamp) return;
        ruleStamps[rule] = stamp;
        candidates[candidateCount++] = rule;
    }
}
