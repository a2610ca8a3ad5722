using Modus.Attack;
using Modus.Casework.Inputs;
using Modus.Logs;
using Modus.Reports.Documents;
using Modus.Sigma;
using Modus.Stix.Bundles;

namespace Modus.Casework.Investigation;

/// <summary>Reads whatever it is given and says which techniques that speaks of, with the evidence.</summary>
public sealed class Investigator
{
    private readonly KnowledgeAtHand knowledge;
    private readonly InvestigationOptions options;
    private readonly FindingCollector findings;
    private readonly ReportInput reports;
    private readonly List<InputRead> inputs = [];
    private readonly List<(int Input, string Path)> logs = [];
    private LogNote? logNote;
    private LogHoles.LogActivity? activity;

    private Investigator(KnowledgeAtHand knowledge, InvestigationOptions options)
    {
        this.knowledge = knowledge;
        this.options = options;
        findings = new FindingCollector(new TechniqueResolver(knowledge));
        reports = new ReportInput(knowledge, findings, options);
    }

    /// <summary>Investigates files and folders.</summary>
    /// <param name="paths">What was given.</param>
    /// <param name="knowledge">The releases of ATT&amp;CK to speak and understand.</param>
    /// <param name="options">How to read.</param>
    /// <param name="stop">Stops between two inputs.</param>
    /// <returns>The findings. Bad input never throws: it is named among the problems, and the rest is read.</returns>
    public static InvestigationResult Run(IEnumerable<string> paths, KnowledgeAtHand knowledge, InvestigationOptions options, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        ArgumentNullException.ThrowIfNull(options);
        var investigator = new Investigator(knowledge, options);
        return investigator.Investigate(paths, stop);
    }

    private InvestigationResult Investigate(IEnumerable<string> paths, CancellationToken stop)
    {
        var problems = findings.Problems;
        var files = InputDiscovery.Find(paths, options.Limits, problems);
        // What could not even be found counts as given and skipped.
        foreach (var problem in problems.Where(problem => problem.Code != CaseProblemCodes.TooMuch))
            inputs.Add(new InputRead(problem.File, InputKind.Unknown, "", null, false, problem.Message));
        for (var index = 0; index < files.Count; index++)
        {
            stop.ThrowIfCancellationRequested();
            options.Progress?.Invoke(index, files.Count, files[index].Path);
            inputs.Add(ReadOne(files[index]));
        }
        if (logs.Count > 0) ReadLogs(stop);
        return Result(problems);
    }

    private InvestigationResult Result(List<CaseProblem> problems)
    {
        var techniques = findings.Findings();
        return new InvestigationResult
        {
            Release = NoteOf(knowledge),
            Inputs = inputs,
            Problems = problems,
            Tactics = [.. knowledge.Domains.SelectMany(pair => TacticsOf(pair.Release, pair.Domain)).Where(tactic => IsNeeded(tactic, techniques))],
            Techniques = techniques,
            Overlaps = Overlaps.Of([.. techniques.Where(finding => finding.IsFinding).Select(finding => finding.Id)], knowledge),
            Names = findings.Names(),
            Unplaced = findings.Unplaced(),
            Logs = logNote,
            Activity = activity,
            Indicators = findings.Indicators,
        };
    }

    private InputRead ReadOne(InputFile file)
    {
        if (file.Length == 0)
        {
            findings.Problems.Add(new CaseProblem(CaseProblemCodes.EmptyFile, "the file is empty", file.Path));
            return Skipped(file, InputKind.Unknown, "empty", null);
        }
        string? hash = null;
        var kind = InputKind.Unknown;
        try
        {
            hash = FileHash.Of(file.Path);
            kind = options.As ?? InputRecognition.Tell(file, LogRecognition.IsLog, options.Limits);
            var (format, summary, used) = ReadAs(kind, file);
            return new InputRead(file.Path, kind, format, hash, used, summary);
        }
        catch (InvalidDataException problem)
        {
            findings.Problems.Add(new CaseProblem(CaseProblemCodes.BadCompression, problem.Message, file.Path, Fix: "unpack the file and look at it first"));
            return Skipped(file, kind, problem.Message, hash);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            findings.Problems.Add(new CaseProblem(CaseProblemCodes.Forbidden, $"cannot be read: {problem.Message}", file.Path, Fix: "check its permissions"));
            return Skipped(file, kind, "cannot be read", hash);
        }
    }

    private (string Format, string Summary, bool Used) ReadAs(InputKind kind, InputFile file)
    {
        switch (kind)
        {
            case InputKind.Report:
                using (var stream = BoundedInput.Open(file, options.Limits)) return reports.Read(stream, file.Path);
            case InputKind.Layer:
                using (var stream = BoundedInput.OpenUtf8(file, options.Limits)) return LayerInput.Read(stream, file.Path, findings);
            case InputKind.Stix:
                return ReadStix(file);
            case InputKind.KnowledgeBase:
                return RefuseKnowledgeBase(file);
            case InputKind.Logs:
                // All logs are read together, since correlations reach from file to file; the entry is filled in then.
                logs.Add((inputs.Count, file.Path));
                return ("log", "", false);
            case InputKind.Rules:
                findings.Problems.Add(new CaseProblem(CaseProblemCodes.UnknownKind, "Sigma rules are no evidence", file.Path, Fix: "give them with --rules"));
                return ("Sigma rules", "no evidence: give them with --rules", false);
            case InputKind.Exercises or InputKind.Inventory:
                findings.Problems.Add(new CaseProblem(CaseProblemCodes.UnknownKind, "what a defence has or tried is no evidence of an intrusion", file.Path, Fix: "give it to coverage: modus coverage show --defence FILE"));
                return ("defence", "no evidence of an intrusion: it belongs to coverage", false);
            default:
                findings.Problems.Add(new CaseProblem(CaseProblemCodes.UnknownKind, "the content is of no kind that Modus reads", file.Path));
                return ("", "unknown content", false);
        }
    }

    private void ReadLogs(CancellationToken stop)
    {
        var rules = options.Rules.Count > 0 ? RuleSet.Load(options.Rules, new() { PackFile = options.RulePack, Compile = options.Compile }) : StarterRules.Load();
        foreach (var problem in rules.Problems.Where(problem => problem.Severity == ProblemSeverity.Error)) findings.Problems.Add(ProblemForms.Of(problem));
        activity = options.WatchActivity ? new LogHoles.LogActivity() : null;
        var indicators = options.IndicatorsAt is null ? null : new Indicators.EventIndicators();
        var (report, note) = new LogInput(rules, findings, indicators).Read([.. logs.Select(log => log.Path)], options.Logs, activity, stop);
        if (indicators?.LeftOut > 0)
            findings.Problems.Add(new CaseProblem(CaseProblemCodes.TooMuch, FormattableString.Invariant($"{Indicators.EventIndicators.MostKept:N0} indicators were taken from events; {indicators.LeftOut:N0} more sightings were left out"), logs[0].Path, Fix: "take the logs in parts", Lost: false));
        logNote = note;
        foreach (var (input, path) in logs)
        {
            // An archive has one entry a member, named file!member.
            var parts = report.Files.Where(file => file.File == path || file.File.StartsWith(path + "!", StringComparison.Ordinal)).ToList();
            var (events, skipped) = (parts.Sum(part => part.Events), parts.Sum(part => part.Records - part.Events));
            var formats = string.Join(", ", parts.Select(part => part.Format).Where(format => format.Length > 0).Distinct());
            if (events == 0 && !findings.Problems.Any(problem => problem.File == path || problem.File.StartsWith(path + "!", StringComparison.Ordinal)))
                findings.Problems.Add(new CaseProblem(CaseProblemCodes.UnknownKind, "it holds no event that could be read", path));
            var left = skipped > 0 ? FormattableString.Invariant($", {skipped:N0} records skipped") : "";
            inputs[input] = inputs[input] with
            {
                Format = formats.Length > 0 ? $"{formats} log" : "log",
                Used = events > 0,
                SkippedRecords = skipped,
                Summary = events > 0 ? FormattableString.Invariant($"{events:N0} events{left}") : $"no event could be read{left}",
            };
        }
    }

    private (string Format, string Summary, bool Used) ReadStix(InputFile file)
    {
        StixBundle bundle;
        using (var stream = BoundedInput.OpenUtf8(file, options.Limits)) bundle = StixReader.Read(stream, file.Path);
        if (StixInput.IsKnowledgeBase(bundle)) return RefuseKnowledgeBase(file);
        findings.Problems.AddRange(bundle.Problems.Select(ProblemForms.Of));
        var (summary, used) = StixInput.Read(bundle, file.Path, findings, knowledge, options.IndicatorsAt is not null);
        return ("STIX", summary + ReadStixTexts(bundle, file), used);
    }

    /// <summary>Reads what the reports and notes of a bundle say in words, as a document.</summary>
    private string ReadStixTexts(StixBundle bundle, InputFile file)
    {
        if (!bundle.Objects.Any(item => item.Type is "report" or "note" or "opinion" && !item.Revoked)) return "";
        using var stream = BoundedInput.Open(file, options.Limits);
        return ReportReader.Read(stream, file.Path).Document is { } document ? $"; in words: {reports.Read(document, file.Path).Summary}" : "";
    }

    private (string Format, string Summary, bool Used) RefuseKnowledgeBase(InputFile file)
    {
        findings.Problems.Add(new CaseProblem(
            CaseProblemCodes.UnknownKind, "this is ATT&CK itself, not evidence of a case", file.Path, Fix: $"to use it as knowledge: modus attack install {file.Path}"));
        return ("ATT&CK bundle", "a knowledge base, not evidence", false);
    }

    private static InputRead Skipped(InputFile file, InputKind kind, string why, string? hash) => new(file.Path, kind, "", hash, false, why);

    private static ReleaseNote NoteOf(KnowledgeAtHand knowledge)
    {
        var main = knowledge.Targets[0];
        return new ReleaseNote(
            [.. knowledge.Domains.Select(pair => pair.Release == main ? pair.Domain.Name() : $"{pair.Domain.Name()} {pair.Release.Version}")],
            main.Version, main.Provenance.Length > 0 ? main.Provenance : null);
    }

    private static IEnumerable<TacticNote> TacticsOf(Release release, Domains domain) =>
        release.Tactics.Where(tactic => tactic.Domains.HasFlag(domain)).Select(tactic => new TacticNote(tactic.Id, tactic.Shortname, tactic.Name, domain.Name()));

    /// <summary>The main domain's matrix is shown whole; of the others only what is used.</summary>
    private bool IsNeeded(TacticNote tactic, IReadOnlyList<TechniqueFinding> techniques) =>
        tactic.Domain == knowledge.Domains[0].Domain.Name()
        || techniques.Any(finding => finding.Tactics.Contains(tactic.ShortName) && knowledge.Domains.Any(pair => pair.Domain.Name() == tactic.Domain && pair.Release.Find<Technique>(finding.Id) is not null));
}
