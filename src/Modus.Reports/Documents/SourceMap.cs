namespace Modus.Reports.Documents;

/// <summary>Maps every character of the text to its place in the decoded source, stored as runs.</summary>
/// <remarks>In a run, either each text character is one source character, or all of them stand for one piece of source
/// (a character reference, a ligature, an escape).</remarks>
internal sealed class SourceMap
{
    private readonly List<Run> runs = [];

    /// <summary>Adds the next character of the text.</summary>
    public void Add(int text, int source, int sourceLength)
    {
        if (runs.Count > 0 && sourceLength == 1)
        {
            var last = runs[^1];
            if (last.Length == last.SourceLength && last.Text + last.Length == text && last.Source + last.Length == source)
            {
                runs[^1] = last with { Length = last.Length + 1, SourceLength = last.SourceLength + 1 };
                return;
            }
        }

        runs.Add(new Run(text, 1, source, sourceLength));
    }

    /// <summary>Forgets what was said about the text from an offset on.</summary>
    public void CutAt(int text)
    {
        while (runs.Count > 0 && runs[^1].Text >= text) runs.RemoveAt(runs.Count - 1);
        if (runs.Count == 0 || runs[^1].Text + runs[^1].Length <= text) return;
        var last = runs[^1];
        var keep = text - last.Text;
        runs[^1] = last with { Length = keep, SourceLength = last.Length == last.SourceLength ? keep : last.SourceLength };
    }

    /// <summary>The source span of a text span; null where nothing is known.</summary>
    public (int Start, int Length)? Span(int start, int length)
    {
        if (runs.Count == 0) return null;
        var first = At(start);
        if (length == 0) return (first.Start, 0);
        var last = At(start + length - 1);
        return (first.Start, Math.Max(0, last.Start + last.Length - first.Start));
    }

    private (int Start, int Length) At(int text)
    {
        var found = Math.Max(0, Search.LastAtOrBefore(runs, text, static run => run.Text));
        var run = runs[found];
        var inside = text - run.Text;
        if (inside < 0) return (run.Source, 0);
        if (inside >= run.Length) return (run.Source + run.SourceLength, 0);
        return run.Length == run.SourceLength ? (run.Source + inside, 1) : (run.Source, run.SourceLength);
    }

    private readonly record struct Run(int Text, int Length, int Source, int SourceLength);
}
