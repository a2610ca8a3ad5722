namespace Modus.Logs;

/// <summary>What became of one file or archive member.</summary>
/// <param name="File">The file, with <c>!member</c> for what lies in an archive.</param>
/// <param name="Format">The format its content showed, such as <c>evtx</c> or <c>json-lines</c>; empty when unknown.</param>
/// <param name="Bytes">The (expanded) bytes read.</param>
/// <param name="Records">The records found: events plus skipped.</param>
/// <param name="Events">The events handed on.</param>
/// <param name="Skipped">Records left out, by problem code.</param>
/// <param name="Shapes">The events by shape.</param>
public sealed record LogFileReport(
    string File,
    string Format,
    long Bytes,
    long Records,
    long Events,
    IReadOnlyDictionary<string, long> Skipped,
    IReadOnlyDictionary<string, long> Shapes);

/// <summary>What became of a reading: per file, and what went wrong. Events + skipped = records, always.</summary>
/// <param name="Files">The files in reading order.</param>
/// <param name="Problems">What went wrong, in reading order.</param>
public sealed record LogReadReport(IReadOnlyList<LogFileReport> Files, IReadOnlyList<LogProblem> Problems)
{
    /// <summary>The events handed on.</summary>
    public long Events => Files.Sum(f => f.Events);

    /// <summary>The records found.</summary>
    public long Records => Files.Sum(f => f.Records);

    /// <summary>The (expanded) bytes read.</summary>
    public long Bytes => Files.Sum(f => f.Bytes);
}
