using System.CommandLine;
using System.Text;
using Modus.Attack;
using Modus.Attack.Bundles;
using Modus.Cli.Shell;
using Modus.Reports.Training;

namespace Modus.Cli.Commands.Mapper;

/// <summary>The options by which a mapper's training data is named, and how it is read.</summary>
internal sealed class TrainingInputs
{
    private readonly Option<string?> attack = new("--attack") { Description = "An ATT&CK bundle with text (JSON, plain or gzip).", HelpName = "BUNDLE" };
    private readonly Option<string[]> also = new("--also") { Description = "A further bundle with text, of another release or domain, whose procedure examples are learnt beside its own at a lower price; may be repeated.", HelpName = "BUNDLE" };
    private readonly Option<string> reports = new("--reports") { Description = "Labelled sentences: JSON lines with doc, n, text, labels.", HelpName = "FILE", Required = true };
    private readonly Option<string?> folds = new("--folds") { Description = "JSON lines with doc and fold; without it folds are dealt by length.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Add(attack);
        command.Add(also);
        command.Add(reports);
        command.Add(folds);
    }

    /// <summary>Reads the texts and the reports.</summary>
    public (AttackTexts Texts, CorpusRead Corpus) Read(Invocation run)
    {
        if (run.Get(attack) is not { } bundle) throw CommandFailure.Usage("MD9404", "--attack is missing.", "Name an ATT&CK bundle with text.");
        var texts = FurtherTexts.Join(AttackTexts.From(Release(run, bundle)), (run.Get(also) ?? []).Select(further => Release(run, further)));
        return (texts, ReadReports(run));
    }

    private static Release Release(Invocation run, string bundle)
    {
        var read = Open(bundle, path => BundleReader.Read(run.PathOf(path), null, run.Stop));
        foreach (var problem in read.Problems.Take(20))
            run.Report(new(problem.Code, problem.Message, CliProblem.Place(problem.File, problem.Line), problem.Fix, read.Release is null));
        return read.Release is { HasText: true } release ? release
            : throw new CommandFailure(ExitCode.NoUsableInput, new("MD4730", "The bundle holds no ATT&CK release with text.", bundle, "Give a bundle as MITRE publishes it."));
    }

    /// <summary>Reads the reports.</summary>
    public CorpusRead ReadReports(Invocation run)
    {
        IReadOnlyDictionary<string, int>? parts = null;
        if (run.Get(folds) is { } path)
        {
            using var lines = Reader(run, path);
            parts = ReportCorpus.ReadFolds(lines);
        }

        using var sentences = Reader(run, run.Get(reports)!);
        var corpus = ReportCorpus.Read(sentences, run.Get(reports)!, parts);
        foreach (var problem in corpus.Problems)
            run.Report(new(problem.Code, problem.Message, CliProblem.Place(problem.File, problem.Line), problem.Fix));
        return corpus;
    }

    /// <summary>Turns data that cannot be learnt from into a failure that names it.</summary>
    public static T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ArgumentException wrong)
        {
            throw new CommandFailure(ExitCode.NoUsableInput, new("MD4731", wrong.Message, Fix: "Give at least two reports with labels that the release knows."));
        }
    }

    /// <summary>Writes a file beside its place and puts it there whole.</summary>
    public static void WriteWhole(Invocation run, string path, byte[] bytes)
    {
        var target = run.PathOf(path);
        var beside = target + ".part";
        Open(path, _ =>
        {
            File.WriteAllBytes(beside, bytes);
            File.Move(beside, target, overwrite: true);
            return true;
        });
    }

    /// <summary>Opens lines of a file.</summary>
    public static StreamReader Reader(Invocation run, string path) => Open(path, name => new StreamReader(run.PathOf(name), Encoding.UTF8));

    private static T Open<T>(string path, Func<string, T> open)
    {
        try
        {
            return open(path);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.NoUsableInput, new("MD4722", wrong.Message, path));
        }
    }
}
