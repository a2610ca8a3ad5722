using System.Data.Common;
using Modus.Casework.Cases;
using Modus.Casework.Defence;
using Modus.Casework.Workspaces;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Coverage;

/// <summary>What commands take for the defence where a call names none: that of the workspace, else the folder <c>defence</c>.</summary>
internal static class DefaultDefence
{
    /// <summary>The workspace's defence; the folder alone outside of a workspace.</summary>
    public static WorkspaceDefence Of(Invocation run)
    {
        try
        {
            if (Workspace.Find(run.PathOf(".")) is { } workspace)
            {
                var found = WorkspaceDefence.Of(workspace, Evidence(run, workspace));
                foreach (var problem in found.Problems) run.Report(new CliProblem(problem.Code, problem.Message, problem.File, problem.Fix, problem.Lost));
                var here = Path.GetFullPath(run.PathOf(WorkspaceDefence.Folder));
                return found.Paths.Contains(here) || !Directory.Exists(here) ? found : found with { Paths = [here, .. found.Paths] };
            }
        }
        catch (CaseRuleException problem)
        {
            run.Report(new CliProblem(problem.Code, $"the workspace's defence was not asked: {problem.Message}", Fix: problem.Fix, IsError: false));
        }
        catch (DbException problem)
        {
            run.Report(new CliProblem(CaseRuleCodes.Store, $"the workspace's defence was not asked: the store failed: {problem.Message}", IsError: false));
        }
        return new([.. Directory.Exists(run.PathOf(WorkspaceDefence.Folder)) ? new[] { run.PathOf(WorkspaceDefence.Folder) } : []], [], []);
    }

    // Reading must not make a store: a workspace without one has no cases.
    private static IReadOnlyList<EvidenceRecord> Evidence(Invocation run, Workspace workspace)
    {
        var named = run.Setting("MODUS_STORE");
        if (named is null && !Workspace.IsServer(workspace.Store) && !File.Exists(workspace.PathOf(workspace.Store))) return [];
        using var book = new CaseBook(workspace.OpenStore(run.Time, named), "coverage", run.Time, workspace.FourEyes);
        return book.List<EvidenceRecord>();
    }
}
