using Modus.Cli.Shell;
using Modus.Sigma;
using Modus.Sigma.Rules;

namespace Modus.Cli.Commands.Rules;

/// <summary>One rule as the user names it: a file, or an id, name or title among given rules.</summary>
internal sealed record RuleChoice(CompiledRule Rule, SigmaRule? Written)
{
    /// <summary>Finds the rule.</summary>
    /// <exception cref="CommandFailure">There is no such rule, or it cannot be used.</exception>
    public static RuleChoice Find(Invocation run, string named, IReadOnlyList<string> folders, CompileOptions compile)
    {
        var isFile = File.Exists(run.PathOf(named));
        var set = RuleSet.Load(isFile ? [run.PathOf(named)] : RuleFiles.Find(run, folders.Count > 0 ? folders : run.Setting("MODUS_RULES") is { } setting ? [setting] : ["rules"]), new() { KeepDocuments = true, Compile = compile });
        var rule = isFile ? set.Rules.FirstOrDefault() : set.Find(named) ?? set.Rules.FirstOrDefault(one => one.Header.Title.Equals(named, StringComparison.OrdinalIgnoreCase));
        if (rule is null)
        {
            foreach (var problem in set.Problems.Where(problem => isFile && problem.Severity == ProblemSeverity.Error)) RuleFiles.Report(run, problem);
            var near = isFile ? null : Suggestions.Nearest(named, [.. set.Rules.Select(one => one.Header.Title)]);
            throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD9026", isFile ? "the file holds no rule that can be used" : $"no rule has the id, name or title '{named}'", isFile ? named : null,
                isFile ? "see the problems above" : near is null ? "name a rule file, or the folder with --rules DIR" : $"did you mean '{near}'?"));
        }

        if (isFile && set.Rules.Length > 1) run.Say($"{named} holds {set.Rules.Length} rules; this is about '{rule.Header.Title}'");
        else if (isFile && set.Correlations.Length > 0) run.Say($"'{set.Correlations[0].Header.Title}' counts matches of '{rule.Header.Title}'; this is about the latter");
        return new(rule, set.Documents.OfType<SigmaRule>().FirstOrDefault(one => one.Header.File == rule.Header.File && one.Header.Document == rule.Header.Document));
    }
}
