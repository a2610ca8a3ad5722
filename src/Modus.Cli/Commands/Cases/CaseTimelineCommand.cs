using System.CommandLine;
using Modus.Casework.Cases;
using Modus.Casework.Comparison;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Cases;

/// <summary><c>modus case timeline [CASE]</c>: all evidence on one line of time.</summary>
internal sealed class CaseTimelineCommand : ModusCommand
{
    private readonly Argument<string?> id = new("CASE") { Description = "The case; the usual or only one by default.", Arity = ArgumentArity.ZeroOrOne };
    private readonly CaseOptions options = new();
    private readonly Option<string?> host = new("--host") { Description = "Only this host; '*' matches within a name.", HelpName = "HOST" };
    private readonly Option<string?> from = new("--from") { Description = "Only from this time on (ISO 8601, -24h, yesterday; without a zone, UTC).", HelpName = "TIME" };
    private readonly Option<string?> to = new("--to") { Description = "Only before this time.", HelpName = "TIME" };
    private readonly Option<string> only = new("--only") { Description = "attack (events and what is told), holes, or all.", HelpName = "WHAT", DefaultValueFactory = _ => "all" };
    private readonly Option<bool> byHost = new("--by-host") { Description = "One host after the other instead of all by time." };

    public CaseTimelineCommand() : base("timeline", "Puts all evidence of a case on one line of time in UTC, with the holes in its logs.", Listing.All)
    {
        Add(id);
        options.AddTo(this, forCase: false);
        only.AcceptOnlyFromAmong("all", "attack", "holes");
        foreach (var option in new Option[] { host, from, to, only, byHost }) Add(option);
        Example("modus init -q && modus ingest -q samples/first-case && modus case timeline -o table");
        Example("modus init -q && modus ingest -q samples/first-case && modus case timeline --only attack --by-host -o csv");
    }

    public override int Run(Invocation run) => CaseSession.Run(run, options, session =>
    {
        var item = session.Case(run.Get(id));
        var (begin, end) = (TimeOf(run, from), TimeOf(run, to));
        var what = run.Get(only);
        var rows = TimelineRow.Of(session.Book.List<EvidenceRecord>(item.Id), session.Book.List<ProcedureRecord>(item.Id), session.Book.List<GapRecord>(item.Id))
            .Where(row => what == "all" || what == "holes" == (row.Kind == "hole"))
            .Where(row => begin is null || (row.Until ?? row.Time) >= begin)
            .Where(row => end is null || row.Time < end)
            .Where(row => run.Get(host) is not { } named || System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(named, row.Host));
        if (run.Get(byHost)) rows = rows.OrderBy(row => row.Host, StringComparer.OrdinalIgnoreCase).ThenBy(row => row.Time);
        run.Write(rows,
            new Column<TimelineRow>("time", "Time (UTC)", row => row.Time),
            new Column<TimelineRow>("until", "Until", row => row.Until),
            new Column<TimelineRow>("host", "Host", row => row.Host),
            new Column<TimelineRow>("kind", "Kind", row => row.Kind),
            new Column<TimelineRow>("technique", "Technique", row => row.Technique),
            new Column<TimelineRow>("name", "Name", row => row.Name) { Gives = true },
            new Column<TimelineRow>("tactics", null, row => row.Tactics),
            new Column<TimelineRow>("what", "What", row => row.Hidden > 0 ? $"{row.What} ({row.Hidden} techniques could hide)" : row.What) { Gives = true },
            new Column<TimelineRow>("count", "Events", row => row.Count > 0 ? row.Count : null) { Right = true },
            new Column<TimelineRow>("accounts", null, row => row.Accounts),
            new Column<TimelineRow>("status", "Status", row => row.Status),
            new Column<TimelineRow>("record", null, row => row.RecordId),
            new Column<TimelineRow>("place", null, row => row.Place));
        return ExitCode.Done;
    });

    private static DateTimeOffset? TimeOf(Invocation run, Option<string?> option)
    {
        if (run.Get(option) is not { } text) return null;
        return Times.TryParse(text, run.Time.GetUtcNow(), out var time) ? time : throw CommandFailure.Usage(CaseRuleCodes.BadValue, $"'{text}' is no time", "write 2026-03-09T08:41:07Z or -24h");
    }
}
