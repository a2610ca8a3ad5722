using System.CommandLine;
using System.Globalization;
using System.Text;
using Modus.Casework.Cases;
using Modus.Casework.Ingest;
using Modus.Casework.Inputs;
using Modus.Casework.Investigation;
using Modus.Casework.Workspaces;
using Modus.Cli.Commands.Cases;
using Modus.Cli.Commands.Logs;
using Modus.Cli.Commands.Rules;
using Modus.Cli.Shell;
using Modus.Logs;
using Modus.Sigma;
using Modus.Sigma.Hunting;
using Modus.Sigma.Rules;

namespace Modus.Cli.Commands.Hunt;

/// <summary><c>modus hunt PATH…</c>: rules over logs, the summary first.</summary>
internal sealed class HuntCommand : ModusCommand
{
    private readonly Argument<string[]> paths = new("PATH") { Description = "Logs: files, folders, gzip and zip archives; - for standard input.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string[]> rules = new("--rules", "-r") { Description = "Rule files and folders. Default: MODUS_RULES, else the folder 'rules', else the starter rules of Modus.", HelpName = "DIR" };
    private readonly Option<string[]> placeholders = PlaceholderChoice.Option();
    private readonly Option<string?> minLevel = new("--min-level") { Description = "Leave out rules below this level.", HelpName = "LEVEL" };
    private readonly Option<string?> from = new("--from") { Description = "Events from this time on (ISO 8601, or -24h, yesterday).", HelpName = "TIME" };
    private readonly Option<string?> to = new("--to") { Description = "Events before this time.", HelpName = "TIME" };
    private readonly Option<string[]> hosts = new("--host") { Description = "Events of these hosts only; * stands for any text.", HelpName = "HOST" };
    private readonly Option<string[]> zone = new("--zone") { Description = "The zone of times that state none: ZONE for all files, FILE=ZONE for one; an IANA name, UTC, or +01:00. Asked for at a terminal; remembered in a workspace's modus.yaml.", HelpName = "ZONE" };
    private readonly Option<bool> dayFirst = LogChoices.DayFirst();
    private readonly Option<bool> carve = new("--carve") { Description = "Also read remnants in the slack of EVTX files." };
    private readonly Option<int?> threads = new("--threads") { Description = "How many threads read and match; the result does not depend on it.", HelpName = "N" };
    private readonly Option<int?> limit = new("--limit") { Description = "How many hits JSON and HTML list one by one. Default 10000; the counts are never cut.", HelpName = "N" };
    private readonly Option<bool> fail = new("--fail-on-hit") { Description = "End with 1 when a rule matched." };

    public HuntCommand() : base(
        "hunt", "Runs rules over logs: what they found first, then what nobody could see.",
        Format.Table, Format.Json, Format.Ndjson, Format.Csv, Format.Tsv, Format.Markdown, Format.Html)
    {
        minLevel.AcceptOnlyFromAmong("informational", "low", "medium", "high", "critical");
        Add(paths);
        foreach (var option in new Option[] { rules, placeholders, minLevel, from, to, hosts, zone, dayFirst, carve, threads, limit, fail }) Add(option);
        Example("modus hunt samples/first-case/hosts.jsonl --rules rules -o table");
        Example("modus hunt samples/first-case/hosts.jsonl --rules rules/windows --min-level high -o csv");
        Example("modus hunt samples/first-case/hosts.jsonl -o hunt.html");
        Example("cat samples/first-case/hosts.jsonl | modus hunt - --rules rules -o ndjson");
    }

    public override int Run(Invocation run)
    {
        var set = Load(run);
        var zones = ZonesOf(run);
        var options = Choose(run, zones);
        // A version that is not at hand must be told before a long hunt; the newest is read after it, in the memory that the hunt no longer needs.
        var knowledge = Attack.Knowledge.Open(run);
        var named = run.AttackVersion is null ? null : Attack.Knowledge.Releases(run, knowledge, Modus.Attack.Domains.None);
        var least = run.Get(minLevel) is { } word ? Enum.Parse<RuleLevel>(word, ignoreCase: true) : RuleLevel.Unstated;
        var results = new HuntResults(set, least, run.Get(limit) ?? 10_000, TakeHit(run));
        using var input = new StandardInput(run, run.Get(paths) ?? []);
        Ask(run, zones, input);
        HuntReport report;
        using (var progress = run.Progress("hits"))
        {
            var hits = 0L;
            report = Modus.Sigma.Hunting.Hunt.Run(set, input.Paths, options, hit =>
            {
                results.Add(hit);
                if (++hits % 1_000 == 0) progress.Report(hits, 0, "hunting");
            }, results.Add, run.Stop);
        }

        results.Finish(report, named ?? Attack.Knowledge.Releases(run, knowledge, Modus.Attack.Domains.None));
        zones.Remember();
        foreach (var problem in report.Logs.Problems)
            run.Report(new CliProblem(problem.Code, problem.Count > 1 ? $"{problem.Message} ({problem.Count} times)" : problem.Message, CliProblem.Place(input.NameOf(problem.File), (int)Math.Min(problem.Line, int.MaxValue)), problem.Fix, IsError: false));
        Write(run, results, report);
        var skipped = report.Logs.Files.Sum(file => file.Skipped.Values.Sum());
        run.Say(string.Create(CultureInfo.InvariantCulture,
            $"{report.Logs.Records:N0} records in {report.Logs.Files.Count} files: {report.Events:N0} looked at, {report.LeftOut:N0} left out by the options, {skipped:N0} skipped; {results.Hits:N0} hits of {results.Fired.Count} of {set.Rules.Length + set.Correlations.Length} rules{(report.RepeatedHits > 0 ? $"; {report.RepeatedHits:N0} more on records that an earlier log holds too" : "")}"));
        if (run.Get(fail) && results.Hits > 0) return ExitCode.Finding;
        if (report.Logs.Events == 0) return ExitCode.NoUsableInput;
        return skipped > 0 || set.Counts.Refused > 0 || report.Logs.Files.Any(file => file.Format.Length == 0) || input.Missing ? ExitCode.Partial : ExitCode.Done;
    }

    private RuleSet Load(Invocation run)
    {
        var given = run.Get(rules) is { Length: > 0 } named ? named : run.Setting("MODUS_RULES") is { } set ? [set] : ["rules"];
        var isUsual = given is ["rules"] && run.Get(rules) is not { Length: > 0 };
        // A new workspace has the folder, and nothing in it yet.
        var files = isUsual && !Directory.Exists(run.PathOf("rules")) ? [] : RuleFiles.Find(run, given);
        if (isUsual && files.Count == 0)
        {
            run.Say("no rules in a folder 'rules' here: hunting with the starter rules of Modus");
            return StarterRules.Load();
        }
        if (files.Count == 0) throw CommandFailure.Usage("MD9022", $"no rules were found in {string.Join(", ", given)}", "name a folder of rules with --rules DIR");
        var loaded = RuleSet.Load(files, new() { PackFile = RuleFiles.Pack(run, files.Count, given), Compile = PlaceholderChoice.Read(run, placeholders) });
        foreach (var problem in loaded.Problems.Where(problem => problem.Severity == ProblemSeverity.Error)) RuleFiles.Report(run, problem);
        if (loaded.Rules.IsEmpty) throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD9022", "none of the rules can be used", Fix: "see the problems above: modus rule lint DIR"));
        return loaded;
    }

    private ZoneAnswers ZonesOf(Invocation run)
    {
        try
        {
            return new ZoneAnswers(run, Workspace.Find(run.PathOf(".")), run.Get(zone) ?? []);
        }
        catch (CaseRuleException problem)
        {
            throw CaseSession.Failure(problem);
        }
    }

    /// <summary>At a terminal a log whose times have no zone is asked for before it is read; elsewhere its times stay as they are, and the report says so.</summary>
    private static void Ask(Invocation run, ZoneAnswers zones, StandardInput input)
    {
        if (run.Terminal is not { InIsTerminal: true, ErrorIsTerminal: true } || input.IsUsed) return;
        foreach (var file in InputDiscovery.Find(input.Paths, null, []))
        {
            if (zones.Of(file.Path) is not null) continue;
            try
            {
                if (Zones.FirstWithout(file.Path) is { } written) zones.Ask(file.Path, written);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                // The hunt names what cannot be read.
            }
        }
    }

    private HuntOptions Choose(Invocation run, ZoneAnswers zones)
    {
        var first = Time(run, from);
        var last = Time(run, to);
        var names = (run.Get(hosts) ?? []).Select(host => host.ToLowerInvariant()).ToArray();
        var read = new LogReadOptions { ZoneOf = Zones.Reader(zones.Of), Carve = run.Get(carve), DayFirst = run.Get(dayFirst) ? true : null };
        if (run.Get(threads) is { } count)
        {
            if (count is < 1 or > LogLimits.MaxThreads) throw CommandFailure.Usage("MD9024", $"{count} is no number of threads", $"use 1 to {LogLimits.MaxThreads}");
            read = read with { Threads = count };
        }

        if (first is null && last is null && names.Length == 0) return new() { Read = read };
        return new()
        {
            Read = read,
            Select = logEvent =>
            {
                if (first is not null || last is not null)
                {
                    if (logEvent.Time.Quality == TimeQuality.None) return false;
                    if (logEvent.Time.Utc < first || logEvent.Time.Utc >= last) return false;
                }

                if (names.Length == 0) return true;
                var host = Encoding.UTF8.GetString(logEvent.Host).ToLowerInvariant();
                return Array.Exists(names, name => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(name, host));
            },
        };
    }

    private static DateTime? Time(Invocation run, Option<string?> option)
    {
        if (run.Get(option) is not { } text) return null;
        return Times.TryParse(text, run.Time.GetUtcNow(), out var time) ? time.UtcDateTime
            : throw CommandFailure.Usage("MD9025", $"'{text}' is no time", "write 2026-03-09T08:41:07Z, -24h, -7d or yesterday");
    }

    // Formats of one line a hit are written while the hunt goes on.
    private static Action<HitLine>? TakeHit(Invocation run)
    {
        if (run.Format is not (Format.Ndjson or Format.Csv or Format.Tsv)) return null;
        var first = true;
        return line =>
        {
            using var text = new StringWriter { NewLine = "\n" };
            Listing.Write(text, run.Format, 0, run.OutStyle, [line], HitLine.Columns);
            var written = text.ToString();
            if (!first && run.Format != Format.Ndjson) written = written[(written.IndexOf('\n', StringComparison.Ordinal) + 1)..];
            run.Out.Write(written);
            first = false;
        };
    }

    private static void Write(Invocation run, HuntResults results, HuntReport report)
    {
        switch (run.Format)
        {
            case Format.Json: HuntJson.Write(run.Out, results, report); break;
            case Format.Html: HuntHtml.Write(run.Out, results, report); break;
            case Format.Csv or Format.Tsv when results.Hits == 0: Listing.Write(run.Out, run.Format, 0, run.OutStyle, [], HitLine.Columns); break;
            case Format.Ndjson or Format.Csv or Format.Tsv: break;
            default: HuntText.Write(run, results, report); break;
        }
    }
}
