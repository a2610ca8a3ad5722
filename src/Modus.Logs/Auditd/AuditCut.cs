namespace Modus.Logs.Auditd;

/// <summary>Cuts audit logs where no event has records on both sides, since the records of an event may be interleaved with others.</summary>
internal static class AuditCut
{
    /// <summary>How far back from the end of a block a cut is looked for; records of an event that lie further apart are not joined.</summary>
    public const int Window = 64 << 10;

    /// <summary>The bytes behind the cut that are looked at; records that belong before it stand within them.</summary>
    public const int Margin = 8 << 10;

    /// <summary>The end of the last line behind which no event of the window goes on.</summary>
    public static int Find(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.LastIndexOf((byte)'\n') + 1;
        if (end <= Window) return end;
        var starts = new List<int>();
        var serials = new List<long>();
        var from = end - Window;
        from += bytes[from..].IndexOf((byte)'\n') + 1;
        for (var at = from; at < end;)
        {
            var length = bytes[at..].IndexOf((byte)'\n') + 1;
            starts.Add(at);
            serials.Add(AuditLine.TryParse(bytes.Slice(at, length), out var line) ? line.Serial : -1 - starts.Count);
            at += length;
        }

        // Going back from the end: an event is open from its last record (met first) to its first one.
        var first = new Dictionary<long, int>();
        for (var i = 0; i < serials.Count; i++) first.TryAdd(serials[i], i);
        var open = new HashSet<long>();
        for (var i = serials.Count - 1; i > 0; i--)
        {
            if (first[serials[i]] < i) open.Add(serials[i]);
            else open.Remove(serials[i]);
            if (open.Count == 0 && end - starts[i] >= Margin) return starts[i];
        }

        return end;
    }
}
