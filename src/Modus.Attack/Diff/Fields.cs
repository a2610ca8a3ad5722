using Modus.Attack.Images;

namespace Modus.Attack.Diff;

/// <summary>How a column of an object is compared.</summary>
internal enum FieldForm
{
    Text,
    Set,
    Sequence,
}

/// <summary>One column of an object, in plain words.</summary>
/// <param name="Column">The column.</param>
/// <param name="Name">Its name on the screen.</param>
/// <param name="Form">How it is compared.</param>
/// <param name="Width">Cells of one item of a list.</param>
/// <param name="IsProse">True for text that a release of facts only does not hold.</param>
internal sealed record Field(Column Column, string Name, FieldForm Form, int Width = 1, bool IsProse = false);

/// <summary>What of an object means something, and what is bookkeeping.</summary>
internal static class Fields
{
    /// <summary>Tactics and parents are compared by identity elsewhere.</summary>
    public static readonly Field[] Meaning =
    [
        new(Column.AttackId, "id", FieldForm.Text),
        new(Column.Name, "name", FieldForm.Text),
        new(Column.Shortname, "short name", FieldForm.Text),
        new(Column.Type, "type", FieldForm.Text),
        new(Column.Description, "description", FieldForm.Text, 1, true),
        new(Column.Detection, "detection", FieldForm.Text, 1, true),
        new(Column.Aliases, "aliases", FieldForm.Set),
        new(Column.Platforms, "platforms", FieldForm.Set),
        new(Column.TacticRefs, "order of tactics", FieldForm.Sequence),
        new(Column.FirstSeen, "first seen", FieldForm.Text),
        new(Column.LastSeen, "last seen", FieldForm.Text),
        new(Column.DataSourceNames, "data sources", FieldForm.Set),
        new(Column.DataSourceRef, "data source", FieldForm.Text),
        new(Column.CollectionLayers, "collection layers", FieldForm.Set),
        new(Column.AnalyticRefs, "analytics", FieldForm.Set),
        new(Column.LogSourceReferences, "log sources", FieldForm.Set, RecordWidth.LogSourceReference),
        new(Column.LogSources, "log sources", FieldForm.Set, RecordWidth.LogSource),
        new(Column.MutableElements, "tuning knobs", FieldForm.Set, RecordWidth.MutableElement, true),
        new(Column.Permissions, "permissions", FieldForm.Set),
        new(Column.EffectivePermissions, "effective permissions", FieldForm.Set),
        new(Column.DefensesBypassed, "defences bypassed", FieldForm.Set),
        new(Column.SystemRequirements, "system requirements", FieldForm.Set, 1, true),
        new(Column.ImpactTypes, "impact types", FieldForm.Set),
        new(Column.TacticTypes, "tactic types", FieldForm.Set),
        new(Column.Sectors, "sectors", FieldForm.Set),
        new(Column.RelatedAssets, "related assets", FieldForm.Set, RecordWidth.RelatedAsset, true),
        new(Column.Labels, "labels", FieldForm.Set),
    ];

    /// <summary>Stamps, credits and sources: counted, not listed.</summary>
    public static readonly Field[] Bookkeeping =
    [
        new(Column.Created, "created", FieldForm.Text),
        new(Column.Modified, "modified", FieldForm.Text),
        new(Column.Version, "version", FieldForm.Text),
        new(Column.SpecVersion, "specification", FieldForm.Text),
        new(Column.Url, "address", FieldForm.Text),
        new(Column.Contributors, "contributors", FieldForm.Set),
        new(Column.References, "references", FieldForm.Set, RecordWidth.Reference, true),
        new(Column.FirstSeenCitation, "citation of first seen", FieldForm.Text),
        new(Column.LastSeenCitation, "citation of last seen", FieldForm.Text),
        new(Column.Statement, "statement", FieldForm.Text),
    ];
}
