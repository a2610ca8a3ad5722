using System.Buffers.Binary;
using System.Text;
using Modus.Logs.Evtx;

namespace Modus.Tests.Logs.Evtx;

/// <summary>A typed value of a record.</summary>
internal sealed record EvtxValue(byte Type, Action<BinXmlWriter> Write)
{
    public static EvtxValue Null { get; } = new(EvtxValueType.Null, _ => { });

    public static EvtxValue Of(string text) => Raw(EvtxValueType.Utf16, Encoding.Unicode.GetBytes(text));

    public static EvtxValue Of(byte value) => Raw(EvtxValueType.UInt8, [value]);

    public static EvtxValue Of(ushort value) => new(EvtxValueType.UInt16, w => w.UInt16(value));

    public static EvtxValue Of(uint value) => new(EvtxValueType.UInt32, w => w.UInt32(value));

    public static EvtxValue Of(ulong value) => new(EvtxValueType.UInt64, w => w.UInt64(value));

    public static EvtxValue Of(bool value) => new(EvtxValueType.Boolean, w => w.UInt32(value ? 1u : 0u));

    public static EvtxValue Of(Guid value) => Raw(EvtxValueType.Guid, value.ToByteArray());

    public static EvtxValue Of(DateTime utc) => new(EvtxValueType.FileTime, w => w.UInt64((ulong)utc.ToFileTimeUtc()));

    public static EvtxValue Of(IEnumerable<string> texts) =>
        Raw(EvtxValueType.Utf16 | EvtxValueType.Array, Encoding.Unicode.GetBytes(string.Concat(texts.Select(t => t + "\0"))));

    public static EvtxValue Hex(ulong value) => new(EvtxValueType.Hex64, w => w.UInt64(value));

    /// <summary>A security id given as its text, <c>S-1-5-18</c>.</summary>
    public static EvtxValue Sid(string text)
    {
        var parts = text.Split('-');
        var raw = new byte[8 + ((parts.Length - 3) * 4)];
        raw[0] = 1;
        raw[1] = (byte)(parts.Length - 3);
        raw[7] = byte.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture);
        for (var i = 3; i < parts.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(raw.AsSpan(8 + ((i - 3) * 4)), uint.Parse(parts[i], System.Globalization.CultureInfo.InvariantCulture));
        return Raw(EvtxValueType.Sid, raw);
    }

    public static EvtxValue Raw(byte type, byte[] bytes) => new(type, w => w.Bytes(bytes));

    /// <summary>A fragment of its own.</summary>
    public static EvtxValue Fragment(Action<BinXmlWriter> write) => new(EvtxValueType.BinXml, write);
}
