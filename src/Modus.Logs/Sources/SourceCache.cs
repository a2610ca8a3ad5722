using System.Text;
using Modus.Logs.Mapping;

namespace Modus.Logs.Sources;

/// <summary>Finds the log source of an event without allocating, once its discriminator values were met. One per thread and shape.</summary>
internal sealed class SourceCache(int[] key, SourceTable sources, ShapeMapping shape)
{
    private const int Slots = 1024;

    private readonly Entry[] _entries = new Entry[Slots];

    public LogSource Find(LogEvent e)
    {
        var hash = 17UL;
        foreach (var field in key)
            hash = ulong.RotateLeft(hash * 0x9E3779B97F4A7C15, 23) ^ (e.TryGet(field, out var text) ? PathNode.Hash(text) + 1 : 0);
        ref var entry = ref _entries[(int)(hash & (Slots - 1))];
        if (entry.Source is not null && entry.Hash == hash && Same(e, entry.Values)) return entry.Source;
        var values = new string?[key.Length];
        for (var i = 0; i < key.Length; i++) values[i] = e.TryGet(key[i], out var text) ? Encoding.UTF8.GetString(text) : null;
        entry = new Entry(hash, [.. values.Select(v => v is null ? null : Encoding.UTF8.GetBytes(v))], sources.Get(shape, values));
        return entry.Source;
    }

    private bool Same(LogEvent e, byte[]?[] values)
    {
        for (var i = 0; i < key.Length; i++)
        {
            var there = e.TryGet(key[i], out var text);
            if (there != values[i] is not null || (there && !text.SequenceEqual(values[i]))) return false;
        }

        return true;
    }

    private readonly struct Entry(ulong hash, byte[]?[] values, LogSource source)
    {
        public readonly ulong Hash = hash;
        public readonly byte[]?[] Values = values;
        public readonly LogSource Source = source;
    }
}
