namespace Modus.Analysis.Knowledge;

/// <summary>One statement: row (actor or software) does column (technique or software), says the source.</summary>
internal readonly record struct Cell(int Row, int Column, int Source);

/// <summary>The knowledge with numbers in place of ids: built once for a release, read by every view.</summary>
internal sealed class KnowledgeIndex
{
    public const int Undated = int.MinValue;
    private readonly Lazy<SourceLinks> links;

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
        links = new(() => new SourceLinks(this));
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
    public bool[] IsTool { get; }
    public Cell[] ActorTechnique { get; }
    public Cell[] SoftwareTechnique { get; }
    public Cell[] ActorSoftware { get; }

    /// <summary>What actors did in campaigns attributed to them.</summary>
    public Cell[] CampaignTechnique { get; }
    public Cell[] CampaignSoftware { get; }

    /// <summary>Which sources speak of which actors and software.</summary>
    public SourceLinks Links => links.Value;

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
