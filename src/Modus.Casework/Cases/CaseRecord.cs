using System.Text.Json;
using Modus.Casework.Store;

namespace Modus.Casework.Cases;

/// <summary>Whether a case is worked on.</summary>
public enum CaseStatus
{
    /// <summary>It is worked on.</summary>
    Open,

    /// <summary>It is done; evidence and decisions can no longer be added until it is opened again.</summary>
    Closed,
}

/// <summary>One intrusion, exercise or question that evidence is gathered for.</summary>
public sealed record CaseRecord : ICaseRecord<CaseRecord>
{
    /// <inheritdoc/>
    public static string KindName => ItemKinds.Case;

    /// <inheritdoc/>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public string CaseId => Id;

    /// <inheritdoc/>
    public long Version { get; init; }

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <summary>The name for people.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is worked on.</summary>
    public CaseStatus Status { get; init; }

    /// <summary>What it is about, in a few sentences; empty where nobody wrote it.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The strictest marking of its evidence (TLP 2.0, lower case, for example <c>amber</c>); null where none is set.</summary>
    public string? Tlp { get; init; }

    /// <summary>The ATT&amp;CK release that its procedures speak, for example <c>19.0</c>; null before the first evidence.</summary>
    public string? Release { get; init; }

    /// <summary>Other names, of the case and of the cluster of activity behind it.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>When it was opened.</summary>
    public DateTimeOffset? Opened { get; init; }

    /// <summary>When it was closed; null while it is open.</summary>
    public DateTimeOffset? Closed { get; init; }

    /// <summary>Why it was closed; empty while it is open.</summary>
    public string ClosedBecause { get; init; } = "";

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.Text("name", Name);
        json.Word("status", Status);
        json.Text("summary", Summary);
        json.Text("tlp", Tlp);
        json.Text("release", Release);
        json.Texts("aliases", Aliases);
        json.Time("opened", Opened);
        json.Time("closed", Closed);
        json.Text("closed_because", ClosedBecause);
    }

    /// <inheritdoc/>
    public static CaseRecord Read(JsonElement body, string id, long version) => new()
    {
        Id = id,
        Version = version,
        Name = body.Text("name") ?? id,
        Status = body.Word("status", CaseStatus.Open),
        Summary = body.TextOrEmpty("summary"),
        Tlp = body.Text("tlp"),
        Release = body.Text("release"),
        Aliases = body.Texts("aliases"),
        Opened = body.Time("opened"),
        Closed = body.Time("closed"),
        ClosedBecause = body.TextOrEmpty("closed_because"),
    };
}
