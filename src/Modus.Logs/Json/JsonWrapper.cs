using System.Text;
using System.Text.Json;

namespace Modus.Logs.Json;

/// <summary>Knows documents that keep their records in a list under a known key or path, such as <c>{"Records":[…]}</c>.</summary>
internal sealed class JsonWrapper(IReadOnlyList<string> keys)
{
    /// <summary>How many bytes before the list are looked at.</summary>
    public const int MaxPrefix = 16 << 10;

    private readonly byte[][][] _paths = [.. keys.Select(key => key[(key.IndexOf('&', StringComparison.Ordinal) + 1)..].Split('!')[0].Split('.').Select(Encoding.UTF8.GetBytes).ToArray())];

    /// <summary>By path: the key that must stand before, since the list's own is a common word; empty where none must.</summary>
    private readonly byte[][] _before = [.. keys.Select(key => Encoding.UTF8.GetBytes(key[..Math.Max(0, key.IndexOf('&', StringComparison.Ordinal))]))];

    /// <summary>By path: the key that must not stand before, since the list is then part of a record; empty where any may.</summary>
    private readonly byte[][] _never = [.. keys.Select(key => Encoding.UTF8.GetBytes(key.Contains('!', StringComparison.Ordinal) ? key[(key.IndexOf('!', StringComparison.Ordinal) + 1)..] : ""))];

    /// <summary>Whether an object opens a list of records.</summary>
    /// <param name="bytes">The bytes from the object's brace on.</param>
    /// <param name="opened">How many bytes lie before the first record.</param>
    /// <param name="depth">How many objects lie around the list.</param>
    /// <param name="unsure">Whether more bytes could change the answer.</param>
    public bool TryOpen(ReadOnlySpan<byte> bytes, out int opened, out int depth, out bool unsure)
    {
        opened = 0;
        depth = 0;
        unsure = false;
        var looked = bytes[..Math.Min(bytes.Length, MaxPrefix)];
        var reader = new Utf8JsonReader(looked, isFinalBlock: false, default);
        Span<int> reached = stackalloc int[_paths.Length];
        Span<bool> allowed = stackalloc bool[_paths.Length];
        reached.Clear();
        for (var i = 0; i < _paths.Length; i++) allowed[i] = _before[i].Length == 0;
        try
        {
            while (reader.Read())
            {
                var level = reader.CurrentDepth;
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    for (var i = 0; i < _paths.Length; i++)
                    {
                        if (level == 1 && !allowed[i] && reader.ValueTextEquals(_before[i])) allowed[i] = true;
                        if (level == 1 && _never[i].Length > 0 && reader.ValueTextEquals(_never[i])) (allowed[i], reached[i]) = (false, 0);
                        if (!allowed[i]) continue;
                        if (reached[i] >= level) reached[i] = level - 1;
                        if (reached[i] == level - 1 && level <= _paths[i].Length && reader.ValueTextEquals(_paths[i][level - 1])) reached[i] = level;
                    }
                }
                else if (reader.TokenType == JsonTokenType.StartArray && IsEnd(reached, level))
                {
                    // Only a list of objects (or an empty one) holds records.
                    var rest = looked[(int)reader.BytesConsumed..].TrimStart(" \t\r\n"u8);
                    if (rest.IsEmpty) break;
                    if (rest[0] is not ((byte)'{' or (byte)']')) return false;
                    opened = (int)reader.BytesConsumed;
                    depth = level;
                    return true;
                }
                else if (reader.CurrentDepth == 0 && reader.TokenType == JsonTokenType.EndObject)
                {
                    return false;
                }
            }
        }
        catch (JsonException)
        {
            return false;
        }

        unsure = bytes.Length < MaxPrefix;
        return false;
    }

    /// <summary>Whether one of the paths ends at the property that was read last.</summary>
    private bool IsEnd(ReadOnlySpan<int> reached, int level)
    {
        for (var i = 0; i < reached.Length; i++)
            if (reached[i] == level && _paths[i].Length == level) return true;
        return false;
    }
}
