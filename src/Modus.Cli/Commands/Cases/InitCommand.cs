using System.CommandLine;
using Modus.Casework.Cases;
using Modus.Casework.Workspaces;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Cases;

/// <summary><c>modus init [DIR]</c>: a folder becomes a workspace.</summary>
internal sealed class InitCommand : ModusCommand
{
    private readonly Argument<string> folder = new("DIR") { Description = "The folder; the current one by default.", DefaultValueFactory = _ => "." };
    private readonly Option<string?> name = new("--name") { Description = "Name of the workspace; the folder's by default.", HelpName = "NAME" };
    private readonly Option<string?> store = new("--store") { Description = "Where records are kept: a file in the folder (default .modus/modus.db), or postgres://user@host/database for a team.", HelpName = "STORE" };
    private readonly Option<bool> fourEyes = new("--four-eyes") { Description = "Whoever enters a procedure may not be the one who accepts it." };

    public InitCommand() : base("init", "Makes a folder a workspace: modus.yaml, folders for material, and the store.")
    {
        Add(folder);
        Add(name);
        Add(store);
        Add(fourEyes);
        Example("modus init");
        Example("modus init harbor --name 'Harbor intrusion' --four-eyes");
    }

    public override int Run(Invocation run)
    {
        var path = Path.GetFullPath(run.PathOf(run.Get(folder) ?? "."));
        var workspace = new Workspace
        {
            Folder = path,
            Name = run.Get(name) ?? Path.GetFileName(path),
            Store = run.Get(store) ?? Workspace.UsualStore,
            AttackVersion = run.AttackVersion,
            FourEyes = run.Get(fourEyes) ? new FourEyesPolicy(true, []) : FourEyesPolicy.Off,
        };
        try
        {
            if (File.Exists(workspace.PathOf(Workspace.FileName))) throw new CaseRuleException(CaseRuleCodes.WorkspaceThere, $"{path} is a workspace already", $"edit its {Workspace.FileName}");
            // The store is opened first: an address that leads nowhere must not leave half a workspace.
            if (Workspace.IsServer(workspace.Store)) workspace.OpenStore(run.Time).Dispose();
            workspace.Create();
            if (!Workspace.IsServer(workspace.Store)) workspace.OpenStore(run.Time).Dispose();
        }
        catch (CaseRuleException problem)
        {
            throw CaseSession.Failure(problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.NetworkOrPermission, new CliProblem(CaseRuleCodes.BadWorkspace, $"{path} cannot be made a workspace: {problem.Message}"));
        }
        run.Say($"workspace {workspace.Name} in {path}; next: modus ingest PATH...");
        return ExitCode.Done;
    }
}
