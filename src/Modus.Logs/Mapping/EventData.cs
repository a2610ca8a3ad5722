using System.Text;
using System.Text.Json;

namespace Modus.Logs.Mapping;

/// <summary>Takes an event's data out of a JSON document that was made of its XML: <c>{"EventData":{"Data":[{"@Name":"Image","#text":"…"}]}}</c>.</summary>
internal static class EventData
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = LogLimits.MaxDepth };

    /// <summary>Adds the document's values below a place; what is no such document adds nothing.</summary>
    public static void Add(LogEvent target, PathTrie trie, PathNode root, byte[] text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return;
            foreach (var container in document.RootElement.EnumerateObject())
            {
                // EventData holds the values itself, UserData in an element of the provider's own.
                if (container.Value.ValueKind != JsonValueKind.Object) Value(target, trie, root, container.Name, container.Value);
                else if (container.NameEquals("UserData"u8)) Nested(target, trie, root, container.Value);
                else Members(target, trie, root, container.Value);
            }
        }
        catch (JsonException)
        {
            // A payload that was cut off: the record itself stays, with the text of its payload.
        }
    }

    private static void Nested(LogEvent target, PathTrie trie, PathNode root, JsonElement user)
    {
        foreach (var member in user.EnumerateObject())
            if (member.Value.ValueKind == JsonValueKind.Object) Members(target, trie, root, member.Value);
            else Value(target, trie, root, member.Name, member.Value);
    }

    private static void Members(LogEvent target, PathTrie trie, PathNode root, JsonElement data)
    {
        foreach (var member in data.EnumerateObject())
        {
            if (member.Name.StartsWith('@')) continue;
            if (member.Value.ValueKind == JsonValueKind.Array)
                foreach (var item in member.Value.EnumerateArray()) Value(target, trie, root, member.Name, item);
            else Value(target, trie, root, member.Name, member.Value);
        }
    }

    private static void Value(LogEvent target, PathTrie trie, PathNode root, string name, JsonElement value)
    {
        if (name.StartsWith('@')) return;
        var text = value;
        if (value.ValueKind == JsonValueKind.Object)
        {
            if (value.TryGetProperty("@Name"u8, out var own) && own.ValueKind == JsonValueKind.String) name = own.GetString()!;
            if (!value.TryGetProperty("#text"u8, out text))
            {
                Put(target, trie.Child(root, name), null);
                return;
            }
        }

        Put(target, trie.Child(root, name), text.ValueKind switch
        {
            JsonValueKind.String => text.GetString(),
            JsonValueKind.Null => null,
            _ => text.GetRawText(),
        });
    }

    private static void Put(LogEvent target, PathNode node, string? value)
    {
        if (node.Ignored) return;
        var slot = target.AddText(node.Field, value is null ? default : Encoding.UTF8.GetBytes(value), value is null ? ValueKind.Null : ValueKind.Text, list: true);
        if (slot >= 0)
            foreach (var alias in node.Aliases) target.Alias(alias, slot);
    }
}
