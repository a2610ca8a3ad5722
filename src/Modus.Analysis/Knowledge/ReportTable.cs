namespace Modus.Analysis.Knowledge;

/// <summary>One actor's techniques and software in one source: the nearest thing to an incident that a release holds.</summary>
internal sealed record ActorReport(int Actor, int Source, int Day, int[] Techniques, int[] Software, int[] Families);

/// <summary>Groups what is said of an actor by source.</summary>
internal static class ReportTable
{
    /// <summary>Every report of every actor, ordered by source, whatever a lens lets through.</summary>
    public static ActorReport[][] Everything(KnowledgeIndex index)
    {
        var reports = new ActorReport[index.Actors.Count][];
        for (var actor = 0; actor < reports.Length; actor++)
        {
            var techniques = Gather(KnowledgeIndex.RowOf(index.ActorTechnique, index.ActorTechniqueStart, actor));
            var software = Gather(KnowledgeIndex.RowOf(index.ActorSoftware, index.ActorSoftwareStart, actor));
            reports[actor] = [.. techniques.Keys.Union(software.Keys).Order().Select(source => Report(index, actor, source,
                techniques.TryGetValue(source, out var used) ? [.. used] : [], software.TryGetValue(source, out var tools) ? [.. tools] : []))];
        }
        return reports;
    }

    /// <summary>The reports of one actor that a lens lets through, of each what its counts keep.</summary>
    public static ActorReport[] Of(KnowledgeIndex index, int actor, bool[] alive, float[] techniques, float[] software)
    {
        var kept = new List<ActorReport>();
        foreach (var report in index.Reports[actor])
        {
            if (!alive[report.Source]) continue;
            if (Array.TrueForAll(report.Techniques, t => techniques[t] > 0) && Array.TrueForAll(report.Software, s => software[s] > 0))
            {
                kept.Add(report);
                continue;
            }
            int[] used = [.. report.Techniques.Where(t => techniques[t] > 0)];
            int[] tools = [.. report.Software.Where(s => software[s] > 0)];
            if (used.Length > 0 || tools.Length > 0) kept.Add(Report(index, actor, report.Source, used, tools));
        }
        return [.. kept];
    }

    private static ActorReport Report(KnowledgeIndex index, int actor, int source, int[] techniques, int[] software) =>
        new(actor, source, index.SourceDay[source], techniques, software, [.. techniques.Select(t => index.Family[t]).Distinct().Order()]);

    private static Dictionary<int, List<int>> Gather(ReadOnlySpan<Cell> cells)
    {
        var into = new Dictionary<int, List<int>>();
        foreach (var cell in cells)
        {
            if (!into.TryGetValue(cell.Source, out var list)) into[cell.Source] = list = [];
            list.Add(cell.Column);
        }
        return into;
    }
}
