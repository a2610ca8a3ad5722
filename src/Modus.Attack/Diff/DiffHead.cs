namespace Modus.Attack.Diff;

/// <summary>The lines that stand above every written diff: what was compared, and what could not be.</summary>
internal static class DiffHead
{
    public static IReadOnlyList<string> Lines(ReleaseDiff diff)
    {
        var lines = new List<string>
        {
            $"From {diff.From.Name} ({diff.From.Provenance}) to {diff.To.Name} ({diff.To.Provenance}).",
        };
        lines.AddRange(diff.Limits);
        if ((diff.To.Copyright ?? diff.From.Copyright) is { } notice) lines.Add(notice);
        return lines;
    }
}
