using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using Modus.Logs.Mapping;

namespace Modus.Logs.Evtx;

/// <summary>Reads the BinXML of records into events: a template is compiled once per chunk, a record is a walk over its substitutions.</summary>
internal sealed class EvtxRecordReader(PathTrie trie)
{
    private readonly BinXmlCompiler _compiler = new(trie);
    private readonly BinXmlTemplate?[] _templates = new BinXmlTemplate?[EvtxLayout.ChunkBytes];
    private readonly List<int> _known = [];
    private Value[] _values = new Value[256];
    private byte[] _chunk = [];
    private LogEvent _event = null!;

    /// <summary>What was wrong when <see cref="Read"/> returned false.</summary>
    public string Error { get; private set; } = "";

    /// <summary>
    /// Whether a template must carry the id that its instance names. What lies outside the live records may point to
    /// places where other content stands by now, and must not be read by a template that is not its own.
    /// </summary>
    public bool IsStrict { get; set; }

    /// <summary>Starts a chunk: what was compiled for the last one is forgotten.</summary>
    public void Start(byte[] chunk)
    {
        _chunk = chunk;
        foreach (var offset in _known) _templates[offset] = null;
        _known.Clear();
    }

    /// <summary>Reads a record's BinXML; the event must have begun.</summary>
    public bool Read(LogEvent target, int start, int end)
    {
        _event = target;
        Error = "";
        return Fragment(start, end, trie.Root, 0, 0, true);
    }

    private bool Fragment(int position, int end, PathNode root, int firstValue, int depth, bool dependencies)
    {
        if (depth > EvtxLayout.MaxFragmentDepth) return Fail($"fragments nested deeper than {EvtxLayout.MaxFragmentDepth}");
        while (position < end)
        {
            switch (_chunk[position] & 0x3f)
            {
                case BinXmlToken.End:
                    return true;
                case BinXmlToken.Header:
                    position += 4;
                    break;
                case BinXmlToken.Template:
                    position = Instance(position, end, root, firstValue, depth);
                    if (position < 0) return false;
                    break;
                default:
                    // A fragment without a template is compiled for this one use.
                    var direct = _compiler.Compile(_chunk, position, end, root, dependencies);
                    return direct is null ? Fail("an element is damaged") : Run(direct, firstValue, 0, depth);
            }
        }

        return true;
    }

    private int Instance(int position, int end, PathNode root, int firstValue, int depth)
    {
        if (position + 10 > end) return Fail2("a template instance is cut off");
        var definition = BinaryPrimitives.ReadUInt32LittleEndian(_chunk.AsSpan(position + 6));
        position += 10;
        if (definition < EvtxLayout.ChunkHeaderBytes || definition > EvtxLayout.ChunkBytes - 24) return Fail2("a template lies outside its chunk");
        var at = (int)definition;
        if (IsStrict && !_chunk.AsSpan(position - 8, 4).SequenceEqual(_chunk.AsSpan(at + 4, 4))) return Fail2("its template was overwritten");
        var size = BinaryPrimitives.ReadUInt32LittleEndian(_chunk.AsSpan(at + 20));
        if (size > EvtxLayout.ChunkBytes - at - 24) return Fail2("a template has a wrong length");
        if (at == position) position += 24 + (int)size;
        // A template below another place of the tree asks for another compilation.
        var template = _templates[at];
        if (template is null || !ReferenceEquals(template.Root, root))
        {
            template = _compiler.Compile(_chunk, at + 24, at + 24 + (int)size, root, true);
            if (template is null) return Fail2("a template is damaged");
            if (_templates[at] is null) _known.Add(at);
            _templates[at] = template;
        }

        if (position + 4 > end) return Fail2("the values of a record are cut off");
        var count = BinaryPrimitives.ReadUInt32LittleEndian(_chunk.AsSpan(position));
        position += 4;
        if (count > (end - position) / 4) return Fail2("a record has more values than bytes");
        var values = (int)count;
        if (_values.Length < firstValue + values) Array.Resize(ref _values, Math.Max(_values.Length * 2, firstValue + values));
        var from = position + (values * 4);
        for (var i = 0; i < values; i++)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(_chunk.AsSpan(position + (i * 4)));
            if (from + length > end) return Fail2("a value runs over the record's end");
            _values[firstValue + i] = new Value(from, length, _chunk[position + (i * 4) + 2]);
            from += length;
        }

        return Run(template, firstValue, values, depth) ? from : -1;
    }

    private bool Run(BinXmlTemplate template, int firstValue, int count, int depth)
    {
        foreach (ref readonly var operation in template.Operations.AsSpan())
        {
            switch (operation.Action)
            {
                case BinXmlAction.Text:
                    Add(operation.Node, operation.A, operation.B, ValueKind.Text, ValueEncoding.Utf16, 0);
                    break;
                case BinXmlAction.Empty:
                    Add(operation.Node, 0, 0, ValueKind.Null, ValueEncoding.Utf8, 0);
                    break;
                case BinXmlAction.Join:
                    if (!Join(template, operation, firstValue, count, depth)) return false;
                    break;
                case BinXmlAction.Named:
                    if (operation.B >= count) return Fail("a record has fewer values than its template asks for");
                    if (!Substitute(trie.Child(operation.Node, Utf8Of(_values[firstValue + operation.B])), operation.A, firstValue, count, depth, false)) return false;
                    break;
                default:
                    if (!Substitute(operation.Node, operation.A, firstValue, count, depth, operation.Action == BinXmlAction.SubstituteAttribute)) return false;
                    break;
            }
        }

        return true;
    }

    private bool Substitute(PathNode node, int number, int firstValue, int count, int depth, bool attribute)
    {
        if (number >= count) return Fail("a record has fewer values than its template asks for");
        var value = _values[firstValue + number];
        switch (value.Type)
        {
            case EvtxValueType.Null:
                if (!attribute) Add(node, 0, 0, ValueKind.Null, ValueEncoding.Utf8, 0);
                return true;
            case EvtxValueType.Utf16:
                Add(node, value.Start, Trimmed(value.Start, value.Length), ValueKind.Text, ValueEncoding.Utf16, 0);
                return true;
            case EvtxValueType.BinXml:
                return Fragment(value.Start, value.Start + value.Length, node, firstValue + count, depth + 1, false);
            case > EvtxValueType.Array:
                AddArray(node, value);
                return true;
            default:
                Add(node, value.Start, value.Length, EvtxValueType.Kind(value.Type), ValueEncoding.Binary, value.Type);
                return true;
        }
    }

    private void AddArray(PathNode node, Value value)
    {
        var type = (byte)(value.Type & ~EvtxValueType.Array);
        var end = value.Start + value.Length;
        if (value.Length == 0)
        {
            Add(node, 0, 0, ValueKind.Null, ValueEncoding.Utf8, 0);
        }
        else if (type == EvtxValueType.Utf16)
        {
            var start = value.Start;
            while (start < end)
            {
                var length = Terminated(start, end);
                Add(node, start, length, ValueKind.Text, ValueEncoding.Utf16, 0);
                start += length + 2;
            }
        }
        else
        {
            var width = EvtxValueType.Width(type, value.Length);
            if (width == 0) width = value.Length;
            for (var start = value.Start; start + width <= end; start += width)
                Add(node, start, width, EvtxValueType.Kind(type), ValueEncoding.Binary, type);
        }
    }

    private bool Join(BinXmlTemplate template, in BinXmlOperation operation, int firstValue, int count, int depth)
    {
        Span<byte> character = stackalloc byte[4];
        var text = new System.Buffers.ArrayBufferWriter<byte>();
        foreach (var part in template.Parts.AsSpan(operation.A, operation.B))
        {
            if (part.Length == BinXmlPart.Character)
            {
                var rune = System.Text.Rune.TryCreate(part.Start, out var known) ? known : System.Text.Rune.ReplacementChar;
                System.Buffers.BuffersExtensions.Write(text, character[..rune.EncodeToUtf8(character)]);
            }
            else if (part.Length >= 0)
            {
                System.Buffers.BuffersExtensions.Write(text, Utf8Of(new Value(part.Start, part.Length, EvtxValueType.Utf16)));
            }
            else if (part.Start >= count)
            {
                return Fail("a record has fewer values than its template asks for");
            }
            else if (_values[firstValue + part.Start] is { Type: EvtxValueType.BinXml } nested)
            {
                if (!Fragment(nested.Start, nested.Start + nested.Length, operation.Node, firstValue + count, depth + 1, false)) return false;
            }
            else
            {
                System.Buffers.BuffersExtensions.Write(text, Utf8Of(_values[firstValue + part.Start]));
            }
        }

        var slot = _event.AddText(operation.Node.Field, text.WrittenSpan, list: true);
        if (slot >= 0)
            foreach (var alias in operation.Node.Aliases) _event.Alias(alias, slot);
        return true;
    }

    private void Add(PathNode node, int start, int length, ValueKind kind, ValueEncoding encoding, byte type)
    {
        if (node.Ignored || node.Visible.Length == 0) return;
        var slot = _event.Add(node.Field, start, length, kind, encoding, true, type);
        if (slot >= 0)
            foreach (var alias in node.Aliases) _event.Alias(alias, slot);
    }

    private ReadOnlySpan<byte> Utf8Of(Value value)
    {
        var raw = _chunk.AsSpan(value.Start, value.Length);
        if (value.Type == EvtxValueType.Null) return default;
        int used;
        if (value.Type == EvtxValueType.Utf16)
        {
            raw = raw[..Trimmed(value.Start, value.Length)];
            Utf8.FromUtf16(MemoryMarshal.Cast<byte, char>(raw), _event.Scratch(raw.Length / 2 * 3), out _, out used);
        }
        else
        {
            used = EvtxValues.Write(raw, value.Type, _event);
        }

        return _event.Committed(_event.Commit(used), used);
    }

    /// <summary>The bytes of a text without the zeros that some writers leave at its end.</summary>
    private int Trimmed(int start, int length)
    {
        length &= ~1;
        while (length >= 2 && _chunk[start + length - 1] == 0 && _chunk[start + length - 2] == 0) length -= 2;
        return length;
    }

    private int Terminated(int start, int end)
    {
        var text = MemoryMarshal.Cast<byte, char>(_chunk.AsSpan(start, end - start));
        var length = text.IndexOf('\0');
        return (length < 0 ? text.Length : length) * 2;
    }

    private bool Fail(string error)
    {
        Error = error;
        return false;
    }

    private int Fail2(string error)
    {
        Error = error;
        return -1;
    }

    private readonly record struct Value(int Start, int Length, byte Type);
}
