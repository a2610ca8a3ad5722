using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Modus.Logs;

namespace Modus.Sigma.Matching;

/// <summary>What the values of one field answered that a worker met more than once: the rules that hang on texts they hold, and the predicates they decide.</summary>
/// <remarks>Values are known by what was written. Bounded; a value that comes once only leaves a mark of its hash. All lies in a few arrays, which the collector of garbage passes over.</remarks>
internal sealed class ValueMemo
{
    /// <summary>The longest value that is remembered, in bytes.</summary>
    public const int MaxValue = 16_384;

    /// <summary>The places for values; buckets fill unevenly, so that fewer are remembered.</summary>
    public const int MaxEntries = 16_384;

    private const int Ways = 8, FirstEntries = 64, MaxSeen = 1 << 15;

    // Words lie in chunks, so that nothing is copied when more are needed: the first is small, no one is larger than the collector moves lightly.
    private const int FirstWords = 256, ChunkBits = 14, MaxWords = 1 << ChunkBits;

    // Telling more answers than these would take longer than finding some of them again.
    private const int MaxAnswers = 256, MaxEvidence = 32, EvidenceSize = 80, NewAnswers = 4;

    private ulong[] hashes = new ulong[FirstEntries];
    private Entry[] entries = new Entry[FirstEntries];
    private uint[] seen = new uint[FirstEntries * 2];

    // By entry: its value, its rules, its answers, and room for more of these.
    private int[][] chunks = [new int[FirstWords]];
    private int usedOfLast;
    private int words = FirstWords;
    private List<(ValueEvidence Asked, int Field, Evidence[] Found)>?[] evidence = [];
    private int evidenceSize;
    private int count;
    private int turn;
    private int last;

    // Marks that another value took before theirs came again.
    private int lost;

    /// <summary>How many values are remembered.</summary>
    public int Count => count;

    /// <summary>What the memo takes, in bytes, roughly.</summary>
    public int Size => 192 + (entries.Length * 40) + ((seen.Length + words) * sizeof(int)) + (evidence.Length * 8) + evidenceSize;

    /// <summary>The value that was asked for last, if it is the same once more, or -1: that takes no hash.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FindLast(ReadOnlySpan<byte> raw, ValueEncoding encoding) => Is(last, raw, encoding) ? last : -1;

    /// <summary>The value as it was met before, or -1.</summary>
    public int Find(ReadOnlySpan<byte> raw, ValueEncoding encoding, ulong hash)
    {
        var from = Bucket(hash);
        for (var at = from; at < from + Ways; at++)
            if (hashes[at] == hash && Is(at, raw, encoding)) return last = at;
        return -1;
    }

    /// <summary>A place for a value that was not found; -1 where it comes for the first time, as far as is known.</summary>
    /// <param name="raw">The value.</param>
    /// <param name="encoding">How it is written.</param>
    /// <param name="hash">Its hash.</param>
    public int Admit(ReadOnlySpan<byte> raw, ValueEncoding encoding, ulong hash)
    {
        ref var mark = ref seen[(int)(hash >> 32) & (seen.Length - 1)];
        if (mark != (uint)hash)
        {
            if (mark != 0 && ++lost > seen.Length && seen.Length < MaxSeen) GrowSeen();
            else mark = (uint)hash;
            return -1;
        }

        if (count * 3 > entries.Length && entries.Length < MaxEntries) Grow();
        var from = Bucket(hash);
        var place = from + (turn++ & (Ways - 1));
        for (var at = from; at < from + Ways; at++)
            if (!entries[at].IsTaken) place = at;
        ref var entry = ref entries[place];
        if (!entry.IsTaken) count++;
        Forget(place);
        hashes[place] = hash;
        // The place of a value that went is taken over where it is large enough.
        entry = new() { IsTaken = true, Encoding = encoding, Length = raw.Length, Start = entry.Start, Room = entry.Room };
        if (entry.Room < entry.Words + NewAnswers) Take(ref entry, entry.Words + NewAnswers);
        raw.CopyTo(MemoryMarshal.AsBytes(Words(entry.Start, entry.Words)));
        return last = place;
    }

    /// <summary>The rules that a found text makes worth a look.</summary>
    public ReadOnlySpan<int> Rules(int place) => Words(entries[place].Start + entries[place].Words, entries[place].Rules);

    /// <summary>Answers as <c>predicate * 4 + answer</c>.</summary>
    public ReadOnlySpan<int> Answers(int place) => Words(entries[place].Start + entries[place].Words + entries[place].Rules, entries[place].Answers);

    /// <summary>Sets what a new value's texts call and answer.</summary>
    public void Set(int place, ReadOnlySpan<int> rules, ReadOnlySpan<int> answers)
    {
        ref var entry = ref entries[place];
        var needed = entry.Words + rules.Length + answers.Length;
        // More than a chunk has: the value is searched each time.
        if (needed > MaxWords)
        {
            entry.IsTaken = false;
            count--;
            return;
        }

        Widen(ref entry, needed);
        (entry.Rules, entry.Answers) = (rules.Length, answers.Length);
        rules.CopyTo(Words(entry.Start + entry.Words, rules.Length));
        answers.CopyTo(Words(entry.Start + entry.Words + rules.Length, answers.Length));
    }

    /// <summary>Sets the answer that a predicate has by now.</summary>
    public void Settle(int place, int predicate, uint answer)
    {
        ref var entry = ref entries[place];
        var settled = (predicate << 2) | (int)answer;
        foreach (ref var known in Words(entry.Start + entry.Words + entry.Rules, entry.Answers))
        {
            if (known >> 2 != predicate) continue;
            known = settled;
            return;
        }

        if (!entry.IsTaken || entry.Answers >= MaxAnswers) return;
        var held = entry.Words + entry.Rules + entry.Answers;
        if (held == MaxWords) return;
        if (held == entry.Room) Widen(ref entry, Math.Min(MaxWords, held + Math.Max(NewAnswers, entry.Answers)));
        Words(entry.Start + held, 1)[0] = settled;
        entry.Answers++;
    }

    /// <summary>The evidence that a value is of tests, under the name of its field in the event; null when no one has asked yet.</summary>
    public Evidence[]? EvidenceOf(int place, ValueEvidence asked, int field)
    {
        if (place < evidence.Length && evidence[place] is { } kept)
            foreach (var one in kept)
                if (ReferenceEquals(one.Asked, asked) && one.Field == field) return one.Found;
        return null;
    }

    /// <summary>Keeps the evidence with a value.</summary>
    public void Keep(int place, ValueEvidence asked, int field, Evidence[] found)
    {
        if (evidence.Length != entries.Length) Array.Resize(ref evidence, entries.Length);
        var kept = evidence[place] ??= [];
        if (kept.Count == MaxEvidence) return;
        kept.Add((asked, field, found));
        evidenceSize += SizeOf(found);
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
            if (length >= 64)
            {
                // Two at a time: neither waits for the other.
                var other = second;
                for (; at + 32 <= length; at += 32)
                {
                    hash = Mix(Read(ref start, at) ^ hash, Read(ref start, at + 8) ^ second);
                    other = Mix(Read(ref start, at + 16) ^ other, Read(ref start, at + 24) ^ first);
                }

                hash ^= other;
            }

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

    private static int SizeOf(Evidence[] found) =>
        // All are about one text, which each event made anew until it was kept.
        EvidenceSize + (found.Length * EvidenceSize) + (found.Length > 0 ? 2 * found[0].Value!.Length : 0);

    private int Bucket(ulong hash) => (int)hash & (entries.Length - 1) & ~(Ways - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<int> Words(int start, int length) => length == 0 ? default : chunks[start >> ChunkBits].AsSpan(start & (MaxWords - 1), length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Is(int place, ReadOnlySpan<byte> raw, ValueEncoding encoding)
    {
        ref var entry = ref entries[place];
        return entry.Length == raw.Length && entry.IsTaken && entry.Encoding == encoding && raw.SequenceEqual(MemoryMarshal.AsBytes(Words(entry.Start, entry.Words))[..raw.Length]);
    }

    // The evidence of a value that goes.
    private void Forget(int place)
    {
        if (place >= evidence.Length || evidence[place] is not { } kept) return;
        foreach (var one in kept) evidenceSize -= SizeOf(one.Found);
        evidence[place] = null;
    }

    private void Take(ref Entry entry, int room)
    {
        if (usedOfLast + room > chunks[^1].Length)
        {
            Array.Resize(ref chunks, chunks.Length + 1);
            chunks[^1] = new int[Math.Max(room, Math.Min(words, MaxWords))];
            words += chunks[^1].Length;
            usedOfLast = 0;
        }

        entry.Room = room;
        entry.Start = ((chunks.Length - 1) << ChunkBits) + usedOfLast;
        usedOfLast += room;
    }

    // To another place: what it left is lost until all is forgotten.
    private void Widen(ref Entry entry, int room)
    {
        if (room <= entry.Room) return;
        var before = Words(entry.Start, entry.Words + entry.Rules + entry.Answers);
        Take(ref entry, room);
        before.CopyTo(Words(entry.Start, before.Length));
    }

    private void Grow()
    {
        var (old, oldHashes, oldEvidence) = (entries, hashes, evidence);
        entries = new Entry[old.Length * 4];
        hashes = new ulong[entries.Length];
        if (oldEvidence.Length > 0) evidence = new List<(ValueEvidence, int, Evidence[])>?[entries.Length];
        if (seen.Length < entries.Length * 2) seen = new uint[entries.Length * 2];
        for (var at = 0; at < old.Length; at++)
        {
            if (!old[at].IsTaken) continue;
            // A bucket takes in no more than it gave: the larger table splits it.
            var place = Bucket(oldHashes[at]);
            while (entries[place].IsTaken) place++;
            entries[place] = old[at];
            hashes[place] = oldHashes[at];
            if (at < oldEvidence.Length) evidence[place] = oldEvidence[at];
        }
    }

    // Values that come again after many others are only known again by as many marks.
    private void GrowSeen()
    {
        lost = 0;
        seen = new uint[seen.Length * 4];
    }

    private struct Entry
    {
        public int Start;
        public int Length;
        public int Rules;
        public int Answers;

        /// <summary>The words that it may take where it stands.</summary>
        public int Room;

        public ValueEncoding Encoding;
        public bool IsTaken;

        /// <summary>The words that the value alone takes.</summary>
        public readonly int Words => (Length + sizeof(int) - 1) / sizeof(int);
    }
}
