namespace Modus.Logs.Evtx;

/// <summary>Types of values in BinXML; <see cref="Array"/> is a flag.</summary>
internal static class EvtxValueType
{
    public const byte Null = 0;
    public const byte Utf16 = 1;
    public const byte Ansi = 2;
    public const byte Int8 = 3;
    public const byte UInt8 = 4;
    public const byte Int16 = 5;
    public const byte UInt16 = 6;
    public const byte Int32 = 7;
    public const byte UInt32 = 8;
    public const byte Int64 = 9;
    public const byte UInt64 = 10;
    public const byte Single = 11;
    public const byte Double = 12;
    public const byte Boolean = 13;
    public const byte Binary = 14;
    public const byte Guid = 15;
    public const byte Size = 16;
    public const byte FileTime = 17;
    public const byte SystemTime = 18;
    public const byte Sid = 19;
    public const byte Hex32 = 20;
    public const byte Hex64 = 21;
    public const byte Handle = 32;
    public const byte BinXml = 33;
    public const byte Xml = 35;
    public const byte Array = 0x80;

    /// <summary>What a value of a type is.</summary>
    public static ValueKind Kind(byte type) => type switch
    {
        >= Int8 and <= Double => ValueKind.Number,
        Boolean => ValueKind.Boolean,
        Null => ValueKind.Null,
        _ => ValueKind.Text,
    };

    /// <summary>The bytes of one value of a type; 0 where they vary, <paramref name="total"/> is what is there.</summary>
    public static int Width(byte type, int total) => type switch
    {
        Int8 or UInt8 => 1,
        Int16 or UInt16 => 2,
        Int32 or UInt32 or Single or Boolean or Hex32 => 4,
        Int64 or UInt64 or Double or FileTime or Hex64 => 8,
        Guid or SystemTime => 16,
        Size => total % 8 == 0 ? 8 : 4,
        _ => 0,
    };
}
