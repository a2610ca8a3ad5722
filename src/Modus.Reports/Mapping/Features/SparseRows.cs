namespace Modus.Reports.Mapping.Features;

/// <summary>Sparse rows one behind the other: row r holds the places <c>Starts[r]</c> to <c>Starts[r + 1]</c>.</summary>
internal sealed class SparseRows
{
    private readonly List<int> starts = [0];
    private int[] indices = new int[1024];
    private float[] values = new float[1024];

    /// <summary>Number of rows.</summary>
    public int Count => starts.Count - 1;

    /// <summary>Adds a row.</summary>
    public void Add(ReadOnlySpan<int> rowIndices, ReadOnlySpan<float> rowValues)
    {
        var at = starts[^1];
        while (at + rowIndices.Length > indices.Length)
        {
            Array.Resize(ref indices, indices.Length * 2);
            Array.Resize(ref values, values.Length * 2);
        }

        rowIndices.CopyTo(indices.AsSpan(at));
        rowValues.CopyTo(values.AsSpan(at));
        starts.Add(at + rowIndices.Length);
    }

    /// <summary>The features of a row.</summary>
    public ReadOnlySpan<int> Indices(int row) => indices.AsSpan(starts[row]..starts[row + 1]);

    /// <summary>The values of a row, in the order of its features.</summary>
    public ReadOnlySpan<float> Values(int row) => values.AsSpan(starts[row]..starts[row + 1]);
}
