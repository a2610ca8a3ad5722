using Modus.Logs;
using Modus.Reports.Documents;
using Modus.Sigma;
using Modus.Stix;

namespace Modus.Casework.Investigation;

/// <summary>Brings the problems of all readers into one form.</summary>
internal static class ProblemForms
{
    public static CaseProblem Of(Modus.Attack.Problem problem, string file) =>
        new(problem.Code, problem.Message, problem.File.Length > 0 ? problem.File : file, problem.Line > 0 ? FormattableString.Invariant($"line {problem.Line}") : null, problem.Fix, Lost: false);

    public static CaseProblem Of(StixProblem problem) =>
        new(problem.Code, problem.Message, problem.File, problem.Path, problem.Fix, problem.Lost);

    public static CaseProblem Of(ReportProblem problem) => new(
        problem.Code, problem.Message, problem.File, problem.Line is { } line ? FormattableString.Invariant($"line {line}") : null, problem.Fix,
        Lost: problem.Level != ProblemLevel.Note);

    public static CaseProblem Of(LogProblem problem) => new(
        problem.Code, problem.Count > 1 ? FormattableString.Invariant($"{problem.Message} ({problem.Count:N0} times)") : problem.Message, problem.File,
        problem.Line > 0 ? FormattableString.Invariant($"at {problem.Line}") : null, problem.Fix.Length > 0 ? problem.Fix : null);

    public static CaseProblem Of(Modus.Sigma.Problem problem) => new(
        problem.Code, problem.Message, problem.File, problem.Line > 0 ? FormattableString.Invariant($"line {problem.Line}, column {problem.Column}") : null,
        problem.Fix, Lost: problem.Severity == ProblemSeverity.Error);
}
