using System.Collections.Frozen;

namespace Modus.Reports.Mentions;

/// <summary>What kind of object of the knowledge base a text names.</summary>
public enum MentionKind
{
    /// <summary>A technique or sub-technique.</summary>
    Technique,

    /// <summary>A tactic.</summary>
    Tactic,

    /// <summary>A group (intrusion set).</summary>
    Group,

    /// <summary>Malware or a tool.</summary>
    Software,

    /// <summary>A campaign.</summary>
    Campaign,

    /// <summary>A mitigation.</summary>
    Mitigation,

    /// <summary>A data source of older releases.</summary>
    DataSource,

    /// <summary>A data component.</summary>
    DataComponent,

    /// <summary>A detection strategy.</summary>
    DetectionStrategy,

    /// <summary>An analytic.</summary>
    Analytic,

    /// <summary>An asset.</summary>
    Asset,
}

/// <summary>One object that a text may name.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id in the knowledge base, such as <c>G0007</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Aliases">Its other names; may repeat the name.</param>
/// <param name="IsActive">False for revoked and deprecated objects: their ids are known, their names are not looked for.</param>
public sealed record VocabularyEntry(MentionKind Kind, string Id, string Name, IReadOnlyList<string> Aliases, bool IsActive = true);

/// <summary>The objects that mentions are looked up in, as taken from one release or several.</summary>
public sealed class MentionVocabulary
{
    private readonly FrozenDictionary<string, VocabularyEntry> byId;

    /// <summary>Builds a vocabulary; of several entries with one id, an active one wins over an inactive one, else the first.</summary>
    public MentionVocabulary(IEnumerable<VocabularyEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var kept = new Dictionary<string, VocabularyEntry>(StringComparer.Ordinal);
        foreach (var entry in entries)
            if (!kept.TryGetValue(entry.Id, out var earlier) || (entry.IsActive && !earlier.IsActive)) kept[entry.Id] = entry;
        Entries = [.. kept.Values.OrderBy(static entry => entry.Id, StringComparer.Ordinal)];
        byId = kept.ToFrozenDictionary(StringComparer.Ordinal);
        Names = new NameIndex(Entries);
    }

    /// <summary>The entries, by id.</summary>
    public IReadOnlyList<VocabularyEntry> Entries { get; }

    internal NameIndex Names { get; }

    /// <summary>The entry with an id; null where there is none.</summary>
    public VocabularyEntry? Find(string id) => byId.GetValueOrDefault(id);

    internal bool TryFind(ReadOnlySpan<char> id, out VocabularyEntry? entry) =>
        byId.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(id, out entry);
}
