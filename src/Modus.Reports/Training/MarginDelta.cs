using Modus.Reports.Mapping.Candidates;
using Modus.Reports.Mapping.Features;
using Modus.Reports.Mapping.Models;

namespace Modus.Reports.Training;

/// <summary>
/// Moves the report model by decisions: for each decided technique that reports carry, the smallest change of its words' weights that
/// puts the decisions on the right side (squared hinge over the margin it had, dual coordinate descent).
/// </summary>
/// <remarks>
/// The constants stay: a handful of decisions would move them for every sentence. Techniques that no report carried stay too:
/// the margins of the model learnt from ATT&amp;CK have another scale, and a report class learnt from a few decisions knows too little.
/// </remarks>
internal static class MarginDelta
{
    private const int Epochs = 30;

    /// <summary>The models after the decisions.</summary>
    public static BaseModels Apply(BaseModels models, IReadOnlyList<TeamDecision> decisions, float cost, CancellationToken stop)
    {
        var classes = models.Classes;
        var decided = decisions.Select(decision => (decision.Text, Class: classes.Index[decision.Technique], decision.Accepted)).ToList();
        var rows = (int[])classes.ReportRows.Clone();
        foreach (var (_, c, accepted) in decided) rows[c] += accepted && classes.ReportClass[c] >= 0 ? 1 : 0;
        return models with
        {
            Classes = new(classes.Ids, classes.Parents, classes.ReportClass, classes.Procedures, rows, classes.NameHashes),
            Report = Move(models.Report, new(models.ReportSpace, models.Names), cost,
                [.. decided.Where(one => classes.ReportClass[one.Class] >= 0).SelectMany(one => Numbers(classes, one.Class).Select(number => (one.Text, number, one.Accepted)))], stop),
        };
    }

    /// <summary>A technique's numbers in the models learnt from reports alone and from reports with ATT&amp;CK's texts.</summary>
    private static int[] Numbers(TechniqueClasses classes, int c) => [classes.ReportClass[c], classes.ReportToClass.Length + classes.ReportClass[c]];

    private static LinearModel Move(LinearModel model, SentenceEncoder encoder, float cost, List<(string Text, int Number, bool Accepted)> decided, CancellationToken stop)
    {
        if (decided.Count == 0) return model;
        var place = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = new SparseRows();
        foreach (var (text, _, _) in decided)
        {
            if (!place.TryAdd(text, rows.Count)) continue;
            encoder.Encode(text);
            rows.Add(encoder.Indices, encoder.Values);
        }

        var changes = new Dictionary<int, float[]>();
        foreach (var group in decided.GroupBy(one => one.Number).OrderBy(group => group.Key))
        {
            stop.ThrowIfCancellationRequested();
            changes[group.Key] = Solve(model, rows, group.Key, [.. group.Select(one => (place[one.Text], one.Accepted))], cost);
        }

        return Merge(model, changes);
    }

    /// <summary>The change of a class's weights.</summary>
    private static float[] Solve(LinearModel model, SparseRows rows, int number, List<(int Row, bool Accepted)> decided, float cost)
    {
        var change = new float[model.FeatureCount];
        var before = decided.Select(one => Margin(model, rows, one.Row, number)).ToArray();
        var duals = new float[decided.Count];
        var diagonal = 1 / (2 * cost);
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            for (var k = 0; k < duals.Length; k++)
            {
                var y = decided[k].Accepted ? 1f : -1f;
                var indices = rows.Indices(decided[k].Row);
                var values = rows.Values(decided[k].Row);
                float margin = before[k], square = 0;
                for (var i = 0; i < indices.Length; i++)
                {
                    margin += change[indices[i]] * values[i];
                    square += values[i] * values[i];
                }

                var next = Math.Max(0, duals[k] - (((y * margin) - 1 + (diagonal * duals[k])) / (square + diagonal)));
                var step = (next - duals[k]) * y;
                duals[k] = next;
                for (var i = 0; i < indices.Length; i++) change[indices[i]] += step * values[i];
            }
        }

        return change;
    }

    private static float Margin(LinearModel model, SparseRows rows, int row, int number)
    {
        var margin = model.Bias[number];
        var indices = rows.Indices(row);
        var values = rows.Values(row);
        for (var i = 0; i < indices.Length; i++) margin += model.Weight(indices[i], number) * values[i];
        return margin;
    }

    /// <summary>The model with changed classes, each quantised anew.</summary>
    private static LinearModel Merge(LinearModel model, Dictionary<int, float[]> changes)
    {
        var columns = new Dictionary<int, float[]>();
        var scales = (float[])model.Scales.Clone();
        foreach (var (number, change) in changes)
        {
            var column = columns[number] = change;
            for (var f = 0; f < column.Length; f++) column[f] += model.Weight(f, number);
            var largest = column.Max(MathF.Abs);
            scales[number] = largest > 0 ? largest / 127 : 1;
        }

        var changed = columns.Keys.Order().ToArray();
        var starts = new int[model.Starts.Length];
        var classes = new List<ushort>(model.Classes.Length);
        var weights = new List<sbyte>(model.Weights.Length);
        for (var f = 0; f < model.FeatureCount; f++)
        {
            var at = 0;
            for (var k = model.Starts[f]; k <= model.Starts[f + 1]; k++)
            {
                var end = k == model.Starts[f + 1];
                for (; at < changed.Length && (end || changed[at] <= model.Classes[k]); at++)
                {
                    var weight = (sbyte)MathF.Round(columns[changed[at]][f] / scales[changed[at]]);
                    if (weight == 0) continue;
                    classes.Add((ushort)changed[at]);
                    weights.Add(weight);
                }

                if (end || columns.ContainsKey(model.Classes[k])) continue;
                classes.Add(model.Classes[k]);
                weights.Add(model.Weights[k]);
            }

            starts[f + 1] = classes.Count;
        }

        return new(starts, [.. classes], [.. weights], scales, model.Bias);
    }
}
