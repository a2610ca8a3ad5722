using Modus.Attack.Projection;
using Modus.Casework.Indicators;
using Modus.Reports.Documents;
using Modus.Reports.Mentions;
using Modus.Reports.Qualifiers;

namespace Modus.Casework.Investigation;

/// <summary>Reads documents: what they name outright, each with its quote and what the statement does with it.</summary>
internal sealed class ReportInput(KnowledgeAtHand knowledge, FindingCollector findings, InvestigationOptions options)
{
    // Fewer characters beside the id than this say nothing; a longer block is no line any more.
    private const int ShortestStatement = 12, LongestContext = 600;

    private readonly Lazy<ReportSuggestions> suggestions = new(() => new ReportSuggestions(findings, options.LeastProbability));
    private readonly Lazy<MentionVocabulary> vocabulary = new(() => Vocabularies.Of(knowledge));

    /// <returns>The format in words, what was found, and whether the document was used.</returns>
    public (string Format, string Summary, bool Used) Read(Stream stream, string file)
    {
        var reading = ReportReader.Read(stream, file);
        foreach (var problem in reading.Problems) findings.Problems.Add(ProblemForms.Of(problem));
        return reading.Document is { } document ? Read(document, file) : ("report", "could not be read", false);
    }

    /// <inheritdoc cref="Read(Stream, string)"/>
    public (string Format, string Summary, bool Used) Read(Document document, string file)
    {
        var mentions = MentionFinder.Find(document, vocabulary.Value);
        if (document.Text.Length > MentionFinder.LongestText || mentions.Count >= MentionFinder.MostMentions)
            findings.Problems.Add(new CaseProblem(
                CaseProblemCodes.TooMuch, FormattableString.Invariant($"too long for a report: {document.Text.Length:N0} characters, {mentions.Count:N0} mentions taken; the rest was not searched"), file,
                Fix: "cut the document into parts"));
        HiddenPassages.Report(document, file, findings.Problems);
        var techniques = mentions.Where(mention => mention.Kind == MentionKind.Technique).ToList();
        var release = ReleaseOf(document, techniques);
        int told = 0, aside = 0;
        var seen = new HashSet<(string, int)>();
        foreach (var mention in techniques.OrderBy(mention => mention.Form == MentionForm.Name).ThenBy(mention => mention.Quote.Start))
        {
            if (mention.Id is null) AddAmbiguous(mention, file);
            else if (seen.Add((mention.Id, mention.Statement.Start)) && AddTechnique(document, mention, file, release) is { } standing)
            {
                if (standing == Standing.Told) told++;
                else aside++;
            }
        }
        foreach (var mention in mentions) AddName(mention, file);
        var suggested = options.LeastProbability > 1 ? 0 : suggestions.Value.Add(document, file);
        var besides = aside > 0 ? FormattableString.Invariant($", {aside} as advice, denial or background") : "";
        var indicators = Indicators(document, file);
        var more = suggested > 0 ? FormattableString.Invariant($"; {suggested} sentences suggest more") : "";
        return (FormatOf(document), FormattableString.Invariant($"{told} statements on techniques{besides}{more}{indicators}"), true);
    }

    private string Indicators(Document document, string file)
    {
        if (options.IndicatorsAt is not { } now) return "";
        var found = ReportIndicators.Of(document, file, now, out var references);
        findings.Indicators.AddRange(found);
        var left = references > 0 ? FormattableString.Invariant($", {references} addresses left out as references") : "";
        return found.Count + references > 0 ? FormattableString.Invariant($"; {found.Count} {(found.Count == 1 ? "mention of an indicator" : "mentions of indicators")}{left}") : "";
    }

    private Standing? AddTechnique(Document document, Mention mention, string file, string? release)
    {
        var how = mention.Form switch { MentionForm.Id => "id", MentionForm.Link => "link", _ => "name" };
        var written = mention.Form == MentionForm.Name ? mention.Quote.Text : mention.Id!;
        var resolution = findings.Resolver.Resolve(mention.Id!, how, version: mention.Release ?? release);
        resolution = resolution with { Origin = resolution.Origin with { Written = written } };
        var (standing, statement) = Judge(mention);
        var place = mention.Quote.Page is { } page ? FormattableString.Invariant($"page {page}") : FormattableString.Invariant($"offset {mention.Quote.SourceStart ?? mention.Quote.Start}");
        var added = findings.Add(resolution, file, place, origin => new QuoteEvidence(
            file, standing, origin, statement, ContextOf(document, mention), mention.Quote.Text,
            mention.Quote.Start, mention.Quote.Length, mention.Quote.SourceStart, mention.Quote.SourceLength, mention.Quote.Page));
        return added ? standing : null;
    }

    /// <summary>The statement; where that is the bare id (a column of notes), the whole line or paragraph around it.</summary>
    private static string ContextOf(Document document, Mention mention)
    {
        if (mention.Statement.Length >= mention.Quote.Length + ShortestStatement || document.BlockAt(mention.Quote.Start) is not { } block) return mention.Statement.Text;
        var text = document.TextOf(block);
        return text.Length <= LongestContext ? text : mention.Statement.Text;
    }

    private static string FormatOf(Document document) => document.Format switch
    {
        DocumentFormat.Html => "HTML report",
        DocumentFormat.PlainText => "plain-text report",
        DocumentFormat.Pdf => FormattableString.Invariant($"PDF report, {document.Pages.Count} pages"),
        DocumentFormat.Docx => "DOCX report",
        _ => $"{document.Format} report",
    };

    private void AddAmbiguous(Mention mention, string file) => findings.AddUnplaced(
        file, FormattableString.Invariant($"offset {mention.Quote.SourceStart ?? mention.Quote.Start}"), mention.Quote.Text,
        $"several techniques have this name: {string.Join(", ", mention.Candidates.Select(candidate => candidate.Id))}");

    private void AddName(Mention mention, string file)
    {
        var kind = mention.Kind switch { MentionKind.Group => "group", MentionKind.Software => "software", MentionKind.Campaign => "campaign", _ => null };
        if (kind is null) return;
        var ids = mention.Candidates.Select(candidate => candidate.Id).Order(StringComparer.Ordinal).ToList();
        findings.AddName(kind, ids.Count > 0 || mention.Id is null ? ids : [mention.Id], mention.Quote.Text, file, Judge(mention).Standing == Standing.Mentioned);
    }

    private static (Standing Standing, string Statement) Judge(Mention mention) => mention switch
    {
        _ when mention.Traits.HasFlag(BlockTraits.Hidden) => (Standing.Mentioned, "hidden text"),
        _ when mention.Traits.HasFlag(BlockTraits.Boilerplate) => (Standing.Mentioned, "page furniture"),
        { Qualifier: Qualifier.Observed } => (Standing.Told, "asserted"),
        { Qualifier: Qualifier.Capability } => (Standing.Told, "capability"),
        _ => (Standing.Mentioned, mention.Qualifier.ToString().ToLowerInvariant()),
    };

    /// <summary>The release that the document says it speaks, else the one that its ids speak for.</summary>
    private string? ReleaseOf(Document document, List<Mention> techniques)
    {
        if (StatedRelease.In(document.Text) is { } stated) return stated;
        var ids = techniques.Where(mention => mention.Form != MentionForm.Name && mention.Id is not null).Select(mention => mention.Id!).ToHashSet(StringComparer.Ordinal);
        var (domain, target) = knowledge.Domains[0];
        var guess = ids.Count == 0 ? null : ReleaseGuess.Of(ids, knowledge.All, domain).Version;
        return guess == target.Version ? null : guess;
    }
}
