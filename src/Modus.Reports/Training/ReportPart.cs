using Modus.Reports.Mapping.Candidates;
using Modus.Reports.Mapping.Features;

namespace Modus.Reports.Training;

/// <summary>A sentence of a report with its labels as classes.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Classes">The labels, rising: what is measured against.</param>
internal sealed record LearntSentence(string Text, int[] Classes)
{
    /// <summary>What the sentence surely states, rising: the labels, and what a further reading found of techniques that the labels do not cover.</summary>
    public int[] Sure { get; init; } = Classes;

    /// <summary>What one reading found and another did not, rising: linear models learn it, the judges neither learn nor count it.</summary>
    public int[] Disputed { get; init; } = [];
}

/// <summary>A report with its labels as classes.</summary>
internal sealed record LearntReport(string Id, int Fold, IReadOnlyList<LearntSentence> Sentences)
{
    /// <summary>The fold of practice reports: none, since they are learnt from in every part and judged in none.</summary>
    public const int Practice = -1;
}

/// <summary>Learns the model of labelled reports.</summary>
internal static class ReportPart
{
    /// <summary>The base models for a set of reports, over what was learnt from ATT&amp;CK.</summary>
    /// <param name="attack">What was learnt from ATT&amp;CK.</param>
    /// <param name="reported">The classes that the report model shall know, rising.</param>
    /// <param name="reports">The reports to learn from.</param>
    /// <param name="options">How to fit.</param>
    /// <param name="stop">Stops between passes.</param>
    public static BaseModels Train(AttackPart attack, int[] reported, IReadOnlyList<LearntReport> reports, MapperOptions options, CancellationToken stop)
    {
        var sentences = reports.SelectMany(report => report.Sentences).ToList();
        var builder = new FeatureSpaceBuilder(attack.Names, characters: true);
        foreach (var sentence in sentences) builder.Add(sentence.Text);
        var joining = attack.Examples.Select(example => (example.Text, Number: Array.BinarySearch(reported, example.Class))).Where(example => example.Number >= 0).ToList();
        foreach (var (text, _) in joining) builder.Add(text);
        var space = builder.Build();
        var encoder = new SentenceEncoder(space, attack.Names);
        var rows = new SparseRows();
        var positives = new int[sentences.Count + joining.Count][];
        var seen = new int[attack.Texts.Techniques.Count];
        for (var i = 0; i < sentences.Count; i++)
        {
            encoder.Encode(sentences[i].Text);
            rows.Add(encoder.Indices, encoder.Values);
            int[] stated = [.. sentences[i].Sure, .. sentences[i].Disputed];
            var found = stated.Select(c => Array.BinarySearch(reported, c)).Where(number => number >= 0).ToList();
            found.AddRange([.. found.Select(number => reported.Length + number)]);
            if (stated.Length > 0) found.Add(2 * reported.Length);
            positives[i] = [.. found];
            foreach (var c in stated) seen[c]++;
        }

        var group = new ushort[positives.Length];
        for (var i = 0; i < joining.Count; i++)
        {
            encoder.Encode(joining[i].Text);
            rows.Add(encoder.Indices, encoder.Values);
            positives[sentences.Count + i] = [reported.Length + joining[i].Number];
            group[sentences.Count + i] = 1;
        }

        var costs = new float[(2 * reported.Length) + 1];
        Array.Fill(costs, 1f);
        var joiningCosts = new float[costs.Length];
        joiningCosts.AsSpan(reported.Length, reported.Length).Fill(options.JoiningCost);
        var task = new LinearTask(rows, positives, group, [costs, joiningCosts]);
        var model = LinearTrainer.Train(task, space.Count, costs.Length, new(options.ReportCost, options.Epochs, options.Seed, options.LeastWeight), stop);
        return new(Classes(attack.Texts, reported, seen), attack.Names, attack.Space, attack.Model, space, model, attack.Sources);
    }

    private static TechniqueClasses Classes(AttackTexts texts, int[] reported, int[] seen)
    {
        var ids = texts.Techniques.Select(technique => technique.Id).ToArray();
        var procedures = texts.Procedures.CountBy(procedure => procedure.Technique).ToDictionary(StringComparer.Ordinal);
        return new(
            ids,
            [.. texts.Techniques.Select(technique => technique.Parent is null ? -1 : Math.Max(-1, Array.BinarySearch(ids, technique.Parent, StringComparer.Ordinal)))],
            [.. Enumerable.Range(0, ids.Length).Select(c => Math.Max(-1, Array.BinarySearch(reported, c)))],
            [.. ids.Select(id => procedures.GetValueOrDefault(id))],
            seen,
            [.. texts.Techniques.Select(technique => TechniqueClasses.NameHash(technique.Name))]);
    }
}
