namespace Modus.Casework.Mappings;

/// <summary>What the columns of tables and the members of JSON lines may be called.</summary>
internal static class MappingMembers
{
    public static readonly string[] Technique = ["technique", "technique_id", "techniqueid", "attack_id", "attack", "ttp", "mitre_id", "external_id", "techniques", "labels", "label", "attack_ids"];
    public static readonly string[] Text = ["text", "quote", "sentence", "evidence", "procedure", "description"];
    public static readonly string[] Document = ["document", "doc", "doc_title", "report", "source", "file", "case"];
    public static readonly string[] Unit = ["unit", "unit_id", "sentence_id", "event", "event_id"];
    public static readonly string[] Annotator = ["annotator", "analyst", "coder", "author", "team", "reviewer"];
    public static readonly string[] Tactic = ["tactic", "tactics"];
    public static readonly string[] Release = ["release", "attack_version", "attack-version", "version"];
    public static readonly string[] Domain = ["domain"];
    public static readonly string[] Reason = ["reason", "comment", "why", "justification", "rationale"];
    public static readonly string[] Start = ["start", "offset", "begin"];
    public static readonly string[] Length = ["length"];
    public static readonly string[] End = ["end"];
    public static readonly string[] Statement = ["statement", "qualifier"];

    /// <summary>The techniques that one cell names: none where somebody looked and found none; null where it holds something else.</summary>
    public static IReadOnlyList<string>? Ids(string cell)
    {
        var parts = cell.Split([',', ';', '|', ' ', '\t', '\n', '+'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var ids = parts.Select(TechniqueIds.Normal).OfType<string>().ToList();
        if (ids.Count > 0) return ids;
        return parts.Length == 0 || parts is [var word] && word.ToUpperInvariant() is "NONE" or "-" or "N/A" or "NULL" ? [] : null;
    }
}
