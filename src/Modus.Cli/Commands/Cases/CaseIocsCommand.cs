using System.CommandLine;
using Modus.Casework.Cases;
using Modus.Casework.Indicators;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Cases;

/// <summary><c>modus case iocs [CASE]</c>: the indicators of a case, with the day after which each should no longer be trusted.</summary>
internal sealed class CaseIocsCommand : ModusCommand
{
    private readonly Argument<string?> id = new("CASE") { Description = "The case; the usual or only one by default.", Arity = ArgumentArity.ZeroOrOne };
    private readonly CaseOptions options = new();
    private readonly Option<string?> at = new("--at") { Description = "As of this time (ISO 8601, -24h, yesterday; without a zone, UTC); now by default.", HelpName = "TIME" };
    private readonly Option<bool> expired = new("--expired") { Description = "Only those that should no longer be trusted." };
    private readonly Option<bool> current = new("--current") { Description = "Only those that may still be trusted." };
    private readonly Option<string[]> types = new("--type") { Description = "Only this type; may be given again.", HelpName = "TYPE" };
    private readonly Option<string?> procedure = new("--procedure") { Description = "Only those that belonged to this procedure, by id or the beginning of it.", HelpName = "ID" };

    public CaseIocsCommand() : base("iocs", "Lists the indicators of a case: where they stand, the procedures they belonged to, when they expire.", Listing.All)
    {
        types.AcceptOnlyFromAmong([.. Enum.GetNames<IndicatorType>().Select(name => name.ToLowerInvariant())]);
        Add(id);
        options.AddTo(this, forCase: false);
        foreach (var option in new Option[] { at, expired, current, types, procedure }) Add(option);
        Example("modus init -q && modus ingest -q samples/first-case --tlp amber && modus case iocs -o table");
        Example("modus init -q && modus ingest -q samples/first-case && modus case iocs --current --at 2026-03-20 -o csv");
        Example("modus init -q && modus ingest -q samples/first-case && modus case iocs --expired --type domain -o json");
    }

    public override int Run(Invocation run) => CaseSession.Run(run, options, session =>
    {
        var item = session.Case(run.Get(id));
        var time = run.Time.GetUtcNow();
        if (run.Get(at) is { } text && !Times.TryParse(text, run.Time.GetUtcNow(), out time)) throw CommandFailure.Usage(CaseRuleCodes.BadValue, $"'{text}' is no time", "write 2026-03-09, 2026-03-09T08:41:07Z or -24h");
        if (run.Get(expired) && run.Get(current)) throw CommandFailure.Usage(CaseRuleCodes.BadValue, "--expired and --current leave nothing", "name one of them, or neither for all");
        var wanted = run.Get(types) ?? [];
        var of = run.Get(procedure) is { } named ? session.Book.Get<ProcedureRecord>(named, item.Id).Id : null;
        var evidence = session.Book.List<EvidenceRecord>(item.Id).ToDictionary(one => one.Id, StringComparer.Ordinal);
        var rows = session.Book.List<IndicatorRecord>(item.Id)
            .Where(row => run.Get(expired) ? row.IsExpired(time) : !run.Get(current) || !row.IsExpired(time))
            .Where(row => wanted.Length == 0 || wanted.Contains(WordOf(row.Type)))
            .Where(row => of is null || row.Procedures.Contains(of))
            .OrderBy(row => row.Type).ThenBy(row => row.Value, StringComparer.Ordinal).ThenBy(row => row.Id, StringComparer.Ordinal).ToList();
        Write(run, rows, time, evidence);
        run.Say($"{rows.Count} indicators of {item.Id}, {rows.Count(row => row.IsExpired(time))} of them expired on {time.UtcDateTime:yyyy-MM-dd}, {rows.Count(row => !row.Procedures.Any())} without a procedure");
        return ExitCode.Done;
    });

    private static void Write(Invocation run, List<IndicatorRecord> rows, DateTimeOffset time, Dictionary<string, EvidenceRecord> evidence)
    {
        // People get what no program follows; programs get what works, with the other beside it.
        var forPeople = run.Format is Format.Table or Format.Markdown;
        run.Write(rows,
            new Column<IndicatorRecord>("id", forPeople ? null : "Id", row => row.Id),
            new Column<IndicatorRecord>("type", "Type", row => WordOf(row.Type)),
            new Column<IndicatorRecord>("value", forPeople ? null : "Value", row => row.Value),
            new Column<IndicatorRecord>("defanged", "Indicator", row => IndicatorTypes.Defang(row.Type, row.Value)) { Gives = true },
            new Column<IndicatorRecord>("state", "State", row => row.Expires is null ? "unknown" : row.IsExpired(time) ? "expired" : "current"),
            new Column<IndicatorRecord>("first", null, row => row.First),
            new Column<IndicatorRecord>("last", "Last seen", row => row.Last),
            new Column<IndicatorRecord>("expires", "Expires", row => row.Expires),
            new Column<IndicatorRecord>("tlp", "TLP", row => row.Tlp),
            new Column<IndicatorRecord>("procedures", "Procedures", row => row.Procedures.ToList()),
            new Column<IndicatorRecord>("techniques", "Techniques", row => row.Techniques.ToList()),
            new Column<IndicatorRecord>("count", null, row => row.Sightings.Sum(sighting => sighting.Count)),
            new Column<IndicatorRecord>("basis", null, row => row.Sightings.Select(sighting => sighting.Basis).Distinct().Order(StringComparer.Ordinal).ToList()),
            new Column<IndicatorRecord>("written", null, row => row.Sightings.Select(sighting => sighting.Written).Distinct().Order(StringComparer.Ordinal).ToList()),
            new Column<IndicatorRecord>("places", "Where", row => row.Sightings.Select(sighting => $"{Name(sighting)} {sighting.Place}").Distinct().ToList()) { Gives = true },
            new Column<IndicatorRecord>("context", null, row => row.Sightings.Select(sighting => sighting.Context).Distinct().ToList()),
            new Column<IndicatorRecord>("evidence", null, row => row.Sightings.Select(sighting => sighting.EvidenceId).Distinct().Order(StringComparer.Ordinal).ToList()));

        string Name(IndicatorSighting sighting) => evidence.TryGetValue(sighting.EvidenceId, out var one) ? one.Path[(one.Path.LastIndexOf('/') + 1)..] : sighting.EvidenceId;
    }

    private static string WordOf(IndicatorType type) => type.ToString().ToLowerInvariant();
}
