using System.CommandLine;
using System.Text;
using Modus.Attack.Layers;
using Modus.Attack.Projection;
using Modus.Cli.Shell;
using AttackReleases = Modus.Cli.Commands.Attack.Knowledge;

namespace Modus.Cli.Commands.Layers;

/// <summary><c>modus layer upgrade</c>: carries Navigator layers to another release.</summary>
internal sealed class LayerUpgradeCommand : ModusCommand
{
    private readonly Argument<string[]> files = new("FILE") { Description = "Navigator layers of any format from 1.0 to 4.5.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> from = new("--from") { Description = "The release of the layers; what they state, else a guess, by default.", HelpName = "VERSION" };
    private readonly Option<string?> to = new("--to") { Description = "The release to carry them to; the newest by default.", HelpName = "VERSION" };
    private readonly Option<string?> domain = new("--domain") { Description = "The domain, where a layer names none.", HelpName = "DOMAIN" };
    private readonly Option<bool> check = new("--check") { Description = "End with 1 where a person has to decide." };

    public LayerUpgradeCommand() : base("upgrade", "Carries Navigator layers to another release and to format 4.5; a table lists what became of each entry.",
        Format.Navigator, Format.Table, Format.Csv, Format.Tsv, Format.Markdown)
    {
        Add(files);
        foreach (var option in new Option[] { from, to, domain, check }) Add(option);
        Example("modus layer upgrade samples/first-case/hunt-plan.layer.json --to 19.0 -o upgraded.layer.json");
        Example("modus layer upgrade samples/first-case/hunt-plan.layer.json --to 19.0 -o table");
    }

    public override int Run(Invocation run)
    {
        var layers = LayerFiles.Read(run, run.Get(files)!, out var skipped);
        var said = AttackReleases.Domain(run.Get(domain));
        var knowledge = AttackReleases.Open(run);
        var upgraded = new List<(string File, UpgradedLayer Upgrade)>();
        foreach (var (file, layer) in layers)
        {
            var setup = ProjectionSetup.Choose(knowledge, LayerFiles.Domain(layer, file, said), run.Get(from) ?? layer.Versions.Attack, run.Get(to) ?? run.AttackVersion,
                layer.Techniques.Select(entry => entry.TechniqueId), out var problem);
            if (setup is null)
            {
                // One layer that cannot be carried does not keep the others from it.
                if (layers.Count == 1) throw CommandFailure.Usage(problem!.Code, problem.Message, problem.Fix);
                AttackReleases.Report(run, problem! with { File = file }, isError: true);
                skipped++;
                continue;
            }
            var upgrade = LayerUpgrade.Upgrade(layer, setup.Projector, file);
            foreach (var found in upgrade.Problems) AttackReleases.Report(run, found, isError: false);
            Tell(run, file, setup, upgrade);
            upgraded.Add((file, upgrade));
        }
        if (run.Format == Format.Navigator) WriteLayers(run, upgraded);
        else WriteEntries(run, upgraded);
        var open = upgraded.Sum(item => item.Upgrade.ToReview);
        return open > 0 && run.Get(check) ? ExitCode.Finding : Invocation.Accounted(upgraded.Count, skipped);
    }

    private static void Tell(Invocation run, string file, ProjectionSetup setup, UpgradedLayer upgrade)
    {
        run.Say($"{file}: from {setup.Source}, to {setup.Projector.Target.Version} ({setup.Projector.Target.Provenance})");
        run.Say($"  {upgrade.Given} entries{(upgrade.Spread > 0 ? $" and {upgrade.Spread} spread over tactics" : "")} = {upgrade.Written} written + {upgrade.Joined} joined to another + {upgrade.Dropped} dropped (kept under \"{LayerUpgrade.DroppedMember}\")");
        run.Say("  " + string.Join(", ", upgrade.Entries.GroupBy(entry => entry.Projection.Verdict).OrderBy(group => group.Key).Select(group => $"{group.Key.Words()} {group.Count()}")));
        foreach (var entry in upgrade.Entries.Where(entry => !entry.Projection.IsSettled))
            run.Say($"  decide: {entry.Before.TechniqueId}{(entry.Before.Tactic is { } tactic ? $" ({tactic})" : "")}: {entry.Projection.Reason}");
    }

    private static void WriteLayers(Invocation run, List<(string File, UpgradedLayer Upgrade)> upgraded)
    {
        using var buffer = new MemoryStream();
        LayerWriter.Write([.. upgraded.Select(item => item.Upgrade.Layer)], buffer);
        run.Out.Write(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private static void WriteEntries(Invocation run, List<(string File, UpgradedLayer Upgrade)> upgraded) => run.Write(
        upgraded.SelectMany(item => item.Upgrade.Entries.Select(entry => (item.File, Entry: entry))),
        new Column<(string File, UpgradedEntry Entry)>("file", upgraded.Count > 1 ? "File" : null, row => row.File),
        new("technique", "Technique", row => row.Entry.Before.TechniqueId),
        new("tactic", "Tactic", row => row.Entry.Before.Tactic),
        new("verdict", "Verdict", row => row.Entry.Projection.Verdict.Words()),
        new("result", "Now", row => row.Entry.After?.TechniqueId),
        new("result_tactic", "Under", row => row.Entry.After?.Tactic),
        new("joined", "Joined", row => row.Entry.IsJoined),
        new("candidates", "Or", row => row.Entry.Projection.Candidates.Select(candidate => candidate.Id)),
        new("reason", "Why", row => row.Entry.Projection.Reason) { Gives = true });
}
