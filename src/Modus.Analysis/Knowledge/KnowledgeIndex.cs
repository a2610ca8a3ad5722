namespace Modus.Analysis.Knowledge;

/// <summary>One statement: row (actor or software) does column (technique or software), says the source.</summary>
internal readonly record struct Cell(int Row, int Column, int Source);

/// <summary>The knowledge with numbers in place of ids: built once for a release, read by every view.</summary>
internal sealed class KnowledgeIndex
{
    public const int Undated = int.MinValue;
    private readonly Lazy<SourceLinks> links;
    private readonly Lazy<ActorReport[][]> reports;

    public KnowledgeIndex(ActorKnowledge knowledge)
    {
        Knowledge = knowledge;
        Techniques = new IdTable(knowledge.Techniques.Select(item => item.Id));
        Actors = new IdTable(knowledge.Actors.Select(item => item.Id));
        Software = new IdTable(knowledge.Software.Select(item => item.Id));
        Sources = new IdTable(knowledge.Uses.Concat(knowledge.SoftwareUses).Concat(knowledge.Attributions)
            .SelectMany(relation => relation.Sources));
        SourceDay = new int[Sources.Count];
        Array.Fill(SourceDay, Undated);
        foreach (var source in knowledge.Sources)
            if (source.Date is { } date && Sources.Find(source.Name) is >= 0 and var at) SourceDay[at] = date.DayNumber;

        Parent = new int[Techniques.Count];
        Array.Fill(Parent, -1);
        foreach (var technique in knowledge.Techniques)
            if (technique.Parent is { } parent) Parent[Techniques.Find(technique.Id)] = Techniques.Find(parent);
        Family = [.. Parent.Select((parent, at) => parent < 0 ? at : parent)];
        IsTool = new bool[Software.Count];
        foreach (var software in knowledge.Software) IsTool[Software.Find(software.Id)] = software.IsTool;

        ActorTechnique = Cells(knowledge.Uses, Actors, Techniques);
        SoftwareTechnique = Cells(knowledge.Uses, Software, Techniques);
        ActorSoftware = Cells(knowledge.SoftwareUses, Actors, Software);
        (CampaignTechnique, CampaignSoftware) = CampaignCells(knowledge);
        (ActorTechniqueStart, ActorSoftwareStart, CampaignTechniqueStart) = (Starts(ActorTechnique, Actors.Count), Starts(ActorSoftware, Actors.Count), Starts(CampaignTechnique, Actors.Count));
        SoftwareTechniqueStart = Starts(SoftwareTechnique, Software.Count);
        ActorsOfSource = RowsOfSource(ActorTechnique.Concat(ActorSoftware).Concat(CampaignTechnique));
        SoftwareOfSource = RowsOfSource(SoftwareTechnique);
        FamilyCount = Family.Distinct().Count();
        links = new(() => new SourceLinks(this));
        reports = new(() => ReportTable.Everything(this));
        NewestDay = SourceDay.Length == 0 ? 0 : Math.Max(0, SourceDay.Max());
    }

    public ActorKnowledge Knowledge { get; }
    public IdTable Techniques { get; }
    public IdTable Actors { get; }
    public IdTable Software { get; }
    public IdTable Sources { get; }

    /// <summary>Day number of each source, or <see cref="Undated"/>.</summary>
    public int[] SourceDay { get; }

    /// <summary>Day number of the newest source.</summary>
    public int NewestDay { get; }

    /// <summary>Index of each technique's parent, or -1.</summary>
    public int[] Parent { get; }

    /// <summary>Index of each technique's parent, or its own.</summary>
    public int[] Family { get; }

    /// <summary>How many techniques there are, sub-techniques not counted.</summary>
    public int FamilyCount { get; }
    public bool[] IsTool { get; }

    /// <summary>Cells are ordered by row, column and source; the starts say where each row begins.</summary>
    public Cell[] ActorTechnique { get; }
    public int[] ActorTechniqueStart { get; }
    public int[] SoftwareTechniqueStart { get; }
    public int[] ActorSoftwareStart { get; }
    public int[] CampaignTechniqueStart { get; }
    public Cell[] SoftwareTechnique { get; }
    public Cell[] ActorSoftware { get; }

    /// <summary>What actors did in campaigns attributed to them.</summary>
    public Cell[] CampaignTechnique { get; }
    public Cell[] CampaignSoftware { get; }

    /// <summary>Actors that a source says anything about, their campaigns included.</summary>
    public int[][] ActorsOfSource { get; }

    /// <summary>Software of which a source says what it does.</summary>
    public int[][] SoftwareOfSource { get; }

    /// <summary>Every report of every actor, ordered by source.</summary>
    public ActorReport[][] Reports => reports.Value;

    /// <summary>Which sources speak of which actors and software.</summary>
    public SourceLinks Links => links.Value;

    /// <summary>The cells of one row.</summary>
    public static ReadOnlySpan<Cell> RowOf(Cell[] cells, int[] starts, int row) => cells.AsSpan(starts[row], starts[row + 1] - starts[row]);

    private static int[] Starts(Cell[] cells, int rows)
    {
        var starts = new int[rows + 1];
        foreach (var cell in cells) starts[cell.Row + 1]++;
        for (var row = 0; row < rows; row++) starts[row + 1] += starts[row];
        return starts;
    }

    private int[][] RowsOfSource(IEnumerable<Cell> cells)
    {
        var rows = new HashSet<int>?[Sources.Count];
        foreach (var cell in cells) (rows[cell.Source] ??= []).Add(cell.Row);
        return [.. rows.Select(set => set is null ? [] : set.ToArray())];
    }

    private Cell[] Cells(IEnumerable<Relation> relations, IdTable rows, IdTable columns)
    {
        var cells = new List<Cell>();
        foreach (var relation in relations)
        {
            if (rows.Find(relation.Subject) is not (>= 0 and var row)) continue;
            if (columns.Find(relation.Object) is not (>= 0 and var column)) continue;
            foreach (var source in relation.Sources) cells.Add(new(row, column, Sources.Find(source)));
        }
        return Sorted(cells);
    }

    private (Cell[] Techniques, Cell[] Software) CampaignCells(ActorKnowledge knowledge)
    {
        var actorsOf = knowledge.Attributions.Where(item => Actors.Find(item.Object) >= 0)
            .ToLookup(item => item.Subject, item => Actors.Find(item.Object), StringComparer.Ordinal);
        return (Through(knowledge.Uses, Techniques), Through(knowledge.SoftwareUses, Software));

        Cell[] Through(IEnumerable<Relation> relations, IdTable columns)
        {
            var cells = new List<Cell>();
            foreach (var relation in relations)
            {
                if (columns.Find(relation.Object) is not (>= 0 and var column)) continue;
                foreach (var actor in actorsOf[relation.Subject])
                    foreach (var source in relation.Sources) cells.Add(new(actor, column, Sources.Find(source)));
            }
            return Sorted(cells);
        }
    }

    private static Cell[] Sorted(List<Cell> cells) =>
        [.. cells.Distinct().OrderBy(cell => cell.Row).ThenBy(cell => cell.Column).ThenBy(cell => cell.Source)];
}
