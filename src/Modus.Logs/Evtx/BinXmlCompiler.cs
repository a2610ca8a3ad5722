using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using Modus.Logs.Mapping;

namespace Modus.Logs.Evtx;

/// <summary>Compiles the elements of a BinXML fragment into operations. Works on one chunk at a time; never throws on wrong bytes.</summary>
internal sealed class BinXmlCompiler(PathTrie trie)
{
    private readonly List<BinXmlOperation> _operations = [];
    private readonly List<BinXmlPart> _joined = [];
    private readonly List<BinXmlPart> _parts = [];
    private readonly List<(byte[] Name, int From, int To)> _attributes = [];
    private byte[] _chunk = [];
    private int _end;
    private bool _dependencies;

    /// <summary>Compiles the tokens from <paramref name="start"/> on up to the end token or the end of the range; null when they are wrong.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="start">The first token.</param>
    /// <param name="end">Where the range ends.</param>
    /// <param name="root">The place the elements stand under.</param>
    /// <param name="dependencies">Whether elements carry a dependency number (all but those in values do).</param>
    public BinXmlTemplate? Compile(byte[] chunk, int start, int end, PathNode root, bool dependencies)
    {
        _chunk = chunk;
        _end = Math.Min(end, EvtxLayout.ChunkBytes);
        _dependencies = dependencies;
        _operations.Clear();
        _joined.Clear();
        _parts.Clear();
        _attributes.Clear();
        var position = start;
        while (position < _end)
        {
            var token = _chunk[position] & 0x3f;
            if (token == BinXmlToken.End) break;

            position = token switch
            {
                BinXmlToken.Header => position + 4,
                BinXmlToken.Element => Element(position, root, 1),
                BinXmlToken.Instruction => Name(position + 1, out _),
                BinXmlToken.InstructionText => Text(position + 1, out _, out _),
                _ => -1,
            };
            if (position < 0 || position > _end) return null;
        }

        return new BinXmlTemplate { Operations = [.. _operations], Parts = [.. _joined], Root = root };
    }

    private int Element(int position, PathNode parent, int depth)
    {
        if (depth > EvtxLayout.MaxElementDepth || _operations.Count > EvtxLayout.MaxOperations) return -1;
        var hasAttributes = (_chunk[position] & BinXmlToken.More) != 0;
        position = ElementName(position + 1, out var nameAt);
        if (position < 0) return -1;
        var name = NameText(nameAt);
        if (name is null) return -1;
        var firstAttribute = _attributes.Count;
        var firstPart = _parts.Count;
        if (hasAttributes)
        {
            position = Attributes(position + 4);
            if (position < 0) return -1;
        }

        if (position >= _end) return -1;
        var named = Place(parent, name, firstAttribute, out var node);
        var emitted = _attributes.Count > firstAttribute;
        _attributes.RemoveRange(firstAttribute, _attributes.Count - firstAttribute);
        var contentPart = _parts.Count;
        var close = _chunk[position++];
        if (close == BinXmlToken.CloseEmpty)
        {
            if (!emitted || named == int.MaxValue) _operations.Add(new(BinXmlAction.Empty, node, 0, 0));
        }
        else if (close == BinXmlToken.CloseStart)
        {
            position = Content(position, node, depth, out var children);
            if (position < 0) return -1;
            Emit(node, contentPart, children, emitted && named < 0, named);
        }
        else
        {
            return -1;
        }

        _parts.RemoveRange(firstPart, _parts.Count - firstPart);
        return position;
    }

    /// <summary>
    /// Decides the element's place and emits its attributes. A <c>Data</c> element is named by its attribute; the result is
    /// the substitution that names it, -1 for none, <see cref="int.MaxValue"/> when the name is plain text.
    /// </summary>
    private int Place(PathNode parent, byte[] name, int firstAttribute, out PathNode node)
    {
        if (name.AsSpan().SequenceEqual("Data"u8))
        {
            for (var i = firstAttribute; i < _attributes.Count; i++)
            {
                var (attribute, from, to) = _attributes[i];
                if (!attribute.AsSpan().SequenceEqual("Name"u8) || to - from != 1) continue;
                var part = _parts[from];
                if (part.Length == BinXmlPart.Substitution)
                {
                    node = parent;
                    return part.Start;
                }

                if (part.Length <= 0) continue;
                node = trie.Child(parent, Utf8Of(part.Start, part.Length));
                return int.MaxValue;
            }
        }

        node = trie.Child(parent, name);
        if (_attributes.Count == firstAttribute) return -1;
        var attributes = trie.Child(node, "#attributes"u8);
        for (var i = firstAttribute; i < _attributes.Count; i++)
        {
            var (attribute, from, to) = _attributes[i];
            Emit(trie.Child(attributes, attribute), from, to, BinXmlAction.SubstituteAttribute);
        }

        return -1;
    }

    /// <summary>Emits an element's content.</summary>
    private void Emit(PathNode node, int firstPart, bool children, bool hasAttributes, int named)
    {
        var count = _parts.Count - firstPart;
        if (count == 0)
        {
            if (!children && !hasAttributes) _operations.Add(new(BinXmlAction.Empty, node, 0, 0));
        }
        else if (children)
        {
            // Fragments in values beside elements; text between elements is layout.
            for (var i = firstPart; i < _parts.Count; i++)
                if (_parts[i].Length == BinXmlPart.Substitution) Emit(node, i, i + 1, BinXmlAction.Substitute);
        }
        else if (named is >= 0 and < int.MaxValue && count == 1 && _parts[firstPart].Length == BinXmlPart.Substitution)
        {
            _operations.Add(new(BinXmlAction.Named, node, _parts[firstPart].Start, named));
        }
        else
        {
            Emit(node, firstPart, _parts.Count, BinXmlAction.Substitute);
        }
    }

    private void Emit(PathNode node, int from, int to, BinXmlAction substitute)
    {
        if (node.Ignored || to == from) return;
        if (to - from == 1)
        {
            var part = _parts[from];
            if (part.Length == BinXmlPart.Substitution)
            {
                _operations.Add(new(substitute, node, part.Start, 0));
                return;
            }

            if (part.Length >= 0)
            {
                _operations.Add(new(BinXmlAction.Text, node, part.Start, part.Length));
                return;
            }
        }

        _operations.Add(new(BinXmlAction.Join, node, _joined.Count, to - from));
        for (var i = from; i < to; i++) _joined.Add(_parts[i]);
    }

    private int Content(int position, PathNode node, int depth, out bool children)
    {
        children = false;
        while (position >= 0 && position < _end)
        {
            switch (_chunk[position] & 0x3f)
            {
                case BinXmlToken.EndElement:
                    return position + 1;
                case BinXmlToken.Element:
                    children = true;
                    position = Element(position, node, depth + 1);
                    break;
                case BinXmlToken.Instruction:
                    position = Name(position + 1, out _);
                    break;
                case BinXmlToken.InstructionText:
                    position = Text(position + 1, out _, out _);
                    break;
                default:
                    var after = Part(position);
                    position = after == position ? -1 : after;
                    break;
            }
        }

        return -1;
    }

    private int Attributes(int position)
    {
        while (position > 0 && position < _end && (_chunk[position] & 0x3f) == BinXmlToken.Attribute)
        {
            position = Name(position + 1, out var nameAt);
            if (position < 0) return -1;
            var name = NameText(nameAt);
            if (name is null) return -1;
            var from = _parts.Count;
            while (position > 0 && position < _end)
            {
                var after = Part(position);
                if (after == position) break;
                position = after;
            }

            if (position < 0) return -1;
            _attributes.Add((name, from, _parts.Count));
        }

        return position <= _end ? position : -1;
    }

    /// <summary>Reads one part of a value: the place behind it, the same place when no part stands there, -1 when it is wrong.</summary>
    private int Part(int position)
    {
        switch (_chunk[position] & 0x3f)
        {
            case BinXmlToken.Value:
                if (position + 2 > _end || _chunk[position + 1] != EvtxValueType.Utf16) return -1;
                return AddText(Text(position + 2, out var start, out var length), start, length);
            case BinXmlToken.CData:
                return AddText(Text(position + 1, out start, out length), start, length);
            case BinXmlToken.Character:
                if (position + 3 > _end) return -1;
                _parts.Add(new(BinaryPrimitives.ReadUInt16LittleEndian(_chunk.AsSpan(position + 1)), BinXmlPart.Character));
                return position + 3;
            case BinXmlToken.Entity:
                var after = Name(position + 1, out var nameAt);
                if (after < 0) return -1;
                _parts.Add(new(BinXmlToken.EntityCharacter(NameText(nameAt)), BinXmlPart.Character));
                return after;
            case BinXmlToken.Substitution or BinXmlToken.OptionalSubstitution:
                if (position + 4 > _end) return -1;
                _parts.Add(new(BinaryPrimitives.ReadUInt16LittleEndian(_chunk.AsSpan(position + 1)), BinXmlPart.Substitution));
                return position + 4;
            default:
                return position;
        }
    }

    private int AddText(int after, int start, int length)
    {
        if (after >= 0) _parts.Add(new(start, length));
        return after;
    }

    /// <summary>Reads counted UTF-16 text.</summary>
    private int Text(int position, out int start, out int length)
    {
        start = position + 2;
        length = 0;
        if (start > _end) return -1;
        length = BinaryPrimitives.ReadUInt16LittleEndian(_chunk.AsSpan(position)) * 2;
        return start + length <= _end ? start + length : -1;
    }

    private int ElementName(int position, out int nameAt)
    {
        var after = ElementNameAt(position, _dependencies, out nameAt);
        // Writers differ on where the dependency number stands; what leads to a name is right.
        return after >= 0 ? after : ElementNameAt(position, !_dependencies, out nameAt);
    }

    private int ElementNameAt(int position, bool dependency, out int nameAt)
    {
        nameAt = 0;
        if (dependency) position += 2;
        if (position + 8 > _end) return -1;
        var size = BinaryPrimitives.ReadUInt32LittleEndian(_chunk.AsSpan(position));
        return size > EvtxLayout.ChunkBytes ? -1 : Name(position + 4, out nameAt);
    }

    /// <summary>Reads a reference to a name, which may stand right here.</summary>
    private int Name(int position, out int nameAt)
    {
        nameAt = 0;
        if (position + 4 > _end) return -1;
        var at = BinaryPrimitives.ReadUInt32LittleEndian(_chunk.AsSpan(position));
        position += 4;
        if (at < EvtxLayout.ChunkHeaderBytes || at > EvtxLayout.ChunkBytes - 10) return -1;
        nameAt = (int)at;
        var bytes = NameBytes(nameAt);
        if (bytes < 0) return -1;
        return nameAt == position ? position + 8 + bytes + 2 : position;
    }

    private int NameBytes(int nameAt)
    {
        var bytes = BinaryPrimitives.ReadUInt16LittleEndian(_chunk.AsSpan(nameAt + 6)) * 2;
        return nameAt + 8 + bytes + 2 <= EvtxLayout.ChunkBytes ? bytes : -1;
    }

    private byte[]? NameText(int nameAt)
    {
        var bytes = NameBytes(nameAt);
        return bytes <= 0 ? null : Utf8Of(nameAt + 8, bytes);
    }

    private byte[] Utf8Of(int start, int length)
    {
        var text = new byte[length / 2 * 3];
        Utf8.FromUtf16(MemoryMarshal.Cast<byte, char>(_chunk.AsSpan(start, length)), text, out _, out var used);
        return text[..used];
    }
}
