using System.CommandLine;
using Modus.Attack;
using Modus.Attack.Layers;
using Modus.Cli.Shell;
using AttackReleases = Modus.Cli.Commands.Attack.Knowledge;

namespace Modus.Cli.Commands.Layers;

/// <summary><c>modus layer show</c>: the entries of Navigator layers, with names and their state in a release.</summary>
internal sealed class LayerShowCommand : ModusCommand
{
    private readonly Argument<string[]> files = new("FILE") { Description = "Navigator layers of any format from 1.0 to 4.5.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> domain = new("--domain") { Description = "The domain, where a layer names none.", HelpName = "DOMAIN" };

    public LayerShowCommand() : base("show", "Lists the entries of Navigator layers.", Listing.All)
    {
        Add(files);
        Add(domain);
        Example("modus layer show samples/first-case/hunt-plan.layer.json");
        Example("modus layer show samples/first-case/hunt-plan.layer.json --attack-version 18.1 -o csv");
    }

    public override int Run(Invocation run)
    {
        var layers = LayerFiles.Read(run, run.Get(files)!, out var skipped);
        var said = AttackReleases.Domain(run.Get(domain));
        var knowledge = AttackReleases.Open(run);
        var rows = new List<(string File, Layer Layer, LayerTechnique Entry, Technique? Technique)>();
        foreach (var (file, layer) in layers)
        {
            var one = LayerFiles.Domain(layer, file, said);
            var release = AttackReleases.Release(run, knowledge, one);
            rows.AddRange(layer.Techniques.Select(entry =>
                (file, layer, entry, release.FindAll(entry.TechniqueId).OfType<Technique>().FirstOrDefault(found => (found.Domains & one) != 0))));
            run.Say($"{file}: '{layer.Name}', {layer.Domain}, ATT&CK {layer.Versions.Attack ?? "not stated"}, format {layer.Versions.Format ?? "not stated"}, {layer.Techniques.Count} entries; states are those in {release.Version}");
        }
        run.Write(rows,
            new Column<(string File, Layer Layer, LayerTechnique Entry, Technique? Technique)>("file", layers.Count > 1 ? "File" : null, row => row.File),
            new("layer", layers.Count > 1 ? "Layer" : null, row => row.Layer.Name),
            new("technique", "Technique", row => row.Entry.TechniqueId),
            new("name", "Name", row => row.Technique?.FullName) { Gives = true },
            new("tactic", "Tactic", row => row.Entry.Tactic),
            new("score", "Score", row => row.Entry.Score) { Right = true },
            new("color", null, row => row.Entry.Color),
            new("enabled", null, row => row.Entry.Enabled ?? true),
            new("state", "State", row => State(row.Technique)),
            new("comment", "Comment", row => row.Entry.Comment) { Gives = true });
        return Invocation.Accounted(layers.Count, skipped);
    }

    private static string State(Technique? technique) => technique switch
    {
        null => "unknown",
        { IsAlive: true } => "alive",
        { IsRevoked: true } => technique.Succession.Successor is { } successor ? $"revoked → {successor.Id}" : "revoked",
        _ => "deprecated",
    };
}
