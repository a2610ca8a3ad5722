using Modus.Reports.Mapping.Features;
using Modus.Reports.Training;

namespace Modus.Reports.Evaluation;

/// <summary>Sentences to learn from and to be measured on, as vectors of one space built from the former.</summary>
internal sealed record BaselineData(FeatureSpace Space, SparseRows Train, int[][] Positives, SparseRows Test, int ClassCount)
{
    /// <summary>Encodes reports.</summary>
    public static BaselineData Of(AttackPart attack, IReadOnlyList<LearntReport> train, IReadOnlyList<LearntReport> test, int[] reported)
    {
        var sentences = train.SelectMany(report => report.Sentences).ToList();
        var builder = new FeatureSpaceBuilder(attack.Names, characters: true);
        foreach (var sentence in sentences) builder.Add(sentence.Text);
        var space = builder.Build();
        var encoder = new SentenceEncoder(space, attack.Names);
        return new(
            space, Rows(encoder, sentences),
            [.. sentences.Select(sentence => sentence.Classes.Select(c => Array.BinarySearch(reported, c)).Where(number => number >= 0).ToArray())],
            Rows(encoder, test.SelectMany(report => report.Sentences)), reported.Length);
    }

    /// <summary>How many of a row's features are words.</summary>
    public int Words(ReadOnlySpan<int> indices)
    {
        var words = 0;
        foreach (var index in indices) words += index < Space.WordCount ? 1 : 0;
        return words;
    }

    private static SparseRows Rows(SentenceEncoder encoder, IEnumerable<LearntSentence> sentences)
    {
        var rows = new SparseRows();
        foreach (var sentence in sentences)
        {
            encoder.Encode(sentence.Text);
            rows.Add(encoder.Indices, encoder.Values);
        }

        return rows;
    }
}
