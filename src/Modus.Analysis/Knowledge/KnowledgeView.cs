namespace Modus.Analysis.Knowledge;

/// <summary>The knowledge through a lens: counts of independent sources, ready for scoring.</summary>
/// <remarks>Every question can have its own lens. A view takes over from one like it whatever the sources that the two
/// do not share say nothing about, so that leaving a report out costs a fraction of a millisecond; figures are the same
/// to the bit as those of a view built alone.</remarks>
internal sealed class KnowledgeView
{
    /// <summary>What a technique counts that only the actor's software is known for, beside one stated source.</summary>
    public const double ImpliedWeight = 0.2;
    private readonly ActorRows[] rows;

    /// <param name="index">The knowledge.</param>
    /// <param name="lens">What of it counts.</param>
    /// <param name="like">A view to take over from; null to build alone.</param>
    public KnowledgeView(KnowledgeIndex index, Lens lens, KnowledgeView? like = null)
    {
        Index = index;
        Lens = lens;
        Alive = AliveSources(index, lens);
        ActorCount = index.Actors.Count;
        TechniqueCount = index.Techniques.Count;
        SoftwareCount = index.Software.Count;
        Today = lens.AsOf?.DayNumber ?? index.NewestDay;

        if (like is not null && (!ReferenceEquals(like.Index, index) || Least(like.Lens) != Least(lens))) like = null;
        TechniquesOfSoftware = SoftwareRows(like, out var otherSoftware);
        rows = BuildRows(like, otherSoftware);

        Counts = [.. rows.Select(row => row.Counts)];
        RecentCounts = [.. rows.Select(row => row.Recent)];
        CampaignCounts = [.. rows.Select(row => row.Campaign)];
        ActorSoftware = [.. rows.Select(row => row.Software)];
        Implied = [.. rows.Select(row => row.Implied)];
        SoftwareOfActor = [.. rows.Select(row => row.SoftwareList)];
        TechniquesOfActor = [.. rows.Select(row => row.TechniqueList)];
        Size = [.. TechniquesOfActor.Select(row => row.Length)];
        SoftwareSize = [.. SoftwareOfActor.Select(row => row.Length)];
        TechniqueDf = Users(TechniquesOfActor, TechniqueCount);
        SoftwareDf = Users(SoftwareOfActor, SoftwareCount);
        ActiveActors = Size.Count(size => size > 0);
        Idf = [.. TechniqueDf.Select(Rarity)];

        Length = [.. rows.Select(row => row.Length)];
        FullLength = [.. rows.Select(row => row.FullLength)];
        AverageLength = ActiveActors == 0 ? 1 : Length.Sum() / ActiveActors;
        AverageFullLength = ActiveActors == 0 ? 1 : FullLength.Where((_, actor) => Size[actor] > 0).Sum() / ActiveActors;
        Background = Shares();
        SoftwareNorm = [.. TechniquesOfSoftware.Select(row => Norm(row, Idf))];
        Reports = [.. rows.Select(row => row.Reports)];
        Families = new FamilyCounts(rows, index.FamilyCount);
        ReportNorms = [.. Reports.Select(list => list.Select(report => Norm(report.Techniques, Idf)).ToArray())];
        FamilyNorms = [.. Reports.Select(list => list.Select(report => Norm(report.Families, Families.Idf)).ToArray())];
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

    /// <summary>Sources for each technique of each actor.</summary>
    public float[][] Counts { get; }

    /// <summary>The same, each source fading with its age.</summary>
    public float[][] RecentCounts { get; }

    /// <summary>The same in campaigns attributed to the actor.</summary>
    public float[][] CampaignCounts { get; }

    /// <summary>Sources for each software of each actor.</summary>
    public float[][] ActorSoftware { get; }

    /// <summary>How many of the actor's software use the technique, at most 3.</summary>
    public float[][] Implied { get; }

    /// <summary>What the actors most like this one do: shares that add up to one.</summary>
    public float[][] Kindred => field ??= KindredProfiles.Build(this);
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

    /// <summary>Sum of squared rarities of each report's techniques.</summary>
    public double[][] ReportNorms { get; }

    /// <summary>The same at the level of techniques without sub-techniques.</summary>
    public double[][] FamilyNorms { get; }

    public double SoftwareIdf(int software) => Rarity(SoftwareDf[software]);

    /// <summary>Rarity of what so many actors have.</summary>
    public double Rarity(int users) => Math.Log(1 + (ActiveActors - users + 0.5) / (users + 0.5));

    private static int Least(Lens lens) => Math.Max(1, lens.MinSources);

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

    private int[][] SoftwareRows(KnowledgeView? like, out bool[] other)
    {
        other = Differs(like, Index.SoftwareOfSource, SoftwareCount);
        var result = new int[SoftwareCount][];
        var buffer = new List<int>();
        for (var s = 0; s < result.Length; s++)
        {
            if (!other[s])
            {
                result[s] = like!.TechniquesOfSoftware[s];
                continue;
            }
            buffer.Clear();
            foreach (var cell in KnowledgeIndex.RowOf(Index.SoftwareTechnique, Index.SoftwareTechniqueStart, s))
                if (Alive[cell.Source] && (buffer.Count == 0 || buffer[^1] != cell.Column)) buffer.Add(cell.Column);
            result[s] = [.. buffer];
        }
        return result;
    }

    private ActorRows[] BuildRows(KnowledgeView? like, bool[] otherSoftware)
    {
        var other = Differs(like, Index.ActorsOfSource, ActorCount);
        var result = new ActorRows[ActorCount];
        for (var a = 0; a < result.Length; a++)
        {
            var row = other[a] ? ActorRows.Build(Index, a, Alive, Least(Lens)) : like!.rows[a];
            if (other[a] || Today != like!.Today) row = row.WithRecent(Index, a, Alive, Today);
            if (other[a] || row.SoftwareList.Any(s => otherSoftware[s])) row = row.WithImplied(TechniquesOfSoftware);
            result[a] = row;
        }
        return result;
    }

    /// <summary>What a source speaks of that only one of the two views lets through.</summary>
    private bool[] Differs(KnowledgeView? like, int[][] ofSource, int count)
    {
        var other = new bool[count];
        if (like is null) Array.Fill(other, true);
        else
            for (var s = 0; s < Alive.Length; s++)
                if (Alive[s] != like.Alive[s])
                    foreach (var item in ofSource[s]) other[item] = true;
        return other;
    }

    private static int[] Users(int[][] rows, int columns)
    {
        var users = new int[columns];
        foreach (var row in rows)
            foreach (var column in row) users[column]++;
        return users;
    }

    private double[] Shares()
    {
        var shares = new double[TechniqueCount];
        for (var a = 0; a < ActorCount; a++)
            foreach (var t in TechniquesOfActor[a]) shares[t] += Counts[a][t];
        var total = Length.Sum();
        for (var t = 0; t < shares.Length; t++) shares[t] = (shares[t] + 0.5) / (total + 0.5 * TechniqueCount);
        return shares;
    }

    private static double Norm(int[] items, double[] idf)
    {
        double sum = 0;
        foreach (var item in items) sum += idf[item] * idf[item];
        return sum;
    }
}
