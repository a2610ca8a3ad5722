using System.Text;
using Modus.Attack;
using Modus.Attack.Layers;
using Modus.Casework.Investigation;

namespace Modus.Cli.Commands.Investigate;

/// <summary>An investigation as a Navigator layer: the score tells how firmly the evidence speaks.</summary>
internal static class InvestigationLayer
{
    private const int CommentLines = 10;

    public static void Write(TextWriter to, InvestigationResult result)
    {
        var domains = result.Tactics.Select(tactic => tactic.Domain).Distinct().ToList();
        var layers = domains.Select(domain => LayerOf(result, domain)).Where(layer => layer.Techniques.Count > 0 || domains.Count == 1).ToList();
        if (layers.Count == 0) layers = [LayerOf(result, domains[0])];
        using var stream = new MemoryStream();
        if (layers.Count == 1) stream.Write(LayerWriter.ToBytes(layers[0]));
        else LayerWriter.Write(layers, stream);
        to.Write(Encoding.UTF8.GetString(stream.ToArray()).TrimEnd('\n') + "\n");
    }

    private static Layer LayerOf(InvestigationResult result, string domain) => new()
    {
        Name = "Investigation",
        Description = $"{result.Used} of {result.Inputs.Count} inputs used. Score: 100 seen in a log, 70 told by a document, 30 claimed.",
        Domain = DomainNames.Parse(domain).BundleName(),
        Versions = new LayerVersions { Attack = result.Release.Version.Split('.')[0], Navigator = LayerWriter.Navigator, Format = LayerWriter.Format },
        Gradient = new LayerGradient { Colors = ["#fff3c4", "#9ecae1", "#2c7fb8"], MinValue = 0, MaxValue = 100 },
        LegendItems = [new LegendItem { Label = "seen in a log", Color = "#2c7fb8" }, new LegendItem { Label = "told by a document", Color = "#6aaed6" }, new LegendItem { Label = "claimed", Color = "#d8e0c8" }],
        Techniques = [.. Entries(result, domain)],
    };

    private static IEnumerable<LayerTechnique> Entries(InvestigationResult result, string domain) =>
        from finding in result.Techniques
        where finding.IsFinding
        from tactic in result.Tactics
        where tactic.Domain == domain && (finding.NamedTactics.Count > 0 ? finding.NamedTactics : finding.Tactics).Contains(tactic.ShortName)
        orderby finding.Id
        select new LayerTechnique
        {
            TechniqueId = finding.Id,
            Tactic = tactic.ShortName,
            Score = finding.Standing switch { Standing.Seen => 100, Standing.Told => 70, _ => 30 },
            Comment = Comment(finding),
            Metadata = [new LayerNote { Name = "standing", Value = finding.Standing.ToString().ToLowerInvariant() }, new LayerNote { Name = "evidence", Value = FormattableString.Invariant($"{finding.Evidence.Count}") }],
        };

    private static string Comment(TechniqueFinding finding)
    {
        var lines = finding.Evidence.Take(CommentLines).Select(evidence => $"{Path.GetFileName(evidence.File)}, {evidence.Place}: {evidence.Says}");
        var more = finding.Evidence.Count > CommentLines ? FormattableString.Invariant($"\n… and {finding.Evidence.Count - CommentLines} more") : "";
        return string.Join('\n', lines) + more;
    }
}
