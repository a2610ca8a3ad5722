using System.CommandLine;
using System.Text;
using Modus.Casework.Cases;
using Modus.Cli.Commands.Cases;
using Modus.Cli.Commands.Hunt;
using Modus.Cli.Shell;
using Modus.Logs;
using Modus.Sigma.Drafting;
using Modus.Sigma.Fixtures;

namespace Modus.Cli.Commands.Rules;

/// <summary><c>modus rule new --from EVENT|PROCEDURE</c>: a draft from evidence, with fixtures and its score.</summary>
internal sealed class NewCommand : ModusCommand
{
    private readonly Option<string> from = new("--from") { Description = "A file with the event, a line of 'modus hunt -o ndjson' that names file and line, or the id of a procedure of a case; - for standard input.", HelpName = "EVENT|ID", Required = true };
    private readonly Option<long?> record = new("--record") { Description = "Which event of the file, from 1. Default: the first.", HelpName = "N" };
    private readonly Option<string?> title = new("--title") { Description = "The rule's title.", HelpName = "TITLE" };
    private readonly Option<string?> author = new("--author") { Description = "The rule's author.", HelpName = "NAME" };
    private readonly CaseOptions cases = new();
    private readonly Option<string[]> tags = new("--tag") { Description = "A tag such as attack.t1490; may be given again.", HelpName = "TAG" };

    public NewCommand() : base("new", "Drafts a rule from an event or a procedure: what changes from event to event goes, the events themselves become its fixtures.", Format.Yaml)
    {
        foreach (var option in new Option[] { from, record, title, author, tags }) Add(option);
        cases.AddTo(this);
        Example("modus rule new --from samples/first-case/hosts.jsonl --record 2");
        Example("modus rule new --from samples/first-case/hosts.jsonl --record 2 --title \"First try\" --tag attack.t1059.001 -o drafted.yml");
        Example("modus init -q && modus ingest -q samples/first-case/hosts.jsonl && modus rule new --from $(modus case show -o json | grep -o 'P-[0-9a-f]*' | head -1) -o drafted.yml");
    }

    public override int Run(Invocation run)
    {
        if (ProcedureEvents.IsId(run.Get(from)!) && !File.Exists(run.PathOf(run.Get(from)!))) return FromProcedure(run);
        using var input = new StandardInput(run, [run.Get(from)!]);
        var (path, wanted) = Place(run, input);
        var reader = new LogReader(new() { Threads = 1 });
        var number = 0L;
        foreach (var logEvent in reader.Read(path))
        {
            number++;
            if (wanted.Line is { } line ? logEvent.Line != line : number != wanted.Record) continue;
            var log = logEvent.RawText();
            return Draft(run, [(logEvent.Keep(), log)], []);
        }

        foreach (var problem in reader.Report.Problems) run.Report(new CliProblem(problem.Code, problem.Message, input.NameOf(problem.File), problem.Fix));
        throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD9028", number == 0 ? "the file holds no event that can be read" : $"the file has {number} events, and not the one that was asked for", run.Get(from)));
    }

    /// <summary>Drafts from the events of a procedure: those of the log source that most of them come from.</summary>
    private int FromProcedure(Invocation run) => CaseSession.Run(run, cases, session =>
    {
        var procedure = session.Book.Get<ProcedureRecord>(run.Get(from)!, run.Get(cases.Case) is { } named ? session.Case(named).Id : null);
        var groups = ProcedureEvents.Read(run, session.Workspace, session.Book, procedure).GroupBy(one => RuleDrafter.GroupOf(one.Record))
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).ToList();
        run.Say($"{procedure.Id}: {procedure.Technique} {procedure.Name}, from {groups[0].Count()} of its events, of {groups[0].Key}");
        foreach (var group in groups.Skip(1))
            run.Say($"left out, of another log source: {group.Count()} of {group.Key} ({string.Join(", ", group.Take(3).Select(one => $"{Path.GetFileName(one.Record.File)} {(one.Record.RecordId > 0 ? $"record {one.Record.RecordId}" : $"line {one.Record.Line}")}"))}); draft from one of them with --from FILE");
        return Draft(run, [.. groups[0]], [.. procedure.Tactics.Select(tactic => $"attack.{tactic}"), $"attack.{procedure.Technique.ToLowerInvariant()}"]);
    });

    private int Draft(Invocation run, IReadOnlyList<(EventRecord Record, string? Log)> events, IReadOnlyList<string> own)
    {
        var draft = RuleDrafter.Draft(events, new()
        {
            Title = run.Get(title),
            Author = run.Get(author) ?? "Unknown",
            Date = DateOnly.FromDateTime(run.Time.GetUtcNow().UtcDateTime),
            Tags = [.. own.Concat(run.Get(tags) ?? []).Distinct(StringComparer.OrdinalIgnoreCase)],
        }, out var problem);
        if (problem is not null) RuleFiles.Report(run, problem);
        if (draft is null) return ExitCode.NoUsableInput;
        run.Out.Write(draft.Yaml);
        if (run.OutputFile is { } file)
        {
            OutputFiles.WriteWhole(run.PathOf(FixtureSet.NameFor(file)), draft.Fixtures);
            run.Say($"wrote {FixtureSet.NameFor(file)}");
        }

        run.Say($"level {(int)draft.Score.Effective}: rests on {ScoreCommand.Words(draft.Score.Effective)}{(draft.Score.Weakest is { } weakest ? $"; escaped by: {weakest.Evasion}" : "")}");
        foreach (var group in draft.Left.GroupBy(one => one.Reason)) run.Say($"left out, {group.Key}: {string.Join(", ", group.Select(one => one.Field))}");
        return ExitCode.Done;
    }

    // A hit of a hunt names the file and line of its event; anything else is the event itself.
    private (string Path, (long Record, long? Line) Wanted) Place(Invocation run, StandardInput input)
    {
        var path = input.Paths[0];
        var wanted = (run.Get(record) ?? 1, (long?)null);
        if (run.Get(record) is not null || !File.Exists(path) || new FileInfo(path).Length > 65_536) return (path, wanted);
        try
        {
            using var document = System.Text.Json.JsonDocument.Parse(File.ReadAllText(path));
            var root = document.RootElement;
            if (root.ValueKind == System.Text.Json.JsonValueKind.Object && root.TryGetProperty("rule_id", out _) && root.TryGetProperty("file", out var file) && root.TryGetProperty("line", out var line)
                && file.GetString() is { } named && File.Exists(run.PathOf(named)))
            {
                return (run.PathOf(named), line.TryGetInt64(out var at) && at > 0 ? (1, at) : wanted);
            }
        }
        catch (System.Text.Json.JsonException)
        {
            // Not a hit: the file is read as a log.
        }

        return (path, wanted);
    }
}
