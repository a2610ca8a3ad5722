using System.Buffers.Binary;
using System.Text;

namespace Modus.Tests.Logs.Evtx;

/// <summary>Writes BinXML into one chunk: names and templates stand where they are first used and are referred to afterwards.</summary>
internal sealed class BinXmlWriter
{
    private const int ChunkBytes = 65_536;
    private const int NameBuckets = 64;
    private const int TemplateBuckets = 32;

    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, int> _templates = [];
    private byte[] _bytes = new byte[ChunkBytes * 2];

    /// <summary>Where the next byte goes.</summary>
    public int Position { get; private set; } = 512;

    public int Mark() => Position;

    /// <summary>Takes back all that was written since a mark.</summary>
    public void Return(int mark)
    {
        foreach (var name in _names.Where(n => n.Value >= mark).Select(n => n.Key).ToList()) _names.Remove(name);
        foreach (var id in _templates.Where(t => t.Value >= mark).Select(t => t.Key).ToList()) _templates.Remove(id);
        _bytes.AsSpan(mark).Clear();
        Position = mark;
    }

    /// <summary>The chunk with its tables of names and templates.</summary>
    public byte[] ToChunk()
    {
        var chunk = _bytes[..ChunkBytes];
        foreach (var (name, at) in _names.OrderBy(n => n.Value)) Link(chunk, 128 + (NameHash(name) % NameBuckets * 4), at);
        foreach (var (id, at) in _templates.OrderBy(t => t.Value)) Link(chunk, 384 + (int)(BitConverter.ToUInt32(id.ToByteArray()) % TemplateBuckets * 4), at);
        return chunk;
    }

    public void Byte(byte value)
    {
        Reserve(1);
        _bytes[Position++] = value;
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Reserve(value.Length);
        value.CopyTo(_bytes.AsSpan(Position));
        Position += value.Length;
    }

    public void UInt16(ushort value)
    {
        Reserve(2);
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(Position), value);
        Position += 2;
    }

    public void UInt32(uint value)
    {
        Reserve(4);
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(Position), value);
        Position += 4;
    }

    public void UInt64(ulong value)
    {
        Reserve(8);
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(Position), value);
        Position += 8;
    }

    public void Patch(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(at), value);

    public void Text(string value)
    {
        UInt16((ushort)value.Length);
        Bytes(Encoding.Unicode.GetBytes(value));
    }

    public void FragmentHeader() => Bytes([0x0f, 1, 1, 0]);

    /// <summary>An element with attributes and content.</summary>
    public void Element(string name, Action? content = null, params (string Name, Action Value)[] attributes)
    {
        Byte((byte)(attributes.Length > 0 ? 0x41 : 0x01));
        UInt16(0xffff);
        var size = Position;
        UInt32(0);
        Name(name);
        if (attributes.Length > 0)
        {
            var list = Position;
            UInt32(0);
            for (var i = 0; i < attributes.Length; i++)
            {
                Byte((byte)(i < attributes.Length - 1 ? 0x46 : 0x06));
                Name(attributes[i].Name);
                attributes[i].Value();
            }

            Patch(list, (uint)(Position - list - 4));
        }

        if (content is null)
        {
            Byte(0x03);
        }
        else
        {
            Byte(0x02);
            content();
            Byte(0x04);
        }

        Patch(size, (uint)(Position - size - 4));
    }

    public void Constant(string text)
    {
        Byte(0x05);
        Byte(0x01);
        Text(text);
    }

    public void Substitute(int number, byte type, bool optional = true)
    {
        Byte((byte)(optional ? 0x0e : 0x0d));
        UInt16((ushort)number);
        Byte(type);
    }

    /// <summary>An instance of a template, which is written here if the chunk does not have it yet.</summary>
    public void Template(Guid id, Action body, IReadOnlyList<EvtxValue> values)
    {
        Byte(0x0c);
        Byte(0x01);
        UInt32(BitConverter.ToUInt32(id.ToByteArray()));
        if (_templates.TryGetValue(id, out var known))
        {
            UInt32((uint)known);
        }
        else
        {
            UInt32((uint)(Position + 4));
            _templates[id] = Position;
            UInt32(0);
            Bytes(id.ToByteArray());
            var size = Position;
            UInt32(0);
            FragmentHeader();
            body();
            Byte(0x00);
            Patch(size, (uint)(Position - size - 4));
        }

        Values(values);
    }

    private void Values(IReadOnlyList<EvtxValue> values)
    {
        UInt32((uint)values.Count);
        var sizes = Position;
        foreach (var value in values)
        {
            UInt16(0);
            Byte(value.Type);
            Byte(0);
        }

        for (var i = 0; i < values.Count; i++)
        {
            var start = Position;
            values[i].Write(this);
            BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(sizes + (i * 4)), (ushort)(Position - start));
        }
    }

    private void Name(string name)
    {
        if (_names.TryGetValue(name, out var known))
        {
            UInt32((uint)known);
            return;
        }

        UInt32((uint)(Position + 4));
        _names[name] = Position;
        UInt32(0);
        UInt16((ushort)NameHash(name));
        Text(name);
        UInt16(0);
    }

    private void Reserve(int count)
    {
        if (Position + count > _bytes.Length) Array.Resize(ref _bytes, _bytes.Length * 2);
    }

    /// <summary>Hangs an entry in front of its bucket's chain.</summary>
    private static void Link(byte[] chunk, int bucket, int at)
    {
        var before = BinaryPrimitives.ReadUInt32LittleEndian(chunk.AsSpan(bucket));
        BinaryPrimitives.WriteUInt32LittleEndian(chunk.AsSpan(at), before);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk.AsSpan(bucket), (uint)at);
    }

    private static int NameHash(string name)
    {
        var hash = 0u;
        foreach (var c in name) hash = (hash * 65599) + c;
        return (int)(hash & 0xffff);
    }
}
