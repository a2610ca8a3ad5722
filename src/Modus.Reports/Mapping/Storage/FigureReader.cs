using System.Runtime.InteropServices;
using System.Text;

namespace Modus.Reports.Mapping.Storage;

/// <summary>Reads what <see cref="FigureWriter"/> wrote.</summary>
/// <remarks>Whatever does not fit throws <see cref="InvalidDataException"/>.</remarks>
internal ref struct FigureReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    /// <summary>Whether everything was read.</summary>
    public readonly bool AtEnd => rest.IsEmpty;

    /// <summary>Reads a number.</summary>
    public int Integer() => Exactly<int>(1)[0];

    /// <summary>Reads a number.</summary>
    public float Real() => Exactly<float>(1)[0];

    /// <summary>Reads a text.</summary>
    public string Text() => Encoding.UTF8.GetString(List<byte>());

    /// <summary>Reads texts.</summary>
    public string[] Texts() => Text() is { Length: > 0 } text ? text.Split('\n') : [];

    /// <summary>Reads a list of figures of a given length.</summary>
    public T[] Exactly<T>(int length)
        where T : unmanaged
    {
        var list = List<T>();
        return list.Length == length ? list : throw new InvalidDataException($"A list of {length} figures has {list.Length}.");
    }

    /// <summary>Reads a list of figures.</summary>
    public T[] List<T>()
        where T : unmanaged
    {
        if (rest.Length < 4) throw new InvalidDataException("The figures end early.");
        var length = BitConverter.ToInt32(rest);
        rest = rest[4..];
        var size = (long)length * Marshal.SizeOf<T>();
        if (length < 0 || size > rest.Length) throw new InvalidDataException("A list of figures is longer than the file.");
        var list = new T[length];
        rest[..(int)size].CopyTo(MemoryMarshal.AsBytes(list.AsSpan()));
        rest = rest[(int)size..];
        return list;
    }

    /// <summary>Reads a rising list of figures.</summary>
    public int[] Rising()
    {
        var count = Integer();
        var packed = List<byte>();
        if (count < 0 || count > packed.Length) throw new InvalidDataException("A rising list is longer than its bytes.");
        var values = new int[count];
        long before = 0;
        var at = 0;
        for (var i = 0; i < count; i++)
        {
            long step = 0;
            for (var shift = 0; ; shift += 7)
            {
                if (at >= packed.Length || shift > 28) throw new InvalidDataException("A rising list ends early.");
                step |= (long)(packed[at] & 0x7F) << shift;
                if (packed[at++] < 0x80) break;
            }

            before += step;
            if (before > int.MaxValue) throw new InvalidDataException("A rising list rises too far.");
            values[i] = (int)before;
        }

        return values;
    }
}
