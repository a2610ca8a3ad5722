using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Modus.Casework.Cases;

/// <summary>Something that a person writes about a case: who, when, and the words.</summary>
public abstract record WritingRecord : ICaseRecord
{
    private protected WritingRecord()
    {
    }

    /// <summary>Reads what all writings have, in the order in which <see cref="WriteHead"/> writes it.</summary>
    [SetsRequiredMembers]
    private protected WritingRecord(RecordBody from, string id, long version)
    {
        (Id, Version) = (id, version);
        CaseId = from.TextOrEmpty("case");
        Author = from.TextOrEmpty("author");
        Time = from.Time("time");
        Text = from.TextOrEmpty("text");
    }

    /// <inheritdoc/>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public required string CaseId { get; init; }

    /// <inheritdoc/>
    public long Version { get; init; }

    /// <inheritdoc/>
    public abstract string Kind { get; }

    /// <summary>Who wrote it.</summary>
    public string Author { get; init; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>What it says; of a note in Markdown.</summary>
    public required string Text { get; init; }

    /// <inheritdoc/>
    public abstract void Write(Utf8JsonWriter json);

    /// <summary>Writes what all writings have.</summary>
    private protected void WriteHead(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.Text("case", CaseId);
        json.Text("author", Author);
        json.Time("time", Time);
        json.Text("text", Text);
    }
}
