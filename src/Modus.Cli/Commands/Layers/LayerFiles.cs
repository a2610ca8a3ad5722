using Modus.Attack;
using Modus.Attack.Layers;
using Modus.Cli.Shell;
using AttackReleases = Modus.Cli.Commands.Attack.Knowledge;

namespace Modus.Cli.Commands.Layers;

/// <summary>Reads the layer files that a command was given.</summary>
internal static class LayerFiles
{
    /// <summary>Every layer of every file, with the file; problems are reported as they come.</summary>
    /// <param name="run">The run.</param>
    /// <param name="paths">The files as given.</param>
    /// <param name="skipped">Files without a layer and entries that could not be read.</param>
    public static List<(string File, Layer Layer)> Read(Invocation run, IEnumerable<string> paths, out int skipped)
    {
        var layers = new List<(string, Layer)>();
        skipped = 0;
        foreach (var path in paths)
        {
            var result = LayerReader.ReadFile(run.PathOf(path));
            foreach (var problem in result.Problems) AttackReleases.Report(run, problem with { File = path }, isError: IsLoss(problem));
            skipped += result.Layers.Count == 0 ? 1 : result.Skipped;
            layers.AddRange(result.Layers.Select(layer => (path, layer)));
        }
        return layers;
    }

    /// <summary>The single domain of a layer: what it names, else what the user says.</summary>
    /// <exception cref="CommandFailure">Neither names a domain of ATT&amp;CK.</exception>
    public static Domains Domain(Layer layer, string file, Domains said) =>
        DomainNames.Parse(layer.Domain) is not Domains.None and var own ? own : said != Domains.None ? said
        : throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem(
            LayerCodes.Missing, $"the layer '{layer.Name}' names {(layer.Domain is null ? "no domain" : $"the unknown domain '{layer.Domain}'")}", file, "say which: --domain enterprise"));

    private static bool IsLoss(Problem problem) =>
        problem.Code is LayerCodes.NotJson or LayerCodes.NotALayer or LayerCodes.EntrySkipped or LayerCodes.CannotOpen;
}
