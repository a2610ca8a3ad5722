namespace Modus.Reports.Documents;

/// <summary>Where a document comes from.</summary>
internal sealed record ReportSource(string Name, string Sha256, DocumentFormat Format);
