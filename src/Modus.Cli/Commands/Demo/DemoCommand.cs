using System.CommandLine;
using System.Diagnostics;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Demo;

/// <summary><c>modus demo</c>: the sample case through the whole product, on one screen.</summary>
internal sealed class DemoCommand : ModusCommand
{
    private readonly Option<string?> into = new("--into") { Description = "Keeps the case in this folder, which must be new or empty. Default: a temporary folder that is removed.", HelpName = "DIR" };

    public DemoCommand() : base("demo", "Unpacks a sample case, runs Modus on it and shows what comes out on one screen.", Format.Text, Format.Json)
    {
        Add(into);
        Example("modus demo");
        Example("modus demo -o json");
        Example("modus demo --into tidewrack");
    }

    public override int Run(Invocation run)
    {
        var clock = Stopwatch.StartNew();
        var kept = run.Get(into);
        var folder = kept is null ? Directory.CreateTempSubdirectory("modus-demo-").FullName : run.PathOf(kept);
        try
        {
            SampleCaseFiles.Unpack(folder);
            var expected = DemoExpectation.Read(Path.Combine(folder, "expected", "case.json"));
            DemoFindings found;
            using (var progress = run.Progress("steps")) found = new DemoRun(run, folder, expected, progress).Run();
            var checks = expected.Compare(found);
            if (run.Format == Format.Json) DemoJson.Write(run.Out, found, checks);
            else DemoScreen.Write(run.Out, expected.Name, found, checks, clock.Elapsed, kept);
            foreach (var wrong in checks.Where(check => check.State == CheckState.Differs))
                run.Report(new CliProblem("MD9042", $"{wrong.What}: expected {wrong.Expected}, found {wrong.Found}", Fix: "this is a fault of Modus: please report it"));
            return checks.Any(check => check.State == CheckState.Differs) ? ExitCode.Finding : ExitCode.Done;
        }
        finally
        {
            if (kept is null) Directory.Delete(folder, recursive: true);
        }
    }
}
