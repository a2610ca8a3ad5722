using Modus.Sigma.Rules;
using Modus.Sigma.Yaml;

namespace Modus.Sigma.Linting;

/// <summary>Where the checks of one run put what they find.</summary>
internal sealed class LintContext(LintOptions options)
{
    private readonly List<LintFinding> findings = [];

    public LintOptions Options => options;

    public IReadOnlyList<LintFinding> Findings => findings;

    public void Report(LintCheck check, RuleHeader header, SourcePosition at, string message, string? fix = null) =>
        Add(new(check.Code, check.Name, check.Severity, message, header.File, at.Line, at.Column, fix, header.Key));

    public void Report(LintCheck check, string file, string message, string? fix = null) =>
        Add(new(check.Code, check.Name, check.Severity, message, file, 0, 0, fix, ""));

    public void Report(Problem problem, string rule) =>
        Add(new(problem.Code, "unreadable", problem.Severity == ProblemSeverity.Error ? LintSeverity.Error : LintSeverity.Warning,
            problem.Message, problem.File, problem.Line, problem.Column, problem.Fix, rule));

    private void Add(LintFinding finding)
    {
        if (finding.Severity < options.Least || options.Without.Contains(finding.Code) || options.Without.Contains(finding.Name)) return;
        findings.Add(finding);
    }
}
