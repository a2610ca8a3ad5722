namespace Modus.Casework.LogHoles;

/// <summary>Finds the holes in logs: what stop events say, sources that fall silent, records that are missing.</summary>
public static class HoleFinder
{
    /// <summary>A stop that is followed by events within this time is a restart.</summary>
    public static readonly TimeSpan ShortestStop = TimeSpan.FromMinutes(2);

    // Holes of one host that begin and end this close to each other are one.
    private static readonly TimeSpan together = TimeSpan.FromMinutes(5);

    /// <summary>Finds the holes, by time of their beginning.</summary>
    /// <param name="activity">What was watched while the logs were read.</param>
    public static IReadOnlyList<LogHole> Find(LogActivity activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        var all = activity.Series;
        var ends = all.GroupBy(series => series.File).ToDictionary(group => group.Key, group => group.Max(series => series.Last), StringComparer.Ordinal);
        var lines = all.GroupBy(series => (series.Host, series.Source))
            .Select(group => new SeriesLine(group.Key.Host, group.Key.Source, [.. group], group.Max(series => ends[series.File])))
            .ToDictionary(line => (line.Host, line.Source));

        var holes = new List<LogHole>();
        foreach (var mark in activity.Marks.Where(mark => mark.Kind != HoleRules.Resumes))
            if (OfMark(mark, activity.Marks, lines) is { } hole) holes.Add(hole);
        foreach (var line in lines.Values) holes.AddRange(line.Silences());
        foreach (var line in lines.Values) holes.AddRange(line.MissingRecords());
        return Join(holes);
    }

    private static LogHole? OfMark(HoleMark mark, List<HoleMark> marks, Dictionary<(string, string), SeriesLine> lines)
    {
        lines.TryGetValue((mark.Host, mark.Source), out var line);
        var resumed = marks.Where(other => other.Kind == HoleRules.Resumes && other.Host == mark.Host && other.Source == mark.Source && other.Time > mark.Time).Select(other => (DateTimeOffset?)other.Time).Min();
        if (mark.Kind == "log-cleared")
        {
            // What was collected before the log was cleared is not lost.
            if (line is null || line.FirstTime < mark.Time) return null;
            return new LogHole(mark.Kind, mark.Host, [mark.Source], line.FirstTime ?? mark.Time, mark.Time, $"{mark.Title}: nothing before it is there", [mark.File], mark.Place);
        }
        var next = line?.NextAfter(mark.Time);
        var to = next is null || resumed < next ? resumed ?? next : next;
        // The log's own end right behind the mark says nothing unless the evidence goes on.
        if (to - mark.Time < ShortestStop) return null;
        var end = to is null ? "; no event follows" : "";
        return new LogHole(mark.Kind, mark.Host, [mark.Source], mark.Time, to, mark.Title + end, [mark.File], mark.Place);
    }

    /// <summary>Sources of one host that fall silent together are one hole; what an event says about it counts more than the silence.</summary>
    private static IReadOnlyList<LogHole> Join(List<LogHole> holes)
    {
        var joined = new List<LogHole>();
        foreach (var hole in holes.OrderBy(hole => hole.Record is null).ThenBy(hole => hole.Host, StringComparer.Ordinal).ThenBy(hole => hole.From).ThenBy(hole => hole.Sources[0], StringComparer.Ordinal))
        {
            var index = joined.FindIndex(other => other.Host == hole.Host && Belong(other, hole));
            if (index < 0)
            {
                joined.Add(hole);
                continue;
            }
            var other = joined[index];
            joined[index] = other with
            {
                Sources = [.. other.Sources.Union(hole.Sources, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                Files = [.. other.Files.Union(hole.Files, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                From = other.Record is not null || other.From < hole.From ? other.From : hole.From,
                To = other.Record is not null ? other.To : other.To is null || hole.To is null ? null : other.To > hole.To ? other.To : hole.To,
                Reason = other.Reason.Split("; ").Contains(hole.Reason) || other.Record is null ? other.Reason : hole.Record is null ? other.Reason : $"{other.Reason}; {hole.Reason}",
            };
        }
        return [.. joined.OrderBy(hole => hole.From).ThenBy(hole => hole.Host, StringComparer.Ordinal).ThenBy(hole => hole.Sources[0], StringComparer.Ordinal)];
    }

    private static bool Belong(LogHole left, LogHole right)
    {
        if (left.Type == "missing-records" != (right.Type == "missing-records")) return false;
        var (to, end) = (left.To ?? DateTimeOffset.MaxValue, right.To ?? DateTimeOffset.MaxValue);
        if ((left.From - right.From).Duration() <= together && (to - end).Duration() <= together) return true;
        // A silence around, or within, what an event explains is that hole.
        return left.Record is not null && left.Sources.Intersect(right.Sources).Any() && right.From <= to && left.From <= end;
    }
}
