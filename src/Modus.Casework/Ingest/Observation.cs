using Modus.Casework.Cases;
using Modus.Casework.Investigation;

namespace Modus.Casework.Ingest;

/// <summary>One reason to speak of a technique, on its way into a procedure: a quote, a hit or a claim.</summary>
internal sealed record Observation
{
    public required string Technique { get; init; }

    public required string Name { get; init; }

    public IReadOnlyList<string> Tactics { get; init; } = [];

    /// <summary>As in <see cref="ProcedureRecord.Origin"/>.</summary>
    public required string Origin { get; init; }

    public CaseQuote? Quote { get; init; }

    public CaseHit? Hit { get; init; }

    public CaseClaim? Claim { get; init; }

    public IReadOnlyList<RunnerUp> RunnersUp { get; init; } = [];

    /// <summary>What makes it this one: the same bytes read again give the same key.</summary>
    public string Key => Hit is { } hit ? KeyOf(hit) : Quote is { } quote ? KeyOf(quote) : KeyOf(Claim!);

    public string EvidenceId => Hit?.EvidenceId ?? Quote?.EvidenceId ?? Claim!.EvidenceId;

    public static string KeyOf(CaseHit hit) => string.Join('\u001f', "hit", hit.EvidenceId, hit.File, hit.RuleId ?? hit.Rule, hit.Host, hit.Written, hit.Host.Length > 0 ? "" : hit.Record);

    public static string KeyOf(CaseQuote quote) => FormattableString.Invariant($"quote\u001f{quote.EvidenceId}\u001f{quote.Start}\u001f{quote.Written}");

    public static string KeyOf(CaseClaim claim) => $"claim\u001f{claim.EvidenceId}\u001f{claim.Place}\u001f{claim.Written}";

    /// <summary>The keys of everything that a procedure rests on.</summary>
    public static IEnumerable<string> KeysOf(ProcedureRecord procedure) =>
        procedure.Hits.Select(KeyOf).Concat(procedure.Quotes.Select(KeyOf)).Concat(procedure.Claims.Select(KeyOf));
}

/// <summary>Turns what an investigation found into observations and asides.</summary>
internal sealed class Observations
{
    private readonly IReadOnlyDictionary<string, string> evidence;
    private readonly IReadOnlyDictionary<string, string> names;

    /// <param name="evidence">The id of the evidence behind a file.</param>
    /// <param name="names">Names of techniques, by id.</param>
    public Observations(IReadOnlyDictionary<string, string> evidence, IReadOnlyDictionary<string, string> names)
    {
        this.evidence = evidence;
        this.names = names;
    }

    public List<Observation> Found { get; } = [];

    public Dictionary<string, List<Aside>> Asides { get; } = new(StringComparer.Ordinal);

    public void Add(TechniqueFinding finding)
    {
        foreach (var item in finding.Evidence)
        {
            if (EvidenceOf(item.File) is not { } id) continue;
            if (item.Standing == Standing.Mentioned) AddAside(finding, item, id);
            else Found.Add(Of(finding, item, id));
        }
    }

    private Observation Of(TechniqueFinding finding, Evidence item, string id)
    {
        var start = new Observation { Technique = finding.Id, Name = finding.Name, Origin = "", Tactics = item is HitEvidence or LayerEvidence or StixEvidence ? finding.NamedTactics : [] };
        return item switch
        {
            QuoteEvidence quote => start with { Origin = "text", Quote = QuoteOf(quote, id) },
            SuggestionEvidence suggestion => start with
            {
                Origin = "mapper",
                Quote = QuoteOf(suggestion, finding.Id, id),
                RunnersUp = [.. suggestion.RunnersUp.Select(OtherOf)],
            },
            HitEvidence hit => start with { Origin = "rule", Hit = HitOf(hit, id) },
            // A described use of a bundle is told by its producer: its sentence is the quote, its path the place.
            StixEvidence { Standing: Standing.Told, Description: { } says } stix => start with
            {
                Origin = "stix",
                Quote = new CaseQuote { EvidenceId = id, Text = says, Statement = stix.Subject is { } subject ? $"asserted of {subject}" : "asserted", Written = $"{stix.Origin.Written} at {stix.ObjectPath}", Release = stix.Origin.Release, Verdict = stix.Origin.Verdict, Reason = stix.Origin.Reason },
            },
            _ => start with { Origin = item is LayerEvidence ? "layer" : "stix", Claim = new CaseClaim(id, item.Place, item.Says, item.Origin.Written) },
        };
    }

    private void AddAside(TechniqueFinding finding, Evidence item, string id)
    {
        var quote = item switch
        {
            QuoteEvidence said => QuoteOf(said, id),
            SuggestionEvidence suggestion => QuoteOf(suggestion, finding.Id, id),
            _ => new CaseQuote { EvidenceId = id, Text = item.Says, Statement = "switched off", Written = item.Origin.Written },
        };
        if (!Asides.TryGetValue(id, out var list)) Asides[id] = list = [];
        list.Add(new Aside(finding.Id, finding.Name, quote));
    }

    private static CaseQuote QuoteOf(QuoteEvidence quote, string id) => new()
    {
        EvidenceId = id,
        Text = quote.Sentence,
        Matched = quote.Matched,
        Start = quote.Start,
        Length = quote.Length,
        SourceStart = quote.SourceStart,
        SourceLength = quote.SourceLength,
        Page = quote.Page,
        Statement = quote.Statement,
        Written = quote.Origin.Written,
        Release = quote.Origin.Release,
        Verdict = quote.Origin.Verdict,
        Reason = quote.Origin.Reason,
    };

    private static CaseQuote QuoteOf(SuggestionEvidence suggestion, string technique, string id) => new()
    {
        EvidenceId = id,
        Text = suggestion.Sentence,
        Start = suggestion.Start,
        Length = suggestion.Sentence.Length,
        SourceStart = suggestion.SourceStart,
        Page = suggestion.Page,
        Statement = suggestion.Statement,
        Written = technique,
        Probability = Math.Round(suggestion.Probability, 4),
    };

    private static CaseHit HitOf(HitEvidence hit, string id) => new()
    {
        EvidenceId = id,
        File = MemberOf(hit.File),
        Record = hit.FirstPlace,
        First = hit.First,
        Last = hit.Last,
        Count = hit.Count,
        Host = hit.Host ?? "",
        Users = hit.Users,
        Rule = hit.Rule,
        RuleId = hit.RuleId,
        RuleAuthor = hit.Author,
        Level = hit.Level,
        Details = hit.Details,
        Written = hit.Origin.Written,
    };

    private RunnerUp OtherOf(string text)
    {
        var parts = text.Split(' ', 2);
        double? probability = parts.Length > 1 && double.TryParse(parts[1], System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : null;
        return new RunnerUp(parts[0], names.GetValueOrDefault(parts[0], ""), probability, "other reading of the sentence");
    }

    private string? EvidenceOf(string file)
    {
        if (evidence.TryGetValue(file, out var id)) return id;
        var mark = file.IndexOf('!', StringComparison.Ordinal);
        return mark > 0 && evidence.TryGetValue(file[..mark], out id) ? id : null;
    }

    // The evidence says where the file lies; what is left to say is the member of an archive.
    private static string MemberOf(string file)
    {
        var name = Path.GetFileName(file.Replace('\\', '/'));
        var mark = file.IndexOf('!', StringComparison.Ordinal);
        return mark < 0 ? name : Path.GetFileName(file[..mark]) + file[mark..];
    }
}
