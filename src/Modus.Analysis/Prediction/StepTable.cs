using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Prediction;

/// <summary>How likely each technique follows another: usual steps, courses of intrusions and known steps in one table.</summary>
/// <remarks>Each row is short, so what it does not name is guessed in three ways: from the family, from what follows two
/// steps on (people leave steps out), and from the rows of techniques that lead to the same and come of the same.</remarks>
internal sealed class StepTable
{
    /// <summary>What a usual successor counts falls with its place in the list: 1 / (1 + this × place).</summary>
    private const double PlaceFall = 0.15;

    /// <summary>Steps so far apart in a course say nothing about what comes next; nearer ones fall with the square.</summary>
    private const int Farthest = 3;
    private const double CourseWeight = 0.5;

    /// <summary>What counts for a technique counts for its family too, in this share.</summary>
    private const double FamilyShare = 0.1;

    /// <summary>Being of one family, beside the likeness of rows and columns, each at most one.</summary>
    private const double FamilyLikeness = 0.5;
    private const double EvenShare = 0.2;

    private readonly KnowledgeIndex index;
    private readonly SortedDictionary<int, double>[] rows;
    private readonly SortedDictionary<int, double>[] columns;
    private readonly double[] usual;
    private readonly double[] rowLength;
    private readonly double[] columnLength;

    public StepTable(KnowledgeIndex index, UsualSteps steps, IEnumerable<(int From, int To)> known, Func<string, int> find)
    {
        this.index = index;
        var size = index.Techniques.Count;
        rows = [.. Enumerable.Range(0, size).Select(_ => new SortedDictionary<int, double>())];
        columns = [.. Enumerable.Range(0, size).Select(_ => new SortedDictionary<int, double>())];
        foreach (var (id, next) in steps.Next)
            for (var place = 0; place < next.Length; place++) Add(find(id), find(next[place]), 1 / (1 + PlaceFall * place));
        foreach (var course in steps.Sequences)
        {
            int[] numbers = [.. course.Select(find).Where(t => t >= 0)];
            for (var i = 0; i < numbers.Length; i++)
                for (var j = i + 1; j <= i + Farthest && j < numbers.Length; j++) Add(numbers[i], numbers[j], CourseWeight / ((j - i) * (j - i)));
        }
        foreach (var (from, to) in known) Add(from, to, 1);
        ShareWithFamilies();
        usual = new double[size];
        foreach (var row in rows)
        {
            var sum = row.Values.Sum();
            foreach (var to in row.Keys.ToArray()) usual[to] += row[to] /= sum;
        }
        var all = usual.Sum();
        for (var t = 0; t < size; t++) usual[t] = (usual[t] + EvenShare) / (all + EvenShare * size);
        (rowLength, columnLength) = (new double[size], new double[size]);
        for (var from = 0; from < size; from++)
            foreach (var (to, share) in rows[from])
            {
                columns[to][from] = share;
                rowLength[from] += share * share / usual[to];
                columnLength[to] += share * share;
            }
    }

    /// <summary>How many techniques there are.</summary>
    public int Count => rows.Length;

    /// <summary>What follows directly: shares that sum to one, or nothing.</summary>
    public IReadOnlyDictionary<int, double> After(int technique) => rows[technique];

    /// <summary>What follows with one step left out.</summary>
    public double[] AfterNext(int technique)
    {
        var shares = new double[rows.Length];
        foreach (var (between, first) in rows[technique])
            foreach (var (to, second) in rows[between]) shares[to] += first * second;
        return shares;
    }

    /// <summary>What follows techniques that are like this one, by what they lead to, what they come of and their family.</summary>
    public double[] AfterLike(int technique)
    {
        var (sameNext, sameBefore) = (new double[rows.Length], new double[rows.Length]);
        foreach (var (to, share) in rows[technique])
            foreach (var (other, its) in columns[to]) sameNext[other] += share * its / usual[to];
        foreach (var (from, share) in columns[technique])
            foreach (var (other, its) in rows[from]) sameBefore[other] += share * its;
        var shares = new double[rows.Length];
        var total = 0.0;
        for (var other = 0; other < rows.Length; other++)
        {
            if (other == technique || rows[other].Count == 0) continue;
            var like = Cosine(sameNext[other], rowLength[technique] * rowLength[other]) + Cosine(sameBefore[other], columnLength[technique] * columnLength[other])
                + (index.Family[other] == index.Family[technique] ? FamilyLikeness : 0);
            like *= like;
            total += like;
            if (like > 0) foreach (var (to, share) in rows[other]) shares[to] += like * share;
        }
        if (total > 0) for (var t = 0; t < shares.Length; t++) shares[t] /= total;
        return shares;
    }

    private static double Cosine(double product, double squares) => product == 0 ? 0 : product / Math.Sqrt(squares);

    private void Add(int from, int to, double weight)
    {
        if (from >= 0 && to >= 0 && from != to) rows[from][to] = rows[from].GetValueOrDefault(to) + weight;
    }

    /// <summary>What leads to a part leads to the whole a little, what leads to the whole to its parts as usual as they are; the same for where it comes from.</summary>
    private void ShareWithFamilies()
    {
        var families = Enumerable.Range(0, rows.Length).ToLookup(t => index.Family[t]);
        var reached = new double[rows.Length];
        foreach (var row in rows)
            foreach (var (to, weight) in row) reached[to] += weight;
        foreach (var row in rows)
            foreach (var (to, weight) in row.ToArray())
            {
                var whole = index.Family[to];
                if (whole != to) row[whole] = row.GetValueOrDefault(whole) + FamilyShare * weight;
                else
                {
                    var parts = families[to].Where(part => part != to).ToArray();
                    var all = parts.Sum(part => reached[part] + 1);
                    foreach (var part in parts) row[part] = row.GetValueOrDefault(part) + FamilyShare * weight * (reached[part] + 1) / all;
                }
            }
        var before = rows.Select(row => row.ToArray()).ToArray();
        foreach (var family in families)
        {
            var others = family.Count() - 1;
            foreach (var from in family)
                foreach (var other in family.Where(other => other != from))
                    foreach (var (to, weight) in before[other])
                        if (index.Family[to] != family.Key) Add(from, to, FamilyShare * weight / others);
        }
    }
}
