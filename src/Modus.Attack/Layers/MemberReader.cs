using System.Globalization;
using System.Text.Json;

namespace Modus.Attack.Layers;

/// <summary>Takes the members of one JSON object by name and type; what nobody took stays as it came.</summary>
internal sealed class MemberReader
{
    private readonly Dictionary<string, JsonElement> members = new(StringComparer.Ordinal);
    private readonly List<string> order = [];
    private readonly List<LayerMember> kept = [];
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly LayerProblems problems;

    public MemberReader(JsonElement source, string path, LayerProblems problems)
    {
        Path = path;
        this.problems = problems;
        foreach (var member in source.EnumerateObject())
        {
            if (!members.ContainsKey(member.Name)) order.Add(member.Name);
            else problems.Add(LayerCodes.Twice, At(member.Name), "the member stands twice; the last one counts", "keep one");
            members[member.Name] = member.Value;
        }
    }

    public string Path { get; }

    public string At(string name) => $"{Path}.{name}";

    public bool Has(string name) => members.ContainsKey(name);

    /// <summary>A text; numbers and flags are taken as their text.</summary>
    public string? Text(string name)
    {
        if (!Take(name, out var value)) return null;
        if (value.ValueKind == JsonValueKind.String) return value.GetString();
        if (value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
        {
            Converted(name, value, "a text");
            return value.GetRawText();
        }
        KeepAside(name, value, "a text");
        return null;
    }

    /// <summary>A finite number; a text that spells one is taken, an empty text is absence.</summary>
    public double? Number(string name)
    {
        if (!Take(name, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)) return number;
        if (value.ValueKind == JsonValueKind.String)
        {
            var text = value.GetString()!.Trim();
            if (text.Length == 0)
            {
                problems.Add(LayerCodes.WrongType, At(name), "an empty text where a number belongs; read as absent", "leave the member out");
                return null;
            }
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number))
            {
                Converted(name, value, "a number");
                return number;
            }
        }
        KeepAside(name, value, "a number");
        return null;
    }

    /// <summary>True or false; the texts and the numbers 0 and 1 that say so are taken.</summary>
    public bool? Flag(string name)
    {
        if (!Take(name, out var value)) return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        bool? meant = value.ValueKind switch
        {
            JsonValueKind.String when bool.TryParse(value.GetString(), out var flag) => flag,
            JsonValueKind.Number when value.TryGetInt32(out var number) && number is 0 or 1 => number == 1,
            _ => null,
        };
        if (meant is null) KeepAside(name, value, "true or false");
        else Converted(name, value, "true or false");
        return meant;
    }

    /// <summary>An object, or null.</summary>
    public JsonElement? Inner(string name)
    {
        if (!Take(name, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Object) return value;
        KeepAside(name, value, "an object");
        return null;
    }

    /// <summary>A list read entry by entry; entries for which <paramref name="read"/> gives null are kept aside.</summary>
    public List<T>? List<T>(string name, Func<JsonElement, string, T?> read) where T : class
    {
        if (!Take(name, out var value)) return null;
        if (value.ValueKind != JsonValueKind.Array)
        {
            KeepAside(name, value, "a list");
            return null;
        }
        var result = new List<T>(value.GetArrayLength());
        var unread = new List<JsonElement>();
        var index = 0;
        foreach (var entry in value.EnumerateArray())
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"{At(name)}[{index++}]");
            if (read(entry, path) is { } item) result.Add(item);
            else unread.Add(entry);
        }
        if (unread.Count > 0) Keep(name, Join(unread));
        return result;
    }

    /// <summary>A list of texts.</summary>
    public List<string>? Texts(string name) => List(name, (entry, path) =>
    {
        if (entry.ValueKind == JsonValueKind.String) return entry.GetString();
        problems.Add(LayerCodes.EntrySkipped, path, $"{Show(entry)} is not a text; kept aside", "write a text");
        return null;
    });

    /// <summary>Lays a value that has the right type, but cannot be used, aside; the problem is the caller's to tell.</summary>
    public void SetAside(string name) => Keep(name, members[name].Clone());

    /// <summary>What was not taken, in the order of the file, and what was kept aside.</summary>
    public IReadOnlyList<LayerMember> Others()
    {
        foreach (var name in order)
        {
            if (known.Contains(name)) continue;
            if (Nearest(name) is { } near)
                problems.Add(LayerCodes.Misspelt, At(name), $"the format has no member '{name}'; it is kept, and read by no one", $"write {near}");
            kept.Add(new LayerMember(name, members[name].Clone()));
        }
        return kept;
    }

    private bool Take(string name, out JsonElement value)
    {
        known.Add(name);
        return members.TryGetValue(name, out value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);
    }

    private void Converted(string name, JsonElement value, string wanted) =>
        problems.Add(LayerCodes.WrongType, At(name), $"{Show(value)} is not {wanted}; read as one", $"write {wanted}");

    private void KeepAside(string name, JsonElement value, string wanted)
    {
        problems.Add(LayerCodes.WrongType, At(name), $"{Show(value)} is not {wanted}; kept aside as {LayerMember.UnreadPrefix}{name}", $"write {wanted}");
        Keep(name, value.Clone());
    }

    /// <summary>Keeps a value under a name that no other member has.</summary>
    private void Keep(string name, JsonElement value)
    {
        var free = LayerMember.UnreadPrefix + name;
        while (members.ContainsKey(free)) free = LayerMember.UnreadPrefix + free;
        kept.Add(new LayerMember(free, value));
    }

    private string? Nearest(string name)
    {
        const int MaxLength = 40;
        if (name.Length is < 4 or > MaxLength) return null;
        return known.FirstOrDefault(member => !members.ContainsKey(member) && IsOneEditAway(member, name));
    }

    /// <summary>Whether two names differ by case alone or by one letter added, left out or changed.</summary>
    private static bool IsOneEditAway(string left, string right)
    {
        if (string.Equals(left, right, StringComparison.OrdinalIgnoreCase)) return true;
        var (shorter, longer) = left.Length <= right.Length ? (left, right) : (right, left);
        if (longer.Length - shorter.Length > 1) return false;
        var same = 0;
        while (same < shorter.Length && shorter[same] == longer[same]) same++;
        return longer.Length == shorter.Length
            ? shorter.AsSpan(same + 1).SequenceEqual(longer.AsSpan(same + 1))
            : shorter.AsSpan(same).SequenceEqual(longer.AsSpan(same + 1));
    }

    private static JsonElement Join(List<JsonElement> entries)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var entry in entries) entry.WriteTo(writer);
            writer.WriteEndArray();
        }
        using var document = JsonDocument.Parse(buffer.ToArray(), LayerReader.Options);
        return document.RootElement.Clone();
    }

    private static string Show(JsonElement value)
    {
        const int MaxShown = 40;
        var raw = value.GetRawText();
        return raw.Length <= MaxShown ? raw : string.Concat(raw.AsSpan(0, MaxShown), "…");
    }
}
