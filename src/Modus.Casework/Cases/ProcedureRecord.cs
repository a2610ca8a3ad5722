using System.Text.Json;
using Modus.Casework.Store;

namespace Modus.Casework.Cases;

/// <summary>What people (or a stated policy) made of a procedure.</summary>
public enum ProcedureStatus
{
    /// <summary>Nobody decided yet.</summary>
    Candidate,

    /// <summary>It happened.</summary>
    Confirmed,

    /// <summary>It did not happen, or it was something else.</summary>
    Rejected,

    /// <summary>Evidence speaks for it and against it.</summary>
    Contradicted,
}

/// <summary>How sure a procedure is.</summary>
public enum ConfidenceLevel
{
    /// <summary>A bare claim, or a guess of the mapper.</summary>
    Low,

    /// <summary>One source states it as something that happened.</summary>
    Moderate,

    /// <summary>Events show it, or independent sources agree.</summary>
    High,
}

/// <summary>One thing an adversary did, as seen, with the evidence for it.</summary>
public sealed record ProcedureRecord : ICaseRecord<ProcedureRecord>
{
    /// <inheritdoc/>
    public static string KindName => ItemKinds.Procedure;

    /// <inheritdoc/>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public required string CaseId { get; init; }

    /// <inheritdoc/>
    public long Version { get; init; }

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <summary>The technique's id in <see cref="Release"/>.</summary>
    public required string Technique { get; init; }

    /// <summary>The technique's full name in that release.</summary>
    public string Name { get; init; } = "";

    /// <summary>Those of the technique's tactics that it served, by short name: named by the evidence or by a person; empty where none is.</summary>
    public IReadOnlyList<string> Tactics { get; init; } = [];

    /// <summary>The ATT&amp;CK release, for example <c>19.0</c>.</summary>
    public string Release { get; init; } = "";

    /// <summary>What was done, in words.</summary>
    public string Steps { get; init; } = "";

    /// <summary>When it began, UTC; null where nothing says.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>Hosts, in ordinal order.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Accounts, in ordinal order.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>Software used, by name or ATT&amp;CK id, in ordinal order.</summary>
    public IReadOnlyList<string> Software { get; init; } = [];

    /// <summary>Who did it; null where it is not known.</summary>
    public string? Actor { get; init; }

    /// <summary>Spans of documents that tell it.</summary>
    public IReadOnlyList<CaseQuote> Quotes { get; init; } = [];

    /// <summary>Events that show it.</summary>
    public IReadOnlyList<CaseHit> Hits { get; init; } = [];

    /// <summary>Bare assertions of it.</summary>
    public IReadOnlyList<CaseClaim> Claims { get; init; } = [];

    /// <summary>Where it came from first: <c>rule</c>, <c>text</c>, <c>mapper</c>, <c>layer</c>, <c>stix</c>, <c>analyst</c>, <c>import</c>.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Who entered it: for the rule of four eyes.</summary>
    public string Author { get; init; } = "";

    /// <summary>How sure it is.</summary>
    public ConfidenceLevel Confidence { get; init; }

    /// <summary>Why it is that sure.</summary>
    public string Why { get; init; } = "";

    /// <summary>What people made of it.</summary>
    public ProcedureStatus Status { get; init; }

    /// <summary>Other techniques that the same evidence may speak of, likeliest first.</summary>
    public IReadOnlyList<RunnerUp> RunnersUp { get; init; } = [];

    /// <summary>True where events show it.</summary>
    public bool IsSeen => Hits.Count > 0;

    /// <summary>True where a document states that it happened.</summary>
    public bool IsTold => Quotes.Any(quote => quote.Probability is null);

    /// <summary>True where nothing but a bare assertion speaks for it.</summary>
    public bool IsClaim => Hits.Count == 0 && Quotes.Count == 0;

    /// <summary><c>seen</c>, <c>told</c>, <c>suggested</c> or <c>claimed</c>: the firmest of its evidence.</summary>
    public string Standing => IsSeen ? "seen" : IsTold ? "told" : Quotes.Count > 0 ? "suggested" : "claimed";

    /// <summary>The evidence it rests on, by id, each once.</summary>
    public IEnumerable<string> EvidenceIds => Hits.Select(hit => hit.EvidenceId).Concat(Quotes.Select(quote => quote.EvidenceId)).Concat(Claims.Select(claim => claim.EvidenceId)).Distinct();

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.Text("case", CaseId);
        json.Text("technique", Technique);
        json.Text("name", Name);
        json.Texts("tactics", Tactics);
        json.Text("release", Release);
        json.Word("status", Status);
        json.Word("confidence", Confidence);
        json.Text("why", Why);
        json.Text("steps", Steps);
        json.Time("first", First);
        json.Time("last", Last);
        json.Texts("hosts", Hosts);
        json.Texts("accounts", Accounts);
        json.Texts("software", Software);
        json.Text("actor", Actor);
        json.Text("origin", Origin);
        json.Text("author", Author);
        json.Objects("hits", Hits, static (to, hit) => hit.Write(to));
        json.Objects("quotes", Quotes, static (to, quote) => quote.Write(to));
        json.Objects("claims", Claims, static (to, claim) => claim.Write(to));
        json.Objects("runners_up", RunnersUp, static (to, other) => other.Write(to));
    }

    /// <inheritdoc/>
    public static ProcedureRecord Read(JsonElement body, string id, long version) => RecordBody.Read(body, from => new ProcedureRecord
    {
        Id = id,
        Version = version,
        CaseId = from.TextOrEmpty("case"),
        Technique = from.TextOrEmpty("technique"),
        Name = from.TextOrEmpty("name"),
        Tactics = from.Texts("tactics"),
        Release = from.TextOrEmpty("release"),
        Status = from.Word("status", ProcedureStatus.Candidate),
        Confidence = from.Word("confidence", ConfidenceLevel.Low),
        Why = from.TextOrEmpty("why"),
        Steps = from.TextOrEmpty("steps"),
        First = from.Time("first"),
        Last = from.Time("last"),
        Hosts = from.Texts("hosts"),
        Accounts = from.Texts("accounts"),
        Software = from.Texts("software"),
        Actor = from.Text("actor"),
        Origin = from.TextOrEmpty("origin"),
        Author = from.TextOrEmpty("author"),
        Hits = from.Objects("hits", CaseHit.Read),
        Quotes = from.Objects("quotes", CaseQuote.Read),
        Claims = from.Objects("claims", CaseClaim.Read),
        RunnersUp = from.Objects("runners_up", RunnerUp.Read),
    });
}
