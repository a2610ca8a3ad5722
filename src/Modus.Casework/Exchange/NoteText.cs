using System.Buffers;
using System.Text;
using System.Text.Json;
using Modus.Casework.Cases;
using Modus.Casework.Store;

namespace Modus.Casework.Exchange;

/// <summary>A note as Markdown with its other members in front.</summary>
internal static class NoteText
{
    private const string Fence = "---\n", Body = "text";

    public static string Of(StoredItem note)
    {
        var text = new StringBuilder(Fence).Append("id: ").Append(YamlText.Scalar(note.Id)).Append('\n');
        YamlText.Members(text, Without(note.Body));
        return text.Append(Fence).Append('\n').Append(note.Body.TextOrEmpty(Body)).Append('\n').ToString();
    }

    /// <exception cref="CaseFormatException">There is no head.</exception>
    public static (string Id, JsonElement Body) Read(string text)
    {
        var end = text.StartsWith(Fence, StringComparison.Ordinal) ? text.IndexOf("\n" + Fence, Fence.Length - 1, StringComparison.Ordinal) : -1;
        if (end < 0) throw new CaseFormatException("a note begins with its members between two lines of '---'");
        var head = YamlJson.Read(text[Fence.Length..(end + 1)]);
        var rest = text[(end + 1 + Fence.Length)..];
        if (rest.StartsWith('\n')) rest = rest[1..];
        if (rest.EndsWith('\n')) rest = rest[..^1];
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var member in head.EnumerateObject().Where(member => !member.NameEquals("id") && !member.NameEquals(Body)))
            {
                // Where a note keeps its text among its members, as the record writes it.
                if (member.NameEquals("about")) json.Text(Body, rest);
                member.WriteTo(json);
            }
            if (!head.TryGetProperty("about", out _)) json.Text(Body, rest);
            json.WriteEndObject();
        }
        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return (head.Text("id") ?? throw new CaseFormatException("a note without an id"), JsonElement.ParseValue(ref reader));
    }

    private static JsonElement Without(JsonElement body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var member in body.EnumerateObject().Where(member => !member.NameEquals(Body))) member.WriteTo(json);
            json.WriteEndObject();
        }
        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }
}
