namespace Modus.SampleCase.Reports;

/// <summary>A piece of a report. The same pieces are written as Markdown, HTML and PDF.</summary>
internal abstract record Block;

internal sealed record Heading(int Level, string Text) : Block;

internal sealed record Paragraph(string Text) : Block;

internal sealed record Bullets(params string[] Items) : Block;

internal sealed record Table(string[] Head, params string[][] Rows) : Block;

/// <summary>A figure: boxes in a row with arrows between them, and a caption.</summary>
internal sealed record Figure(string Caption, params string[] Boxes) : Block;

/// <summary>Starts a new page where there are pages.</summary>
internal sealed record PageBreak : Block;

/// <summary>Text that the reader of the page does not see: only in the PDF.</summary>
internal sealed record Hidden(string Text) : Block;
