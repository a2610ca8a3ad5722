namespace Modus.Logs.Mapping;

/// <summary>What the columns of messages are called that are rows without a header.</summary>
/// <param name="Shape">The shape that their fields make.</param>
/// <param name="Column">The place of the column that tells the layout, from 0.</param>
/// <param name="Values">The values that tell it.</param>
/// <param name="Columns">The names of the columns in their order; an empty one is left out.</param>
internal sealed record RowLayout(string Shape, int Column, IReadOnlyList<string> Values, IReadOnlyList<string> Columns);
