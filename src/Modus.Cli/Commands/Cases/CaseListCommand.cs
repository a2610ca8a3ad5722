using Modus.Casework.Cases;
using Modus.Casework.Store;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Cases;

/// <summary><c>modus case list</c>.</summary>
internal sealed class CaseListCommand : ModusCommand
{
    private readonly CaseOptions options = new();

    public CaseListCommand() : base("list", "Lists the cases of the workspace.", Listing.All)
    {
        options.AddTo(this, forCase: false);
        Example("modus init -q && modus case new Tidewrack && modus case list");
        Example("modus init -q && modus ingest -q samples/first-case && modus case list -o json");
    }

    public override int Run(Invocation run) => CaseSession.Run(run, options, session =>
    {
        long Count(string kind, CaseRecord item) => session.Book.Store.Count(kind, item.Id);
        run.Write(session.Book.List<CaseRecord>(),
            new Column<CaseRecord>("id", "Id", item => item.Id),
            new Column<CaseRecord>("name", "Name", item => item.Name) { Gives = true },
            new Column<CaseRecord>("status", "Status", item => item.Status.ToString().ToLowerInvariant()),
            new Column<CaseRecord>("tlp", "TLP", item => item.Tlp),
            new Column<CaseRecord>("release", "ATT&CK", item => item.Release),
            new Column<CaseRecord>("evidence", "Evidence", item => Count(ItemKinds.Evidence, item)) { Right = true },
            new Column<CaseRecord>("procedures", "Procedures", item => Count(ItemKinds.Procedure, item)) { Right = true },
            new Column<CaseRecord>("gaps", "Gaps", item => Count(ItemKinds.Gap, item)) { Right = true },
            new Column<CaseRecord>("opened", "Opened", item => item.Opened));
        return ExitCode.Done;
    });
}
