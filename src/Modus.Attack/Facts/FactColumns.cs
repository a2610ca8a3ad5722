using System.Text;
using Modus.Attack.Images;

namespace Modus.Attack.Facts;

/// <summary>How a column is written in a facts file.</summary>
internal enum FactShape { Text, List, Refs, Records }

/// <summary>One optional field of an object line: its key, its column, and its shape.</summary>
/// <param name="Key">The key before the equals sign.</param>
/// <param name="Column">The column of the image.</param>
/// <param name="Shape">How it is written.</param>
/// <param name="Width">Cells an item takes.</param>
/// <param name="Kept">Cells of an item that are facts; the rest is prose and stays out.</param>
/// <param name="RefPart">The part of an item that is the STIX id of another object, or -1.</param>
internal sealed record FactColumn(string Key, Column Column, FactShape Shape, int Width = 1, int Kept = 1, int RefPart = -1)
{
    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(Key);
}

/// <summary>The line format of facts files, for the writer and the reader.</summary>
/// <remarks>
/// UTF-8 lines of fields parted by tabs, in this order: the header; one line an object (kind, id, STIX id, name, then
/// key=value); one line a source (token, address, name, id); one line an object that cites (object, tokens); one line a
/// relationship (type, source, target, tokens). From the first source on, lines are read when first needed. Lists part their items by '|', items their parts by '>'. Backslash escapes: \t \n \p (|) \g (>) \\.
/// An object is referred to by its ATT&amp;CK id where only it has that id, else by its STIX id.
/// </remarks>
internal static class FactColumns
{
    public const string Magic = "modus-facts";
    public const int FormatVersion = 1;

    public static FactColumn[] All { get; } =
    [
        new("type", Column.Type, FactShape.Text),
        new("url", Column.Url, FactShape.Text),
        new("version", Column.Version, FactShape.Text),
        new("created", Column.Created, FactShape.Text),
        new("modified", Column.Modified, FactShape.Text),
        new("aliases", Column.Aliases, FactShape.List),
        new("shortname", Column.Shortname, FactShape.Text),
        new("tactics", Column.TacticRefs, FactShape.Refs, RefPart: 0),
        new("phases", Column.Phases, FactShape.Records, RecordWidth.Phase, RecordWidth.Phase),
        new("platforms", Column.Platforms, FactShape.List),
        new("datasources", Column.DataSourceNames, FactShape.List),
        new("permissions", Column.Permissions, FactShape.List),
        new("effective", Column.EffectivePermissions, FactShape.List),
        new("bypasses", Column.DefensesBypassed, FactShape.List),
        new("impact", Column.ImpactTypes, FactShape.List),
        new("tactictype", Column.TacticTypes, FactShape.List),
        new("firstseen", Column.FirstSeen, FactShape.Text),
        new("firstseenby", Column.FirstSeenCitation, FactShape.Text),
        new("lastseen", Column.LastSeen, FactShape.Text),
        new("lastseenby", Column.LastSeenCitation, FactShape.Text),
        new("source", Column.DataSourceRef, FactShape.Text, RefPart: 0),
        new("layers", Column.CollectionLayers, FactShape.List),
        new("analytics", Column.AnalyticRefs, FactShape.Refs, RefPart: 0),
        new("logs", Column.LogSourceReferences, FactShape.Records, RecordWidth.LogSourceReference, RecordWidth.LogSourceReference, 0),
        new("logsources", Column.LogSources, FactShape.Records, RecordWidth.LogSource, RecordWidth.LogSource),
        new("knobs", Column.MutableElements, FactShape.Records, RecordWidth.MutableElement, 1),
        new("sectors", Column.Sectors, FactShape.List),
        new("related", Column.RelatedAssets, FactShape.Records, RecordWidth.RelatedAsset, 1),
        new("labels", Column.Labels, FactShape.List),
        new("statement", Column.Statement, FactShape.Text),
    ];

    public static FactFlag[] Flags { get; } =
    [
        new("revoked", RowFlags.Revoked), new("deprecated", RowFlags.Deprecated), new("sub", RowFlags.Subtechnique),
        new("remote", RowFlags.RemoteSupport), new("network", RowFlags.NetworkRequirements),
    ];

    /// <summary>The types that a column says for itself: malware and tools are one kind.</summary>
    public static bool NeedsType(ObjectKind kind) => kind is ObjectKind.Software or ObjectKind.Other;
}

/// <summary>A state of an object and its word.</summary>
internal sealed record FactFlag(string Name, RowFlags Flag)
{
    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(Name);
}
