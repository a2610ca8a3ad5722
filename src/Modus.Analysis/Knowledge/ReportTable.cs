namespace Modus.Analysis.Knowledge;

/// <summary>One actor's techniques and software in one source: the nearest thing to an incident that a release holds.</summary>
internal sealed record ActorReport(int Actor, int Source, int Day, int[] Techniques, int[] Software, int[] Families)
{
    /// <summary>Sum of squared rarities of the techniques.</summary>
    public double Norm { get; init; }

    /// <summary>The same at the level of techniques without sub-techniques.</summary>
    public double FamilyNorm { get; init; }
}

/// <summary>Groups what a view lets through by actor and source.</summary>
internal static class ReportTable
{
    public static ActorReport[][] Build(KnowledgeView view)
    {
        var index = view.Index;
        var techniques = Gather(view, index.ActorTechnique, view.Counts, view.TechniqueCount);
        var software = Gather(view, index.ActorSoftware, view.ActorSoftware, view.SoftwareCount);
        var reports = new List<ActorReport>[view.ActorCount];
        for (var a = 0; a < reports.Length; a++) reports[a] = [];
        foreach (var (actor, source) in techniques.Keys.Union(software.Keys).Order())
        {
            int[] used = techniques.TryGetValue((actor, source), out var list) ? [.. list] : [];
            reports[actor].Add(new(actor, source, index.SourceDay[source], used,
                software.TryGetValue((actor, source), out var tools) ? [.. tools] : [],
                [.. used.Select(t => index.Family[t]).Distinct().Order()]));
        }
        return [.. reports.Select(list => list.ToArray())];
    }

    public static ActorReport[][] WithNorms(ActorReport[][] reports, double[] idf, FamilyCounts families) =>
        [.. reports.Select(list => list.Select(report => report with
        {
            Norm = report.Techniques.Sum(t => idf[t] * idf[t]),
            FamilyNorm = report.Families.Sum(f => families.Idf(f) * families.Idf(f)),
        }).ToArray())];

    private static Dictionary<(int, int), List<int>> Gather(KnowledgeView view, Cell[] cells, float[] kept, int columns)
    {
        var into = new Dictionary<(int, int), List<int>>();
        foreach (var cell in cells)
        {
            if (!view.Alive[cell.Source] || kept[cell.Row * columns + cell.Column] == 0) continue;
            if (!into.TryGetValue((cell.Row, cell.Source), out var list)) into[(cell.Row, cell.Source)] = list = [];
            list.Add(cell.Column);
        }
        return into;
    }
}
