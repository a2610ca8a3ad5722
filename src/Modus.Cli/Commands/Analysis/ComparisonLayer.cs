using System.Text;
using Modus.Attack.Layers;

namespace Modus.Cli.Commands.Analysis;

/// <summary>Scores by technique as a layer of the ATT&amp;CK Navigator.</summary>
internal static class ComparisonLayer
{
    /// <summary>The domain whose actors the analysis knows.</summary>
    private const string Domain = "enterprise-attack";

    public static void Write(TextWriter to, string name, string release, IEnumerable<(string Id, double Score, string Comment)> rows)
    {
        var all = rows.OrderBy(row => row.Id, StringComparer.Ordinal).ToList();
        var layer = new Layer
        {
            Name = name,
            Domain = Domain,
            Versions = new LayerVersions { Attack = release.Split('.')[0], Navigator = LayerWriter.Navigator, Format = LayerWriter.Format },
            Gradient = new LayerGradient { Colors = ["#ffffff", "#2f6db5"], MinValue = 0, MaxValue = all.Count == 0 ? 1 : Math.Ceiling(all.Max(row => row.Score)) },
            // Without a tactic an entry stands under every tactic of its technique.
            Techniques = [.. all.Select(row => new LayerTechnique { TechniqueId = row.Id, Score = row.Score, Comment = row.Comment })],
        };
        to.Write(LayerWriter.ToText(layer));
    }
}
