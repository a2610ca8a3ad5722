using Modus.Reports.Mapping.Candidates;
using Modus.Reports.Mapping.Features;
using Modus.Reports.Mapping.Models;

namespace Modus.Reports.Training;

/// <summary>
/// Moves the report model by decisions: for each decided technique the smallest change of its weights that puts the decisions on the
/// right side (squared hinge over the margin it had, dual coordinate descent). A technique that no report carried yet becomes known.
/// </summary>
internal static class ReportDelta
{
    private const int Epochs = 30;

    /// <summary>The models after the decisions.</summary>
    public static BaseModels Apply(BaseModels models, IReadOnlyList<TeamDecision> decisions, float cost, CancellationToken stop)
    {
        var classes = Extend(models.Classes, decisions);
        var texts = decisions.Select(decision => decision.Text).Distinct().ToList();
        var place = texts.Select((text, at) => (text, at)).ToDictionary(one => one.text, one => one.at, StringComparer.Ordinal);
        var encoder = new SentenceEncoder(models.ReportSpace, models.Names);
        var rows = new SparseRows();
        foreach (var text in texts)
        {
            encoder.Encode(text);
            rows.Add(encoder.Indices, encoder.Values);
        }

        var wide = Widen(models.Report, classes.ReportToClass.Length + 1);
        var changes = new Dictionary<int, float[]>();
        foreach (var group in decisions.GroupBy(decision => classes.ReportClass[classes.Index[decision.Technique]]).OrderBy(group => group.Key))
        {
            stop.ThrowIfCancellationRequested();
            changes[group.Key] = Solve(wide, rows, group.Key, [.. group.Select(decision => (place[decision.Text], decision.Accepted))], cost);
        }

        return models with { Classes = classes, Report = Merge(wide, changes) };
    }

    /// <summary>The classes with the accepted sentences counted and every decided technique known to the report model.</summary>
    private static TechniqueClasses Extend(TechniqueClasses classes, IReadOnlyList<TeamDecision> decisions)
    {
        var numbers = (int[])classes.ReportClass.Clone();
        var rows = (int[])classes.ReportRows.Clone();
        var next = classes.ReportToClass.Length;
        foreach (var c in decisions.Select(decision => classes.Index[decision.Technique]).Distinct().Order())
            if (numbers[c] < 0) numbers[c] = next++;
        foreach (var decision in decisions) rows[classes.Index[decision.Technique]] += decision.Accepted ? 1 : 0;
        return new(classes.Ids, classes.Parents, numbers, classes.Procedures, rows, classes.NameHashes);
    }

    /// <summary>Room for more classes before "any technique", which stays the last.</summary>
    private static LinearModel Widen(LinearModel model, int classCount)
    {
        if (classCount == model.ClassCount) return model;
        var gate = (ushort)(model.ClassCount - 1);
        var scales = Enumerable.Repeat(1f, classCount).ToArray();
        var bias = Enumerable.Repeat(-1f, classCount).ToArray();
        model.Scales.AsSpan(0, gate).CopyTo(scales);
        model.Bias.AsSpan(0, gate).CopyTo(bias);
        (scales[^1], bias[^1]) = (model.Scales[gate], model.Bias[gate]);
        return new(model.Starts, [.. model.Classes.Select(c => c == gate ? (ushort)(classCount - 1) : c)], model.Weights, scales, bias);
    }

    /// <summary>The change of a class's weights, the constant last.</summary>
    private static float[] Solve(LinearModel model, SparseRows rows, int number, List<(int Row, bool Accepted)> decided, float cost)
    {
        var change = new float[model.FeatureCount + 1];
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
                float margin = before[k] + change[^1], square = 1;
                for (var i = 0; i < indices.Length; i++)
                {
                    margin += change[indices[i]] * values[i];
                    square += values[i] * values[i];
                }

                var next = Math.Max(0, duals[k] - (((y * margin) - 1 + (diagonal * duals[k])) / (square + diagonal)));
                var step = (next - duals[k]) * y;
                duals[k] = next;
                change[^1] += step;
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
        var bias = (float[])model.Bias.Clone();
        foreach (var (number, change) in changes)
        {
            var column = columns[number] = change[..^1];
            for (var f = 0; f < column.Length; f++) column[f] += model.Weight(f, number);
            var largest = column.Max(MathF.Abs);
            scales[number] = largest > 0 ? largest / 127 : 1;
            bias[number] += change[^1];
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

        return new(starts, [.. classes], [.. weights], scales, bias);
    }
}
