using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Modus.Logs.Evtx;

/// <summary>Writes binary values as text: integers in decimal, hex types as <c>0x1f</c>, times in ISO 8601 with 100 ns, GUIDs without braces.</summary>
internal static class EvtxValues
{
    /// <summary>Writes a value into the event's scratch space (not committed) and returns the bytes written.</summary>
    public static int Write(ReadOnlySpan<byte> raw, byte type, LogEvent target)
    {
        switch (type)
        {
            case EvtxValueType.Ansi:
                return WriteAnsi(raw, target);
            case EvtxValueType.Sid:
                return WriteSid(raw, target);
            case EvtxValueType.Guid when raw.Length == 16:
                return WriteGuid(raw, target);
            case EvtxValueType.FileTime when raw.Length == 8:
                return WriteFileTime(BinaryPrimitives.ReadInt64LittleEndian(raw), target);
            case EvtxValueType.SystemTime when raw.Length == 16:
                return WriteSystemTime(raw, target);
        }

        var number = target.Scratch(40);
        int used;
        switch (type, raw.Length)
        {
            case (EvtxValueType.Int8, 1):
                Utf8Formatter.TryFormat((sbyte)raw[0], number, out used);
                return used;
            case (EvtxValueType.UInt8, 1):
                Utf8Formatter.TryFormat(raw[0], number, out used);
                return used;
            case (EvtxValueType.Int16, 2):
                Utf8Formatter.TryFormat(BinaryPrimitives.ReadInt16LittleEndian(raw), number, out used);
                return used;
            case (EvtxValueType.UInt16, 2):
                Utf8Formatter.TryFormat(BinaryPrimitives.ReadUInt16LittleEndian(raw), number, out used);
                return used;
            case (EvtxValueType.Int32, 4):
                Utf8Formatter.TryFormat(BinaryPrimitives.ReadInt32LittleEndian(raw), number, out used);
                return used;
            case (EvtxValueType.UInt32, 4):
                Utf8Formatter.TryFormat(BinaryPrimitives.ReadUInt32LittleEndian(raw), number, out used);
                return used;
            case (EvtxValueType.Int64, 8):
                Utf8Formatter.TryFormat(BinaryPrimitives.ReadInt64LittleEndian(raw), number, out used);
                return used;
            case (EvtxValueType.UInt64, 8):
                Utf8Formatter.TryFormat(BinaryPrimitives.ReadUInt64LittleEndian(raw), number, out used);
                return used;
            case (EvtxValueType.Single, 4):
                BinaryPrimitives.ReadSingleLittleEndian(raw).TryFormat(number, out used, default, CultureInfo.InvariantCulture);
                return used;
            case (EvtxValueType.Double, 8):
                BinaryPrimitives.ReadDoubleLittleEndian(raw).TryFormat(number, out used, default, CultureInfo.InvariantCulture);
                return used;
            case (EvtxValueType.Boolean, 4):
                return Put(BinaryPrimitives.ReadUInt32LittleEndian(raw) != 0 ? "true"u8 : "false"u8, number);
            case (EvtxValueType.Boolean, 1):
                return Put(raw[0] != 0 ? "true"u8 : "false"u8, number);
            case (EvtxValueType.Hex32 or EvtxValueType.Size or EvtxValueType.Handle, 4):
                return WriteHex(BinaryPrimitives.ReadUInt32LittleEndian(raw), number);
            case (EvtxValueType.Hex64 or EvtxValueType.Size or EvtxValueType.Handle, 8):
                return WriteHex(BinaryPrimitives.ReadUInt64LittleEndian(raw), number);
            default:
                return WriteBytes(raw, target);
        }
    }

    private static int Put(ReadOnlySpan<byte> text, Span<byte> target)
    {
        text.CopyTo(target);
        return text.Length;
    }

    private static int WriteHex(ulong value, Span<byte> target)
    {
        target[0] = (byte)'0';
        target[1] = (byte)'x';
        Utf8Formatter.TryFormat(value, target[2..], out var used, new('x'));
        return used + 2;
    }

    private static int WriteBytes(ReadOnlySpan<byte> raw, LogEvent target)
    {
        Convert.TryToHexString(raw, target.Scratch(raw.Length * 2), out var used);
        return used;
    }

    private static int WriteAnsi(ReadOnlySpan<byte> raw, LogEvent target)
    {
        var end = raw.IndexOf((byte)0);
        if (end >= 0) raw = raw[..end];
        var text = target.Scratch(raw.Length * 2);
        var used = 0;
        foreach (var b in raw) used += new Rune((char)b).EncodeToUtf8(text[used..]);
        return used;
    }

    private static int WriteSid(ReadOnlySpan<byte> raw, LogEvent target)
    {
        if (raw.Length < 8 || raw.Length < 8 + (raw[1] * 4)) return WriteBytes(raw, target);
        var text = target.Scratch(16 + (raw[1] * 11) + 8);
        text[0] = (byte)'S';
        text[1] = (byte)'-';
        Utf8Formatter.TryFormat(raw[0], text[2..], out var used);
        used += 2;
        text[used++] = (byte)'-';
        var authority = ((ulong)BinaryPrimitives.ReadUInt16BigEndian(raw[2..]) << 32) | BinaryPrimitives.ReadUInt32BigEndian(raw[4..]);
        Utf8Formatter.TryFormat(authority, text[used..], out var digits);
        used += digits;
        for (var i = 0; i < raw[1]; i++)
        {
            text[used++] = (byte)'-';
            Utf8Formatter.TryFormat(BinaryPrimitives.ReadUInt32LittleEndian(raw[(8 + (i * 4))..]), text[used..], out digits);
            used += digits;
        }

        return used;
    }

    private static int WriteGuid(ReadOnlySpan<byte> raw, LogEvent target)
    {
        var text = target.Scratch(36);
        new Guid(raw).TryFormat(text, out var used);
        for (var i = 0; i < used; i++)
            if (text[i] is >= (byte)'a' and <= (byte)'f') text[i] -= 32;
        return used;
    }

    private static int WriteFileTime(long fileTime, LogEvent target)
    {
        var text = target.Scratch(32);
        if (fileTime < 0 || fileTime > DateTime.MaxValue.ToFileTimeUtc())
        {
            Utf8Formatter.TryFormat(fileTime, text, out var digits);
            return digits;
        }

        DateTime.FromFileTimeUtc(fileTime).TryFormat(text, out var used, "O", CultureInfo.InvariantCulture);
        return used;
    }

    private static int WriteSystemTime(ReadOnlySpan<byte> raw, LogEvent target)
    {
        Span<ushort> part = stackalloc ushort[8];
        for (var i = 0; i < 8; i++) part[i] = BinaryPrimitives.ReadUInt16LittleEndian(raw[(i * 2)..]);
        if (part[0] is 0 or > 9999 || part[1] is 0 or > 12 || part[3] == 0 || part[3] > DateTime.DaysInMonth(part[0], part[1])
            || part[4] > 23 || part[5] > 59 || part[6] > 59 || part[7] > 999)
            return WriteBytes(raw, target);
        var time = new DateTime(part[0], part[1], part[3], part[4], part[5], part[6], part[7], DateTimeKind.Utc);
        time.TryFormat(target.Scratch(32), out var used, "O", CultureInfo.InvariantCulture);
        return used;
    }
}
