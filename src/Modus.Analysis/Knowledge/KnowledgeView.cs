namespace Modus.Analysis.Knowledge;

/// <summary>One actor's techniques (or software) in one source: the nearest thing to an incident that a release holds.</summary>
internal sealed record ActorReport(int Actor, int Source, int Day, int[] Techniques, int[] Software);

/// <summary>The knowledge through a lens: counts of independent sources, ready for scoring.</summary>
internal sealed class KnowledgeView
{
    public const double ImpliedWeight = 0.2;
    private const int MostImplied = 3;

    public KnowledgeView(KnowledgeIndex index, Lens lens)
    {
        Index = index;
        Lens = lens;
        Alive = AliveSources(index, lens);
        ActorCount = index.Actors.Count;
        TechniqueCount = index.Techniques.Count;
        SoftwareCount = index.Software.Count;
        Today = lens.AsOf?.DayNumber ?? index.NewestDay;

        var least = Math.Max(1, lens.MinSources);
        Counts = Count(index.ActorTechnique, ActorCount, TechniqueCount, least);
        ActorSoftware = Count(index.ActorSoftware, ActorCount, SoftwareCount, least);
        SoftwareTechnique = Count(index.SoftwareTechnique, SoftwareCount, TechniqueCount, 1);
        Implied = ImpliedTechniques();
        Length = new double[ActorCount];
        FullLength = new double[ActorCount];
        Size = new int[ActorCount];
        TechniqueDf = new int[TechniqueCount];
        SoftwareDf = new int[SoftwareCount];
        SoftwareSize = new int[ActorCount];
        for (var a = 0; a < ActorCount; a++)
        {
            var row = Counts.AsSpan(a * TechniqueCount, TechniqueCount);
            for (var t = 0; t < row.Length; t++)
            {
                FullLength[a] += row[t] + ImpliedWeight * Implied[a * TechniqueCount + t];
                if (row[t] == 0) continue;
                Length[a] += row[t];
                Size[a]++;
                TechniqueDf[t]++;
            }
            var software = ActorSoftware.AsSpan(a * SoftwareCount, SoftwareCount);
            for (var s = 0; s < software.Length; s++)
                if (software[s] > 0) { SoftwareDf[s]++; SoftwareSize[a]++; }
        }
        ActiveActors = Size.Count(size => size > 0);
        AverageLength = ActiveActors == 0 ? 1 : Length.Sum() / ActiveActors;
        AverageFullLength = ActiveActors == 0 ? 1 : FullLength.Where((_, actor) => Size[actor] > 0).Sum() / ActiveActors;
        Reports = BuildReports();
    }

    public KnowledgeIndex Index { get; }
    public Lens Lens { get; }
    public bool[] Alive { get; }
    public int ActorCount { get; }
    public int TechniqueCount { get; }
    public int SoftwareCount { get; }

    /// <summary>The day the knowledge is looked at: the as-of date, else the day of the newest source.</summary>
    public int Today { get; }

    /// <summary>Sources for (actor, technique), row by row.</summary>
    public float[] Counts { get; }

    /// <summary>Sources for (actor, software), row by row.</summary>
    public float[] ActorSoftware { get; }

    /// <summary>Sources for (software, technique), row by row.</summary>
    public float[] SoftwareTechnique { get; }

    /// <summary>How many of the actor's software use the technique, at most 3, row by row.</summary>
    public float[] Implied { get; }

    /// <summary>Sum of an actor's counts.</summary>
    public double[] Length { get; }

    /// <summary>The same with implied techniques at their weight.</summary>
    public double[] FullLength { get; }
    public int[] Size { get; }
    public int[] SoftwareSize { get; }
    public int[] TechniqueDf { get; }
    public int[] SoftwareDf { get; }
    public int ActiveActors { get; }
    public double AverageLength { get; }
    public double AverageFullLength { get; }

    /// <summary>Reports by actor: <c>Reports[actor]</c>, ordered by source.</summary>
    public ActorReport[][] Reports { get; }

    public double TechniqueIdf(int technique) =>
        Math.Log(1 + (ActiveActors - TechniqueDf[technique] + 0.5) / (TechniqueDf[technique] + 0.5));

    public double SoftwareIdf(int software) =>
        Math.Log(1 + (ActiveActors - SoftwareDf[software] + 0.5) / (SoftwareDf[software] + 0.5));

    private static bool[] AliveSources(KnowledgeIndex index, Lens lens)
    {
        var alive = new bool[index.Sources.Count];
        var before = lens.AsOf?.DayNumber ?? int.MaxValue;
        for (var s = 0; s < alive.Length; s++)
            alive[s] = lens.AsOf is null || (index.SourceDay[s] != KnowledgeIndex.Undated && index.SourceDay[s] < before);
        foreach (var name in lens.ExcludedSources)
            if (index.Sources.Find(name) is >= 0 and var at) alive[at] = false;
        return alive;
    }

    private float[] Count(Cell[] cells, int rows, int columns, int least)
    {
        var counts = new float[rows * columns];
        foreach (var cell in cells)
            if (Alive[cell.Source]) counts[cell.Row * columns + cell.Column]++;
        if (least > 1)
            for (var at = 0; at < counts.Length; at++)
                if (counts[at] < least) counts[at] = 0;
        return counts;
    }

    private float[] ImpliedTechniques()
    {
        var implied = new float[ActorCount * TechniqueCount];
        for (var a = 0; a < ActorCount; a++)
        {
            var target = implied.AsSpan(a * TechniqueCount, TechniqueCount);
            for (var s = 0; s < SoftwareCount; s++)
            {
                if (ActorSoftware[a * SoftwareCount + s] == 0) continue;
                var uses = SoftwareTechnique.AsSpan(s * TechniqueCount, TechniqueCount);
                for (var t = 0; t < uses.Length; t++)
                    if (uses[t] > 0 && target[t] < MostImplied) target[t]++;
            }
        }
        return implied;
    }

    private ActorReport[][] BuildReports()
    {
        var techniques = new Dictionary<(int, int), List<int>>();
        var software = new Dictionary<(int, int), List<int>>();
        Gather(Index.ActorTechnique, techniques);
        Gather(Index.ActorSoftware, software);
        var reports = new List<ActorReport>[ActorCount];
        for (var a = 0; a < ActorCount; a++) reports[a] = [];
        foreach (var (actor, source) in techniques.Keys.Union(software.Keys).OrderBy(key => key))
            reports[actor].Add(new(actor, source, Index.SourceDay[source],
                [.. techniques.GetValueOrDefault((actor, source), [])],
                [.. software.GetValueOrDefault((actor, source), [])]));
        return [.. reports.Select(list => list.ToArray())];

        void Gather(Cell[] cells, Dictionary<(int, int), List<int>> into)
        {
            foreach (var cell in cells)
            {
                if (!Alive[cell.Source]) continue;
                if (!into.TryGetValue((cell.Row, cell.Source), out var list)) into[(cell.Row, cell.Source)] = list = [];
                list.Add(cell.Column);
            }
        }
    }
}
