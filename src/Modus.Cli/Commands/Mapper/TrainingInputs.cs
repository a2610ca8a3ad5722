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
    private readonly Option<string[]> phrases = new("--phrases") { Description = "A phrase book of your own beside the one that comes with Modus: a line \"# T1059.001\" opens a technique, each further line is a sentence that states it; may be repeated.", HelpName = "FILE" };
    private readonly Option<bool> withoutPhrases = new("--without-phrases") { Description = "Do not learn from the phrase book that comes with Modus." };
    private readonly Option<string?> secondReading = new("--second-reading") { Description = "JSON lines with sentence (a hash of its text) and labels: what further readers of the reports found, who looked for every technique.", HelpName = "FILE" };
    private readonly Option<string[]> practice = new("--practice") { Description = "Labelled sentences of invented reports beside: the linear models learn from them, judges and thresholds do not, and nothing is measured on them; may be repeated.", HelpName = "FILE" };
    private readonly Option<string> reports = new("--reports") { Description = "Labelled sentences: JSON lines with doc, n, text, labels.", HelpName = "FILE", Required = true };
    private readonly Option<string?> folds = new("--folds") { Description = "JSON lines with doc and fold; without it folds are dealt by length.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Add(attack);
        command.Add(also);
        command.Add(phrases);
        command.Add(withoutPhrases);
        command.Add(secondReading);
        command.Add(practice);
        command.Add(reports);
        command.Add(folds);
    }

    /// <summary>Reads the texts and the reports.</summary>
    /// <param name="run">The call.</param>
    /// <param name="asLabels">True to take the second reading for the labels.</param>
    public (AttackTexts Texts, CorpusRead Corpus) Read(Invocation run, bool asLabels = false)
    {
        if (run.Get(attack) is not { } bundle) throw CommandFailure.Usage("MD9404", "--attack is missing.", "Name an ATT&CK bundle with text.");
        var texts = FurtherTexts.Join(AttackTexts.From(Release(run, bundle)), (run.Get(also) ?? []).Select(further => Release(run, further)));
        if (!run.Get(withoutPhrases)) texts = PhraseBook.Join(texts, PhraseBook.Shipped);
        var problems = new List<CorpusProblem>();
        foreach (var book in run.Get(phrases) ?? [])
        {
            using var lines = Reader(run, book);
            var read = PhraseBook.Read(lines, book);
            problems.AddRange(Report(run, read.Problems));
            SayUnknown(run, book, texts, read.Sentences);
            texts = PhraseBook.Join(texts, read.Sentences);
        }

        var corpus = ReadReports(run, asLabels);
        var practised = new List<LabelledReport>();
        foreach (var (number, path) in (run.Get(practice) ?? []).Index())
        {
            using var lines = Reader(run, path);
            var read = ReportCorpus.Read(lines, path);
            problems.AddRange(Report(run, read.Problems));
            practised.AddRange(read.Reports.Select(report => report with { Id = $"practice {number}: {report.Id}", IsPractice = true }));
        }

        return (texts, corpus with { Reports = [.. corpus.Reports, .. practised], Problems = [.. problems, .. corpus.Problems] });
    }

    /// <summary>Names the techniques of a book that the release does not have: a mistyped id must not vanish.</summary>
    private static void SayUnknown(Invocation run, string book, AttackTexts texts, IReadOnlyList<FurtherText> sentences)
    {
        var known = texts.Techniques.Select(technique => technique.Id).Concat(texts.Successors.Keys).ToHashSet(StringComparer.Ordinal);
        var unknown = sentences.Select(sentence => sentence.Technique).Where(id => !known.Contains(id)).Distinct().Order(StringComparer.Ordinal).ToList();
        if (unknown.Count > 0) run.Say($"{book}: sentences left out, on techniques unknown to {texts.Release}: {string.Join(", ", unknown.Take(20))}{(unknown.Count > 20 ? ", …" : "")}");
    }

    private static IReadOnlyList<CorpusProblem> Report(Invocation run, IReadOnlyList<CorpusProblem> problems)
    {
        foreach (var problem in problems)
            run.Report(new(problem.Code, problem.Message, CliProblem.Place(problem.File, problem.Line), problem.Fix));
        return problems;
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
    public CorpusRead ReadReports(Invocation run, bool asLabels = false)
    {
        IReadOnlyDictionary<string, int>? parts = null;
        if (run.Get(folds) is { } path)
        {
            using var lines = Reader(run, path);
            parts = ReportCorpus.ReadFolds(lines);
        }

        using var sentences = Reader(run, run.Get(reports)!);
        var corpus = ReportCorpus.Read(sentences, run.Get(reports)!, parts);
        Report(run, corpus.Problems);
        if (run.Get(secondReading) is not { } further)
            return asLabels ? throw CommandFailure.Usage("MD9404", "--second-reading is missing.", "Name the reading that shall stand for the labels.") : corpus;
        using var found = Reader(run, further);
        var reading = SecondReading.Read(found, further);
        var keys = corpus.Reports.SelectMany(report => report.Sentences).Select(sentence => SecondReading.Key(sentence.Text)).ToHashSet(StringComparer.Ordinal);
        run.Say($"{further}: {reading.Sentences.Keys.Count(keys.Contains)} of its {reading.Sentences.Count} sentences stand in the reports");
        return corpus with
        {
            Reports = SecondReading.Join(corpus.Reports, reading.Sentences, asLabels),
            Problems = [.. corpus.Problems, .. Report(run, reading.Problems)],
        };
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
