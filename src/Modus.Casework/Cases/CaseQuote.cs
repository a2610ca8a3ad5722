using System.Text.Json;

namespace Modus.Casework.Cases;

/// <summary>A span of a document that speaks of a technique.</summary>
public sealed record CaseQuote
{
    /// <summary>The evidence it stands in.</summary>
    public required string EvidenceId { get; init; }

    /// <summary>The sentence or table row.</summary>
    public required string Text { get; init; }

    /// <summary>The words that name the technique; empty where none does and the mapper read it out of the sentence.</summary>
    public string Matched { get; init; } = "";

    /// <summary>Offset of the words (of the sentence, where no words match) in the document's text: UTF-16 units, from 0.</summary>
    public long Start { get; init; }

    /// <summary>Length in UTF-16 units.</summary>
    public long Length { get; init; }

    /// <summary>Offset in the decoded source file; null for formats whose place is page and box.</summary>
    public long? SourceStart { get; init; }

    /// <summary>Length in the decoded source file; null as above.</summary>
    public long? SourceLength { get; init; }

    /// <summary>Page, from 1; null for formats without pages.</summary>
    public long? Page { get; init; }

    /// <summary>How the statement is meant: <c>asserted</c>, <c>capability</c>, <c>negated</c>, <c>recommended</c> …</summary>
    public string Statement { get; init; } = "";

    /// <summary>The id or name as it stands there.</summary>
    public string Written { get; init; } = "";

    /// <summary>The release that the document speaks; null where every release fits.</summary>
    public string? Release { get; init; }

    /// <summary>What became of the written id: <c>carried</c>, <c>new id</c>, <c>merged</c> …; null where nothing had to be done.</summary>
    public string? Verdict { get; init; }

    /// <summary>Why, with the route of ids; null where nothing had to be done.</summary>
    public string? Reason { get; init; }

    /// <summary>How likely the mapper takes it to be right, 0 to 1; null where the text names the technique.</summary>
    public double? Probability { get; init; }

    internal void Write(Utf8JsonWriter json)
    {
        json.Text("evidence", EvidenceId);
        json.Text("text", Text);
        json.Text("matched", Matched);
        json.WriteNumber("start", Start);
        json.WriteNumber("length", Length);
        json.Number("source_start", SourceStart);
        json.Number("source_length", SourceLength);
        json.Number("page", Page);
        json.Text("statement", Statement);
        json.Text("written", Written);
        json.Text("release", Release);
        json.Text("verdict", Verdict);
        json.Text("reason", Reason);
        json.Number("probability", Probability);
    }

    internal static CaseQuote Read(JsonElement body) => RecordBody.Read(body, static from => new CaseQuote
    {
        EvidenceId = from.TextOrEmpty("evidence"),
        Text = from.TextOrEmpty("text"),
        Matched = from.TextOrEmpty("matched"),
        Start = from.Whole("start") ?? 0,
        Length = from.Whole("length") ?? 0,
        SourceStart = from.Whole("source_start"),
        SourceLength = from.Whole("source_length"),
        Page = from.Whole("page"),
        Statement = from.TextOrEmpty("statement"),
        Written = from.TextOrEmpty("written"),
        Release = from.Text("release"),
        Verdict = from.Text("verdict"),
        Reason = from.Text("reason"),
        Probability = from.Real("probability"),
    });
}

/// <summary>Events of a log that a rule chose, counted together by host.</summary>
public sealed record CaseHit
{
    /// <summary>The evidence they stand in.</summary>
    public required string EvidenceId { get; init; }

    /// <summary>The file, with <c>!member</c> for what lies in an archive.</summary>
    public string File { get; init; } = "";

    /// <summary>Record or line of the first event, for example <c>record 1107</c>.</summary>
    public string Record { get; init; } = "";

    /// <summary>Time of the first event, UTC; null where events have no time.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>Time of the last event.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>Number of events.</summary>
    public long Count { get; init; } = 1;

    /// <summary>The computer that the events speak of; empty where they name none.</summary>
    public string Host { get; init; } = "";

    /// <summary>Accounts that the events name, in ordinal order.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>Title of the rule.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Id of the rule; null where it has none.</summary>
    public string? RuleId { get; init; }

    /// <summary>Author of the rule, who must be named with its matches; null where the rule names none.</summary>
    public string? RuleAuthor { get; init; }

    /// <summary>The rule's level.</summary>
    public string Level { get; init; } = "";

    /// <summary>The values that decided the first match; untrusted text.</summary>
    public string Details { get; init; } = "";

    /// <summary>The technique as the rule's tag writes it.</summary>
    public string Written { get; init; } = "";

    internal void Write(Utf8JsonWriter json)
    {
        json.Text("evidence", EvidenceId);
        json.Text("file", File);
        json.Text("record", Record);
        json.Time("first", First);
        json.Time("last", Last);
        json.WriteNumber("count", Count);
        json.Text("host", Host);
        json.Texts("users", Users);
        json.Text("rule", Rule);
        json.Text("rule_id", RuleId);
        json.Text("rule_author", RuleAuthor);
        json.Text("level", Level);
        json.Text("details", Details);
        json.Text("written", Written);
    }

    internal static CaseHit Read(JsonElement body) => RecordBody.Read(body, static from => new CaseHit
    {
        EvidenceId = from.TextOrEmpty("evidence"),
        File = from.TextOrEmpty("file"),
        Record = from.TextOrEmpty("record"),
        First = from.Time("first"),
        Last = from.Time("last"),
        Count = from.Whole("count") ?? 1,
        Host = from.TextOrEmpty("host"),
        Users = from.Texts("users"),
        Rule = from.TextOrEmpty("rule"),
        RuleId = from.Text("rule_id"),
        RuleAuthor = from.Text("rule_author"),
        Level = from.TextOrEmpty("level"),
        Details = from.TextOrEmpty("details"),
        Written = from.TextOrEmpty("written"),
    });
}

/// <summary>Somebody's bare assertion of a technique, without what was seen: an entry of a layer, an object of a bundle.</summary>
/// <param name="EvidenceId">The evidence it stands in.</param>
/// <param name="Place">Where in it, as a JSON path.</param>
/// <param name="Says">What stands there; untrusted text.</param>
/// <param name="Written">The id or name as it stands there.</param>
public sealed record CaseClaim(string EvidenceId, string Place, string Says, string Written)
{
    internal void Write(Utf8JsonWriter json)
    {
        json.Text("evidence", EvidenceId);
        json.Text("place", Place);
        json.Text("says", Says);
        json.Text("written", Written);
    }

    internal static CaseClaim Read(JsonElement body) => RecordBody.Read(body, static from => new CaseClaim(from.TextOrEmpty("evidence"), from.TextOrEmpty("place"), from.TextOrEmpty("says"), from.TextOrEmpty("written")));
}

/// <summary>Another technique that the same evidence may speak of.</summary>
/// <param name="Technique">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Probability">How likely, 0 to 1; null where nothing measured it.</param>
/// <param name="Why">Why it was considered; empty where nothing more is known.</param>
public sealed record RunnerUp(string Technique, string Name, double? Probability = null, string Why = "")
{
    internal void Write(Utf8JsonWriter json)
    {
        json.Text("technique", Technique);
        json.Text("name", Name);
        json.Number("probability", Probability);
        json.Text("why", Why);
    }

    internal static RunnerUp Read(JsonElement body) => RecordBody.Read(body, static from => new RunnerUp(from.TextOrEmpty("technique"), from.TextOrEmpty("name"), from.Real("probability"), from.TextOrEmpty("why")));
}
