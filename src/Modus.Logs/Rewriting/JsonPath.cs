using System.Text;
using System.Text.Json;

namespace Modus.Logs.Rewriting;

/// <summary>The path of the value that a reader of JSON stands on; <c>[]</c> is a place in a list.</summary>
internal sealed class JsonPath
{
    private readonly List<(string Path, bool IsList)> _around = [];
    private string _name = "";

    /// <summary>The path of the token that was read last.</summary>
    public string Step(ref Utf8JsonReader reader) => Step(reader.TokenType, reader.TokenType == JsonTokenType.PropertyName ? NameOf(reader) : "");

    /// <summary>The name that a reader stands on; bytes that are no text are replaced.</summary>
    public static string NameOf(Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped && !reader.HasValueSequence) return Encoding.UTF8.GetString(reader.ValueSpan);
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }

    /// <summary>The path of a token, read in their order.</summary>
    public string Step(JsonTokenType token, string name)
    {
        switch (token)
        {
            case JsonTokenType.PropertyName:
                _name = name;
                return Below(name);
            case JsonTokenType.EndArray or JsonTokenType.EndObject:
                var ended = _around[^1].Path;
                _around.RemoveAt(_around.Count - 1);
                return ended;
            case JsonTokenType.StartArray or JsonTokenType.StartObject:
                var path = Here();
                _around.Add((path, token == JsonTokenType.StartArray));
                return path;
            default:
                return Here();
        }
    }

    /// <summary>The path of a value that is about to be read whole.</summary>
    public string Here() => _around.Count == 0 ? "" : Below(_around[^1].IsList ? "[]" : _name);

    /// <summary>Whether a place in a list is about to be read.</summary>
    public bool IsInList => _around.Count > 0 && _around[^1].IsList;

    private string Below(string name) => _around.Count == 0 || _around[^1].Path.Length == 0 ? name : $"{_around[^1].Path}.{name}";
}
