using System.Text;
using Modus.Attack.Images;

namespace Modus.Attack.Bundles;

/// <summary>What a JSON property of an ATT&amp;CK object holds.</summary>
internal enum Shape { Text, TextList, Flag, Records, Statement }

/// <summary>One JSON property that the model keeps: where it goes and what shape it must have.</summary>
internal sealed record Field(string Name, Shape Shape, int Cell, byte[][]? Parts = null, RowFlags Flag = RowFlags.None)
{
    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(Name);
}

/// <summary>The properties the model keeps, found by their name in UTF-8.</summary>
internal static class Fields
{
    // Relationships share the scratch row; their own cells lie behind the object's.
    public const int RelationshipType = (int)Column.Count;
    public const int SourceRef = RelationshipType + 1;
    public const int TargetRef = RelationshipType + 2;
    public const int CellCount = RelationshipType + 3;

    private static readonly Field[] all =
    [
        Text("id", Column.StixId), Text("type", Column.Type), Text("name", Column.Name),
        Text("description", Column.Description), Text("created", Column.Created), Text("modified", Column.Modified),
        Text("x_mitre_version", Column.Version), Text("x_mitre_attack_spec_version", Column.SpecVersion),
        Text("x_mitre_shortname", Column.Shortname), Text("x_mitre_detection", Column.Detection),
        Text("first_seen", Column.FirstSeen), Text("last_seen", Column.LastSeen),
        Text("x_mitre_first_seen_citation", Column.FirstSeenCitation),
        Text("x_mitre_last_seen_citation", Column.LastSeenCitation),
        Text("x_mitre_data_source_ref", Column.DataSourceRef),
        new("relationship_type", Shape.Text, RelationshipType), new("source_ref", Shape.Text, SourceRef),
        new("target_ref", Shape.Text, TargetRef),
        List("aliases", Column.Aliases), List("x_mitre_aliases", Column.Aliases), List("labels", Column.Labels),
        List("x_mitre_domains", Column.Domains), List("x_mitre_platforms", Column.Platforms),
        List("x_mitre_contributors", Column.Contributors), List("tactic_refs", Column.TacticRefs),
        List("x_mitre_data_sources", Column.DataSourceNames), List("x_mitre_permissions_required", Column.Permissions),
        List("x_mitre_effective_permissions", Column.EffectivePermissions),
        List("x_mitre_defense_bypassed", Column.DefensesBypassed),
        List("x_mitre_system_requirements", Column.SystemRequirements),
        List("x_mitre_impact_type", Column.ImpactTypes), List("x_mitre_tactic_type", Column.TacticTypes),
        List("x_mitre_collection_layers", Column.CollectionLayers), List("x_mitre_analytic_refs", Column.AnalyticRefs),
        List("x_mitre_sectors", Column.Sectors),
        Flag("revoked", RowFlags.Revoked), Flag("x_mitre_deprecated", RowFlags.Deprecated),
        Flag("x_mitre_is_subtechnique", RowFlags.Subtechnique), Flag("x_mitre_remote_support", RowFlags.RemoteSupport),
        Flag("x_mitre_network_requirements", RowFlags.NetworkRequirements),
        Records("external_references", Column.References, "source_name", "description", "url", "external_id"),
        Records("kill_chain_phases", Column.Phases, "kill_chain_name", "phase_name"),
        Records("x_mitre_log_source_references", Column.LogSourceReferences, "x_mitre_data_component_ref", "name", "channel"),
        Records("x_mitre_log_sources", Column.LogSources, "name", "channel"),
        Records("x_mitre_mutable_elements", Column.MutableElements, "field", "description"),
        Records("x_mitre_related_assets", Column.RelatedAssets, "name", "description"),
        new("definition", Shape.Statement, (int)Column.Statement),
    ];

    private static readonly Field[]?[] slots = Slots();

    public static Field? Find(ReadOnlySpan<byte> name)
    {
        if (slots[Slot(name)] is not { } bucket) return null;
        foreach (var field in bucket)
            if (name.SequenceEqual(field.Utf8)) return field;
        return null;
    }

    private static int Slot(ReadOnlySpan<byte> name) =>
        name.Length < 2 ? 0 : (name.Length * 7 + name[^1] * 3 + name[name.Length / 2]) & 127;

    private static Field[]?[] Slots()
    {
        var result = new Field[]?[128];
        foreach (var group in all.GroupBy(field => Slot(field.Utf8))) result[group.Key] = [.. group];
        return result;
    }

    private static Field Text(string name, Column column) => new(name, Shape.Text, (int)column);

    private static Field List(string name, Column column) => new(name, Shape.TextList, (int)column);

    private static Field Flag(string name, RowFlags flag) => new(name, Shape.Flag, (int)Column.Flags, null, flag);

    private static Field Records(string name, Column column, params string[] parts) =>
        new(name, Shape.Records, (int)column, [.. parts.Select(Encoding.UTF8.GetBytes)]);
}
