namespace Modus.Analysis.Knowledge;

/// <summary>The knowledge through a lens: counts of independent sources, ready for scoring.</summary>
/// <remarks>Tables are row by row, a row an actor or a software. Built in about a millisecond, so that every question
/// can have its own lens.</remarks>
internal sealed class KnowledgeView
{
    /// <summary>What a technique counts that only the actor's software is known for, beside one stated source.</summary>
    public const double ImpliedWeight = 0.2;
    private const int MostImplied = 3;
    private const double FadingYears = 3;

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
        CampaignCounts = Count(index.CampaignTechnique, ActorCount, TechniqueCount, 1);
        RecentCounts = Recent(index.ActorTechnique, ActorCount, TechniqueCount);
        SoftwareOfActor = Rows(ActorSoftware, ActorCount, SoftwareCount);
        TechniquesOfActor = Rows(Counts, ActorCount, TechniqueCount);
        TechniquesOfSoftware = Rows(SoftwareTechnique, SoftwareCount, TechniqueCount);
        Size = [.. TechniquesOfActor.Select(row => row.Length)];
        SoftwareSize = [.. SoftwareOfActor.Select(row => row.Length)];
        TechniqueDf = Users(TechniquesOfActor, TechniqueCount);
        SoftwareDf = Users(SoftwareOfActor, SoftwareCount);
        ActiveActors = Size.Count(size => size > 0);
        Idf = [.. TechniqueDf.Select(Rarity)];

        Implied = ImpliedTechniques();
        (Length, FullLength, Background) = Lengths();
        AverageLength = ActiveActors == 0 ? 1 : Length.Sum() / ActiveActors;
        AverageFullLength = ActiveActors == 0 ? 1 : FullLength.Where((_, actor) => Size[actor] > 0).Sum() / ActiveActors;
        SoftwareNorm = [.. TechniquesOfSoftware.Select(row => row.Sum(t => Idf[t] * Idf[t]))];
        var reports = ReportTable.Build(this);
        Families = new FamilyCounts(this, reports);
        Reports = ReportTable.WithNorms(reports, Idf, Families);
        Kindred = KindredProfiles.Build(this);
    }

    public KnowledgeIndex Index { get; }
    public Lens Lens { get; }

    /// <summary>Which sources the lens lets through.</summary>
    public bool[] Alive { get; }
    public int ActorCount { get; }
    public int TechniqueCount { get; }
    public int SoftwareCount { get; }

    /// <summary>The day the knowledge is looked at: the as-of date, else the day of the newest source.</summary>
    public int Today { get; }

    /// <summary>Sources for (actor, technique).</summary>
    public float[] Counts { get; }

    /// <summary>The same, each source fading with its age.</summary>
    public float[] RecentCounts { get; }

    /// <summary>Sources for (actor, technique) in campaigns attributed to the actor.</summary>
    public float[] CampaignCounts { get; }

    /// <summary>Sources for (actor, software).</summary>
    public float[] ActorSoftware { get; }

    /// <summary>Sources for (software, technique).</summary>
    public float[] SoftwareTechnique { get; }

    /// <summary>How many of the actor's software use the technique, at most 3.</summary>
    public float[] Implied { get; }

    /// <summary>What the actors most like this one do: shares that add up to one.</summary>
    public float[] Kindred { get; }
    public int[][] SoftwareOfActor { get; }
    public int[][] TechniquesOfActor { get; }
    public int[][] TechniquesOfSoftware { get; }

    /// <summary>Sum of an actor's counts.</summary>
    public double[] Length { get; }

    /// <summary>The same with implied techniques at their weight.</summary>
    public double[] FullLength { get; }
    public double AverageLength { get; }
    public double AverageFullLength { get; }

    /// <summary>How many techniques an actor has.</summary>
    public int[] Size { get; }
    public int[] SoftwareSize { get; }

    /// <summary>How many actors use a technique.</summary>
    public int[] TechniqueDf { get; }
    public int[] SoftwareDf { get; }

    /// <summary>Actors with at least one technique.</summary>
    public int ActiveActors { get; }

    /// <summary>Rarity of each technique among actors.</summary>
    public double[] Idf { get; }

    /// <summary>Sum of squared rarities of a software's techniques.</summary>
    public double[] SoftwareNorm { get; }

    /// <summary>Share of each technique in all counts.</summary>
    public double[] Background { get; }
    public FamilyCounts Families { get; }

    /// <summary>Reports by actor, ordered by source.</summary>
    public ActorReport[][] Reports { get; }

    public double SoftwareIdf(int software) => Rarity(SoftwareDf[software]);

    /// <summary>Rarity of what so many actors have.</summary>
    public double Rarity(int users) => Math.Log(1 + (ActiveActors - users + 0.5) / (users + 0.5));

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

    private float[] Recent(Cell[] cells, int rows, int columns)
    {
        var counts = new float[rows * columns];
        foreach (var cell in cells)
        {
            var at = cell.Row * columns + cell.Column;
            if (!Alive[cell.Source] || Counts[at] == 0 || Index.SourceDay[cell.Source] == KnowledgeIndex.Undated) continue;
            var years = Math.Max(0, Today - Index.SourceDay[cell.Source]) / 365.25;
            counts[at] += (float)Math.Exp(-years / FadingYears);
        }
        return counts;
    }

    private static int[][] Rows(float[] table, int rows, int columns)
    {
        var result = new int[rows][];
        var buffer = new List<int>();
        for (var row = 0; row < rows; row++)
        {
            buffer.Clear();
            var cells = table.AsSpan(row * columns, columns);
            for (var column = 0; column < cells.Length; column++) if (cells[column] > 0) buffer.Add(column);
            result[row] = [.. buffer];
        }
        return result;
    }

    private static int[] Users(int[][] rows, int columns)
    {
        var users = new int[columns];
        foreach (var row in rows)
            foreach (var column in row) users[column]++;
        return users;
    }

    private float[] ImpliedTechniques()
    {
        var implied = new float[ActorCount * TechniqueCount];
        for (var a = 0; a < ActorCount; a++)
            foreach (var s in SoftwareOfActor[a])
                foreach (var t in TechniquesOfSoftware[s])
                    if (implied[a * TechniqueCount + t] < MostImplied) implied[a * TechniqueCount + t]++;
        return implied;
    }

    private (double[] Length, double[] Full, double[] Background) Lengths()
    {
        var length = new double[ActorCount];
        var full = new double[ActorCount];
        var background = new double[TechniqueCount];
        for (var a = 0; a < ActorCount; a++)
            for (var t = 0; t < TechniqueCount; t++)
            {
                var n = Counts[a * TechniqueCount + t];
                length[a] += n;
                background[t] += n;
                full[a] += n + ImpliedWeight * Implied[a * TechniqueCount + t];
            }
        var total = length.Sum();
        for (var t = 0; t < TechniqueCount; t++) background[t] = (background[t] + 0.5) / (total + 0.5 * TechniqueCount);
        return (length, full, background);
    }
}
