using System.CommandLine;
using Modus.Casework.Cases;
using Modus.Casework.Store;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Cases;

/// <summary><c>modus undo [N]</c>.</summary>
internal sealed class UndoCommand : ModusCommand
{
    private readonly Argument<int> count = new("N") { Description = "How many changes to take back, newest first.", DefaultValueFactory = _ => 1 };
    private readonly CaseOptions options = new();

    public UndoCommand() : base("undo", "Takes the last changes back; the journal keeps both.")
    {
        Add(count);
        options.AddTo(this, forCase: false);
        Example("modus init -q && modus case new Tidewrack && modus undo");
        Example("modus init -q && modus ingest -q samples/first-case && modus undo 2");
    }

    public override int Run(Invocation run) => CaseSession.Run(run, options, session =>
    {
        var wanted = run.Get(count);
        if (wanted < 1) throw CommandFailure.Usage(CaseRuleCodes.BadValue, "the number of changes has to be 1 or more", "modus undo 1");
        var journal = session.Book.Store;
        var done = journal.Undo(session.Book.Actor, wanted);
        foreach (var set in done) run.Say($"took back change {set}: {ActionOf(journal, set)}");
        if (done.Count < wanted) run.Say(done.Count == 0 ? "there is nothing that could be taken back" : $"only {done.Count} of {wanted}: what lies before was changed since, or there is nothing");
        return ExitCode.Done;
    });

    private static string ActionOf(ICaseStore store, long set) => SafeText.ForTerminal(store.Journal().FirstOrDefault(entry => entry.ChangeSet == set)?.Action ?? "");
}

/// <summary><c>modus audit</c>: the journal, and whether it is whole.</summary>
internal sealed class AuditCommand : ModusCommand
{
    private readonly CaseOptions options = new();
    private readonly Option<int> last = new("--last") { Description = "Lists the last so many changes; 0 only verifies.", HelpName = "N", DefaultValueFactory = _ => 20 };
    private readonly Option<string?> id = new("--id") { Description = "Lists only changes of this record.", HelpName = "ID" };

    public AuditCommand() : base("audit", "Verifies the hash-chained journal and lists the last changes. Ends with 1 where the chain is broken.", Listing.All)
    {
        options.AddTo(this, forCase: false);
        Add(last);
        Add(id);
        Example("modus init -q && modus case new Tidewrack && modus audit");
        Example("modus init -q && modus ingest -q samples/first-case && modus audit --last 5 -o json");
    }

    public override int Run(Invocation run) => CaseSession.Run(run, options, session =>
    {
        var store = session.Book.Store;
        var check = store.Verify();
        var sets = new List<ChangeRow>();
        if (run.Get(last) > 0)
        {
            var entries = store.Journal().Where(entry => run.Get(id) is not { } wanted || entry.Id.StartsWith(wanted, StringComparison.OrdinalIgnoreCase));
            sets.AddRange(entries.GroupBy(entry => entry.ChangeSet).TakeLast(run.Get(last)).Select(group => new ChangeRow(group.Key, group.First(), group.Count(), group.Last().Hash)));
        }
        run.Write(sets,
            new Column<ChangeRow>("change", "Change", row => row.Number) { Right = true },
            new Column<ChangeRow>("time", "Time", row => row.First.Time),
            new Column<ChangeRow>("by", "By", row => row.First.Actor),
            new Column<ChangeRow>("action", "What", row => row.First.Action) { Gives = true },
            new Column<ChangeRow>("records", "Records", row => row.Records) { Right = true },
            new Column<ChangeRow>("hash", null, row => row.Hash));
        if (check.Reason is null)
        {
            run.Say($"the journal is whole: {check.Entries} entries in {store.Name}");
            return ExitCode.Done;
        }
        run.Report(new CliProblem("MD5114", $"the journal is broken at entry {check.FirstBroken}: {check.Reason}", store.Name, "compare with a backup; what lies before that entry still stands"));
        return ExitCode.Finding;
    });

    private sealed record ChangeRow(long Number, JournalEntry First, int Records, string Hash);
}
