using System.Collections.Immutable;
using Modus.Sigma.Rules;

namespace Modus.Sigma.Linting;

/// <summary>Checks rules for everything that can be known without running them on events.</summary>
public static class RuleLint
{
    /// <summary>All checks by code. Problems of reading and compiling rules are reported beside them, with their own codes.</summary>
    public static IReadOnlyList<LintCheck> Checks => Catalogue.All;

    /// <summary>Checks files together, so that ids and references between them are seen.</summary>
    /// <param name="files">The files, each named once.</param>
    /// <param name="options">The release, the day, what to leave out.</param>
    /// <returns>All findings, in an order that does not depend on the order of the files.</returns>
    public static LintResult Run(IEnumerable<LintFile> files, LintOptions options)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(options);
        var lint = new LintContext(options);
        var documents = new List<RuleDocument>();
        var given = 0;
        foreach (var file in files.OrderBy(file => file.File, StringComparer.Ordinal))
        {
            var parsed = RuleParser.Parse(file.Text, file.File);
            given += parsed.Given;
            foreach (var problem in parsed.Problems)
                lint.Report(problem, parsed.Documents.FirstOrDefault(document => document.Header.Position.Line <= problem.Line)?.Header.Key ?? "");
            documents.AddRange(parsed.Documents);
            Names(file, lint);
        }

        var known = RuleSetChecks.Index(documents, lint);
        var compiled = new List<CompiledRule>();
        var used = 0;
        foreach (var document in documents)
        {
            HeaderChecks.Run(document, lint);
            TagChecks.Run(document, lint);
            if (Body(document, known, compiled, lint)) used++;
        }

        RuleSetChecks.Twins(compiled, lint);
        ImmutableArray<LintFinding> findings =
        [
            .. lint.Findings.OrderBy(finding => finding.File, StringComparer.Ordinal).ThenBy(finding => finding.Line).ThenBy(finding => finding.Column)
                .ThenBy(finding => finding.Code, StringComparer.Ordinal).ThenBy(finding => finding.Message, StringComparer.Ordinal),
        ];
        return new(findings, given, used);
    }

    private static bool Body(RuleDocument document, IReadOnlyDictionary<string, RuleDocument> known, List<CompiledRule> compiled, LintContext lint)
    {
        var problems = new List<Problem>();
        switch (document)
        {
            case SigmaRule rule:
                var result = RuleCompiler.Compile(rule, lint.Options.Compile, problems);
                foreach (var problem in problems) lint.Report(problem, rule.Header.Key);
                Items(rule, rule.LogSource, rule.Selections, lint);
                ConditionChecks.Run(rule, result, lint);
                if (result is null) return false;
                compiled.Add(result);
                if (Scoring.RuleScorer.Score(result).DependsOnIndicators)
                    lint.Report(Catalogue.IndicatorsOnly, rule.Header, rule.PositionOf("detection"), "Hashes, addresses, names or domains decide about every match.", "Ask for what the technique cannot do without, and keep the indicators as such with an expiry.");
                return true;
            case SigmaFilter filter:
                var whole = RuleCompiler.Compile(filter, lint.Options.Compile, problems);
                foreach (var problem in problems) lint.Report(problem, filter.Header.Key);
                Items(filter, filter.LogSource, filter.Selections, lint);
                ReferenceChecks.Filter(filter, known, lint);
                return whole is not null;
            case SigmaCorrelation correlation:
                ReferenceChecks.Correlation(correlation, known, lint);
                return true;
            default:
                return false;
        }
    }

    private static void Items(RuleDocument document, RuleLogSource source, ImmutableArray<Selection> selections, LintContext lint)
    {
        var items = selections.SelectMany(selection => DetectionText.Items(selection.Body)).ToList();
        SourceChecks.Run(document, source, items, lint);
        foreach (var item in items) ItemChecks.Run(document, source, item, lint);
    }

    private static void Names(LintFile file, LintContext lint)
    {
        var name = file.File.AsSpan()[(file.File.AsSpan().LastIndexOfAny('/', '\\') + 1)..];
        if (name.Length > 0 && (name.IndexOfAnyInRange('A', 'Z') >= 0 || !name.EndsWith(".yml", StringComparison.Ordinal) || name.Contains(' ')))
            lint.Report(Catalogue.FileName, file.File, $"The file is named '{name}'.", "Use lower case without spaces and the ending .yml.");
        if (lint.Options.HasFixtures is { } has && !has(file.File))
            lint.Report(Catalogue.FixturesMissing, file.File, "No fixture file lies beside the rule.", "Write events that must and must not match: modus rule new makes a first set.");
    }
}
