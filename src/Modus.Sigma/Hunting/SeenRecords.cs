using System.Numerics;

namespace Modus.Sigma.Hunting;

/// <summary>Which records a rule matched before. Blocks come in reading order, so that the first log of several keeps the hit.</summary>
/// <remarks>
/// A hit takes twelve bytes: eight of the keyed hash of record and rule, and the number of its log. Among a million hits two share a hash once in
/// thirty million hunts; the later one would be taken for a repetition.
/// </remarks>
internal sealed class SeenRecords
{
    /// <summary>The most hits that are remembered; of later ones a repetition is reported again.</summary>
    public const int MaxRemembered = 1_000_000;

    private const int FirstSize = 1 << 10;

    // Open addressing: a place whose file is 0 is free, so that files are kept one too high.
    private ulong[] keys = new ulong[FirstSize];
    private int[] files = new int[FirstSize];
    private int count;

    /// <summary>Hits on records that an earlier log held.</summary>
    public long Repeated { get; private set; }

    /// <summary>Whether no earlier log held a record that a rule matched. What one log says twice counts twice: that is its own statement.</summary>
    /// <param name="record">The record; null for one that nothing tells again.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="file">The log, from 0.</param>
    public bool IsNew(RecordKey? record, int rule, int file)
    {
        if (record is not { } known) return true;
        var key = known.With(rule);
        var at = Place(keys, files, key);
        if (files[at] != 0)
        {
            if (files[at] == file + 1) return true;
            Repeated++;
            return false;
        }

        if (count == MaxRemembered) return true;
        (keys[at], files[at]) = (key, file + 1);
        if (++count * 4 > keys.Length * 3) Grow();
        return true;
    }

    private static int Place(ulong[] keys, int[] files, ulong key)
    {
        var at = (int)(key >> (64 - BitOperations.Log2((uint)keys.Length)));
        while (files[at] != 0 && keys[at] != key) at = (at + 1) & (keys.Length - 1);
        return at;
    }

    private void Grow()
    {
        var (more, theirs) = (new ulong[keys.Length * 2], new int[keys.Length * 2]);
        for (var from = 0; from < keys.Length; from++)
        {
            if (files[from] == 0) continue;
            var at = Place(more, theirs, keys[from]);
            (more[at], theirs[at]) = (keys[from], files[from]);
        }

        (keys, files) = (more, theirs);
    }
}
