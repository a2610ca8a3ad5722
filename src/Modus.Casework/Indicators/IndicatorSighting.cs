using System.Text.Json;
using Modus.Casework.Cases;

namespace Modus.Casework.Indicators;

/// <summary>Where an indicator stands, and the procedures that it belonged to there.</summary>
public sealed record IndicatorSighting
{
    /// <summary>The evidence.</summary>
    public required string EvidenceId { get; init; }

    /// <summary>Where in it: <c>offset 331</c>, <c>page 4</c>, <c>record 1107</c>, a rule's id, a JSON path.</summary>
    public string Place { get; init; } = "";

    /// <summary>As it stands there, defanged or not; untrusted text.</summary>
    public string Written { get; init; } = "";

    /// <summary>The sentence, the rule that chose the event, or the name of the object; untrusted text.</summary>
    public string Context { get; init; } = "";

    /// <summary>First time it was seen there, UTC; null where nothing says.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>Last time it was seen there, UTC.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>What the times are: <c>event</c>, <c>sentence</c>, <c>newest date of the document</c>, <c>rule</c>, <c>producer</c>, <c>arrival</c>.</summary>
    public string Basis { get; init; } = "";

    /// <summary>When its producer says that it ends to hold; null where nobody says.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>How often it stands there.</summary>
    public long Count { get; init; } = 1;

    /// <summary>The procedures it belonged to, by id, in ordinal order.</summary>
    public IReadOnlyList<string> Procedures { get; init; } = [];

    /// <summary>Techniques named with it, by id, in ordinal order.</summary>
    public IReadOnlyList<string> Techniques { get; init; } = [];

    internal void Write(Utf8JsonWriter json)
    {
        json.Text("evidence", EvidenceId);
        json.Text("place", Place);
        json.Text("written", Written);
        json.Text("context", Context);
        json.Time("first", First);
        json.Time("last", Last);
        json.Text("basis", Basis);
        json.Time("until", Until);
        json.WriteNumber("count", Count);
        json.Texts("procedures", Procedures);
        json.Texts("techniques", Techniques);
    }

    internal static IndicatorSighting Read(JsonElement body) => new()
    {
        EvidenceId = body.TextOrEmpty("evidence"),
        Place = body.TextOrEmpty("place"),
        Written = body.TextOrEmpty("written"),
        Context = body.TextOrEmpty("context"),
        First = body.Time("first"),
        Last = body.Time("last"),
        Basis = body.TextOrEmpty("basis"),
        Until = body.Time("until"),
        Count = body.Whole("count") ?? 1,
        Procedures = body.Texts("procedures"),
        Techniques = body.Texts("techniques"),
    };
}
