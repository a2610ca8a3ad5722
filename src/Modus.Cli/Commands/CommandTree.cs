using System.CommandLine;
using System.CommandLine.Help;
using Modus.Cli.Commands.Analysis;
using Modus.Cli.Commands.Attack;
using Modus.Cli.Commands.Cases;
using Modus.Cli.Commands.Coverage;
using Modus.Cli.Commands.Demo;
using Modus.Cli.Commands.Hunt;
using Modus.Cli.Commands.Investigate;
using Modus.Cli.Commands.Layers;
using Modus.Cli.Commands.Logs;
using Modus.Cli.Commands.Map;
using Modus.Cli.Commands.Mapper;
using Modus.Cli.Commands.Patterns;
using Modus.Cli.Commands.Planning;
using Modus.Cli.Commands.Reporting;
using Modus.Cli.Commands.Review;
using Modus.Cli.Commands.Rules;
using Modus.Cli.Commands.Shell;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands;

/// <summary>All commands of <c>modus</c>, in the order of its help page. A new command is one line here.</summary>
internal static class CommandTree
{
    private static Branch[] Branches() =>
    [
        new("demo", static () => new DemoCommand()),
        new("investigate", static () => new InvestigateCommand()),
        new("init", static () => new InitCommand()),
        new("ingest", static () => new IngestCommand()),
        Noun("case", "Cases: evidence on one record and one line of time, compared, exported, read back.",
            new("new", static () => new CaseNewCommand()),
            new("list", static () => new CaseListCommand()),
            new("show", static () => new CaseShowCommand()),
            new("timeline", static () => new CaseTimelineCommand()),
            new("diff", static () => new CaseDiffCommand()),
            new("notes", static () => new CaseNotesCommand()),
            new("iocs", static () => new CaseIocsCommand()),
            new("merge", static () => new CaseMergeCommand()),
            new("close", static () => new CaseCloseCommand()),
            new("export", static () => new CaseExportCommand()),
            new("import", static () => new CaseImportCommand())),
        Noun("evidence", "The evidence of a case: list, show, verify, redact.",
            new("list", static () => new EvidenceListCommand()),
            new("show", static () => new EvidenceShowCommand()),
            new("verify", static () => new EvidenceVerifyCommand()),
            new("redact", static () => new EvidenceRedactCommand())),
        new("review", static () => new ReviewCommand()),
        Noun("report", "Documents about a case: the report of the case, two pages for a decision.",
            new("case", static () => new ReportCaseCommand()),
            new("brief", static () => new ReportBriefCommand())),
        new("undo", static () => new UndoCommand()),
        new("upgrade", static () => new UpgradeCommand()),
        new("audit", static () => new AuditCommand()),
        new("hunt", static () => new HuntCommand()),
        Noun("logs", "Looks into logs: formats, log sources, events.",
            new("info", static () => new LogsInfoCommand()),
            new("show", static () => new LogsShowCommand())),
        Noun("rule", "Sigma rules: lint, test, score, convert, explain, draft.",
            new("lint", static () => new LintCommand()),
            new("test", static () => new TestCommand()),
            new("score", static () => new ScoreCommand()),
            new("convert", static () => new ConvertCommand()),
            new("why", static () => new WhyCommand()),
            new("why-not", static () => new WhyNotCommand()),
            new("new", static () => new NewCommand()),
            new("upgrade", static () => new RuleUpgradeCommand())),
        Noun("attack", "Looks into MITRE ATT&CK: search, show, list, releases, what changed.",
            new("search", static () => new SearchCommand()),
            new("show", static () => new ShowCommand()),
            new("list", static () => new ListCommand()),
            new("matrix", static () => new MatrixCommand()),
            new("versions", static () => new VersionsCommand()),
            new("diff", static () => new DiffCommand()),
            new("project", static () => new ProjectCommand()),
            new("install", static () => new InstallCommand()),
            new("pack", static () => new PackCommand())),
        Noun("layer", "Reads, checks and upgrades Navigator layers.",
            new("show", static () => new LayerShowCommand()),
            new("validate", static () => new LayerValidateCommand()),
            new("upgrade", static () => new LayerUpgradeCommand())),
        Noun("map", "Maps text to techniques; checks mappings and how well they agree.",
            new("suggest", static () => new MapSuggestCommand()),
            new("lint", static () => new MapLintCommand()),
            new("agree", static () => new MapAgreeCommand())),
        Noun("mapper", "Fits, describes and measures the mapper behind 'map suggest'.",
            new("train", static () => new MapperTrainCommand()),
            new("adapt", static () => new MapperAdaptCommand()),
            new("info", static () => new MapperInfoCommand()),
            new("evaluate", static () => new MapperEvaluateCommand())),
        new("attribute", static () => new AttributeCommand()),
        new("next", static () => new NextCommand()),
        Noun("actor", "Profiles of actors: show, profile, compare.",
            new("show", static () => new ActorShowCommand()),
            new("profile", static () => new ActorProfileCommand()),
            new("compare", static () => new ActorCompareCommand())),
        Noun("plan", "What to do first: log sources, rules, controls, exercises, response; what such advice was worth.",
            new("sources", static () => new PlanSourcesCommand()),
            new("detections", static () => new PlanDetectionsCommand()),
            new("controls", static () => new PlanControlsCommand()),
            new("whatif", static () => new PlanWhatIfCommand()),
            new("exercise", static () => new PlanExerciseCommand()),
            new("response", static () => new PlanResponseCommand()),
            new("backtest", static () => new PlanBacktestCommand())),
        Noun("exercise", "Exercises: what came of them.",
            new Branch("record", static () => new ExerciseRecordCommand())),
        new("patterns", static () => new PatternsCommand()),
        Noun("model", "The figures behind attribution and prediction: info, train, evaluate.",
            new("info", static () => new ModelInfoCommand()),
            new("train", static () => new ModelTrainCommand()),
            new("evaluate", static () => new ModelEvaluateCommand()),
            new("dates", static () => new ModelDatesCommand())),
        Noun("coverage", "What the defence sees, rung by rung: show, why, diff, stale, observe.",
            new("show", static () => new CoverageShowCommand()),
            new("why", static () => new CoverageWhyCommand()),
            new("diff", static () => new CoverageDiffCommand()),
            new("stale", static () => new CoverageStaleCommand()),
            new("observe", static () => new CoverageObserveCommand())),
        new("gap", static () => new GapCommand(),
            new("add", static () => new GapAddCommand()),
            new("list", static () => new GapListCommand()),
            new("close", static () => new GapCloseCommand())),
        new("completion", static () => new CompletionCommand()),
    ];

    /// <summary>The tree for one call.</summary>
    /// <param name="words">The words of the call. Where the first ones name a command, only that command is made: making all of them costs more than many a command. None: all commands.</param>
    public static RootCommand Build(params ReadOnlySpan<string> words)
    {
        var root = new RootCommand("Turns evidence of an adversary's work into tactics, techniques and procedures, and answers from it what defenders ask.");
        AddTo(root, Branches(), words);
        GlobalOptions.AddTo(root);
        UseOwnHelp(root);
        return root;
    }

    private static void AddTo(Command parent, Branch[] branches, ReadOnlySpan<string> words)
    {
        var named = words.IsEmpty ? null : Named(branches, words[0]);
        foreach (var branch in branches)
        {
            if (named is not null && branch != named) continue;
            var command = branch.Make();
            AddTo(command, branch.Verbs, named is null ? [] : words[1..]);
            parent.Add(command);
        }
    }

    private static Branch? Named(Branch[] branches, string word)
    {
        foreach (var branch in branches)
            if (branch.Name == word) return branch;
        return null;
    }

    /// <summary>A word that only groups commands: <c>modus attack …</c>.</summary>
    private static Branch Noun(string name, string summary, params Branch[] verbs) => new(name, () => new Command(name, summary), verbs);

    private static void UseOwnHelp(RootCommand root)
    {
        foreach (var option in root.Options)
            if (option is HelpOption { Action: HelpAction usual } help) help.Action = new ModusHelp(usual);
    }

    /// <summary>A command that is made when it is needed.</summary>
    /// <param name="name">The word to type, which is the name that the made command has.</param>
    /// <param name="make">Makes the command without its verbs.</param>
    /// <param name="verbs">The commands below it.</param>
    private sealed class Branch(string name, Func<Command> make, params Branch[] verbs)
    {
        public string Name => name;

        public Branch[] Verbs => verbs;

        public Command Make() => make();
    }
}
