namespace Modus.Attack.Layers;

/// <summary>Collects the problems of one file, up to a limit, and counts the rest.</summary>
internal sealed class LayerProblems(string file)
{
    /// <summary>A file of nothing but errors must not fill the memory with messages.</summary>
    internal const int MaxListed = 1000;

    private readonly List<Problem> listed = [];
    private int leftOut;

    /// <summary>Notes a problem at a JSON path.</summary>
    public void Add(string code, string path, string message, string? fix = null, long? line = null)
    {
        if (listed.Count < MaxListed) listed.Add(new Problem(code, path.Length == 0 ? message : $"{path}: {message}", file, (int)(line ?? 0), fix));
        else leftOut++;
    }

    /// <summary>All problems, in the order in which they were met.</summary>
    public IReadOnlyList<Problem> ToList()
    {
        if (leftOut > 0) listed.Add(new Problem(LayerCodes.More, $"{leftOut} more problems of the same file are not listed", file));
        leftOut = 0;
        return listed;
    }
}
