using Modus.Reports.Mapping.Candidates;
using Modus.Reports.Mapping.Features;

namespace Modus.Reports.Training;

/// <summary>A sentence of a report with its labels as classes.</summary>
internal sealed record LearntSentence(string Text, int[] Classes);

/// <summary>A report with its labels as classes.</summary>
internal sealed record LearntReport(string Id, int Fold, IReadOnlyList<LearntSentence> Sentences);

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
        var space = builder.Build();
        var encoder = new SentenceEncoder(space, attack.Names);
        var rows = new SparseRows();
        var positives = new int[sentences.Count][];
        var seen = new int[attack.Texts.Techniques.Count];
        for (var i = 0; i < sentences.Count; i++)
        {
            encoder.Encode(sentences[i].Text);
            rows.Add(encoder.Indices, encoder.Values);
            var found = sentences[i].Classes.Select(c => Array.BinarySearch(reported, c)).Where(number => number >= 0).ToList();
            if (sentences[i].Classes.Length > 0) found.Add(reported.Length);
            positives[i] = [.. found];
            foreach (var c in sentences[i].Classes) seen[c]++;
        }

        var costs = new float[reported.Length + 1];
        Array.Fill(costs, 1f);
        var task = new LinearTask(rows, positives, new byte[rows.Count], [costs]);
        var model = LinearTrainer.Train(task, space.Count, reported.Length + 1, new(options.ReportCost, options.Epochs, options.Seed), stop);
        return new(Classes(attack.Texts, reported, seen), attack.Names, attack.Space, attack.Model, space, model);
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
