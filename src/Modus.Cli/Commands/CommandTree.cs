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
    public static RootCommand Build()
    {
        var root = new RootCommand("Turns evidence of an adversary's work into tactics, techniques and procedures, and answers from it what defenders ask.")
        {
            new DemoCommand(),
            new InvestigateCommand(),
            new InitCommand(),
            new IngestCommand(),
            Noun("case", "Cases: evidence on one record and one line of time, compared, exported, read back.",
                new CaseNewCommand(), new CaseListCommand(), new CaseShowCommand(), new CaseTimelineCommand(), new CaseDiffCommand(), new CaseNotesCommand(), new CaseIocsCommand(),
                new CaseMergeCommand(), new CaseCloseCommand(), new CaseExportCommand(), new CaseImportCommand()),
            Noun("evidence", "The evidence of a case: list, show, verify, redact.",
                new EvidenceListCommand(), new EvidenceShowCommand(), new EvidenceVerifyCommand(), new EvidenceRedactCommand()),
            new ReviewCommand(),
            Noun("report", "Documents about a case: the report of the case, two pages for a decision.",
                new ReportCaseCommand(), new ReportBriefCommand()),
            new UndoCommand(),
            new UpgradeCommand(),
            new AuditCommand(),
            new HuntCommand(),
            Noun("logs", "Looks into logs: formats, log sources, events.",
                new LogsInfoCommand(), new LogsShowCommand()),
            Noun("rule", "Sigma rules: lint, test, score, convert, explain, draft.",
                new LintCommand(),
                new TestCommand(),
                new ScoreCommand(),
                new ConvertCommand(),
                new WhyCommand(),
                new WhyNotCommand(),
                new NewCommand(),
                new RuleUpgradeCommand()),
            Noun("attack", "Looks into MITRE ATT&CK: search, show, list, releases, what changed.",
                new SearchCommand(), new ShowCommand(), new ListCommand(), new MatrixCommand(), new VersionsCommand(),
                new DiffCommand(), new ProjectCommand(),
                new InstallCommand(), new PackCommand()),
            Noun("layer", "Reads, checks and upgrades Navigator layers.",
                new LayerShowCommand(),
                new LayerValidateCommand(),
                new LayerUpgradeCommand()),
            Noun("map", "Maps text to techniques; checks mappings and how well they agree.",
                new MapSuggestCommand(), new MapLintCommand(), new MapAgreeCommand()),
            Noun("mapper", "Fits, describes and measures the mapper behind 'map suggest'.",
                new MapperTrainCommand(), new MapperAdaptCommand(), new MapperInfoCommand(), new MapperEvaluateCommand()),
            new AttributeCommand(),
            new NextCommand(),
            Noun("actor", "Profiles of actors: show, profile, compare.",
                new ActorShowCommand(), new ActorProfileCommand(), new ActorCompareCommand()),
            Noun("plan", "What to do first: log sources, rules, controls, exercises, response; what such advice was worth.",
                new PlanSourcesCommand(), new PlanDetectionsCommand(), new PlanControlsCommand(), new PlanWhatIfCommand(), new PlanExerciseCommand(), new PlanResponseCommand(), new PlanBacktestCommand()),
            Noun("exercise", "Exercises: what came of them.", new ExerciseRecordCommand()),
            new PatternsCommand(),
            Noun("model", "The figures behind attribution and prediction: info, train, evaluate.",
                new ModelInfoCommand(), new ModelTrainCommand(), new ModelEvaluateCommand(), new ModelDatesCommand()),
            Noun("coverage", "What the defence sees, rung by rung: show, why, diff, stale, observe.",
                new CoverageShowCommand(), new CoverageWhyCommand(), new CoverageDiffCommand(), new CoverageStaleCommand(), new CoverageObserveCommand()),
            With(new GapCommand(), new GapAddCommand(), new GapListCommand(), new GapCloseCommand()),
            new CompletionCommand(),
        };
        GlobalOptions.AddTo(root);
        UseOwnHelp(root);
        return root;
    }

    /// <summary>A word that only groups commands: <c>modus attack …</c>.</summary>
    private static Command Noun(string name, string summary, params Command[] verbs) => With(new Command(name, summary), verbs);

    private static Command With(Command noun, params Command[] verbs)
    {
        foreach (var verb in verbs) noun.Add(verb);
        return noun;
    }

    private static void UseOwnHelp(RootCommand root)
    {
        foreach (var option in root.Options)
            if (option is HelpOption { Action: HelpAction usual } help) help.Action = new ModusHelp(usual);
    }
}
