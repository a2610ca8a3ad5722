namespace Modus.Reports.Training;

/// <summary>What was read of a phrase book.</summary>
/// <param name="Sentences">The sentences in order.</param>
/// <param name="Problems">One problem a line that was not used.</param>
public sealed record PhraseBookRead(IReadOnlyList<FurtherText> Sentences, IReadOnlyList<CorpusProblem> Problems);

/// <summary>
/// Sentences that speak of techniques in the words of reports, to learn from: a line "# T1059.001" opens a technique, each further line
/// is one sentence that states it. One such book, written for Modus, comes with this library.
/// </summary>
public static class PhraseBook
{
    /// <summary>What a sentence weighs beside one of a release's own texts: measured best between a quarter and one.</summary>
    public const float Price = 0.5f;

    /// <summary>Characters of the longest line that is read.</summary>
    public const int LongestLine = 4_096;

    private const string Mark = "# ";
    private const string Prefix = "Modus.Reports.Phrases.";

    private static readonly Lazy<IReadOnlyList<FurtherText>> shipped = new(ReadShipped);

    /// <summary>The book that comes with this library.</summary>
    public static IReadOnlyList<FurtherText> Shipped => shipped.Value;

    /// <summary>Reads a book.</summary>
    /// <param name="reader">Its lines.</param>
    /// <param name="name">Name of the input, for problems.</param>
    public static PhraseBookRead Read(TextReader reader, string name)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var sentences = new List<FurtherText>();
        var problems = new List<CorpusProblem>();
        string? technique = null;
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            text = text.Trim();
            if (text.StartsWith(Mark, StringComparison.Ordinal)) technique = text[Mark.Length..].Trim();
            else if (text.Length > LongestLine) Wrong($"The line is longer than {LongestLine} characters.", line);
            else if (text.Length > 0 && technique is null) Wrong("The sentence stands before any technique.", line);
            else if (text.Length > 0) sentences.Add(new(technique!, text, Price));
        }

        return new(sentences, problems);

        void Wrong(string message, int line)
        {
            if (problems.Count < ReportCorpus.MostProblems)
                problems.Add(new("MD4703", message, name, line, "Open each technique with a line such as \"# T1059.001\", and give a sentence a line."));
        }
    }

    /// <summary>The texts with the sentences of a book beside them; sentences on techniques that the release does not have are left out.</summary>
    /// <param name="texts">The texts of the release that is learnt.</param>
    /// <param name="sentences">The sentences.</param>
    public static AttackTexts Join(AttackTexts texts, IEnumerable<FurtherText> sentences)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(sentences);
        var ids = texts.Techniques.Select(technique => technique.Id).ToHashSet(StringComparer.Ordinal);
        var known = sentences
            .Select(sentence => !ids.Contains(sentence.Technique) && texts.Successors.TryGetValue(sentence.Technique, out var now) ? sentence with { Technique = now } : sentence)
            .Where(sentence => ids.Contains(sentence.Technique));
        return texts with { Further = [.. texts.Further, .. known] };
    }

    private static List<FurtherText> ReadShipped()
    {
        var assembly = typeof(PhraseBook).Assembly;
        var sentences = new List<FurtherText>();
        foreach (var part in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(part)!);
            sentences.AddRange(Read(reader, part).Sentences);
        }

        return sentences;
    }
}
