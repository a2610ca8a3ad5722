using Modus.Reports.Documents;
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
}
