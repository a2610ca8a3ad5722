using System.Runtime.InteropServices;
using Modus.Reports.Mapping.Features;
using Modus.Reports.Mapping.Models;

namespace Modus.Reports.Mapping.Candidates;

/// <summary>Shares the margins of a class out among the words of a sentence.</summary>
internal static class WordWeights
{
    /// <summary>The heaviest words of the sentence that the scorer read last.</summary>
    public static IReadOnlyList<DecidingWords> Of(BaseModels models, SentenceScorer scorer, string sentence, int c, int count)
    {
        var attack = Contributions(models.AttackSpace, models.Attack, scorer.AttackVector, c);
        var reportClass = models.Classes.ReportClass[c];
        var report = reportClass >= 0 ? Contributions(models.ReportSpace, models.Report, scorer.ReportVector, reportClass) : [];
        var tokens = scorer.Scanner.Tokens;
        var weights = new float[tokens.Length];
        var keys = new List<uint>();
        var before = -1;
        for (var i = 0; i < tokens.Length; i++)
        {
            var token = tokens[i];
            if (token.BufferLength > 0 && report.Count > 0)
            {
                keys.Clear();
                FeatureScanner.Characters(scorer.Scanner.Lexer.Buffer.Slice(token.BufferStart, token.BufferLength), keys);
                foreach (var key in CollectionsMarshal.AsSpan(keys)) weights[i] += report.GetValueOrDefault(key);
            }

            if (FunctionWords.Contains(token.Hash)) continue;
            var word = FeatureScanner.WordKey(token.StemHash);
            weights[i] += attack.GetValueOrDefault(word) + report.GetValueOrDefault(word);
            if (before >= 0)
            {
                var pair = FeatureScanner.PairKey(tokens[before].StemHash, token.StemHash);
                var half = (attack.GetValueOrDefault(pair) + report.GetValueOrDefault(pair)) / 2;
                weights[before] += half;
                weights[i] += half;
            }

            before = i;
        }

        var found = new List<DecidingWords>();
        for (var i = 0; i < tokens.Length; i++)
        {
            if (weights[i] == 0 || tokens[i].Length == 0) continue;
            found.Add(new(tokens[i].Start, tokens[i].Length, sentence.Substring(tokens[i].Start, tokens[i].Length), weights[i]));
        }

        return [.. found.OrderByDescending(word => MathF.Abs(word.Weight)).ThenBy(word => word.Start).Take(count)];
    }

    /// <summary>What one occurrence of each feature adds to the margin.</summary>
    private static Dictionary<uint, float> Contributions(FeatureSpace space, LinearModel model, SentenceEncoder vector, int c)
    {
        var times = new Dictionary<uint, float>();
        for (var k = 0; k < vector.Indices.Length; k++)
        {
            var index = vector.Indices[k];
            var weight = model.Weight(index, c);
            if (weight != 0) times[space.Keys[index]] = weight * vector.Values[k] / vector.Times[k];
        }

        return times;
    }
}
