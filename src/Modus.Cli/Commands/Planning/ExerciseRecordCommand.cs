using System.CommandLine;
using Modus.Analysis.Coverage;
using Modus.Cli.Commands.Coverage;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Planning;

/// <summary><c>modus exercise record</c>: puts outcomes into the defence and says what they changed.</summary>
internal sealed class ExerciseRecordCommand : ModusCommand
{
    private const int MostNames = 1000;
    private readonly Argument<string> file = new("FILE") { Description = "Outcomes as a table: technique (or GUID of a test), outcome, date, and what else there is." };
    private readonly Option<string> into = new("--into") { Description = "The folder of the defence that keeps the outcomes.", HelpName = "FOLDER", DefaultValueFactory = _ => "defence" };
    private readonly Option<bool> fail = new("--fail-on-regression") { Description = "End with 1 where something that passed no longer does." };
    private readonly CoverageOptions options = new();

    public ExerciseRecordCommand() : base("record", "Records outcomes of an exercise, updates the ladder and flags what no longer works.", Listing.All)
    {
        Add(file);
        Add(into);
        Add(fail);
        options.AddTo(this);
        Example("printf 'technique,platform,outcome,date\\nT1003.001,Windows,detected,2026-03-09\\n' > outcomes.csv && modus exercise record outcomes.csv");
        Example("printf 'technique,platform,outcome,date\\nT1003.001,Windows,missed,2026-06-09\\n' > june.csv && modus exercise record june.csv --rules rules -o json");
    }

    public override int Run(Invocation run)
    {
        var given = run.Get(file)!;
        var path = run.PathOf(given);
        if (!File.Exists(path)) throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD6011", "there is no such file", given));
        var read = options.Load(run, [given]);
        var outcomes = read.Inventory.Exercises.Count;
        if (outcomes == 0) throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD6222", "the file holds no outcome of an exercise", given, "write a table with technique, outcome (prevented, detected, logged, missed, not run) and date"));

        var folder = Path.Combine(run.PathOf(run.Get(into)!), "exercises");
        var known = Known(run);
        var place = Place(folder, path);
        if (place is null) run.Say("these outcomes were recorded before; nothing changed");
        else
        {
            Directory.CreateDirectory(folder);
            File.Copy(path, place);
            run.Say($"{outcomes} outcomes recorded in {Path.GetRelativePath(run.PathOf("."), place).Replace('\\', '/')}");
        }
        var before = Build(run, read, known);
        var after = place is null ? before : Build(run, read, known.With(read.Inventory));
        var diff = LadderDiff.Of(before, after);
        var named = read.Inventory.Exercises.Select(result => result.Technique.Id).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        var changes = diff.Changes.Where(change => named.Contains(change.TechniqueId)).ToList();
        run.Write(changes,
            new Column<CellChange>("change", "Change", change => change.After is { IsRegression: true } ? "regression" : change.Kind.ToString().ToLowerInvariant()),
            new Column<CellChange>("technique", "Id", change => change.TechniqueId),
            new Column<CellChange>("platform", "Platform", change => change.Platform),
            new Column<CellChange>("before", "Before", change => change.Before is null ? null : CoverageWords.Of(change.Before.State)),
            new Column<CellChange>("after", "After", change => change.After is null ? null : CoverageWords.Of(change.After.State)),
            new Column<CellChange>("next_step", "Next step", change => change.After?.NextStep) { Gives = true });
        var lost = after.Cells.Where(cell => cell.IsRegression && named.Contains(cell.TechniqueId)).ToList();
        foreach (var cell in lost)
            run.Report(new CliProblem("MD6223", $"{cell.TechniqueId} on {cell.Platform} passed an earlier test and failed a later one", null, cell.NextStep.Length > 0 ? cell.NextStep : null, IsError: false));
        run.Say($"{changes.Count} cells changed, {lost.Count} regressions");
        return run.Get(fail) && lost.Count > 0 ? ExitCode.Finding : CoverageOptions.Exit(read);
    }

    private Ladder Build(Invocation run, LoadedDefence read, DefenceInventory inventory) =>
        LadderBuilder.Build(read.Knowledge, inventory, read.Today, options.Ladder(run, read.Knowledge));

    /// <summary>The defence as it was before; empty where there was none.</summary>
    private DefenceInventory Known(Invocation run)
    {
        try
        {
            return options.Load(run).Inventory;
        }
        catch (CommandFailure failure) when (failure.Problem.Code == "MD6121")
        {
            return DefenceInventory.Empty;
        }
    }

    // The same bytes are recorded once; another file of the same name gets a number.
    private static string? Place(string folder, string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (Directory.Exists(folder) && Directory.EnumerateFiles(folder).Any(known => new FileInfo(known).Length == bytes.Length && File.ReadAllBytes(known).AsSpan().SequenceEqual(bytes))) return null;
        var (name, ending) = (Path.GetFileNameWithoutExtension(path), Path.GetExtension(path));
        for (var number = 1; number < MostNames; number++)
        {
            var place = Path.Combine(folder, number == 1 ? name + ending : $"{name}-{number}{ending}");
            if (!File.Exists(place)) return place;
        }
        throw CommandFailure.Usage("MD6222", $"the folder holds {MostNames} files called {name}", "give the file another name");
    }
}
