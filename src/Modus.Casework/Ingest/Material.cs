using System.Globalization;
using Modus.Casework.Cases;
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
    public static Material? Read(string path, InputKind kind) => kind switch
    {
        InputKind.Rules => Rules(path),
        InputKind.Report when IsYaml(path) => Inventory(path),
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
