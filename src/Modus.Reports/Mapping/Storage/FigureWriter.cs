using System.Runtime.InteropServices;
using System.Text;

namespace Modus.Reports.Mapping.Storage;

/// <summary>Writes figures one behind the other, little endian, each list with its length before it.</summary>
internal sealed class FigureWriter(Stream stream)
{
    /// <summary>Writes a number.</summary>
    public void Number(int value) => List<int>([value]);

    /// <summary>Writes a number.</summary>
    public void Number(float value) => List<float>([value]);

    /// <summary>Writes a text.</summary>
    public void Text(string value) => List<byte>(Encoding.UTF8.GetBytes(value));

    /// <summary>Writes texts.</summary>
    public void Texts(IReadOnlyList<string> values) => Text(string.Join('\n', values));

    /// <summary>Writes a list of figures.</summary>
    public void List<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Models are written on little-endian machines.");
        Span<byte> length = stackalloc byte[4];
        BitConverter.TryWriteBytes(length, values.Length);
        stream.Write(length);
        stream.Write(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Writes a rising list of figures by their differences, seven bits a byte.</summary>
    public void Rising(ReadOnlySpan<int> values)
    {
        var bytes = new List<byte>(values.Length * 2);
        var before = 0;
        foreach (var value in values)
        {
            var step = (uint)(value - before);
            before = value;
            for (; step >= 0x80; step >>= 7) bytes.Add((byte)(step | 0x80));
            bytes.Add((byte)step);
        }

        Number(values.Length);
        List<byte>(CollectionsMarshal.AsSpan(bytes));
    }
}
