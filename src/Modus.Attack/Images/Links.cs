namespace Modus.Attack.Images;

/// <summary>The relationships of a release, by source and by target.</summary>
internal sealed class Links
{
    private readonly Image image;
    private readonly int[] outgoingStart;
    private readonly int[] incomingStart;
    private readonly int[] incoming;

    public Links(Image image)
    {
        this.image = image;
        outgoingStart = Starts(Link.Source);
        incomingStart = Starts(Link.Target);
        incoming = new int[image.LinkCount];
        var next = incomingStart.AsSpan(0, image.ObjectCount).ToArray();
        for (var link = 0; link < incoming.Length; link++) incoming[next[image.LinkCell(link, Link.Target)]++] = link;
    }

    /// <summary>The links that start at a row, by type and target.</summary>
    public IEnumerable<int> Outgoing(int row, RelationshipType type)
    {
        for (var link = outgoingStart[row]; link < outgoingStart[row + 1]; link++)
            if (image.LinkCell(link, Link.Type) == (int)type) yield return link;
    }

    /// <summary>The links that end at a row, by source.</summary>
    public IEnumerable<int> Incoming(int row, RelationshipType type)
    {
        for (var at = incomingStart[row]; at < incomingStart[row + 1]; at++)
            if (image.LinkCell(incoming[at], Link.Type) == (int)type) yield return incoming[at];
    }

    /// <summary>Every link that starts at a row.</summary>
    public IEnumerable<int> Outgoing(int row) =>
        Enumerable.Range(outgoingStart[row], outgoingStart[row + 1] - outgoingStart[row]);

    /// <summary>Every link that ends at a row.</summary>
    public IEnumerable<int> Incoming(int row)
    {
        for (var at = incomingStart[row]; at < incomingStart[row + 1]; at++) yield return incoming[at];
    }

    // Counting sort: how many links each row has, then where each row's run begins.
    private int[] Starts(Link end)
    {
        var starts = new int[image.ObjectCount + 1];
        for (var link = 0; link < image.LinkCount; link++) starts[image.LinkCell(link, end) + 1]++;
        for (var row = 0; row < image.ObjectCount; row++) starts[row + 1] += starts[row];
        return starts;
    }
}
