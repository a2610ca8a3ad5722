using System.CommandLine;
using Modus.Attack;
using Modus.Casework.Cases;
using Modus.Cli.Commands.Investigate;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Cases;

/// <summary><c>modus gap add REASON</c>: what could not be seen, and why.</summary>
internal sealed class GapAddCommand : ModusCommand
{
    private readonly Argument<string> reason = new("REASON") { Description = "What is not known or could not be seen, and why." };
    private readonly CaseOptions options = new();
    private readonly Option<string> type = new("--type") { Description = "question, not-collected, silence, missing-records, sensor-stopped, log-cleared or trail-off.", HelpName = "TYPE", DefaultValueFactory = _ => "question" };
    private readonly Option<string?> host = new("--host") { Description = "The host it is about.", HelpName = "HOST" };
    private readonly Option<string?> source = new("--source") { Description = "The log source or report it is about.", HelpName = "SOURCE" };
    private readonly Option<string?> from = new("--from") { Description = "When it began (ISO 8601; without a zone, UTC).", HelpName = "TIME" };
    private readonly Option<string?> to = new("--to") { Description = "When it ended.", HelpName = "TIME" };
    private readonly Option<string[]> techniques = new("--technique") { Description = "A technique that could hide there, by id; may be given several times.", HelpName = "ID", AllowMultipleArgumentsPerToken = true };

    public GapAddCommand() : base("add", "Logs an intelligence gap.")
    {
        Add(reason);
        options.AddTo(this);
        type.AcceptOnlyFromAmong("question", "not-collected", "silence", "missing-records", "sensor-stopped", "log-cleared", "trail-off");
        foreach (var option in new Option[] { type, host, source, from, to, techniques }) Add(option);
        Example("modus init -q && modus case new Tidewrack && modus gap add 'how the password was known' --technique T1003.003");
        Example("modus init -q && modus case new Tidewrack && modus gap add 'S3 data events were never switched on' --type not-collected --source 'aws s3' --technique T1530");
    }

    public override int Run(Invocation run) => CaseSession.Run(run, options, session =>
    {
        var item = session.Case(run.Get(options.Case));
        if (item.Status == CaseStatus.Closed) throw new CaseRuleException(CaseRuleCodes.CaseClosed, $"{item.Id} is closed", $"open it again: modus case close {item.Id} --reopen");
        var begin = TimeOf(run, from);
        var end = TimeOf(run, to);
        if (end < begin) throw CommandFailure.Usage(CaseRuleCodes.BadValue, "--to lies before --from", "swap them");
        var gap = new GapRecord
        {
            Id = CaseIds.OfGap(item.Id, run.Get(reason)!, run.Get(source), run.Get(host), begin),
            CaseId = item.Id,
            Type = run.Get(type)!,
            Reason = run.Get(reason)!,
            Host = run.Get(host),
            Source = run.Get(source),
            From = begin,
            To = end,
            Techniques = [.. Techniques(run, item, session)],
            Author = session.Book.Actor,
        };
        if (session.Book.Find<GapRecord>(gap.Id) is not null)
        {
            run.Say($"{gap.Id} is logged already");
            return ExitCode.Done;
        }
        session.Book.AddGap(gap);
        run.Say($"gap {gap.Id}");
        return ExitCode.Done;
    });

    private static DateTimeOffset? TimeOf(Invocation run, Option<string?> option)
    {
        if (run.Get(option) is not { } text) return null;
        return Times.TryParse(text, run.Time.GetUtcNow(), out var time) ? time : throw CommandFailure.Usage(CaseRuleCodes.BadValue, $"'{text}' is no time", "write 2026-03-09T08:41:07Z");
    }

    private IEnumerable<string> Techniques(Invocation run, CaseRecord item, CaseSession session)
    {
        var given = (run.Get(techniques) ?? []).SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(id => id.ToUpperInvariant()).Distinct().Order(StringComparer.Ordinal).ToList();
        if (given.Count == 0) return given;
        var releases = CaseKnowledge.Of(run, item.Release ?? session.Workspace.AttackVersion).Targets;
        var unknown = given.Where(id => releases.All(release => release.Find<Technique>(id) is null)).ToList();
        return unknown.Count == 0 ? given : throw CommandFailure.Usage(CaseRuleCodes.BadValue, $"ATT&CK {releases[0].Version} has no technique {string.Join(", ", unknown)}", "look it up: modus attack search WORDS");
    }
}

/// <summary><c>modus gap list</c>.</summary>
internal sealed class GapListCommand : ModusCommand
{
    private readonly CaseOptions options = new();
    private readonly Option<bool> all = new("--all") { Description = "Closed ones too." };

    public GapListCommand() : base("list", "Lists the intelligence gaps of a case, log holes among them.", Listing.All)
    {
        options.AddTo(this);
        Add(all);
        Example("modus init -q && modus ingest -q samples/first-case && modus gap list");
        Example("modus init -q && modus case new Tidewrack && modus gap add 'how the password was known' && modus gap list --all -o json");
    }

    public override int Run(Invocation run) => CaseSession.Run(run, options, session =>
    {
        var item = session.Case(run.Get(options.Case));
        var gaps = session.Book.List<GapRecord>(item.Id).Where(gap => run.Get(all) || gap.State == GapState.Open);
        GapRows.Write(run, gaps.OrderBy(gap => gap.State).ThenBy(gap => gap.From ?? DateTimeOffset.MaxValue).ThenBy(gap => gap.Id, StringComparer.Ordinal));
        return ExitCode.Done;
    });
}

/// <summary><c>modus gap close ID REASON</c>.</summary>
internal sealed class GapCloseCommand : ModusCommand
{
    private readonly Argument<string> id = new("ID") { Description = "The gap, by id or the beginning of it." };
    private readonly Argument<string> reason = new("REASON") { Description = "What filled it, or why it is left." };
    private readonly CaseOptions options = new();

    public GapCloseCommand() : base("close", "Closes an intelligence gap, with the reason.")
    {
        Add(id);
        Add(reason);
        options.AddTo(this);
        Example("modus init -q && modus case new Tidewrack && modus gap add 'how the password was known' && modus gap close I- 'it was in the dump of the domain'");
        Example("modus init -q && modus case new Tidewrack && modus gap add 'who called the help desk' && modus gap close I- 'the recording is gone' --by mira");
    }

    public override int Run(Invocation run) => CaseSession.Run(run, options, session =>
    {
        var gap = session.Book.Get<GapRecord>(run.Get(id)!, run.Get(options.Case) is { } named ? session.Case(named).Id : null);
        session.Book.CloseGap(gap, run.Get(reason)!);
        run.Say($"closed {gap.Id}");
        return ExitCode.Done;
    });
}
