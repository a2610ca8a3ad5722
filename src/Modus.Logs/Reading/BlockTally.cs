namespace Modus.Logs.Reading;

/// <summary>Counts of one block: events, records left out by code, shapes, and the first place of each problem.</summary>
internal sealed class BlockTally
{
    private readonly Dictionary<(string Code, string Kind), Found> _problems = [];

    public long Events { get; set; }

    public Dictionary<string, long> Skipped { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, long> Shapes { get; } = new(StringComparer.Ordinal);

    public IEnumerable<Found> Problems => _problems.Values;

    /// <summary>Counts a problem that left no record out. Problems of one code and kind are told once, with a count.</summary>
    public void Note(string code, string kind, long line, string message, string fix, long count = 1)
    {
        // A count of 0 stands for "at least once".
        var key = (code, kind);
        var found = new Found(code, kind, line, message, fix, count);
        if (_problems.TryGetValue(key, out var known)) found = (known.Line <= line ? known : found) with { Count = known.Count + count };
        _problems[key] = found;
    }

    /// <summary>Whether a problem of this code and kind was noted in the block; it is counted once more then.</summary>
    public bool Again(string code, string kind)
    {
        if (!_problems.TryGetValue((code, kind), out var known)) return false;
        _problems[(code, kind)] = known with { Count = known.Count + 1 };
        return true;
    }

    /// <summary>Whether a problem of this code was noted in the block.</summary>
    public bool Knows(string code) => _problems.ContainsKey((code, ""));

    /// <summary>Counts a record that is left out.</summary>
    public void Skip(string code, string kind, long line, string message, string fix, long count = 1)
    {
        Skipped[code] = Skipped.GetValueOrDefault(code) + count;
        Note(code, kind, line, message, fix, count);
    }

    public void Saw(string shape) =>
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(Shapes, shape, out _)++;

    public void Clear()
    {
        Events = 0;
        Skipped.Clear();
        Shapes.Clear();
        _problems.Clear();
    }

    internal sealed record Found(string Code, string Kind, long Line, string Message, string Fix, long Count);
}
