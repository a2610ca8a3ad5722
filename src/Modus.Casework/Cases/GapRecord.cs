using System.Text.Json;
using Modus.Casework.Store;

namespace Modus.Casework.Cases;

/// <summary>Whether an intelligence gap is still one.</summary>
public enum GapState
{
    /// <summary>Nothing fills it yet.</summary>
    Open,

    /// <summary>It was filled, or somebody decided to live with it; the reason is kept.</summary>
    Closed,
}

/// <summary>What could not be seen, and why.</summary>
public sealed record GapRecord : ICaseRecord<GapRecord>
{
    /// <inheritdoc/>
    public static string KindName => ItemKinds.Gap;

    /// <inheritdoc/>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public required string CaseId { get; init; }

    /// <inheritdoc/>
    public long Version { get; init; }

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <summary>
    /// What sort of gap: <c>silence</c>, <c>missing-records</c>, <c>sensor-stopped</c>, <c>log-cleared</c> and <c>trail-off</c> for log holes,
    /// <c>not-collected</c>, <c>question</c> for what a person asks.
    /// </summary>
    public string Type { get; init; } = "question";

    /// <summary>Why it could not be seen, or what is not known, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>The log source, in Sigma's words, or the report; null where it is about none.</summary>
    public string? Source { get; init; }

    /// <summary>The host; null where it is about none, or all.</summary>
    public string? Host { get; init; }

    /// <summary>When it began, UTC; null where it has no time.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>When it ended, UTC; null where it has no time, or lasts to the end of the evidence.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Techniques that could hide there, by id, in ordinal order.</summary>
    public IReadOnlyList<string> Techniques { get; init; } = [];

    /// <summary>The evidence that shows the gap, by id.</summary>
    public IReadOnlyList<string> EvidenceIds { get; init; } = [];

    /// <summary>Where in the evidence it shows, for example <c>record 2210</c>; null where it is the absence of records.</summary>
    public string? Record { get; init; }

    /// <summary>Who logged it.</summary>
    public string Author { get; init; } = "";

    /// <summary>Whether it is still one.</summary>
    public GapState State { get; init; }

    /// <summary>Why it was closed; empty while it is open.</summary>
    public string ClosedBecause { get; init; } = "";

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.Text("case", CaseId);
        json.Text("type", Type);
        json.Text("reason", Reason);
        json.Text("source", Source);
        json.Text("host", Host);
        json.Time("from", From);
        json.Time("to", To);
        json.Texts("techniques", Techniques);
        json.Texts("evidence", EvidenceIds);
        json.Text("record", Record);
        json.Text("author", Author);
        json.Word("state", State);
        json.Text("closed_because", ClosedBecause);
    }

    /// <inheritdoc/>
    public static GapRecord Read(JsonElement body, string id, long version) => new()
    {
        Id = id,
        Version = version,
        CaseId = body.TextOrEmpty("case"),
        Type = body.Text("type") ?? "question",
        Reason = body.TextOrEmpty("reason"),
        Source = body.Text("source"),
        Host = body.Text("host"),
        From = body.Time("from"),
        To = body.Time("to"),
        Techniques = body.Texts("techniques"),
        EvidenceIds = body.Texts("evidence"),
        Record = body.Text("record"),
        Author = body.TextOrEmpty("author"),
        State = body.Word("state", GapState.Open),
        ClosedBecause = body.TextOrEmpty("closed_because"),
    };
}
