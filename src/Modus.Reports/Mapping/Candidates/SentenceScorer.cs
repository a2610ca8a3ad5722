using Modus.Reports.Mapping.Features;

namespace Modus.Reports.Mapping.Candidates;

/// <summary>Asks the base models about sentences.</summary>
/// <remarks>A workspace for one thread.</remarks>
internal sealed class SentenceScorer
{
    private readonly BaseModels models;
    private readonly FeatureScanner scanner;
    private readonly SentenceEncoder attack;
    private readonly SentenceEncoder report;
    private readonly MarginScorer attackScorer;
    private readonly MarginScorer reportScorer;

    /// <summary>A scorer over models.</summary>
    public SentenceScorer(BaseModels models)
    {
        this.models = models;
        scanner = new(models.Names);
        attack = new(models.AttackSpace, scanner);
        report = new(models.ReportSpace, scanner);
        attackScorer = new(models.Attack, attack);
        reportScorer = new(models.Report, report);
    }

    /// <summary>The scanner with the tokens of the last sentence.</summary>
    public FeatureScanner Scanner => scanner;

    /// <summary>The last sentence's vector for the model learnt from ATT&amp;CK.</summary>
    public SentenceEncoder AttackVector => attack;

    /// <summary>The last sentence's vector for the model learnt from reports.</summary>
    public SentenceEncoder ReportVector => report;

    /// <summary>Reads a sentence for its tokens and vectors alone.</summary>
    public void Read(ReadOnlySpan<char> text)
    {
        scanner.Scan(text);
        attack.EncodeScanned();
        report.EncodeScanned();
    }

    /// <summary>The scores of a sentence.</summary>
    public SentenceScores Score(ReadOnlySpan<char> text)
    {
        Read(text);
        var attackMargins = new float[models.Attack.ClassCount];
        var reportMargins = new float[models.Report.ClassCount];
        attackScorer.Score(attackMargins, out var attackWindow);
        reportScorer.Score(reportMargins, out var reportWindow);
        return new()
        {
            Attack = attackMargins,
            Report = reportMargins,
            AttackWindow = attackWindow,
            ReportWindow = reportWindow,
            Sources = models.Sources.Find(scanner.FoundNames),
            PrintedIds = Printed(),
            Named = Named(),
            Words = scanner.Tokens.Length,
            ClassTokens = scanner.Lexer.ClassTokens,
            MaskedNames = scanner.MaskedNames,
        };
    }

    private int[] Printed()
    {
        if (scanner.Lexer.Ids.Count == 0) return [];
        var found = new List<int>();
        foreach (var id in scanner.Lexer.Ids)
            if (models.Classes.ById.TryGetValue(id.Hash, out var c) && !found.Contains(c)) found.Add(c);
        return [.. found];
    }

    private int[] Named()
    {
        var tokens = scanner.Lexer.Tokens;
        List<int>? found = null;
        for (var i = 0; i < tokens.Length; i++)
        {
            var hash = tokens[i].Hash;
            for (var length = 1; ; length++)
            {
                if (models.Classes.Named(hash) is >= 0 and var c && !(found ??= []).Contains(c)) found.Add(c);
                if (length == TechniqueClasses.LongestName || i + length >= tokens.Length) break;
                hash = FeatureHash.Join(hash, tokens[i + length].Hash);
            }
        }

        return found is null ? [] : [.. found];
    }
}
