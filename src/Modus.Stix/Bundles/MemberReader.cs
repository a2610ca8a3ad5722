using System.Globalization;
using System.Text.Json;

namespace Modus.Stix.Bundles;

/// <summary>Reads the members of one object; a member of a wrong type is reported and left out.</summary>
internal sealed class MemberReader(JsonElement source, string file, string path, List<StixProblem> problems)
{
    public StixObject? ReadObject()
    {
        if (source.ValueKind != JsonValueKind.Object)
        {
            Skip($"a {source.ValueKind} stands where an object belongs");
            return null;
        }
        var type = Text("type");
        var id = Text("id");
        if (string.IsNullOrEmpty(type) || string.IsNullOrEmpty(id))
        {
            Skip(string.IsNullOrEmpty(type) ? "the object has no type" : $"the {type} has no id");
            return null;
        }
        if (!id.StartsWith(type + "--", StringComparison.Ordinal))
            problems.Add(new StixProblem(StixProblemCodes.BadIdentity, $"the id {id} does not belong to the type {type}", file, path, "an id is type--uuid"));

        return new StixObject
        {
            Type = type,
            Id = id,
            Name = Text("name"),
            Description = Text("description"),
            Created = Time("created"),
            Modified = Time("modified"),
            Revoked = Flag("revoked"),
            Aliases = Texts("aliases"),
            ExternalReferences = [.. Objects("external_references").Select(ReadReference).OfType<ExternalReference>()],
            KillChainPhases = [.. Objects("kill_chain_phases").Select(ReadPhase).OfType<KillChainPhase>()],
            ObjectMarkingRefs = Texts("object_marking_refs"),
            RelationshipType = type == "relationship" ? Text("relationship_type") : null,
            SourceRef = type == "relationship" ? Text("source_ref") : type == "sighting" ? Text("sighting_of_ref") : null,
            TargetRef = type == "relationship" ? Text("target_ref") : null,
            ObjectRefs = Texts("object_refs"),
            Json = source.Clone(),
            Path = path,
        };
    }

    private static ExternalReference? ReadReference(MemberReader reference) =>
        reference.Text("source_name") is { Length: > 0 } name
            ? new ExternalReference(name, reference.Text("external_id"), reference.Text("url"), reference.Text("description"))
            : null;

    private static KillChainPhase? ReadPhase(MemberReader phase) =>
        phase.Text("kill_chain_name") is { Length: > 0 } chain && phase.Text("phase_name") is { Length: > 0 } name ? new KillChainPhase(chain, name) : null;

    private string? Text(string member) => Take(member, JsonValueKind.String) is { } value ? Decode(value, member) : null;

    // A lone surrogate or invalid UTF-8 is no text; the reader of JSON only finds out when the value is asked for.
    private string? Decode(JsonElement value, string member)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            problems.Add(new StixProblem(StixProblemCodes.BadMember, $"'{member}' holds bytes that are no text", file, $"{path}.{member}", "write it in UTF-8"));
            return null;
        }
    }

    private bool Flag(string member)
    {
        if (!source.TryGetProperty(member, out var value) || value.ValueKind is JsonValueKind.Null or JsonValueKind.False) return false;
        if (value.ValueKind == JsonValueKind.True) return true;
        Complain(member, value.ValueKind, "true or false");
        return false;
    }

    private DateTimeOffset? Time(string member)
    {
        if (Text(member) is not { } text) return null;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)) return time;
        problems.Add(new StixProblem(StixProblemCodes.BadMember, $"'{text}' is no time", file, $"{path}.{member}", "write 2026-03-09T08:41:07.000Z"));
        return null;
    }

    private List<string> Texts(string member)
    {
        if (Take(member, JsonValueKind.Array) is not { } list) return [];
        var texts = new List<string>();
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String)
            {
                if (Decode(item, member) is { } text) texts.Add(text);
            }
            else Complain(member, item.ValueKind, "a list of strings");
        }
        return texts;
    }

    private IEnumerable<MemberReader> Objects(string member)
    {
        if (Take(member, JsonValueKind.Array) is not { } list) yield break;
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object)
                yield return new MemberReader(item, file, string.Create(CultureInfo.InvariantCulture, $"{path}.{member}[{index}]"), problems);
            else Complain(member, item.ValueKind, "a list of objects");
            index++;
        }
    }

    private JsonElement? Take(string member, JsonValueKind wanted)
    {
        if (!source.TryGetProperty(member, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == wanted) return value;
        Complain(member, value.ValueKind, wanted == JsonValueKind.Array ? "a list" : "text");
        return null;
    }

    private void Complain(string member, JsonValueKind seen, string wanted) =>
        problems.Add(new StixProblem(StixProblemCodes.BadMember, $"'{member}' is {seen}, not {wanted}", file, $"{path}.{member}"));

    private void Skip(string why) =>
        problems.Add(new StixProblem(StixProblemCodes.BadIdentity, $"skipped: {why}", file, path, Lost: true));
}
