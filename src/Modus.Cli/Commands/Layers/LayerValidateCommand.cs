using System.CommandLine;
using Modus.Attack;
using Modus.Attack.Layers;
using Modus.Cli.Shell;
using AttackReleases = Modus.Cli.Commands.Attack.Knowledge;

namespace Modus.Cli.Commands.Layers;

/// <summary><c>modus layer validate</c>: what is wrong with Navigator layers, in form and against a release.</summary>
internal sealed class LayerValidateCommand : ModusCommand
{
    private readonly Argument<string[]> files = new("FILE") { Description = "Navigator layers of any format from 1.0 to 4.5.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> domain = new("--domain") { Description = "The domain, where a layer names none.", HelpName = "DOMAIN" };
    private readonly Option<bool> check = new("--check") { Description = "End with 1 where anything is found." };

    public LayerValidateCommand() : base("validate", "Checks Navigator layers: form, dead ids, wrong places.", Listing.All)
    {
        Add(files);
        Add(domain);
        Add(check);
        Example("modus layer validate samples/first-case/hunt-plan.layer.json");
        Example("modus layer validate samples/first-case/hunt-plan.layer.json --attack-version 19.0 --check", ExitCode.Finding);
    }

    public override int Run(Invocation run)
    {
        var said = AttackReleases.Domain(run.Get(domain));
        var knowledge = AttackReleases.Open(run);
        var found = new List<Problem>();
        var layers = 0;
        var failed = 0;
        foreach (var file in run.Get(files)!)
        {
            var result = LayerReader.ReadFile(run.PathOf(file));
            found.AddRange(result.Problems.Select(problem => problem with { File = file }));
            if (result.Layers.Count == 0) failed++;
            foreach (var layer in result.Layers)
            {
                layers++;
                var named = layer.Domain is null && said != Domains.None ? layer with { Domain = said.BundleName() } : layer;
                var one = DomainNames.Parse(named.Domain);
                found.AddRange(LayerCheck.Against(named, AttackReleases.Release(run, knowledge, one == Domains.None ? Domains.Enterprise : one), file));
            }
        }
        run.Write(found,
            new Column<Problem>("file", "File", problem => problem.File) { Gives = true },
            new Column<Problem>("line", null, problem => problem.Line == 0 ? null : problem.Line),
            new Column<Problem>("code", "Code", problem => problem.Code),
            new Column<Problem>("message", "What", problem => problem.Message) { Gives = true },
            new Column<Problem>("fix", "Fix", problem => problem.Fix) { Gives = true });
        run.Say($"{layers} layers, {found.Count} findings");
        return run.Get(check) && found.Count > 0 ? ExitCode.Finding : Invocation.Accounted(layers, failed);
    }
}
