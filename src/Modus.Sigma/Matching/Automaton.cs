using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Modus.Sigma.Matching;

/// <summary>Takes what an <see cref="Automaton"/> finds.</summary>
internal interface INeedleSink
{
    /// <summary>A needle ends at <paramref name="end"/> (its last byte stands before it).</summary>
    void Found(int needle, int end);
}

/// <summary>Finds all occurrences of many needles in one pass: a complete deterministic automaton (Aho and Corasick) over byte classes.</summary>
/// <remarks>
/// Bytes that occur in no needle share one class, so a row is short. State numbers are already multiplied by the
/// row's length; the sign bit of an entry says that the state behind it reports something: one load, one addition and one test a byte.
/// </remarks>
internal sealed class Automaton
{
    private readonly byte[] classes;
    private readonly int[] table;
    private readonly int[] reports;
    private readonly (int Needle, int Next)[] outputs;
    private readonly int width;

    internal Automaton(byte[] classes, int width, int[] table, int[] reports, (int Needle, int Next)[] outputs)
    {
        this.classes = classes;
        this.width = width;
        this.table = table;
        this.reports = reports;
        this.outputs = outputs;
    }

    /// <summary>The states; a measure of size.</summary>
    public int States => reports.Length;

    /// <summary>The memory of the tables, in bytes.</summary>
    public long Bytes => (table.Length * 4L) + (reports.Length * 4L) + (outputs.Length * 8L);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TSink>(ReadOnlySpan<byte> text, ref TSink sink)
        where TSink : struct, INeedleSink, allows ref struct
    {
        ref var byteClass = ref MemoryMarshal.GetArrayDataReference(classes);
        ref var entry = ref MemoryMarshal.GetArrayDataReference(table);
        var state = 0;
        for (var at = 0; at < text.Length; at++)
        {
            state = Unsafe.Add(ref entry, state + Unsafe.Add(ref byteClass, text[at]));
            if (state >= 0) continue;
            state &= int.MaxValue;
            for (var output = reports[state / width]; output >= 0; output = outputs[output].Next) sink.Found(outputs[output].Needle, at + 1);
        }
    }
}
