using System.Globalization;
using System.Text.Json;

namespace Modus.Casework.Cases;

/// <summary>Reads the members of one JSON object, with errors that name the member.</summary>
/// <remarks>
/// Large cases are lists of thousands of such objects, nearly all as Modus wrote them. Those are walked through once, member by
/// member in the order of writing; where a member is left over (a person put it elsewhere, or it is none of ours), the object is
/// read again with a search for each member.
/// </remarks>
internal sealed class RecordBody
{
    private readonly JsonElement body;
    private readonly bool inOrder;
    private JsonElement.ObjectEnumerator members;
    private bool hasMember;

    /// <summary>Reads members in any order.</summary>
    public RecordBody(JsonElement body) => this.body = body;

    private RecordBody(JsonElement body, bool inOrder)
    {
        (this.body, this.inOrder) = (body, inOrder && body.ValueKind == JsonValueKind.Object);
        if (!this.inOrder) return;
        members = body.EnumerateObject();
        hasMember = members.MoveNext();
    }

    /// <summary>Reads an object whose members are asked for in the order in which they are written.</summary>
    /// <param name="body">The object.</param>
    /// <param name="read">Reads it; called a second time where the object has another order.</param>
    public static T Read<T>(JsonElement body, Func<RecordBody, T> read)
    {
        var walk = new RecordBody(body, inOrder: true);
        var made = read(walk);
        return walk.hasMember ? read(new RecordBody(body)) : made;
    }

    public string? Text(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        { } other => throw Wrong(name, "text", other),
    };

    /// <summary>Text that may be missing, and is empty then.</summary>
    public string TextOrEmpty(string name) => Text(name) ?? "";

    public DateTimeOffset? Time(string name)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.String) throw Wrong(name, "text", value);
        // The form that Modus writes is the one that JSON readers know; people may write others.
        if (value.TryGetDateTimeOffset(out var written) && written.Offset == TimeSpan.Zero) return written;
        var text = value.GetString();
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new CaseFormatException($"'{name}' is no time: '{text}'");
    }

    public T Word<T>(string name, T missing)
        where T : struct, Enum
    {
        if (Text(name) is not { } text) return missing;
        return Words<T>.All.TryGetValue(text, out var value)
            ? value
            : throw new CaseFormatException($"'{name}' is '{text}', not one of {string.Join(", ", Enum.GetNames<T>().Select(word => word.ToLowerInvariant()))}");
    }

    public long? Whole(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt64(out var number) => number,
        { } other => throw Wrong(name, "a whole number", other),
    };

    public double? Real(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value => value.GetDouble(),
        { } other => throw Wrong(name, "a number", other),
    };

    public bool Flag(string name) => Find(name) switch
    {
        null or { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.True } => true,
        { } other => throw Wrong(name, "true or false", other),
    };

    public IReadOnlyList<string> Texts(string name)
    {
        if (Find(name) is not { } value) return [];
        if (value.ValueKind != JsonValueKind.Array) throw Wrong(name, "a list of texts", value);
        if (value.GetArrayLength() == 0) return [];
        var texts = new string[value.GetArrayLength()];
        var index = 0;
        foreach (var item in value.EnumerateArray()) texts[index++] = item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Wrong(name, "a list of texts", item);
        return texts;
    }

    public IReadOnlyList<T> Objects<T>(string name, Func<JsonElement, T> read)
    {
        if (Find(name) is not { } value) return [];
        if (value.ValueKind != JsonValueKind.Array) throw Wrong(name, "a list", value);
        if (value.GetArrayLength() == 0) return [];
        var objects = new T[value.GetArrayLength()];
        var index = 0;
        foreach (var item in value.EnumerateArray()) objects[index++] = item.ValueKind == JsonValueKind.Object ? read(item) : throw Wrong(name, "a list of objects", item);
        return objects;
    }

    private JsonElement? Find(string name)
    {
        if (!inOrder)
            return body.ValueKind != JsonValueKind.Object ? throw new CaseFormatException("the record is no object")
                : body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
        // Not the next member: missing, or elsewhere. In the latter case a member is left over at the end.
        if (!hasMember || !members.Current.NameEquals(name)) return null;
        var found = members.Current.Value;
        hasMember = members.MoveNext();
        return found.ValueKind == JsonValueKind.Null ? null : found;
    }

    private static CaseFormatException Wrong(string name, string expected, JsonElement found) =>
        new($"'{name}' has to be {expected}, not {found.ValueKind.ToString().ToLowerInvariant()}");

    /// <summary>The words of an enumeration as records write them; case does not matter.</summary>
    private static class Words<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<string, T> All = Enum.GetValues<T>().ToDictionary(value => value.ToString(), StringComparer.OrdinalIgnoreCase);
    }
}
