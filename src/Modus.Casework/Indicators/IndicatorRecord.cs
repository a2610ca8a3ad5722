using System.Text.Json;
using Modus.Casework.Cases;
using Modus.Casework.Store;

namespace Modus.Casework.Indicators;

/// <summary>An indicator of compromise that a case keeps: a value of one day, with the day after which it should no longer be trusted.</summary>
public sealed record IndicatorRecord : ICaseRecord<IndicatorRecord>
{
    /// <inheritdoc/>
    public static string KindName => ItemKinds.Indicator;

    /// <inheritdoc/>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public required string CaseId { get; init; }

    /// <inheritdoc/>
    public long Version { get; init; }

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <summary>What it is.</summary>
    public required IndicatorType Type { get; init; }

    /// <summary>The value as it works; hashes, names and mail addresses in lower case. Untrusted text.</summary>
    public required string Value { get; init; }

    /// <summary>The strictest marking of the evidence it stands in (TLP 2.0, lower case); null where none is marked.</summary>
    public string? Tlp { get; init; }

    /// <summary>First time it was seen, UTC; null where nothing says.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>Last time it was seen, UTC.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>From then on it should not be trusted; null where it is not known when it was last seen.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Where it stands, by evidence and place.</summary>
    public IReadOnlyList<IndicatorSighting> Sightings { get; init; } = [];

    /// <summary>The procedures it belonged to, by id, each once.</summary>
    public IEnumerable<string> Procedures => Sightings.SelectMany(sighting => sighting.Procedures).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Techniques named with it, by id, each once.</summary>
    public IEnumerable<string> Techniques => Sightings.SelectMany(sighting => sighting.Techniques).Distinct().Order(StringComparer.Ordinal);

    /// <summary>True where it should no longer be trusted at a time.</summary>
    public bool IsExpired(DateTimeOffset at) => Expires <= at;

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.Text("case", CaseId);
        json.Word("type", Type);
        json.Text("value", Value);
        json.Text("tlp", Tlp);
        json.Time("first", First);
        json.Time("last", Last);
        json.Time("expires", Expires);
        json.Objects("sightings", Sightings, static (to, sighting) => sighting.Write(to));
    }

    /// <inheritdoc/>
    public static IndicatorRecord Read(JsonElement body, string id, long version) => new()
    {
        Id = id,
        Version = version,
        CaseId = body.TextOrEmpty("case"),
        Type = body.Word("type", IndicatorType.Domain),
        Value = body.TextOrEmpty("value"),
        Tlp = body.Text("tlp"),
        First = body.Time("first"),
        Last = body.Time("last"),
        Expires = body.Time("expires"),
        Sightings = body.Objects("sightings", IndicatorSighting.Read),
    };
}
