using System.Collections.Concurrent;

namespace Modus.Casework.Store;

/// <summary>Does the same with each of many things, on all processors where they are many; what comes out does not depend on how many.</summary>
internal static class InBlocks
{
    // Fewer are done before a second thread has started.
    private const int Block = 256;

    public static void For(int count, Action<int> work)
    {
        if (count <= Block)
        {
            for (var index = 0; index < count; index++) work(index);
            return;
        }
        Parallel.ForEach(Partitioner.Create(0, count, Block), range =>
        {
            for (var index = range.Item1; index < range.Item2; index++) work(index);
        });
    }
}
