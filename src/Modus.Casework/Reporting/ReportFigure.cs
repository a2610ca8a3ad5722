namespace Modus.Casework.Reporting;

/// <summary>A number with what it is a part of, and the records that make it up.</summary>
/// <param name="Key">A short name, unique in the report: the anchor of its evidence.</param>
/// <param name="Count">The number.</param>
/// <param name="Of">What it is a part of; 0 where there is nothing to be a part of.</param>
/// <param name="Unit">What is counted, in the plural.</param>
/// <param name="Says">What the number says, one sentence without its own figures.</param>
/// <param name="Ids">The records behind it, by id; for events, the evidence that holds them.</param>
public sealed record ReportFigure(string Key, long Count, long Of, string Unit, string Says, IReadOnlyList<string> Ids);
