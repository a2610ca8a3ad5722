using System.Text;
using Modus.Logs.Csv;
using Modus.Logs.Mapping;

namespace Modus.Logs.Messages;

/// <summary>Takes messages apart that are rows of values in an order that mappings know.</summary>
internal sealed class RowText(IReadOnlyList<RowLayout> layouts)
{
    private readonly (RowLayout Layout, byte[][] Values, byte[][] Names)[] _layouts =
        [.. layouts.Select(layout => (layout, layout.Values.Select(Encoding.UTF8.GetBytes).ToArray(), layout.Columns.Select(Encoding.UTF8.GetBytes).ToArray()))];

    /// <summary>The layout of a row; null where it has none that is known.</summary>
    public RowLayout? LayoutOf(ReadOnlySpan<byte> row)
    {
        var place = PlaceOf(row);
        return place < 0 ? null : _layouts[place].Layout;
    }

    /// <summary>Reads a row; null where it has no layout that is known.</summary>
    public RowLayout? Read(ReadOnlySpan<byte> row, MessagePairs pairs)
    {
        var place = PlaceOf(row);
        if (place < 0) return null;
        var names = _layouts[place].Names;
        var at = 0;
        for (var column = 0; column < names.Length && CsvText.Next(row, (byte)',', ref at, out var value, out var quoted); column++)
        {
            if (names[column].Length == 0 || value.IsEmpty) continue;
            pairs.Add(names[column], quoted && value.Contains((byte)'"') ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(value).Replace("\"\"", "\"", StringComparison.Ordinal)) : value);
        }

        return _layouts[place].Layout;
    }

    private int PlaceOf(ReadOnlySpan<byte> row)
    {
        for (var place = 0; place < _layouts.Length; place++)
        {
            var (layout, values, names) = _layouts[place];
            if (!TryColumn(row, layout.Column, out var value)) continue;
            foreach (var known in values)
                // A word in a sentence with commas is no layout: most of the columns have to be there.
                if (value.SequenceEqual(known) && row.Count((byte)',') * 3 >= names.Length) return place;
        }

        return -1;
    }

    private static bool TryColumn(ReadOnlySpan<byte> row, int column, out ReadOnlySpan<byte> value)
    {
        var at = 0;
        while (CsvText.Next(row, (byte)',', ref at, out value, out _))
            if (column-- == 0) return true;
        return false;
    }
}
