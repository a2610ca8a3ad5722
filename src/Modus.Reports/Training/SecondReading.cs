using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Modus.Reports.Training;

/// <summary>What was read of a second reading.</summary>
/// <param name="Sentences">What was found, by <see cref="SecondReading.Key"/> of the sentence.</param>
/// <param name="Problems">One problem a line that was not used.</param>
public sealed record SecondReadingRead(IReadOnlyDictionary<string, FurtherReading> Sentences, IReadOnlyList<CorpusProblem> Problems);

/// <summary>
/// A further reading of labelled reports, by readers who looked for every technique of a release: one JSON object a line with
/// <c>sentence</c> (the <see cref="Key"/> of its text, so that the reading holds no text), <c>labels</c> and, if wanted, <c>disputed</c>.
/// A sentence that no line names states nothing.
/// </summary>
public static class SecondReading
{
    private const int KeyBytes = 8;

    private static readonly FurtherReading nothing = new([], []);

    /// <summary>The key of a sentence: the first 16 hexadecimal digits of the SHA-256 of its letters and digits in lower case.</summary>
    /// <param name="text">The sentence.</param>
    public static string Key(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var letters = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (Rune.IsLetterOrDigit(rune)) letters.Append(Rune.ToLowerInvariant(rune));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(letters.ToString())).AsSpan(0, KeyBytes));
    }

    /// <summary>Reads a reading. Of a sentence that stands in several lines everything is taken.</summary>
    /// <param name="reader">The lines.</param>
    /// <param name="name">Name of the input, for problems.</param>
    public static SecondReadingRead Read(TextReader reader, string name)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var sentences = new Dictionary<string, FurtherReading>(StringComparer.Ordinal);
        var problems = new List<CorpusProblem>();
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text)) continue;
            if (Sentence(text) is not var (key, found))
            {
                if (problems.Count < ReportCorpus.MostProblems)
                    problems.Add(new("MD4704", "The line tells of no sentence.", name, line, "Give sentence and labels as in {\"sentence\":\"0123456789abcdef\",\"labels\":[\"T1059.001\"]}."));
                continue;
            }

            var known = sentences.GetValueOrDefault(key, nothing);
            sentences[key] = new([.. known.Found.Union(found.Found)], [.. known.Disputed.Union(found.Disputed)]);
        }

        return new(sentences, problems);
    }

    /// <summary>The reports with what the reading found in their sentences.</summary>
    /// <param name="reports">The reports.</param>
    /// <param name="reading">The reading, by key.</param>
    /// <param name="asLabels">True to take what it found for the labels, and leave out those of the reports.</param>
    public static IReadOnlyList<LabelledReport> Join(
        IReadOnlyList<LabelledReport> reports, IReadOnlyDictionary<string, FurtherReading> reading, bool asLabels = false)
    {
        ArgumentNullException.ThrowIfNull(reports);
        ArgumentNullException.ThrowIfNull(reading);
        return [.. reports.Select(report => report with { Sentences = [.. report.Sentences.Select(Joined)] })];

        LabelledSentence Joined(LabelledSentence sentence)
        {
            var found = reading.GetValueOrDefault(Key(sentence.Text), nothing);
            return asLabels ? new(sentence.Text, found.Found) { Further = new([], found.Disputed) } : sentence with { Further = found };
        }
    }

    private static (string Key, FurtherReading Found)? Sentence(string line)
    {
        if (line.Length > ReportCorpus.LongestLine) return null;
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("sentence", out var sentence) || sentence.ValueKind != JsonValueKind.String
                || Ids(root, "labels") is not { } labels || Ids(root, "disputed") is not { } disputed) return null;
            return (sentence.GetString()!, new(labels, disputed));
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            // No JSON, or text that is no valid Unicode: the caller names the line.
            return null;
        }
    }

    private static string[]? Ids(JsonElement root, string property)
    {
        if (!root.TryGetProperty(property, out var list)) return [];
        if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String)) return null;
        return [.. list.EnumerateArray().Select(item => item.GetString()!)];
    }
}
