namespace Modus.Analysis.Knowledge;

/// <summary>What a view knows of one actor, whatever the others do: views of nearly the same sources share it.</summary>
internal sealed class ActorRows
{
    private const int MostImplied = 3;
    private const double FadingYears = 3;

    private ActorRows()
    {
    }

    /// <summary>Sources for each technique.</summary>
    public required float[] Counts { get; init; }

    /// <summary>Sources for each technique in campaigns attributed to the actor.</summary>
    public required float[] Campaign { get; init; }

    /// <summary>Sources for each software.</summary>
    public required float[] Software { get; init; }
    public required int[] TechniqueList { get; init; }
    public required int[] SoftwareList { get; init; }

    /// <summary>Sum of the counts.</summary>
    public required double Length { get; init; }

    /// <summary>Ordered by source.</summary>
    public required ActorReport[] Reports { get; init; }

    /// <summary>Reports for each family of techniques.</summary>
    public required float[] Families { get; init; }
    public required int[] FamilyList { get; init; }
    public required double FamilyLength { get; init; }

    /// <summary>Sources for each technique, each fading with its age.</summary>
    public float[] Recent { get; private set; } = [];

    /// <summary>How many of the actor's software use the technique, at most 3.</summary>
    public float[] Implied { get; private set; } = [];

    /// <summary>Sum of the counts with implied techniques at their weight.</summary>
    public double FullLength { get; private set; }

    public static ActorRows Build(KnowledgeIndex index, int actor, bool[] alive, int least)
    {
        var counts = Count(KnowledgeIndex.RowOf(index.ActorTechnique, index.ActorTechniqueStart, actor), index.Techniques.Count, alive, least);
        var software = Count(KnowledgeIndex.RowOf(index.ActorSoftware, index.ActorSoftwareStart, actor), index.Software.Count, alive, least);
        var techniques = Present(counts);
        var reports = ReportTable.Of(index, actor, alive, counts, software);
        var families = new float[index.Techniques.Count];
        double familyLength = 0, length = 0;
        foreach (var report in reports)
            foreach (var family in report.Families)
            {
                families[family]++;
                familyLength++;
            }
        foreach (var t in techniques) length += counts[t];
        return new()
        {
            Counts = counts,
            Campaign = Count(KnowledgeIndex.RowOf(index.CampaignTechnique, index.CampaignTechniqueStart, actor), index.Techniques.Count, alive, 1),
            Software = software,
            TechniqueList = techniques,
            SoftwareList = Present(software),
            Length = length,
            Reports = reports,
            Families = families,
            FamilyList = Present(families),
            FamilyLength = familyLength,
        };
    }

    /// <summary>The same with what the actor's software does now.</summary>
    public ActorRows WithImplied(int[][] techniquesOfSoftware)
    {
        var rows = (ActorRows)MemberwiseClone();
        rows.Implied = new float[Counts.Length];
        foreach (var s in SoftwareList)
            foreach (var t in techniquesOfSoftware[s])
                if (rows.Implied[t] < MostImplied) rows.Implied[t]++;
        rows.FullLength = 0;
        for (var t = 0; t < Counts.Length; t++) rows.FullLength += Counts[t] + KnowledgeView.ImpliedWeight * rows.Implied[t];
        return rows;
    }

    /// <summary>The same on another day.</summary>
    public ActorRows WithRecent(KnowledgeIndex index, int actor, bool[] alive, int today)
    {
        var rows = (ActorRows)MemberwiseClone();
        rows.Recent = new float[Counts.Length];
        foreach (var cell in KnowledgeIndex.RowOf(index.ActorTechnique, index.ActorTechniqueStart, actor))
        {
            if (!alive[cell.Source] || Counts[cell.Column] == 0 || index.SourceDay[cell.Source] == KnowledgeIndex.Undated) continue;
            var years = Math.Max(0, today - index.SourceDay[cell.Source]) / 365.25;
            rows.Recent[cell.Column] += (float)Math.Exp(-years / FadingYears);
        }
        return rows;
    }

    private static float[] Count(ReadOnlySpan<Cell> cells, int columns, bool[] alive, int least)
    {
        var counts = new float[columns];
        foreach (var cell in cells)
            if (alive[cell.Source]) counts[cell.Column]++;
        if (least > 1)
            for (var at = 0; at < counts.Length; at++)
                if (counts[at] < least) counts[at] = 0;
        return counts;
    }

    private static int[] Present(float[] counts)
    {
        var present = new List<int>();
        for (var column = 0; column < counts.Length; column++) if (counts[column] > 0) present.Add(column);
        return [.. present];
    }
}
