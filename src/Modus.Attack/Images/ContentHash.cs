using System.Numerics;
using System.Runtime.InteropServices;

namespace Modus.Attack.Images;

/// <summary>A 64-bit hash over what a row means: texts, flags and lists as sets; no stamps, versions or citations.</summary>
internal static class ContentHash
{
    private const ulong Odd = 0x9E3779B97F4A7C15;

    private static readonly Column[] texts =
    [
        Column.AttackId, Column.Name, Column.Description, Column.Shortname, Column.Detection, Column.FirstSeen,
        Column.LastSeen, Column.DataSourceRef, Column.Type, Column.Statement,
    ];

    private static readonly (Column Column, int Width)[] sets =
    [
        (Column.Aliases, 1), (Column.Platforms, 1), (Column.DataSourceNames, 1), (Column.Permissions, 1),
        (Column.EffectivePermissions, 1), (Column.DefensesBypassed, 1), (Column.SystemRequirements, 1),
        (Column.ImpactTypes, 1), (Column.TacticTypes, 1), (Column.CollectionLayers, 1), (Column.AnalyticRefs, 1),
        (Column.Sectors, 1), (Column.Phases, RecordWidth.Phase), (Column.LogSources, RecordWidth.LogSource),
        (Column.LogSourceReferences, RecordWidth.LogSourceReference),
        (Column.MutableElements, RecordWidth.MutableElement), (Column.RelatedAssets, RecordWidth.RelatedAsset),
    ];

    public static ulong OfObject(Image image, int row)
    {
        var hash = Mix(Odd, (ulong)image.Cell(row, Column.Flags));
        foreach (var column in texts) hash = Mix(hash, OfText(image.Bytes(row, column)));
        foreach (var (column, width) in sets)
        {
            // Adding makes the order of the items indifferent.
            var sum = 0UL;
            var cells = image.List(row, column);
            for (var at = 0; at < cells.Length; at += width)
            {
                var item = Odd;
                for (var part = 0; part < width; part++) item = Mix(item, OfText(image.Bytes(cells[at + part])));
                sum += item;
            }
            hash = Mix(hash, sum);
        }
        // The order of the tactics is what a matrix says.
        foreach (var tactic in image.List(row, Column.TacticRefs)) hash = Mix(hash, OfText(image.Bytes(tactic)));
        return hash;
    }

    internal static ulong OfText(ReadOnlySpan<byte> text)
    {
        var hash = (ulong)text.Length * Odd;
        while (text.Length >= 8)
        {
            hash = Mix(hash, MemoryMarshal.Read<ulong>(text));
            text = text[8..];
        }
        var rest = 0UL;
        foreach (var value in text) rest = (rest << 8) | value;
        return Mix(hash, rest);
    }

    private static ulong Mix(ulong hash, ulong value)
    {
        hash = (hash ^ value) * Odd;
        return BitOperations.RotateLeft(hash ^ (hash >> 29), 23);
    }
}
