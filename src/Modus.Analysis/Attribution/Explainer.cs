using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Attribution;

/// <summary>Opens a candidate's score into what each piece of evidence and each source adds.</summary>
internal static class Explainer
{
    private const int MostMissing = 10;
    private const int MostReports = 3;

    public static Explanation Open(Scoring scoring, int position)
    {
        var view = scoring.View;
        var seen = scoring.Seen;
        var actor = scoring.Actors[position];
        var evidence = Evidence(scoring, position);
        var background = scoring.Piece(scoring.Matrix.Background)[position] + scoring.Beliefs[position];
        var shares = new SortedDictionary<string, double>(StringComparer.Ordinal);
        double without = 0;
        foreach (var item in evidence)
        {
            if (item.Sources.Count == 0) { without += item.Value; continue; }
            foreach (var source in item.Sources)
                shares[source] = shares.GetValueOrDefault(source) + item.Value / item.Sources.Count;
        }
        var work = new FeatureWork(view, seen);
        return new(view.Index.Actors[actor], background,
            [.. evidence.OrderByDescending(item => item.Value).ThenBy(item => item.Id, StringComparer.Ordinal)],
            [.. shares.OrderByDescending(item => item.Value).ThenBy(item => item.Key, StringComparer.Ordinal).Select(item => new SourceShare(item.Key, item.Value))],
            without,
            [.. view.Reports[actor].Select((report, number) => (report, Likeness: work.Similarity(actor, number))).Where(item => item.Likeness > 0)
                .OrderByDescending(item => item.Likeness).ThenBy(item => item.report.Source).Take(MostReports).Select(item => view.Index.Sources[item.report.Source])],
            [.. view.TechniquesOfActor[actor].Except(seen.Techniques).OrderByDescending(t => view.Counts[actor][t] * view.Idf[t]).ThenBy(t => t)
                .Take(MostMissing).Select(t => view.Index.Techniques[t])]);
    }

    /// <summary>Contributions of all pieces, in the order of the observation.</summary>
    public static List<Contribution> Evidence(Scoring scoring, int position)
    {
        var view = scoring.View;
        var seen = scoring.Seen;
        var actor = scoring.Actors[position];
        var list = new List<Contribution>();
        for (var i = 0; i < seen.Techniques.Length; i++)
            list.Add(new(EvidenceKind.Technique, view.Index.Techniques[seen.Techniques[i]], scoring.Pieces[i][position],
                view.TechniqueDf[seen.Techniques[i]], SourcesOf(view, view.Index.ActorTechnique, actor, seen.Techniques[i])));
        for (var i = 0; i < seen.Software.Length; i++)
            list.Add(new(EvidenceKind.Software, view.Index.Software[seen.Software[i]], scoring.Pieces[seen.Techniques.Length + i][position],
                view.SoftwareDf[seen.Software[i]], SourcesOf(view, view.Index.ActorSoftware, actor, seen.Software[i])));
        for (var i = 0; i < scoring.Absences.Length; i++)
        {
            var technique = i < seen.AbsentTechniques.Length;
            var number = technique ? seen.AbsentTechniques[i] : seen.AbsentSoftware[i - seen.AbsentTechniques.Length];
            list.Add(technique
                ? new(EvidenceKind.AbsentTechnique, view.Index.Techniques[number], scoring.Absences[i][position], view.TechniqueDf[number], [])
                : new(EvidenceKind.AbsentSoftware, view.Index.Software[number], scoring.Absences[i][position], view.SoftwareDf[number], []));
        }
        return list;
    }

    private static List<string> SourcesOf(KnowledgeView view, Cell[] cells, int row, int column)
    {
        var from = Array.BinarySearch(cells, new Cell(row, column, -1), CellOrder.Instance);
        var sources = new List<string>();
        for (var at = ~from; at < cells.Length && cells[at].Row == row && cells[at].Column == column; at++)
            if (view.Alive[cells[at].Source]) sources.Add(view.Index.Sources[cells[at].Source]);
        return sources;
    }

    private sealed class CellOrder : IComparer<Cell>
    {
        public static CellOrder Instance { get; } = new();

        public int Compare(Cell x, Cell y) => (x.Row, x.Column, x.Source).CompareTo((y.Row, y.Column, y.Source));
    }
}
