using Modus.Attack;

namespace Modus.Analysis.Planning.Choices;

/// <summary>What planning takes out of a release beside uses.</summary>
public static class PlanFacts
{
    /// <summary>Mitigations as measures that answer techniques whole.</summary>
    /// <param name="release">The release.</param>
    /// <param name="domain">Only techniques of this domain.</param>
    public static IReadOnlyList<MeasureFact> Mitigations(Release release, Domains domain = Domains.Enterprise) =>
    [
        .. release.Mitigations.Select(item => new MeasureFact(item.Id, item.Name,
            [.. item.Techniques.Where(technique => technique.IsAlive && (technique.Domains & domain) != 0).Select(technique => new MeasureEffect(technique.Id))]))
            .Where(item => item.Effects.Count > 0),
    ];

    /// <summary>Techniques with given weights.</summary>
    /// <param name="release">The release.</param>
    /// <param name="weights">Threat weight by id.</param>
    /// <param name="domain">Only techniques of this domain.</param>
    public static IReadOnlyList<WeighedTechnique> Techniques(Release release, IReadOnlyDictionary<string, double> weights, Domains domain = Domains.Enterprise) =>
    [
        .. release.Techniques.Where(item => (item.Domains & domain) != 0)
            .Select(item => new WeighedTechnique(item.Id, item.FullName, weights.GetValueOrDefault(item.Id), item.Platforms)),
    ];
}
