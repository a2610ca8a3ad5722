using Modus.Casework.Investigation;
using Modus.Casework.Mappings;

namespace Modus.Casework.Practice;

/// <summary>Checks mappings against the practice that makes them worth trusting.</summary>
public static class PracticeLint
{
    /// <summary>Checks.</summary>
    /// <param name="mappings">The mappings of all files and cases at hand: some checks compare them.</param>
    /// <param name="knowledge">The releases at hand.</param>
    /// <param name="options">What to leave out.</param>
    /// <param name="progress">Told how many mappings are done, of how many; may be null.</param>
    /// <param name="stop">Stops between two mappings.</param>
    public static PracticeResult Run(
        IReadOnlyList<StatedMapping> mappings, KnowledgeAtHand knowledge, PracticeOptions options, Action<int, int>? progress = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(mappings);
        ArgumentNullException.ThrowIfNull(knowledge);
        ArgumentNullException.ThrowIfNull(options);
        var ground = new PracticeGround(knowledge, options);
        var stated = mappings.Where(mapping => mapping.Technique is not null).ToList();
        for (var at = 0; at < stated.Count; at++)
        {
            stop.ThrowIfCancellationRequested();
            progress?.Invoke(at, stated.Count);
            var mapping = stated[at];
            var technique = ReleaseChecks.Run(mapping, ground);
            EvidenceChecks.Run(mapping, technique, ground);
            if (technique is null) continue;
            TacticChecks.Run(mapping, technique, ground);
            HierarchyChecks.Run(mapping, technique, ground);
        }
        ReleaseChecks.RunOnFiles(stated, ground);
        ConsistencyChecks.Run(stated, ground);
        return new PracticeResult(
        [
            .. ground.Findings.OrderBy(finding => finding.File, StringComparer.Ordinal).ThenBy(finding => finding.Line).ThenBy(finding => finding.Place, StringComparer.Ordinal)
                .ThenBy(finding => finding.Check.Code, StringComparer.Ordinal).ThenBy(finding => finding.Message, StringComparer.Ordinal),
        ], stated.Count);
    }
}

/// <summary>What all checks share: the releases, the readers of texts, and the findings.</summary>
internal sealed class PracticeGround(KnowledgeAtHand knowledge, PracticeOptions options)
{
    public KnowledgeAtHand Knowledge => knowledge;

    public TechniqueResolver Resolver { get; } = new(knowledge);

    public EvidenceText.Reader Texts { get; } = new(knowledge);

    public List<PracticeFinding> Findings { get; } = [];

    /// <summary>Notes a finding, unless its check was left out or it matters too little.</summary>
    public void Add(PracticeCheck check, StatedMapping mapping, string message, string? remedy = null, PracticeSeverity? severity = null)
    {
        var weight = severity ?? check.Severity;
        if (weight < options.Least || options.Without.Contains(check.Code) || options.Without.Contains(check.Name)) return;
        Findings.Add(new PracticeFinding(check, weight, message, remedy ?? check.Remedy, mapping.File, mapping.Place, mapping.Line, mapping.Technique ?? "", mapping.Text));
    }
}
