using Modus.Logs.Sources;

namespace Modus.Logs.Mapping;

/// <summary>The shapes that a kind of reader may meet, as one thread's tries, and how to tell them apart.</summary>
internal sealed class ShapeTries
{
    private readonly PathTrie[] _tries;
    private readonly (int Field, bool Parent)[][][] _needs;

    public ShapeTries(string reader, FieldTable fields, SourceTable sources, LogReadOptions options)
    {
        var shapes = options.Mappings.Shapes.Where(s => s.Readers.Contains(reader) && s.Needs.Count > 0).ToList();
        _tries = [.. shapes.Select(s => new PathTrie(s, fields, sources, options.AssumedOffset) { ZoneOf = options.ZoneOf, Providers = s.Product == "windows" ? options.Mappings.Providers : null })];
        _needs = [.. shapes.Select(s => s.Needs.Select(n => n.Select(path => (fields.Intern(path.EndsWith(".*", StringComparison.Ordinal) ? path[..^2] : path), path.EndsWith(".*", StringComparison.Ordinal))).ToArray()).ToArray())];
        var plain = options.Mappings.Shapes.FirstOrDefault(s => s.Readers.Contains(reader) && s.Needs.Count == 0)
            ?? new ShapeMapping { Name = reader, Readers = [reader] };
        Texts = [.. options.Mappings.Texts.Select(fields.Intern)];
        Envelopes = [.. options.Mappings.Envelopes.Select(fields.Intern)];
        Plain = new PathTrie(plain, fields, sources, options.AssumedOffset) { ZoneOf = options.ZoneOf };
    }

    /// <summary>The trie of records that no mapping knows: every path is its own name.</summary>
    public PathTrie Plain { get; }

    /// <summary>The fields that records may lie in, as exports of search engines write them.</summary>
    public int[] Envelopes { get; }

    /// <summary>The fields in which a record that no mapping knows may carry a whole record as text.</summary>
    public int[] Texts { get; }

    /// <summary>Whether a column may carry a whole record as text.</summary>
    public bool IsText(string name) => Texts.Contains(Plain.Field(name));

    /// <summary>The first shape that a record read by <see cref="Plain"/> has, or null.</summary>
    public PathTrie? Detect(LogEvent plain)
    {
        for (var i = 0; i < _tries.Length; i++)
            foreach (var need in _needs[i])
                if (need.All(n => n.Parent ? plain.KindOf(n.Field) == ValueKind.Object : plain.First(n.Field) >= 0)) return _tries[i];
        return null;
    }

    /// <summary>The first shape that a set of top-level names has, or <see cref="Plain"/>.</summary>
    public PathTrie Detect(IReadOnlyCollection<string> names)
    {
        foreach (var trie in _tries)
            foreach (var need in trie.Shape.Needs)
                if (need.All(names.Contains)) return trie;
        return Plain;
    }

    /// <summary>The trie of a shape by its name, or <see cref="Plain"/>.</summary>
    public PathTrie Named(string name) => Array.Find(_tries, t => t.Shape.Name == name) ?? Plain;
}
