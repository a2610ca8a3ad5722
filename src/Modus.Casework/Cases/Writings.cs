using System.Text.Json;
using Modus.Casework.Store;

namespace Modus.Casework.Cases;

/// <summary>A decision with its reason.</summary>
public sealed record DecisionRecord : ICaseRecord<DecisionRecord>
{
    /// <inheritdoc/>
    public static string KindName => ItemKinds.Decision;

    /// <inheritdoc/>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public required string CaseId { get; init; }

    /// <inheritdoc/>
    public long Version { get; init; }

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <summary>Who decided.</summary>
    public string Author { get; init; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>What was decided.</summary>
    public required string Text { get; init; }

    /// <summary>Why.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What it is about: ids of records or techniques.</summary>
    public IReadOnlyList<string> About { get; init; } = [];

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.Text("case", CaseId);
        json.Text("author", Author);
        json.Time("time", Time);
        json.Text("text", Text);
        json.Text("reason", Reason);
        json.Texts("about", About);
    }

    /// <inheritdoc/>
    public static DecisionRecord Read(JsonElement body, string id, long version) => new()
    {
        Id = id,
        Version = version,
        CaseId = body.TextOrEmpty("case"),
        Author = body.TextOrEmpty("author"),
        Time = body.Time("time"),
        Text = body.TextOrEmpty("text"),
        Reason = body.TextOrEmpty("reason"),
        About = body.Texts("about"),
    };
}

/// <summary>How a hypothesis stands.</summary>
public enum HypothesisState
{
    /// <summary>Not settled.</summary>
    Open,

    /// <summary>The evidence speaks for it.</summary>
    Supported,

    /// <summary>The evidence speaks against it.</summary>
    Refuted,
}

/// <summary>A supposition that evidence speaks for or against.</summary>
public sealed record HypothesisRecord : ICaseRecord<HypothesisRecord>
{
    /// <inheritdoc/>
    public static string KindName => ItemKinds.Hypothesis;

    /// <inheritdoc/>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public required string CaseId { get; init; }

    /// <inheritdoc/>
    public long Version { get; init; }

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <summary>Who put it forward.</summary>
    public string Author { get; init; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>What is supposed.</summary>
    public required string Text { get; init; }

    /// <summary>How it stands.</summary>
    public HypothesisState State { get; init; }

    /// <summary>Records that speak for it, by id.</summary>
    public IReadOnlyList<string> For { get; init; } = [];

    /// <summary>Records that speak against it, by id.</summary>
    public IReadOnlyList<string> Against { get; init; } = [];

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.Text("case", CaseId);
        json.Text("author", Author);
        json.Time("time", Time);
        json.Text("text", Text);
        json.Word("state", State);
        json.Texts("for", For);
        json.Texts("against", Against);
    }

    /// <inheritdoc/>
    public static HypothesisRecord Read(JsonElement body, string id, long version) => new()
    {
        Id = id,
        Version = version,
        CaseId = body.TextOrEmpty("case"),
        Author = body.TextOrEmpty("author"),
        Time = body.Time("time"),
        Text = body.TextOrEmpty("text"),
        State = body.Word("state", HypothesisState.Open),
        For = body.Texts("for"),
        Against = body.Texts("against"),
    };
}

/// <summary>A note.</summary>
public sealed record NoteRecord : ICaseRecord<NoteRecord>
{
    /// <inheritdoc/>
    public static string KindName => ItemKinds.Note;

    /// <inheritdoc/>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public required string CaseId { get; init; }

    /// <inheritdoc/>
    public long Version { get; init; }

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <summary>Who wrote it.</summary>
    public string Author { get; init; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>What it says, in Markdown.</summary>
    public required string Text { get; init; }

    /// <summary>What it is about: ids of records or techniques.</summary>
    public IReadOnlyList<string> About { get; init; } = [];

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.Text("case", CaseId);
        json.Text("author", Author);
        json.Time("time", Time);
        json.Text("text", Text);
        json.Texts("about", About);
    }

    /// <inheritdoc/>
    public static NoteRecord Read(JsonElement body, string id, long version) => new()
    {
        Id = id,
        Version = version,
        CaseId = body.TextOrEmpty("case"),
        Author = body.TextOrEmpty("author"),
        Time = body.Time("time"),
        Text = body.TextOrEmpty("text"),
        About = body.Texts("about"),
    };
}
