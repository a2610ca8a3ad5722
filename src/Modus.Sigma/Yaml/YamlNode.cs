using System.Collections.Immutable;

namespace Modus.Sigma.Yaml;

/// <summary>A place in a text, both counted from 1.</summary>
/// <param name="Line">Line, from 1; 0 means unknown.</param>
/// <param name="Column">Column in characters, from 1; 0 means unknown.</param>
public readonly record struct SourcePosition(int Line, int Column)
{
    /// <summary>Written as <c>line:column</c>.</summary>
    public override string ToString() => $"{Line}:{Column}";
}

/// <summary>A node of a YAML document with the place where it starts.</summary>
/// <param name="Position">Where the node starts in its file.</param>
public abstract record YamlNode(SourcePosition Position);

/// <summary>A single value.</summary>
/// <param name="Position">Where the value starts.</param>
/// <param name="Text">The value after YAML's own unquoting and folding.</param>
/// <param name="IsPlain">True when written without quotes and not as a block: only then may it be a number, a boolean or null.</param>
public sealed record YamlScalar(SourcePosition Position, string Text, bool IsPlain) : YamlNode(Position)
{
    /// <summary>True for an unquoted <c>~</c>, <c>null</c> or nothing at all (YAML 1.2 §10.3.2).</summary>
    public bool IsNull => IsPlain && Text is ("" or "~" or "null" or "Null" or "NULL");
}

/// <summary>A list of nodes.</summary>
/// <param name="Position">Where the list starts.</param>
/// <param name="Items">The items in the order of the file.</param>
public sealed record YamlSequence(SourcePosition Position, ImmutableArray<YamlNode> Items) : YamlNode(Position);

/// <summary>A key of a map and its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
public sealed record YamlEntry(YamlScalar Key, YamlNode Value);

/// <summary>A map, in the order of the file. Keys are unique: a second one is reported by the reader.</summary>
/// <param name="Position">Where the map starts.</param>
/// <param name="Entries">Keys and values in the order of the file.</param>
public sealed record YamlMapping(SourcePosition Position, ImmutableArray<YamlEntry> Entries) : YamlNode(Position)
{
    /// <summary>The entry with a key of exactly this text, or null.</summary>
    public YamlEntry? Entry(string key)
    {
        foreach (var entry in Entries)
            if (entry.Key.Text == key) return entry;
        return null;
    }

    /// <summary>The value of a key, or null when the key is absent.</summary>
    public YamlNode? Find(string key) => Entry(key)?.Value;

    /// <summary>The text of a key's scalar value; null when absent, null, or no scalar.</summary>
    public string? Text(string key) => Find(key) is YamlScalar { IsNull: false } scalar ? scalar.Text : null;
}
