using System.CommandLine;
using System.Data.Common;
using Modus.Casework.Cases;
using Modus.Casework.Store;
using Modus.Casework.Workspaces;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Cases;

/// <summary>The workspace that a command works in, with its records open.</summary>
internal sealed class CaseSession : IDisposable
{
    private CaseSession(Workspace workspace, CaseBook book)
    {
        Workspace = workspace;
        Book = book;
    }

    public Workspace Workspace { get; }

    public CaseBook Book { get; }

    /// <summary>The case that the command is about: the one named, the workspace's usual one, or the only one.</summary>
    public CaseRecord Case(string? named) => Book.Case(named, Workspace.Case);

    /// <summary>Runs a command in the workspace of the current folder (or <c>-C</c>); rules that it breaks become failures of the call.</summary>
    /// <exception cref="CommandFailure">There is no workspace, the store cannot be opened, or a rule was broken.</exception>
    public static int Run(Invocation run, CaseOptions options, Func<CaseSession, int> work)
    {
        try
        {
            using var session = Open(run, options);
            return work(session);
        }
        catch (CaseRuleException problem)
        {
            throw Failure(problem);
        }
        catch (CaseFormatException problem)
        {
            throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem(CaseRuleCodes.BadExport, $"a record of the store is not what it has to be: {problem.Message}"));
        }
        catch (DbException problem)
        {
            throw new CommandFailure(ExitCode.NetworkOrPermission, new CliProblem(CaseRuleCodes.Store, $"the store failed: {problem.Message}", Fix: "check its disk, its permissions or its server; nothing was half written"));
        }
    }

    /// <summary>The failure of a call that a broken rule stands for.</summary>
    public static CommandFailure Failure(CaseRuleException problem) => new(
        problem.Code == CaseRuleCodes.Store ? ExitCode.NetworkOrPermission : ExitCode.Usage, new CliProblem(problem.Code, problem.Message, Fix: problem.Fix));

    public void Dispose() => Book.Dispose();

    private static CaseSession Open(Invocation run, CaseOptions options)
    {
        var workspace = Workspace.Find(run.PathOf(".")) ?? throw new CaseRuleException(CaseRuleCodes.NoWorkspace, "there is no workspace here or above", "make one: modus init");
        var store = workspace.OpenStore(run.Time, run.Get(options.Store) ?? run.Setting("MODUS_STORE"));
        return new CaseSession(workspace, new CaseBook(store, ActorOf(run, options), run.Time, workspace.FourEyes));
    }

    private static string ActorOf(Invocation run, CaseOptions options) =>
        run.Get(options.By) is { Length: > 0 } named ? named : run.Setting("MODUS_USER") ?? (Environment.UserName is { Length: > 0 } user ? user : "analyst");
}

/// <summary>The options that every command on cases takes.</summary>
internal sealed class CaseOptions
{
    public Option<string?> Case { get; } = new("--case")
    {
        Description = "The case, by id or the beginning of it; the workspace's usual or only one where none is named.",
        HelpName = "CASE",
    };

    public Option<string?> Store { get; } = new("--store")
    {
        Description = "Another store than modus.yaml names: a file, or postgres://user@host/database. MODUS_STORE does the same.",
        HelpName = "STORE",
    };

    public Option<string?> By { get; } = new("--by")
    {
        Description = "Who does it, for the journal; MODUS_USER, else the user of this system.",
        HelpName = "NAME",
    };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="forCase">False leaves <c>--case</c> away: for commands on the whole workspace, or that name the case otherwise.</param>
    public CaseOptions AddTo(Command command, bool forCase = true)
    {
        if (forCase) command.Add(Case);
        command.Add(Store);
        command.Add(By);
        return this;
    }
}
