using System.Globalization;
using Modus.Analysis.Coverage;
using Modus.Casework.Cases;
using Modus.Casework.Defence;
using Modus.Casework.Inputs;
using Modus.Casework.Investigation;
using Modus.Sigma;
using Modus.Sigma.Yaml;

namespace Modus.Casework.Ingest;

/// <summary>What a case keeps but that is no evidence of an intrusion: rules, and what the defence says it has.</summary>
internal sealed record Material(EvidenceKind Type, string Format, string Summary, long Used, long Skipped, IReadOnlyList<CaseProblem> Problems)
{
    /// <summary>Indicators in it.</summary>
    public IReadOnlyList<Indicators.FoundIndicator> Indicators { get; init; } = [];

    private const int LargestInventory = 16 << 20;

    /// <summary>Reads a file as material; null where it is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="stated">True where the caller says so: a document is a document then, whatever it looks like.</param>
    public static Material? Read(string path, InputKind kind, bool stated = false) => kind switch
    {
        InputKind.Rules => Rules(path),
        InputKind.Exercises => Exercises(path),
        InputKind.Inventory => Inventory(path) ?? Unread(path),
        InputKind.Report when !stated && IsYaml(path) => Inventory(path),
        _ => null,
    };

    private static Material Rules(string path)
    {
        var rules = RuleSet.Load([path]);
        var loaded = rules.Rules.Length + rules.Correlations.Length;
        var problems = rules.Problems.Where(problem => problem.Severity == ProblemSeverity.Error).Select(ProblemForms.Of).ToList();
        var refused = rules.Counts.Refused;
        var summary = string.Create(CultureInfo.InvariantCulture, $"{loaded} {(loaded == 1 ? "rule" : "rules")} and {rules.Counts.Filters} filters load{(refused > 0 ? $", {refused} do not" : "")}");
        return new Material(EvidenceKind.Rules, "Sigma rules", summary, loaded + rules.Counts.Filters, refused, problems) { Indicators = Modus.Casework.Indicators.RuleIndicators.Of(rules, path) };
    }

    /// <summary>A table of outcomes; what an id becomes in a release is asked when coverage is judged.</summary>
    private static Material Exercises(string path)
    {
        if (new FileInfo(path).Length > LargestInventory) return Refused(EvidenceKind.Exercises, path, CaseProblemCodes.TooMuch, $"larger than {LargestInventory >> 20} MiB");
        if (ExerciseTable.Outline(File.ReadAllText(path)) is not { } table) return Refused(EvidenceKind.Exercises, path, CaseProblemCodes.UnknownKind, "it has no columns for technique and outcome");
        var problems = table.Skipped.Select(row => new CaseProblem(DefenceCodes.BadTable, row.Why, path, string.Create(CultureInfo.InvariantCulture, $"{row.Line}"))).ToList();
        var outcomes = string.Join(", ", table.Outcomes.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Value} {(pair.Key == ExerciseOutcome.NotRun ? "not run" : RecordJson.WordOf(pair.Key))}")));
        return new Material(EvidenceKind.Exercises, "exercise results", string.Create(CultureInfo.InvariantCulture, $"{table.Used} tests: {outcomes}"), table.Used, table.Skipped.Count, problems);
    }

    /// <summary>A file that the caller calls an inventory, and that is no YAML of ours: the readers of a defence know more forms (JSON, tables).</summary>
    private static Material Unread(string path)
    {
        var length = new FileInfo(path).Length;
        return length > LargestInventory
            ? Refused(EvidenceKind.Inventory, path, CaseProblemCodes.TooMuch, $"larger than {LargestInventory >> 20} MiB")
            : new Material(EvidenceKind.Inventory, "inventory", "kept; what is in it shows when coverage is judged", 1, 0, []);
    }

    private static Material Refused(EvidenceKind type, string path, string code, string why) => new(type, "", why, 0, 1, [new CaseProblem(code, why, path)]);

    /// <summary>A YAML mapping that is no rule: an inventory, a list of visibility, of controls, of exercises.</summary>
    private static Material? Inventory(string path)
    {
        if (new FileInfo(path).Length > LargestInventory) return null;
        var problems = new List<Problem>();
        var documents = YamlReader.Read(File.ReadAllText(path), path, problems);
        if (problems.Count > 0 || documents is not [YamlMapping mapping, ..] || mapping.Entries.Length == 0) return null;
        var sections = mapping.Entries.Select(entry => entry.Value is YamlSequence list ? string.Create(CultureInfo.InvariantCulture, $"{entry.Key.Text} ({list.Items.Length})") : entry.Key.Text);
        return new Material(EvidenceKind.Inventory, "YAML inventory", $"sections {string.Join(", ", sections.Take(8))}", mapping.Entries.Length, 0, []);
    }

    // A report may well be written like YAML; an inventory is named so.
    private static bool IsYaml(string path) => path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);
}
