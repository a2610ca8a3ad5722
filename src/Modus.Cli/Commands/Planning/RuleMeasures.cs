using Modus.Cli.Commands.Rules;
using Modus.Cli.Shell;
using Modus.Sigma.Rules;

namespace Modus.Cli.Commands.Planning;

/// <summary>Sigma rules as planning sees them.</summary>
internal sealed record RuleMeasure(string Id, string Title, string Source, RuleLevel Level, DateOnly? Date, IReadOnlyList<string> Tags, string? Product, string? Category)
{
    /// <summary>Reads the rules of files and folders; what cannot be read is reported.</summary>
    public static (List<RuleMeasure> Rules, int Skipped) Read(Invocation run, IReadOnlyList<string> paths)
    {
        var rules = new List<RuleMeasure>();
        var skipped = 0;
        var files = RuleFiles.Find(run, paths);
        using var progress = run.Progress("files");
        var done = 0;
        foreach (var file in files)
        {
            run.Stop.ThrowIfCancellationRequested();
            progress.Report(++done, files.Count, "rules");
            if (RuleFiles.Read(run, file) is not { } text)
            {
                skipped++;
                continue;
            }
            var parsed = RuleParser.Parse(text, file);
            skipped += parsed.Given - parsed.Documents.Length;
            foreach (var problem in parsed.Problems.Where(problem => problem.Severity == Modus.Sigma.ProblemSeverity.Error)) RuleFiles.Report(run, problem);
            foreach (var rule in parsed.Documents.OfType<SigmaRule>())
                rules.Add(new(rule.Header.Id ?? Path.GetFileName(file), rule.Header.Title, SourceName(rule.LogSource), rule.Header.Level, rule.Header.Date,
                    [.. rule.Header.Tags.Select(tag => TechniqueOf(tag.Text)).OfType<string>()], rule.LogSource.Product, rule.LogSource.Category));
        }
        return (rules, skipped);
    }

    /// <summary>Reads a level by its name.</summary>
    public static RuleLevel LevelOf(string word) => Enum.TryParse<RuleLevel>(word, ignoreCase: true, out var level) && Enum.IsDefined(level) && !char.IsAsciiDigit(word[0]) ? level
        : throw CommandFailure.Usage("MD6203", $"'{word}' is no level of a rule", $"use one of: {string.Join(", ", Enum.GetNames<RuleLevel>().Select(name => name.ToLowerInvariant()))}");

    /// <summary>A level by its name, or null where it is none.</summary>
    public static RuleLevel? TryLevel(string word) => Enum.TryParse<RuleLevel>(word, ignoreCase: true, out var level) && Enum.IsDefined(level) ? level : null;

    private static string SourceName(RuleLogSource source) =>
        string.Join('/', new[] { source.Product, source.Category, source.Service }.Where(part => !string.IsNullOrEmpty(part)));

    private static string? TechniqueOf(string tag)
    {
        const string prefix = "attack.";
        return tag.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && tag.Length > prefix.Length + 1
            && tag[prefix.Length] is 't' or 'T' && char.IsAsciiDigit(tag[prefix.Length + 1]) ? tag[prefix.Length..].ToUpperInvariant() : null;
    }
}
