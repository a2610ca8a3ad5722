using System.CommandLine;
using System.Globalization;
using System.Text;
using Modus.Analysis.Attribution;
using Modus.Analysis.Evaluation;
using Modus.Analysis.Knowledge;
using Modus.Analysis.Prediction;
using Modus.Attack;
using Modus.Attack.Bundles;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Analysis;

/// <summary><c>modus model info</c>: the figures in use.</summary>
internal sealed class ModelInfoCommand : ModusCommand
{
    private readonly Option<string?> model = new("--model") { Description = "Figures made by 'modus model train'.", HelpName = "FILE" };

    public ModelInfoCommand() : base("info", "Shows the figures that attribution and prediction use, and what they were trained on.", Listing.All)
    {
        Add(model);
        Example("modus model info");
        Example("modus model info -o json");
    }

    public override int Run(Invocation run)
    {
        var figures = ModelFiles.Attribution(run, run.Get(model));
        var rows = figures.Weights.Select(item => (Model: "attribution", item.Question, Name: item.Measure, Weight: item.WithoutSoftware, WithSoftware: (double?)item.WithSoftware));
        if (run.Get(model) is null)
            rows = rows.Concat(PredictionModel.Shipped.Features.Zip(PredictionModel.Shipped.FeatureWeights, (name, weight) => ("prediction", "", name, weight, (double?)null)));
        run.Write(rows,
            new Column<(string Model, string Question, string Name, double Weight, double? WithSoftware)>("model", "Model", row => row.Model),
            new Column<(string Model, string Question, string Name, double Weight, double? WithSoftware)>("question", "Question", row => row.Question),
            new Column<(string Model, string Question, string Name, double Weight, double? WithSoftware)>("measure", "Measure", row => row.Name),
            new Column<(string Model, string Question, string Name, double Weight, double? WithSoftware)>("weight", "Weight", row => row.Weight) { Right = true },
            new Column<(string Model, string Question, string Name, double Weight, double? WithSoftware)>("weight_with_software", "With software", row => row.WithSoftware) { Right = true });
        run.Say($"attribution {figures.Hash}: {figures.TrainedOn}");
        if (run.Get(model) is null) run.Say($"prediction: {PredictionModel.Shipped.TrainedOn}");
        return ExitCode.Done;
    }
}

/// <summary><c>modus model train</c>: figures out of the knowledge at hand.</summary>
internal sealed class ModelTrainCommand : ModusCommand
{
    private readonly LensOptions lens = new();

    public ModelTrainCommand() : base("train", "Learns the figures of attribution from a release; -o FILE keeps them.", Format.Json)
    {
        lens.AddTo(this);
        Example("modus model train -o model.json", slow: true);
        Example("modus model train --attack-version 18.1 -o model.json", slow: true);
    }

    public override int Run(Invocation run)
    {
        var knowledge = lens.Knowledge(run, lens.Library(run));
        var (model, rows) = ModelEvaluateCommand.Train(knowledge);
        run.Out.Write(Encoding.UTF8.GetString(model.Write()));
        foreach (var row in rows.Where(row => row.Method == "model"))
            run.Say(string.Create(CultureInfo.InvariantCulture, $"{row.Protocol}: truth first in {row.Metrics.Top1:.000} ± {row.HalfWidth:.000} of {row.Metrics.Cases}"));
        return ExitCode.Done;
    }
}

/// <summary><c>modus model evaluate</c>: what attribution is worth on a release, beside plain formulas.</summary>
internal sealed class ModelEvaluateCommand : ModusCommand
{
    private readonly LensOptions lens = new();

    public ModelEvaluateCommand() : base("evaluate", "Measures attribution on held-out actors of a release, beside plain formulas in the same run.", Listing.All)
    {
        lens.AddTo(this);
        Example("modus model evaluate -o table", slow: true);
        Example("modus model evaluate --attack-version 18.1 -o csv", slow: true);
    }

    public override int Run(Invocation run)
    {
        var knowledge = lens.Knowledge(run, lens.Library(run));
        run.Write(Train(knowledge).Rows,
            new Column<EvaluationRow>("protocol", "Protocol", row => row.Protocol),
            new Column<EvaluationRow>("method", "Method", row => row.Method),
            new Column<EvaluationRow>("cases", "Cases", row => row.Metrics.Cases) { Right = true },
            new Column<EvaluationRow>("top1", "First", row => row.Metrics.Top1) { Right = true },
            new Column<EvaluationRow>("half_width", "±", row => row.HalfWidth) { Right = true },
            new Column<EvaluationRow>("top5", "In five", row => row.Metrics.Top5) { Right = true },
            new Column<EvaluationRow>("mrr", "MRR", row => row.Metrics.Mrr) { Right = true },
            new Column<EvaluationRow>("ece", "Calibration error", row => row.Open?.CalibrationError) { Right = true },
            new Column<EvaluationRow>("ece_by_chance", "By chance", row => row.Open?.CalibrationErrorByChance) { Right = true },
            new Column<EvaluationRow>("coverage_at_90", "Coverage at 90 %", row => row.Open?.CoverageAt90) { Right = true });
        run.Say($"release {knowledge.Release}; folds by actor; every case without its own report");
        return ExitCode.Done;
    }

    internal static (AttributionModel Model, IReadOnlyList<EvaluationRow> Rows) Train(ActorKnowledge knowledge)
    {
        try
        {
            return AttributionEvaluation.Train(knowledge, $"leave-one-report-out and as-of cases of release {knowledge.Release}");
        }
        catch (ArgumentException error)
        {
            throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD6040", error.Message, null, "use a release with more sources"));
        }
    }
}

/// <summary><c>modus model dates</c>: the day each cited source came out, out of the references of full bundles.</summary>
internal sealed class ModelDatesCommand : ModusCommand
{
    private readonly Argument<string[]> bundles = new("BUNDLE") { Description = "Full bundles of ATT&CK, oldest first.", Arity = ArgumentArity.OneOrMore };

    public ModelDatesCommand() : base("dates", "Lists the day each cited source came out, as its reference says.", Format.Text)
    {
        Add(bundles);
        Example("modus model dates samples/attack/tiny.json");
        Example("modus model dates samples/attack/tiny.json -o dates.txt");
    }

    public override int Run(Invocation run)
    {
        var dates = new SortedDictionary<string, DateOnly>(StringComparer.Ordinal);
        int used = 0, skipped = 0;
        foreach (var bundle in run.Get(bundles)!)
        {
            var read = BundleReader.Read([run.PathOf(bundle)], new ReadOptions(), run.Stop);
            foreach (var problem in read.Problems.Take(1)) run.Report(new CliProblem(problem.Code, problem.Message, problem.File, problem.Fix, read.Release is null));
            if (read.Release is null)
            {
                skipped++;
                continue;
            }
            used++;
            foreach (var source in ReleaseAdapter.Read(read.Release).Sources)
                if (source.Date is { } date && !source.Name.Contains('\t') && !source.Name.Contains('\n')) dates[source.Name] = date;
        }
        run.Out.Write("# Citation name, tab, the day it came out (a month counts as its 15th, a year as 1 July), read from ATT&CK's references.\n");
        foreach (var (name, date) in dates) run.Out.Write($"{name}\t{date:yyyy-MM-dd}\n");
        run.Say($"{dates.Count} sources dated");
        return Invocation.Accounted(used, skipped);
    }
}
