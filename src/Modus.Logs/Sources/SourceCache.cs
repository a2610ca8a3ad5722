using System.Buffers.Binary;
using System.Text;
using Modus.Logs.Mapping;

namespace Modus.Logs.Sources;

/// <summary>Finds the log source of an event without allocating, once its discriminator values were met. One per thread and shape.</summary>
internal sealed class SourceCache(int[] key, SourceTable sources, ShapeMapping shape)
{
    private const int MaxValueBytes = 256;
    private const int MaxValues = 16;

    private readonly byte[] _key = new byte[((key.Length * MaxValues) + 1) * (MaxValueBytes + 2)];
    private Entry[] _entries = new Entry[256];
    private int _count;

    public LogSource Find(LogEvent e)
    {
        var text = _key.AsSpan(0, Write(e));
        var hash = Hash(text);
        var mask = _entries.Length - 1;
        for (var i = (int)hash & mask; ; i = (i + 1) & mask)
        {
            ref var entry = ref _entries[i];
            if (entry.Source is null) break;
            if (entry.Hash == hash && text.SequenceEqual(entry.Key)) return entry.Source;
        }

        var source = sources.Get(shape, Values(e));
        if (_count < SourceTable.MaxSources) Add(new Entry(hash, text.ToArray(), source));
        return source;
    }

    private void Add(Entry added)
    {
        if (++_count * 2 > _entries.Length)
        {
            var old = _entries;
            _entries = new Entry[old.Length * 2];
            foreach (var entry in old)
                if (entry.Source is not null) Insert(entry);
        }

        Insert(added);
    }

    private void Insert(Entry added)
    {
        var mask = _entries.Length - 1;
        var i = (int)added.Hash & mask;
        while (_entries[i].Source is not null) i = (i + 1) & mask;
        _entries[i] = added;
    }

    private int Write(LogEvent e)
    {
        var used = 0;
        foreach (var field in key)
        {
            var values = 0;
            for (var slot = e.First(field); slot >= 0 && values < MaxValues; slot = e.Next(slot))
            {
                if (e.Kind(slot) is ValueKind.Null or ValueKind.Blank) continue;
                var text = e.Text(slot);
                if (text.Length > MaxValueBytes) text = text[..MaxValueBytes];
                text.CopyTo(_key.AsSpan(used));
                used += text.Length;
                _key[used++] = 0xfe;
                values++;
            }

            _key[used++] = 0xff;
        }

        return used;
    }

    private string[][] Values(LogEvent e)
    {
        var values = new string[key.Length][];
        for (var i = 0; i < key.Length; i++)
        {
            var texts = new List<string>();
            var count = 0;
            for (var slot = e.First(key[i]); slot >= 0 && count < MaxValues; slot = e.Next(slot))
            {
                if (e.Kind(slot) is ValueKind.Null or ValueKind.Blank) continue;
                count++;
                var text = e.Text(slot);
                texts.Add(Encoding.UTF8.GetString(text.Length > MaxValueBytes ? text[..MaxValueBytes] : text));
            }

            values[i] = [.. texts];
        }

        return values;
    }

    private static ulong Hash(ReadOnlySpan<byte> text)
    {
        var hash = (ulong)text.Length;
        for (; text.Length >= 8; text = text[8..])
            hash = (ulong.RotateLeft(hash, 5) ^ BinaryPrimitives.ReadUInt64LittleEndian(text)) * 0x9E3779B97F4A7C15;
        foreach (var b in text) hash = (ulong.RotateLeft(hash, 5) ^ b) * 0x9E3779B97F4A7C15;
        return hash ^ (hash >> 29);
    }

    private readonly struct Entry(ulong hash, byte[] key, LogSource source)
    {
        public readonly ulong Hash = hash;
        public readonly byte[] Key = key;
        public readonly LogSource Source = source;
    }
}
