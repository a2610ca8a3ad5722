using System.CommandLine;
using System.Globalization;
using System.Text;
using Modus.Casework;
using Modus.Casework.Cases;
using Modus.Casework.Ingest;
using Modus.Casework.Inputs;
using Modus.Casework.Workspaces;
using Modus.Cli.Commands.Investigate;
using Modus.Cli.Commands.Rules;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Cases;

/// <summary><c>modus ingest PATH…</c>: evidence into a case.</summary>
internal sealed class IngestCommand : ModusCommand
{
    private static readonly SortedDictionary<string, InputKind> kinds = new(StringComparer.Ordinal)
    {
        ["exercise"] = InputKind.Exercises,
        ["inventory"] = InputKind.Inventory,
        ["layer"] = InputKind.Layer,
        ["logs"] = InputKind.Logs,
        ["report"] = InputKind.Report,
        ["rules"] = InputKind.Rules,
        ["stix"] = InputKind.Stix,
    };

    private readonly Argument<string[]> paths = new("PATH")
    {
        Description = "Files and folders: reports, logs, layers, STIX bundles, rules, inventories, outcomes of exercises. Told apart by content.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly CaseOptions options = new();
    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Say what would be done, and do nothing." };
    private readonly Option<bool> keep = new("--keep") { Description = "Copy the files into the workspace, under .modus/evidence." };
    private readonly Option<bool> again = new("--again") { Description = "Read evidence again that the case holds already: for new rules or a new release." };
    private readonly Option<string?> asKind = new("--as") { Description = $"What all of it is, where the content does not tell: {string.Join(", ", kinds.Keys)}.", HelpName = "KIND" };
    private readonly Option<string?> tlp = new("--tlp") { Description = "Marking of all of it: clear, green, amber, amber+strict or red.", HelpName = "TLP" };
    private readonly Option<string?> source = new("--source") { Description = "Who or what it comes from, in words.", HelpName = "WORDS" };
    private readonly Option<string[]> placeholders = PlaceholderChoice.Option();
    private readonly Option<bool> dayFirst = Logs.LogChoices.DayFirst();
    private readonly Option<string[]> zone = new("--zone")
    {
        Description = "The zone of times that have none: ZONE for all files, FILE=ZONE for one; an IANA name, UTC, or +01:00. Remembered in modus.yaml.",
        HelpName = "ZONE",
    };

    private readonly Option<string[]> rules = new("--rules")
    {
        Description = "Sigma rule files or folders to run over logs; the starter set of Modus where none is given.",
        HelpName = "PATH",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> none = new("--no-suggestions") { Description = "Take only what texts name outright; ask the text mapper for nothing." };

    public IngestCommand() : base("ingest", "Takes evidence into a case: candidate procedures with quotes and events, contradictions, log holes.", Listing.All)
    {
        Add(paths);
        asKind.AcceptOnlyFromAmong([.. kinds.Keys]);
        options.AddTo(this);
        foreach (var option in new Option[] { dryRun, keep, again, asKind, tlp, source, zone, dayFirst, rules, placeholders, none }) Add(option);
        Example("modus init -q && modus ingest samples/first-case --tlp amber");
        Example("modus init -q && modus ingest samples/first-case/responder-notes.txt --as report");
        Example("modus init -q && modus ingest samples/first-case/vendor-report.html --source 'the vendor' --dry-run -o json");
    }

    public override int Run(Invocation run) => CaseSession.Run(run, options, session =>
    {
        var marking = run.Get(tlp) is { } word ? TlpWords.Read(word) ?? throw CommandFailure.Usage(CaseRuleCodes.BadValue, $"'{word}' is no marking of TLP 2.0", $"use one of: {string.Join(", ", TlpWords.All)}") : null;
        if ((run.Get(paths) ?? []).Contains("-") && !File.Exists(run.PathOf("-")))
            throw CommandFailure.Usage(CaseRuleCodes.BadValue, "a case keeps where its evidence lies, so that it can be read again: standard input cannot", "write it to a file and name that; 'modus investigate -' reads a pipe");
        var zones = new ZoneAnswers(run, session.Workspace, run.Get(zone) ?? []);
        var isDry = run.Get(dryRun);
        var target = CaseOf(run, session, isDry);
        var knowledge = CaseKnowledge.Of(run, target.Release ?? session.Workspace.AttackVersion);
        var (rulePaths, pack) = RuleFiles.ForLogs(run, run.Get(rules) ?? []);
        IngestResult result;
        using (var progress = run.Progress("inputs"))
        {
            result = Ingestor.Run((run.Get(paths) ?? []).Select(run.PathOf), session.Book, target, knowledge, new IngestOptions
            {
                Workspace = session.Workspace,
                DryRun = isDry,
                Keep = run.Get(keep),
                Again = run.Get(again),
                As = run.Get(asKind) is { } kind ? kinds[kind] : null,
                Tlp = marking,
                Source = run.Get(source) ?? "",
                Rules = rulePaths,
                RulePack = pack,
                Compile = PlaceholderChoice.Read(run, placeholders),
                LeastProbability = run.Get(none) ? 2 : null,
                ZoneOf = zones.Of,
                DayFirst = run.Get(dayFirst) ? true : null,
                AskZone = run.Terminal is { InIsTerminal: true, ErrorIsTerminal: true } ? zones.Ask : null,
                Progress = progress.Report,
            }, run.Stop);
        }
        if (!isDry) zones.Remember();
        foreach (var problem in result.Problems) run.Report(Form(problem));
        run.Write(result.Inputs,
            new Column<IngestedInput>("file", "Input", input => input.File) { Gives = true },
            new Column<IngestedInput>("kind", "Kind", input => input.Kind),
            new Column<IngestedInput>("state", "State", input => input.State),
            new Column<IngestedInput>("evidence", "Evidence", input => input.EvidenceId),
            new Column<IngestedInput>("format", null, input => input.Format),
            new Column<IngestedInput>("summary", "Result", input => input.Summary) { Gives = true });
        Tell(run, session, result, isDry);
        // A log of which a part is lost, or a rule that does not load, is half a success.
        var ended = Invocation.Accounted(result.Used, result.Skipped);
        return ended == ExitCode.Done && result.Problems.Any(IsLoss) ? ExitCode.Partial : ended;
    });

    /// <summary>The case that takes it. The first evidence of a workspace opens its first case.</summary>
    private CaseRecord CaseOf(Invocation run, CaseSession session, bool isDry)
    {
        var named = run.Get(options.Case);
        if (string.IsNullOrEmpty(named) && session.Book.List<CaseRecord>().Count == 0)
        {
            var name = session.Workspace.Name;
            var first = new CaseRecord { Id = CaseIds.OfCase(name.Any(char.IsAsciiLetterOrDigit) ? name : "case"), Name = name, Opened = session.Book.Now };
            if (isDry) return first;
            // Somebody else's first ingest may have opened it meanwhile.
            if (session.Book.Save($"new case {first.Id}", first).IsDone) run.Say($"new case {first.Id}");
            return session.Book.Get<CaseRecord>(first.Id);
        }
        return session.Case(named);
    }

    private static void Tell(Invocation run, CaseSession session, IngestResult result, bool isDry)
    {
        var candidates = result.Added.Count(procedure => procedure.Status == ProcedureStatus.Candidate);
        var findings = isDry ? null : Modus.Casework.Comparison.CaseFindings.Of(session.Book.List<EvidenceRecord>(result.Case.Id), session.Book.List<ProcedureRecord>(result.Case.Id), []);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{(isDry ? "would take" : "took")} {result.Inputs.Count(input => input.State == "new")} new of {result.Inputs.Count} inputs ({result.Inputs.Count(input => input.State == "known")} known, {result.Skipped} skipped) into {result.Case.Id}: ");
        text.Append(CultureInfo.InvariantCulture, $"{candidates} candidate procedures, {result.Changed.Count} with more evidence");
        if (findings is not null) text.Append(CultureInfo.InvariantCulture, $", {findings.Contradictions.Count} contradictions");
        text.Append(CultureInfo.InvariantCulture, $", {result.Gaps.Count} log holes, {result.Indicators.Count} indicators");
        run.Say(text.ToString());
    }

    private static bool IsLoss(CaseProblem problem) => problem.Lost && problem.Code is not (CaseProblemCodes.OtherRelease or CaseProblemCodes.NeedsReview or CaseProblemCodes.WrongTactic or CaseProblemCodes.NoTechnique or CaseProblemCodes.ForeignLanguage);

    private static CliProblem Form(CaseProblem problem) => new(
        problem.Code, problem.Message, problem.Place is null ? problem.File : $"{problem.File} {problem.Place}", problem.Fix, problem.Lost);
}
