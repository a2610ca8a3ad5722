using System.Buffers.Binary;

namespace Modus.Logs.Evtx;

/// <summary>The CRC-32 of IEEE 802.3 (reflected polynomial EDB88320), eight bytes a step.</summary>
internal static class Crc32
{
    private static readonly uint[] Table = MakeTable();

    /// <summary>Goes on with a checksum; begin with 0.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        var table = Table;
        crc = ~crc;
        while (bytes.Length >= 8)
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = table[(7 * 256) + (byte)low] ^ table[(6 * 256) + (byte)(low >> 8)] ^ table[(5 * 256) + (byte)(low >> 16)] ^ table[(4 * 256) + (low >> 24)]
                ^ table[(3 * 256) + (byte)high] ^ table[(2 * 256) + (byte)(high >> 8)] ^ table[256 + (byte)(high >> 16)] ^ table[high >> 24];
            bytes = bytes[8..];
        }

        foreach (var b in bytes) crc = (crc >> 8) ^ table[(byte)(crc ^ b)];
        return ~crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[8 * 256];
        for (var i = 0u; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320 : value >> 1;
            table[i] = value;
        }

        for (var step = 1; step < 8; step++)
            for (var i = 0; i < 256; i++)
            {
                var before = table[((step - 1) * 256) + i];
                table[(step * 256) + i] = (before >> 8) ^ table[(byte)before];
            }

        return table;
    }
}
