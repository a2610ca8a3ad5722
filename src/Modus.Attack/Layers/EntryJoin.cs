using System.Globalization;

namespace Modus.Attack.Layers;

/// <summary>One place of an upgraded layer and the entries that came to it. The first speaks; what others say otherwise is kept beside it.</summary>
internal sealed class EntryJoin
{
    private readonly List<LayerTechnique> entries = [];
    private readonly string techniqueId;
    private readonly string? tactic;
    private LayerTechnique? result;

    public EntryJoin(LayerTechnique first, string techniqueId, string? tactic)
    {
        entries.Add(first);
        this.techniqueId = techniqueId;
        this.tactic = tactic;
    }

    public int Count => entries.Count;

    public LayerTechnique Result => result ??= Make();

    public void Join(LayerTechnique entry)
    {
        entries.Add(entry);
        result = null;
    }

    private LayerTechnique Make()
    {
        var first = entries[0] with { TechniqueId = techniqueId, Tactic = tactic };
        if (entries.Count == 1) return first;
        var scores = entries.Where(entry => entry.Score is not null).ToList();
        var colors = entries.Where(entry => !string.IsNullOrEmpty(entry.Color)).ToList();
        var notes = entries.SelectMany(entry => entry.Metadata ?? []).ToList();
        if (scores.Select(entry => entry.Score).Distinct().Count() > 1)
            notes.AddRange(scores.Select(entry => Note(entry, "score", entry.Score!.Value.ToString("R", CultureInfo.InvariantCulture))));
        if (colors.Select(entry => entry.Color).Distinct(StringComparer.OrdinalIgnoreCase).Count() > 1)
            notes.AddRange(colors.Select(entry => Note(entry, "color", entry.Color!)));
        var enabled = entries.Select(entry => entry.Enabled ?? true).Distinct().ToList();
        if (enabled.Count > 1) notes.AddRange(entries.Select(entry => Note(entry, "enabled", entry.Enabled == false ? "false" : "true")));
        return first with
        {
            Score = scores.Count == 0 ? null : scores.Max(entry => entry.Score),
            Color = colors.Count == 0 ? first.Color : colors[0].Color,
            Comment = Comments(),
            Enabled = enabled.Count > 1 ? true : first.Enabled,
            Metadata = notes.Count == 0 ? first.Metadata : [.. notes.Where((note, at) => note.Divider is not null || notes.FindIndex(other => (other.Name, other.Value) == (note.Name, note.Value)) == at)],
            Links = Links(),
            ShowSubtechniques = entries.Any(entry => entry.ShowSubtechniques == true) ? true : first.ShowSubtechniques,
            Others = Others(),
        };
    }

    /// <summary>All comments, each once; where they differ, each names the entry that it came from.</summary>
    private string? Comments()
    {
        var said = entries.Where(entry => !string.IsNullOrWhiteSpace(entry.Comment)).ToList();
        var texts = said.Select(entry => entry.Comment!).Distinct(StringComparer.Ordinal).ToList();
        if (texts.Count <= 1) return texts.Count == 1 ? texts[0] : entries[0].Comment;
        return string.Join('\n', said.DistinctBy(entry => (entry.TechniqueId, entry.Tactic, entry.Comment)).Select(entry => $"{Place(entry)}: {entry.Comment}"));
    }

    private IReadOnlyList<LayerLink>? Links()
    {
        var links = entries.SelectMany(entry => entry.Links ?? []).ToList();
        return links.Count == 0 ? entries[0].Links : [.. links.Where((link, at) => link.Divider is not null || links.FindIndex(other => (other.Label, other.Url) == (link.Label, link.Url)) == at)];
    }

    /// <summary>Kept members of the first entry as they are; those of the others under the place they came from.</summary>
    private List<LayerMember> Others()
    {
        var kept = entries[0].Others.ToList();
        foreach (var entry in entries.Skip(1))
            foreach (var member in entry.Others)
            {
                if (kept.Any(other => other.Name == member.Name && System.Text.Json.JsonElement.DeepEquals(other.Value, member.Value))) continue;
                var name = member.Name;
                while (kept.Any(other => other.Name == name)) name = $"{name} ({Place(entry)})";
                kept.Add(member with { Name = name });
            }
        return kept;
    }

    private static LayerNote Note(LayerTechnique entry, string what, string value) => new() { Name = $"{what} of {Place(entry)}", Value = value };

    private static string Place(LayerTechnique entry) => entry.Tactic is null ? entry.TechniqueId : $"{entry.TechniqueId} ({entry.Tactic})";
}
