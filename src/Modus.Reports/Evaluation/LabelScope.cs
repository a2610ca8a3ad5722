using Modus.Reports.Training;

namespace Modus.Reports.Evaluation;

/// <summary>Which labels of reports an evaluation learns from and counts, as published protocols cut them.</summary>
/// <param name="Parents">Sub-techniques are counted as their techniques; for people who hardly ever mark a sub-technique.</param>
/// <param name="Most">Only so many techniques, those that most sentences carry (of equals the lowest id); null for all.</param>
public sealed record LabelScope(bool Parents = false, int? Most = null)
{
    /// <summary>Every label as it stands.</summary>
    public static LabelScope Whole { get; } = new();

    /// <summary>The reports with the labels of this scope; sentences stay, without the labels that are left out.</summary>
    /// <param name="reports">The reports.</param>
    /// <param name="parentOf">The technique that an id is a part of, or null.</param>
    public IReadOnlyList<LabelledReport> Of(IReadOnlyList<LabelledReport> reports, Func<string, string?> parentOf)
    {
        ArgumentNullException.ThrowIfNull(reports);
        ArgumentNullException.ThrowIfNull(parentOf);
        if (!Parents && Most is null) return reports;
        string Counted(string label) => Parents ? parentOf(label) ?? label : label;
        var kept = reports.SelectMany(report => report.Sentences).SelectMany(sentence => sentence.Labels.Select(Counted).Distinct()).CountBy(label => label, StringComparer.Ordinal)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(Most ?? int.MaxValue).Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);
        return [.. reports.Select(report => report with
        {
            Sentences = [.. report.Sentences.Select(sentence => sentence with
            {
                Labels = [.. sentence.Labels.Select(Counted).Distinct().Where(kept.Contains)],
                Further = sentence.Further is { } further ? new([.. further.Found.Select(Counted).Distinct()], [.. further.Disputed.Select(Counted).Distinct()]) : null,
            })],
        })];
    }

    /// <summary>The parents of a release's techniques, by id; an id that was replaced has the parent of what stands for it.</summary>
    public static Func<string, string?> ParentsOf(AttackTexts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var parents = texts.Techniques.ToDictionary(technique => technique.Id, technique => technique.Parent, StringComparer.Ordinal);
        return id => parents.TryGetValue(id, out var parent) ? parent
            : texts.Successors.TryGetValue(id, out var successor) ? parents.GetValueOrDefault(successor) ?? successor : null;
    }
}
