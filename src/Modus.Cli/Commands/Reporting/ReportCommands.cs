using Modus.Casework.Cases;
using Modus.Casework.Reporting;
using Modus.Cli.Commands.Cases;
using Modus.Cli.Commands.Investigate;
using Modus.Cli.Shell;
using Modus.Web.Cases;

namespace Modus.Cli.Commands.Reporting;

/// <summary><c>modus report case</c>: everything about a case, to read and to search in.</summary>
internal sealed class ReportCaseCommand : ModusCommand
{
    private readonly CaseOptions options;

    public ReportCaseCommand() : base("case", "Writes the report of a case: matrix, timeline, procedures with quotes and events side by side, gaps, hypotheses, method.", Format.Markdown, Format.Html, Format.Json)
    {
        options = new CaseOptions().AddTo(this);
        Example("modus init -q && modus ingest samples/first-case -q && modus report case -o case.html");
        Example("modus init -q && modus ingest samples/first-case -q && modus report case -o json");
    }

    public override int Run(Invocation run) => CaseSession.Run(run, options, session =>
    {
        var report = ReportOf(run, session, options);
        switch (run.Format)
        {
            case Format.Html: run.Out.Write(CasePages.Report(report)); break;
            case Format.Json: CaseReportJson.Write(run.Out, report); break;
            default: new CaseReportMarkdown(run.Out).Write(report); break;
        }
        return ExitCode.Done;
    });

    internal static CaseReport ReportOf(Invocation run, CaseSession session, CaseOptions options)
    {
        var item = session.Case(run.Get(options.Case));
        var report = CaseReportBuilder.Build(session.Book, item, CaseKnowledge.Of(run, item.Release ?? session.Workspace.AttackVersion), session.Workspace);
        foreach (var problem in report.Defence.Problems) run.Report(new CliProblem(problem.Code, problem.Message, problem.Place is null ? problem.File : $"{problem.File}:{problem.Place}", problem.Fix, IsError: false));
        return report;
    }
}

/// <summary><c>modus report brief</c>: two pages for a manager.</summary>
internal sealed class ReportBriefCommand : ModusCommand
{
    private readonly CaseOptions options;

    public ReportBriefCommand() : base("brief", "Writes two pages for a decision: what happened, how sure that is, what to do; every number with what it is a part of.", Format.Markdown, Format.Html, Format.Json)
    {
        options = new CaseOptions().AddTo(this);
        Example("modus init -q && modus ingest samples/first-case -q && modus report brief -o brief.html");
        Example("modus init -q && modus ingest samples/first-case -q && modus report brief");
    }

    public override int Run(Invocation run) => CaseSession.Run(run, options, session =>
    {
        var brief = Brief.Of(ReportCaseCommand.ReportOf(run, session, options));
        switch (run.Format)
        {
            case Format.Html: run.Out.Write(CasePages.Brief(brief)); break;
            case Format.Json: CaseReportJson.Write(run.Out, brief); break;
            default: new CaseReportMarkdown(run.Out).Write(brief); break;
        }
        return ExitCode.Done;
    });
}
