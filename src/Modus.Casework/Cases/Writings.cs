using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Modus.Casework.Store;

namespace Modus.Casework.Cases;

/// <summary>A decision with its reason.</summary>
public sealed record DecisionRecord : WritingRecord, ICaseRecord<DecisionRecord>
{
    /// <summary>Makes a decision.</summary>
    public DecisionRecord()
    {
    }

    [SetsRequiredMembers]
    private DecisionRecord(RecordBody from, string id, long version) : base(from, id, version)
    {
        Reason = from.TextOrEmpty("reason");
        About = from.Texts("about");
    }

    /// <inheritdoc/>
    public static string KindName => ItemKinds.Decision;

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>Why.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What it is about: ids of records or techniques.</summary>
    public IReadOnlyList<string> About { get; init; } = [];

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json)
    {
        WriteHead(json);
        json.Text("reason", Reason);
        json.Texts("about", About);
    }

    /// <inheritdoc/>
    public static DecisionRecord Read(JsonElement body, string id, long version) => RecordBody.Read(body, from => new DecisionRecord(from, id, version));
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
public sealed record HypothesisRecord : WritingRecord, ICaseRecord<HypothesisRecord>
{
    /// <summary>Makes a hypothesis.</summary>
    public HypothesisRecord()
    {
    }

    [SetsRequiredMembers]
    private HypothesisRecord(RecordBody from, string id, long version) : base(from, id, version)
    {
        State = from.Word("state", HypothesisState.Open);
        For = from.Texts("for");
        Against = from.Texts("against");
    }

    /// <inheritdoc/>
    public static string KindName => ItemKinds.Hypothesis;

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>How it stands.</summary>
    public HypothesisState State { get; init; }

    /// <summary>Records that speak for it, by id.</summary>
    public IReadOnlyList<string> For { get; init; } = [];

    /// <summary>Records that speak against it, by id.</summary>
    public IReadOnlyList<string> Against { get; init; } = [];

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json)
    {
        WriteHead(json);
        json.Word("state", State);
        json.Texts("for", For);
        json.Texts("against", Against);
    }

    /// <inheritdoc/>
    public static HypothesisRecord Read(JsonElement body, string id, long version) => RecordBody.Read(body, from => new HypothesisRecord(from, id, version));
}

/// <summary>A note.</summary>
public sealed record NoteRecord : WritingRecord, ICaseRecord<NoteRecord>
{
    /// <summary>Makes a note.</summary>
    public NoteRecord()
    {
    }

    [SetsRequiredMembers]
    private NoteRecord(RecordBody from, string id, long version) : base(from, id, version) => About = from.Texts("about");

    /// <inheritdoc/>
    public static string KindName => ItemKinds.Note;

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>What it is about: ids of records or techniques.</summary>
    public IReadOnlyList<string> About { get; init; } = [];

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json)
    {
        WriteHead(json);
        json.Texts("about", About);
    }

    /// <inheritdoc/>
    public static NoteRecord Read(JsonElement body, string id, long version) => RecordBody.Read(body, from => new NoteRecord(from, id, version));
}
