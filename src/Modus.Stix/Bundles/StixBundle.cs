namespace Modus.Stix.Bundles;

/// <summary>What was read from one file of STIX content.</summary>
/// <remarks><see cref="Given"/> = <see cref="Objects"/> + <see cref="Skipped"/>: nothing is lost unsaid.</remarks>
public sealed class StixBundle
{
    private readonly Dictionary<string, StixObject> byId;

    internal StixBundle(IReadOnlyList<StixObject> objects, int given, IReadOnlyList<StixProblem> problems)
    {
        Objects = objects;
        Given = given;
        Problems = problems;
        byId = objects.ToDictionary(item => item.Id, StringComparer.Ordinal);
    }

    /// <summary>The objects, newest version of each, in the order of the file.</summary>
    public IReadOnlyList<StixObject> Objects { get; }

    /// <summary>Objects that the file holds.</summary>
    public int Given { get; }

    /// <summary>Objects that were not used; <see cref="Problems"/> says why.</summary>
    public int Skipped => Given - Objects.Count;

    /// <summary>What the reader met.</summary>
    public IReadOnlyList<StixProblem> Problems { get; }

    /// <summary>The object of an id, or null.</summary>
    public StixObject? Find(string? id) => id is not null && byId.TryGetValue(id, out var found) ? found : null;
}
