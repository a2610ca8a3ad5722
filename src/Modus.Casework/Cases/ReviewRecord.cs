using System.Text.Json;
using Modus.Casework.Store;

namespace Modus.Casework.Cases;

/// <summary>What a reviewer did with a procedure.</summary>
public enum ReviewVerdict
{
    /// <summary>Accepted as it is.</summary>
    Accept,

    /// <summary>Rejected.</summary>
    Reject,

    /// <summary>Marked as contradicted by other evidence.</summary>
    Contradict,

    /// <summary>Another technique was taken in its place.</summary>
    Change,

    /// <summary>Its span, steps or tactics were edited.</summary>
    Edit,

    /// <summary>Left open, with an intelligence gap.</summary>
    Gap,

    /// <summary>Put back among the candidates.</summary>
    Reopen,
}

/// <summary>A person's judgement on a procedure.</summary>
public sealed record ReviewRecord : ICaseRecord<ReviewRecord>
{
    /// <inheritdoc/>
    public static string KindName => ItemKinds.Review;

    /// <inheritdoc/>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public required string CaseId { get; init; }

    /// <inheritdoc/>
    public long Version { get; init; }

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <summary>The procedure that was judged.</summary>
    public required string ProcedureId { get; init; }

    /// <summary>Who judged.</summary>
    public required string Reviewer { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>What was done with it.</summary>
    public required ReviewVerdict Verdict { get; init; }

    /// <summary>Why; empty where the reviewer gave no reason.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The technique before; null where it did not change.</summary>
    public string? TechniqueBefore { get; init; }

    /// <summary>The technique after; null where it did not change.</summary>
    public string? TechniqueAfter { get; init; }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.Text("case", CaseId);
        json.Text("procedure", ProcedureId);
        json.Text("reviewer", Reviewer);
        json.Time("time", Time);
        json.Word("verdict", Verdict);
        json.Text("reason", Reason);
        json.Text("technique_before", TechniqueBefore);
        json.Text("technique_after", TechniqueAfter);
    }

    /// <inheritdoc/>
    public static ReviewRecord Read(JsonElement body, string id, long version) => new()
    {
        Id = id,
        Version = version,
        CaseId = body.TextOrEmpty("case"),
        ProcedureId = body.TextOrEmpty("procedure"),
        Reviewer = body.TextOrEmpty("reviewer"),
        Time = body.Time("time"),
        Verdict = body.Word("verdict", ReviewVerdict.Edit),
        Reason = body.TextOrEmpty("reason"),
        TechniqueBefore = body.Text("technique_before"),
        TechniqueAfter = body.Text("technique_after"),
    };
}
