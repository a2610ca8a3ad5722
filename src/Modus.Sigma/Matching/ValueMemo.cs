using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Modus.Logs;

namespace Modus.Sigma.Matching;

/// <summary>What a value of one field answered: the predicates whose answer it decides, and the rules that hang on texts it holds.</summary>
internal sealed class RememberedValue
{
    // Telling more answers than these would take longer than finding some of them again.
    private const int MaxAnswers = 256, MaxEvidence = 32, EvidenceSize = 80;

    private byte[] key = [];
    private int keyLength;
    private ValueEncoding encoding;

    private int[] answers = new int[8];
    private int answerCount;
    private int[] rules = [];
    private int ruleCount;
    private readonly List<(ValueEvidence Asked, int Field, Evidence[] Found)> evidence = [];
    private int evidenceSize;

    /// <summary>Answers as <c>predicate * 4 + answer</c>.</summary>
    public ReadOnlySpan<int> Answers => answers.AsSpan(0, answerCount);

    /// <summary>The rules that a found text makes worth a look.</summary>
    public ReadOnlySpan<int> Rules => rules.AsSpan(0, ruleCount);

    /// <summary>What the entry takes, in bytes, roughly.</summary>
    public int Size => 144 + key.Length + (sizeof(int) * (answers.Length + rules.Length)) + evidenceSize;

    public bool Is(ReadOnlySpan<byte> raw, ValueEncoding written) => encoding == written && raw.SequenceEqual(key.AsSpan(0, keyLength));

    /// <summary>Takes another value; the arrays stay.</summary>
    public void Become(ReadOnlySpan<byte> raw, ValueEncoding written)
    {
        if (key.Length < raw.Length) key = new byte[(raw.Length + 63) & ~63];
        raw.CopyTo(key);
        keyLength = raw.Length;
        encoding = written;
        answerCount = ruleCount = 0;
        evidence.Clear();
        evidenceSize = 0;
    }

    /// <summary>Adds the answer of a predicate that has none yet.</summary>
    public void Add(int answer)
    {
        if (answerCount == answers.Length) Array.Resize(ref answers, answerCount * 2);
        answers[answerCount++] = answer;
    }

    /// <summary>Sets the answer that a predicate has by now.</summary>
    public void Settle(int predicate, uint answer)
    {
        var settled = (predicate << 2) | (int)answer;
        for (var at = 0; at < answerCount; at++)
        {
            if (answers[at] >> 2 != predicate) continue;
            answers[at] = settled;
            return;
        }

        if (answerCount < MaxAnswers) Add(settled);
    }

    /// <summary>The evidence that the value is of tests, under the name of its field in the event; null when no one has asked yet.</summary>
    public Evidence[]? EvidenceOf(ValueEvidence asked, int field)
    {
        foreach (var one in evidence)
            if (ReferenceEquals(one.Asked, asked) && one.Field == field) return one.Found;
        return null;
    }

    /// <summary>Keeps the evidence.</summary>
    public void Keep(ValueEvidence asked, int field, Evidence[] found)
    {
        if (evidence.Count == MaxEvidence) return;
        evidence.Add((asked, field, found));
        // All are about one text, which each event made anew until it was kept.
        evidenceSize += EvidenceSize + (found.Length * EvidenceSize) + (found.Length > 0 ? 2 * found[0].Value!.Length : 0);
    }

    /// <summary>Sets the rules.</summary>
    public void Keep(ReadOnlySpan<int> called)
    {
        if (rules.Length < called.Length) rules = new int[called.Length];
        called.CopyTo(rules);
        ruleCount = called.Length;
    }
}

/// <summary>The values of one field that a worker met more than once, by what was written. Bounded; a value that comes once only leaves a mark of its hash.</summary>
internal sealed class ValueMemo
{
    /// <summary>The longest value that is remembered, in bytes.</summary>
    public const int MaxValue = 16_384;

    /// <summary>The places for values; buckets fill unevenly, so that fewer are remembered.</summary>
    public const int MaxEntries = 16_384;

    /// <summary>What a memo without values takes, in bytes, roughly.</summary>
    public const int EmptySize = 128 + (FirstEntries * 24);

    private const int Ways = 8, FirstEntries = 64, MaxSeen = 1 << 15;

    private ulong[] hashes = new ulong[FirstEntries];
    private RememberedValue?[] entries = new RememberedValue?[FirstEntries];
    private uint[] seen = new uint[FirstEntries * 2];
    private int count;
    private int turn;

    // Marks that another value took before theirs came again.
    private int lost;

    /// <summary>How many values are remembered.</summary>
    public int Count => count;

    /// <summary>The value as it was met before, or null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RememberedValue? Find(ReadOnlySpan<byte> raw, ValueEncoding encoding, ulong hash)
    {
        var from = Bucket(hash);
        for (var at = from; at < from + Ways; at++)
            if (hashes[at] == hash && entries[at] is { } entry && entry.Is(raw, encoding)) return entry;
        return null;
    }

    /// <summary>A place for a value that was not found; null where it comes for the first time, as far as is known.</summary>
    /// <param name="raw">The value.</param>
    /// <param name="encoding">How it is written.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="growth">By how many bytes the memo grew.</param>
    public RememberedValue? Admit(ReadOnlySpan<byte> raw, ValueEncoding encoding, ulong hash, out int growth)
    {
        growth = 0;
        ref var mark = ref seen[(int)(hash >> 32) & (seen.Length - 1)];
        if (mark != (uint)hash)
        {
            if (mark != 0 && ++lost > seen.Length && seen.Length < MaxSeen) growth = GrowSeen();
            else mark = (uint)hash;
            return null;
        }

        if (count * 3 > entries.Length && entries.Length < MaxEntries) growth += Grow();
        var from = Bucket(hash);
        var place = from + (turn++ & (Ways - 1));
        for (var at = from; at < from + Ways; at++)
            if (entries[at] is null) place = at;
        if (entries[place] is not { } entry)
        {
            entries[place] = entry = new();
            count++;
        }
        else
        {
            growth -= entry.Size;
        }

        hashes[place] = hash;
        entry.Become(raw, encoding);
        growth += entry.Size;
        return entry;
    }

    /// <summary>A hash of a value and the way it is written; equal ones are compared.</summary>
    public static ulong Hash(ReadOnlySpan<byte> raw, ValueEncoding encoding)
    {
        const ulong first = 0x9E3779B97F4A7C15, second = 0xA24BAED4963EE407;
        ref var start = ref MemoryMarshal.GetReference(raw);
        var hash = first ^ (((ulong)raw.Length << 8) + (ulong)encoding);
        var length = raw.Length;
        if (length >= 16)
        {
            var at = 0;
            for (; at + 16 <= length; at += 16) hash = Mix(Read(ref start, at) ^ hash, Read(ref start, at + 8) ^ second);
            return Mix(Read(ref start, length - 16) ^ hash, Read(ref start, length - 8) ^ second);
        }

        ulong low = 0, high = 0;
        if (length >= 8)
        {
            low = Read(ref start, 0);
            high = Read(ref start, length - 8);
        }
        else if (length >= 4)
        {
            low = Unsafe.ReadUnaligned<uint>(ref start);
            high = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, length - 4));
        }
        else if (length > 0)
        {
            low = start;
            high = ((ulong)Unsafe.Add(ref start, length / 2) << 8) | Unsafe.Add(ref start, length - 1);
        }

        return Mix(low ^ hash, high ^ second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Read(ref byte start, int at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }

    private int Bucket(ulong hash) => (int)hash & (entries.Length - 1) & ~(Ways - 1);

    private int Grow()
    {
        var (old, oldHashes) = (entries, hashes);
        entries = new RememberedValue?[old.Length * 4];
        hashes = new ulong[entries.Length];
        var marks = seen.Length;
        if (seen.Length < entries.Length * 2) seen = new uint[entries.Length * 2];
        count = 0;
        for (var at = 0; at < old.Length; at++)
        {
            if (old[at] is not { } entry) continue;
            // A bucket takes in no more than it gave: the larger table splits it.
            var place = Bucket(oldHashes[at]);
            while (entries[place] is not null) place++;
            entries[place] = entry;
            hashes[place] = oldHashes[at];
            count++;
        }

        return ((entries.Length - old.Length) * (sizeof(ulong) + 8)) + ((seen.Length - marks) * sizeof(uint));
    }

    // Values that come again after many others are only known again by as many marks.
    private int GrowSeen()
    {
        lost = 0;
        var before = seen.Length;
        seen = new uint[before * 4];
        return (seen.Length - before) * sizeof(uint);
    }
}
