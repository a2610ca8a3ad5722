using System.Runtime.CompilerServices;

namespace Modus.Logs;

/// <summary>One event of a log as a view over the bytes it came from: fields are found by number and decoded on demand.</summary>
/// <remarks>
/// The reader reuses one object for all events of a thread, so nothing is allocated per event; what must outlive
/// the call is copied with <see cref="Keep"/>. Values are addressed by <em>slots</em>: <see cref="First"/> gives the
/// first slot of a field, <see cref="Next"/> the further values of a list, 0 to <see cref="Count"/> all values of the event.
/// Spans stay valid until the next event.
/// </remarks>
public sealed partial class LogEvent
{
    private Slot[] _slots = new Slot[64];
    private int[] _heads = new int[256];
    private int[] _stamps = new int[256];
    private int _generation;
    private byte[] _scratch = new byte[8192];
    private int _scratchUsed;

    internal LogEvent(FieldTable fields) => Fields = fields;

    /// <summary>The names behind the field numbers.</summary>
    public FieldTable Fields { get; }

    /// <summary>How many values the event has, over all fields; slots are 0 to this, without it.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the record had more values than <see cref="LogLimits.MaxValues"/>.</summary>
    public bool IsTruncated { get; private set; }

    internal byte[] Data { get; private set; } = [];

    /// <summary>The slot of a field's first value, or -1 where the event lacks the field.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int First(int field)
    {
        var stamps = _stamps;
        if ((uint)field >= (uint)stamps.Length || stamps[field] != _generation) return -1;
        var head = _heads[field];
        return head >= 0 ? head : ~head;
    }

    /// <summary>The slot of the same field's next value (lists have several), or -1 after the last.</summary>
    public int Next(int slot) => _slots[slot].Next;

    /// <summary>What the value of a slot is; never <see cref="ValueKind.Missing"/>.</summary>
    public ValueKind Kind(int slot) => _slots[slot].Kind;

    /// <summary>What a field's first value is, or <see cref="ValueKind.Missing"/>.</summary>
    public ValueKind KindOf(int field)
    {
        var slot = First(field);
        return slot < 0 ? ValueKind.Missing : _slots[slot].Kind;
    }

    /// <summary>The number of the field a slot belongs to (its first name; other names of the same value are not told), or -1.</summary>
    public int FieldOf(int slot) => _slots[slot].Field;

    /// <summary>Whether a slot holds a value of its own (text, number, boolean), as keyword searches want it.</summary>
    public bool IsLeaf(int slot) => _slots[slot].Kind is ValueKind.Text or ValueKind.Number or ValueKind.Boolean;

    /// <summary>The bytes of a value as they lie in the source, without decoding.</summary>
    public ReadOnlySpan<byte> Raw(int slot, out ValueEncoding encoding)
    {
        ref var s = ref _slots[slot];
        encoding = s.Encoding;
        return s.InScratch ? _scratch.AsSpan(s.Start, s.Length) : Data.AsSpan(s.Start, s.Length);
    }

    /// <summary>Where in <see cref="RawRecord"/> a value stands as it was written, in bytes; -1 where it stands there no more or never did.</summary>
    public int PlaceInRecord(int slot)
    {
        ref var s = ref _slots[slot];
        return s.InScratch || s.Start < RawStart || s.Start + s.Length > RawStart + RawLength ? -1 : s.Start - RawStart;
    }

    /// <summary>A value as UTF-8 text: unescaped, numbers in decimal, null as nothing. Decoded once per event.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Text(int slot)
    {
        ref var s = ref _slots[slot];
        if (s.Encoding != ValueEncoding.Utf8) Decode(ref s);
        return s.InScratch ? _scratch.AsSpan(s.Start, s.Length) : Data.AsSpan(s.Start, s.Length);
    }

    /// <summary>A field's first value as text; false where the field is missing or null.</summary>
    public bool TryGet(int field, out ReadOnlySpan<byte> text)
    {
        var slot = First(field);
        if (slot < 0 || _slots[slot].Kind is ValueKind.Null or ValueKind.Blank)
        {
            text = default;
            return false;
        }

        text = Text(slot);
        return true;
    }

    /// <summary>A field's first value as a string, or null where the field is missing or null. Allocates: not for hot paths.</summary>
    public string? Get(string field)
    {
        var number = Fields.Find(field);
        return number >= 0 && TryGet(number, out var text) ? System.Text.Encoding.UTF8.GetString(text) : null;
    }

    /// <summary>Starts a new event over <paramref name="data"/>.</summary>
    internal void Begin(byte[] data)
    {
        Data = data;
        Count = 0;
        _scratchUsed = 0;
        // What one huge record needed is not kept for the others.
        if (_scratch.Length > LogLimits.BlockBytes) _scratch = new byte[8192];
        Markers = 0;
        IsTruncated = false;
        _source = null;
        _timeKnown = false;
        RawStart = RawLength = 0;
        Header = null;
        RecordNumber = 0;
        if (++_generation == int.MaxValue)
        {
            Array.Clear(_stamps);
            _generation = 1;
        }
    }

    /// <summary>Adds a value that lies in <see cref="Data"/>.</summary>
    internal int Add(int field, int start, int length, ValueKind kind, ValueEncoding encoding, bool list, byte type = 0)
    {
        var slot = Count;
        var slots = _slots;
        if ((uint)slot >= (uint)slots.Length)
        {
            if (!MoreSlots()) return -1;
            slots = _slots;
        }

        if (field >= 0 && !Link(field, slot, list)) return -1;
        slots[slot] = new() { Field = field, Start = start, Length = length, Next = -1, Kind = kind, Encoding = encoding, Type = type };
        Count = slot + 1;
        return slot;
    }

    private bool MoreSlots()
    {
        if (Count >= LogLimits.MaxValues)
        {
            IsTruncated = true;
            return false;
        }

        Array.Resize(ref _slots, Count * 2);
        return true;
    }

    /// <summary>Adds a value whose text is copied into the event.</summary>
    internal int AddText(int field, ReadOnlySpan<byte> text, ValueKind kind = ValueKind.Text, bool list = false)
    {
        var start = Copy(text);
        var slot = Add(field, start, text.Length, kind, ValueEncoding.Utf8, list);
        if (slot >= 0) _slots[slot].InScratch = true;
        return slot;
    }

    /// <summary>Gives a value a further name, unless the event has a field of that name.</summary>
    internal void Alias(int field, int slot)
    {
        EnsureField(field);
        // A name that only an empty cell went by so far is free.
        if (_stamps[field] == _generation && !(_heads[field] < 0 && _slots[~_heads[field]].Kind == ValueKind.Blank)) return;
        _stamps[field] = _generation;
        _heads[field] = ~slot;
    }

    /// <summary>Where the value of a slot lies in <see cref="Data"/>.</summary>
    internal void Span(int slot, out int start, out int length)
    {
        start = _slots[slot].Start;
        length = _slots[slot].Length;
    }

    /// <summary>Replaces a slot's text.</summary>
    internal void Replace(int slot, ReadOnlySpan<byte> text)
    {
        ref var s = ref _slots[slot];
        (s.Start, s.Length, s.InScratch, s.Encoding) = (Copy(text), text.Length, true, ValueEncoding.Utf8);
    }

    /// <summary>Replaces what a slot spans, once its end is known (objects).</summary>
    internal void Resize(int slot, int length) => _slots[slot].Length = length;

    internal Span<byte> Scratch(int size)
    {
        if (_scratch.Length - _scratchUsed < size) Array.Resize(ref _scratch, Math.Max(_scratch.Length * 2, _scratchUsed + size));
        return _scratch.AsSpan(_scratchUsed, size);
    }

    internal int Commit(int used)
    {
        var start = _scratchUsed;
        _scratchUsed += used;
        return start;
    }

    internal ReadOnlySpan<byte> Committed(int start, int length) => _scratch.AsSpan(start, length);

    internal int Copy(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Scratch(text.Length));
        return Commit(text.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Link(int field, int slot, bool list)
    {
        var stamps = _stamps;
        if ((uint)field >= (uint)stamps.Length || stamps[field] == _generation) return LinkAgain(field, slot, list);
        stamps[field] = _generation;
        _heads[field] = slot;
        return true;
    }

    // A field that is new to the event object, or that the event has already.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool LinkAgain(int field, int slot, bool list)
    {
        EnsureField(field);
        if (_stamps[field] != _generation) return Link(field, slot, list);
        var head = _heads[field];
        if (head < 0)
        {
            // So far only another field's value went by this name: the field itself wins.
            _heads[field] = slot;
            return true;
        }

        if (!list) return false;
        ref var first = ref _slots[head];
        var last = first.Next < 0 ? head : first.Last;
        _slots[last].Next = slot;
        first.Last = slot;
        return true;
    }

    private void EnsureField(int field)
    {
        if (field < _heads.Length) return;
        var size = Math.Max(_heads.Length * 2, field + 1);
        Array.Resize(ref _heads, size);
        Array.Resize(ref _stamps, size);
    }

    private void Decode(ref Slot s)
    {
        var raw = Data.AsSpan(s.Start, s.Length);
        int start, used;
        switch (s.Encoding)
        {
            case ValueEncoding.JsonEscaped:
                used = Json.JsonText.Unescape(raw, Scratch(raw.Length));
                break;
            case ValueEncoding.Utf16:
                System.Text.Unicode.Utf8.FromUtf16(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, char>(raw), Scratch(raw.Length / 2 * 3), out _, out used);
                break;
            default:
                used = Evtx.EvtxValues.Write(raw, s.Type, this);
                break;
        }

        start = Commit(used);
        s.Start = start;
        s.Length = used;
        s.InScratch = true;
        s.Encoding = ValueEncoding.Utf8;
    }

    private struct Slot
    {
        public int Field;
        public int Start;
        public int Length;
        public int Next;
        public int Last;
        public ValueKind Kind;
        public ValueEncoding Encoding;
        public byte Type;
        public bool InScratch;
    }
}
