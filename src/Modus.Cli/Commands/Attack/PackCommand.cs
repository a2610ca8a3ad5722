using System.CommandLine;
using System.Text;
using Modus.Attack;
using Modus.Attack.Bundles;
using Modus.Attack.Facts;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Attack;

/// <summary><c>modus attack pack</c>: the facts of a bundle as reviewable lines.</summary>
internal sealed class PackCommand : ModusCommand
{
    private readonly Argument<string[]> bundles = new("BUNDLE") { Description = "Bundles (JSON, gzip or a folder) that form one release.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> release = new("--release") { Description = "The release, where the bundle does not name it.", HelpName = "VERSION" };
    private readonly Option<string?> provenance = new("--provenance") { Description = "Where the data comes from; shown with it.", HelpName = "LABEL" };

    private readonly Option<bool> history = new("--history") { Description = "Write instead in which of several releases each id was alive; every bundle is a release of its own." };

    public PackCommand() : base("pack", "Writes the facts of a bundle, without its prose, as sorted lines of text.", Format.Text)
    {
        Add(bundles);
        Add(release);
        Add(provenance);
        Add(history);
        Example("modus attack pack samples/attack/tiny.json -o tiny.txt");
        Example("modus attack pack samples/attack/tiny.json --release 0.2");
        Example("modus attack pack samples/attack/tiny.json --history");
    }

    public override int Run(Invocation run)
    {
        if (run.Get(history)) return RunHistory(run);
        var read = BundleReader.Read(run.Get(bundles)!.Select(run.PathOf), new ReadOptions { Version = run.Get(release), Provenance = run.Get(provenance) }, run.Stop);
        foreach (var problem in read.Problems) Knowledge.Report(run, problem, isError: read.Release is null);
        if (read.Release is null) return ExitCode.NoUsableInput;
        run.Out.Write(Encoding.UTF8.GetString(FactsWriter.ToBytes(read.Release)));
        run.Say($"{read.Release.Name}: {read.Release.Techniques.Count} techniques, {read.Release.RelationshipCount:N0} relationships, {read.Release.Provenance}");
        return Invocation.Accounted(1, read.Inputs.Sum(input => input.Skipped));
    }

    private int RunHistory(Invocation run)
    {
        var releases = new List<Release>();
        var given = run.Get(bundles)!;
        foreach (var bundle in given)
        {
            var read = BundleReader.Read(run.PathOf(bundle), new ReadOptions { Version = run.Get(release) }, run.Stop);
            foreach (var problem in read.Problems) Knowledge.Report(run, problem, isError: read.Release is null);
            if (read.Release is not null) releases.Add(read.Release);
        }
        IdHistory.Write(releases, run.Out);
        run.Say($"{releases.Count} releases: {string.Join(", ", releases.Select(one => one.Name))}");
        return Invocation.Accounted(releases.Count, given.Length - releases.Count);
    }
}
