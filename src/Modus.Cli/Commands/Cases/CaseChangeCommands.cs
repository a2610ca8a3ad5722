using System.CommandLine;
using Modus.Casework.Cases;
using Modus.Casework.Exchange;
using Modus.Casework.Reporting;
using Modus.Cli.Commands.Investigate;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Cases;

/// <summary><c>modus case merge FROM INTO</c>.</summary>
internal sealed class CaseMergeCommand : ModusCommand
{
    private readonly Argument<string> source = new("FROM") { Description = "The case to empty; it is closed." };
    private readonly Argument<string> target = new("INTO") { Description = "The case that takes everything." };
    private readonly CaseOptions options = new();

    public CaseMergeCommand() : base("merge", "Moves everything of one case into another and closes the first.")
    {
        Add(source);
        Add(target);
        options.AddTo(this, forCase: false);
        Example("modus init -q && modus case new One && modus case new Two && modus case merge One Two");
        Example("modus init -q && modus case new One && modus case new Two && modus case merge C-one C-two --by mira && modus undo");
    }

    public override int Run(Invocation run) => CaseSession.Run(run, options, session =>
    {
        var (one, other) = (session.Book.Case(run.Get(source)), session.Book.Case(run.Get(target)));
        var moved = CaseMoves.Merge(session.Book, one, other);
        run.Say($"moved {moved} records of {one.Id} into {other.Id}; 'modus undo' takes it back");
        return ExitCode.Done;
    });
}

/// <summary><c>modus case close [CASE]</c>.</summary>
internal sealed class CaseCloseCommand : ModusCommand
{
    private readonly Argument<string?> id = new("CASE") { Description = "The case; the usual or only one by default.", Arity = ArgumentArity.ZeroOrOne };
    private readonly CaseOptions options = new();
    private readonly Option<string?> reason = new("--reason") { Description = "Why it is closed.", HelpName = "WORDS" };
    private readonly Option<bool> reopen = new("--reopen") { Description = "Opens it again." };

    public CaseCloseCommand() : base("close", "Closes a case, or opens it again.")
    {
        Add(id);
        options.AddTo(this, forCase: false);
        Add(reason);
        Add(reopen);
        Example("modus init -q && modus case new Tidewrack && modus case close --reason 'handed over to the customer'");
        Example("modus init -q && modus case new Tidewrack && modus case close && modus case close --reopen");
    }

    public override int Run(Invocation run) => CaseSession.Run(run, options, session =>
    {
        var item = session.Case(run.Get(id));
        if (run.Get(reopen))
        {
            session.Book.SaveOrThrow($"reopen {item.Id}", item with { Status = CaseStatus.Open, Closed = null, ClosedBecause = "" });
            run.Say($"{item.Id} is open");
            return ExitCode.Done;
        }
        if (item.Status == CaseStatus.Open)
            session.Book.SaveOrThrow($"close {item.Id}", item with { Status = CaseStatus.Closed, Closed = session.Book.Now, ClosedBecause = run.Get(reason) ?? "" });
        var open = session.Book.List<ProcedureRecord>(item.Id).Count(procedure => procedure.Status == ProcedureStatus.Candidate);
        var gaps = session.Book.List<GapRecord>(item.Id).Count(gap => gap.State == GapState.Open);
        run.Say($"{item.Id} is closed, with {open} procedures not reviewed and {gaps} open gaps");
        return ExitCode.Done;
    });
}

/// <summary><c>modus case export DIR</c>, <c>--flow FILE</c>.</summary>
internal sealed class CaseExportCommand : ModusCommand
{
    private readonly Argument<string?> folder = new("DIR") { Description = "An empty or new folder, or an earlier export of the case.", Arity = ArgumentArity.ZeroOrOne };
    private readonly CaseOptions options = new();
    private readonly Option<string?> flow = new("--flow") { Description = "Writes the acts of the case in the order of their times as an Attack Flow (STIX 2.1, extension 2.0.0) into this file; - for standard output.", HelpName = "FILE" };

    public CaseExportCommand() : base("export", "Writes a case as YAML and Markdown that people read and git can diff, or its acts as an Attack Flow.")
    {
        Add(folder);
        options.AddTo(this);
        Add(flow);
        Example("modus init -q && modus ingest -q samples/first-case && modus case export case-text");
        Example("modus init -q && modus ingest -q samples/first-case && modus case export a && modus init -q other && modus -C other case import ../a && modus -C other case export ../b && diff -r a b");
        Example("modus init -q && modus ingest -q samples/first-case && modus case export --flow case.flow.json");
    }

    public override int Run(Invocation run) => CaseSession.Run(run, options, session =>
    {
        var (text, file) = (run.Get(folder), run.Get(flow));
        if (text is null && file is null) throw CommandFailure.Usage(CaseRuleCodes.BadValue, "nothing says where to", "name a folder, or --flow FILE");
        var item = session.Case(run.Get(options.Case));
        try
        {
            if (text is not null) run.Say($"wrote {item.Id} into {CaseExport.Write(session.Book, item, run.PathOf(text)).Count} files of {text}");
            if (file is not null) WriteFlow(run, session, item, file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.NetworkOrPermission, new CliProblem(CaseRuleCodes.BadExport, $"{text ?? file} cannot be written: {problem.Message}"));
        }
        return ExitCode.Done;
    });

    private static void WriteFlow(Invocation run, CaseSession session, CaseRecord item, string file)
    {
        var knowledge = CaseKnowledge.Of(run, item.Release ?? session.Workspace.AttackVersion);
        var made = AttackFlow.Of(CaseReportBuilder.Build(session.Book, item, knowledge), knowledge.Targets);
        if (!made.Acts.Any()) throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem(CaseRuleCodes.BadExport, $"{item.Id} has no act that a flow could show: {made.LeftOut.Count} procedures are left out", Fix: "confirm some: modus review"));
        var text = AttackFlowWriter.TextOf(made);
        if (file == "-") run.Out.Write(text);
        else OutputFiles.WriteWhole(run.PathOf(file), text);
        run.Say($"flow of {item.Id}: {made.Acts.Count()} acts in {made.Moments.Count} moments, {made.Undated.Count} without a time");
        foreach (var group in made.LeftOut.GroupBy(one => one.Why, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
            run.Say($"left out: {string.Join(", ", group.Select(one => $"{one.Procedure.Id} {one.Procedure.Technique}").Take(LeftOutShown))}{(group.Count() > LeftOutShown ? " …" : "")} ({group.Key})");
    }

    private const int LeftOutShown = 10;
}

/// <summary><c>modus case import DIR</c>.</summary>
internal sealed class CaseImportCommand : ModusCommand
{
    private const int MissingShown = 10;

    private readonly Argument<string> folder = new("DIR") { Description = "A folder that 'modus case export' wrote, edited or not." };
    private readonly CaseOptions options = new();
    private readonly Option<bool> prune = new("--prune") { Description = "Remove what the case has here and the folder has not." };

    public CaseImportCommand() : base("import", "Reads an exported case back, in one change that 'modus undo' takes back.")
    {
        Add(folder);
        options.AddTo(this, forCase: false);
        Add(prune);
        Example("modus init -q && modus ingest -q samples/first-case && modus case export text && modus case import text");
        Example("modus init -q && modus ingest -q samples/first-case && modus case export text && rm text/gaps.yaml -f && modus case import text --prune");
    }

    public override int Run(Invocation run) => CaseSession.Run(run, options, session =>
    {
        var result = CaseImport.Read(session.Book, run.PathOf(run.Get(folder)!), run.Get(prune));
        run.Say($"read {result.Read} records of {result.CaseId}{(result.ChangeSet == 0 ? ": nothing differs" : "")}");
        if (result.Missing.Count > 0)
            run.Say($"{result.Missing.Count} records are here and not in the folder ({(run.Get(prune) ? "removed" : "left; --prune removes them")}): {string.Join(", ", result.Missing.Take(MissingShown))}{(result.Missing.Count > MissingShown ? " …" : "")}");
        return ExitCode.Done;
    });
}
