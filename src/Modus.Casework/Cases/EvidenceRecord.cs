using System.Text.Json;
using Modus.Casework.Store;

namespace Modus.Casework.Cases;

/// <summary>What a piece of evidence is.</summary>
public enum EvidenceKind
{
    /// <summary>A document for people.</summary>
    Report,

    /// <summary>Events.</summary>
    Logs,

    /// <summary>A Navigator layer.</summary>
    Layer,

    /// <summary>STIX content.</summary>
    Stix,

    /// <summary>Sigma rules.</summary>
    Rules,

    /// <summary>What the defence collects and has: sources by host, retention, controls.</summary>
    Inventory,

    /// <summary>What an exercise tried and what came of it.</summary>
    Exercises,
}

/// <summary>Something that a document says about a technique without saying that it happened: advice, denial, background, hidden text.</summary>
/// <param name="Technique">The technique, in the release of the case.</param>
/// <param name="Name">Its name.</param>
/// <param name="Quote">Where it stands, and how it is meant.</param>
public sealed record Aside(string Technique, string Name, CaseQuote Quote);

/// <summary>A document, a log, a layer, a bundle … with its hash: known by its bytes, wherever they lie.</summary>
public sealed record EvidenceRecord : ICaseRecord<EvidenceRecord>
{
    /// <inheritdoc/>
    public static string KindName => ItemKinds.Evidence;

    /// <inheritdoc/>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public required string CaseId { get; init; }

    /// <inheritdoc/>
    public long Version { get; init; }

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <summary>What it is.</summary>
    public required EvidenceKind Type { get; init; }

    /// <summary>Hash of its bytes as they lay on disk, in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Its size in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>Where it lay when it was taken in: relative to the workspace with forward slashes where inside, else absolute.</summary>
    public required string Path { get; init; }

    /// <summary>The copy that the workspace keeps, relative to it; null where the file only stays where it is.</summary>
    public string? Kept { get; init; }

    /// <summary>The format in words, for example <c>HTML report</c>.</summary>
    public string Format { get; init; } = "";

    /// <summary>Who or what it comes from, in words; empty where nobody said.</summary>
    public string Source { get; init; } = "";

    /// <summary>When it was taken in.</summary>
    public DateTimeOffset? Arrived { get; init; }

    /// <summary>Who took it in.</summary>
    public string By { get; init; } = "";

    /// <summary>Its marking (TLP 2.0, lower case); null where none is set.</summary>
    public string? Tlp { get; init; }

    /// <summary>What was found in it.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Records used: events of a log, technique statements of the others.</summary>
    public long Used { get; init; }

    /// <summary>Records that could not be used; each has a problem at ingest.</summary>
    public long Skipped { get; init; }

    /// <summary>Time of the first event; null for evidence without events.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>Time of the last event.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>Hosts that its events speak of, in ordinal order.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Log sources of its events, in Sigma's words, in ordinal order.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>The zone that its times without one were taken in, for example <c>Europe/Berlin</c>; null where none was needed.</summary>
    public string? Zone { get; init; }

    /// <summary>What it names without saying that it happened.</summary>
    public IReadOnlyList<Aside> Asides { get; init; } = [];

    /// <summary>Why its text is no longer kept here; empty where it was not redacted.</summary>
    public string Redacted { get; init; } = "";

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.Text("case", CaseId);
        json.Word("type", Type);
        json.Text("sha256", Sha256);
        json.WriteNumber("bytes", Bytes);
        json.Text("path", Path);
        json.Text("kept", Kept);
        json.Text("format", Format);
        json.Text("source", Source);
        json.Time("arrived", Arrived);
        json.Text("by", By);
        json.Text("tlp", Tlp);
        json.Text("summary", Summary);
        json.WriteNumber("used", Used);
        json.WriteNumber("skipped", Skipped);
        json.Time("first", First);
        json.Time("last", Last);
        json.Texts("hosts", Hosts);
        json.Texts("sources", Sources);
        json.Text("zone", Zone);
        json.Objects("asides", Asides, static (to, aside) =>
        {
            to.Text("technique", aside.Technique);
            to.Text("name", aside.Name);
            aside.Quote.Write(to);
        });
        json.Text("redacted", Redacted);
    }

    /// <inheritdoc/>
    public static EvidenceRecord Read(JsonElement body, string id, long version) => new()
    {
        Id = id,
        Version = version,
        CaseId = body.TextOrEmpty("case"),
        Type = body.Word("type", EvidenceKind.Report),
        Sha256 = body.TextOrEmpty("sha256"),
        Bytes = body.Whole("bytes") ?? 0,
        Path = body.TextOrEmpty("path"),
        Kept = body.Text("kept"),
        Format = body.TextOrEmpty("format"),
        Source = body.TextOrEmpty("source"),
        Arrived = body.Time("arrived"),
        By = body.TextOrEmpty("by"),
        Tlp = body.Text("tlp"),
        Summary = body.TextOrEmpty("summary"),
        Used = body.Whole("used") ?? 0,
        Skipped = body.Whole("skipped") ?? 0,
        First = body.Time("first"),
        Last = body.Time("last"),
        Hosts = body.Texts("hosts"),
        Sources = body.Texts("sources"),
        Zone = body.Text("zone"),
        Asides = body.Objects("asides", static aside => new Aside(aside.TextOrEmpty("technique"), aside.TextOrEmpty("name"), CaseQuote.Read(aside))),
        Redacted = body.TextOrEmpty("redacted"),
    };
}
