using System.Diagnostics;
using System.Text;
using Modus.Attack.Bundles;
using Modus.Reports.Mapping;
using Modus.Reports.Mapping.Features;
using Modus.Reports.Training;

namespace Modus.Benchmarks.Mapper;

/// <summary>What the mapper costs: loading, mapping, adapting and fitting. Args: the folder of the data; "fit" to fit too; a file of weights to measure those.</summary>
internal static class MapperBenchmarks
{
    private const int Rounds = 3;

    public static int Run(string[] args)
    {
        var folder = args.FirstOrDefault(Directory.Exists) ?? Path.Combine("..", "shared", "data");
        var weights = args.FirstOrDefault(File.Exists);
        if (args.FirstOrDefault(arg => arg != "fit" && arg != folder && arg != weights) is { } unknown)
        {
            Console.Error.WriteLine($"no folder or file {unknown}, and no second one is wanted");
            return 2;
        }

        var sentencesFile = Path.Combine(folder, "text", "tram2-sentences.jsonl");
        if (!File.Exists(sentencesFile))
        {
            Console.Error.WriteLine($"no {sentencesFile}: give the folder of the data");
            return 2;
        }

        Console.WriteLine("| job | CPU s | sentences/s | times the floor | peak MB |");
        Console.WriteLine("|---|---:|---:|---:|---:|");
        MapperModel? read = null;
        var cold = Cpu(() => read = weights is null ? MapperModel.Shipped : MapperModel.Load(weights));
        var model = read!;
        Row(weights is null ? "load the shipped weights, cold" : "load the weights, cold", cold, null, null);
        IReadOnlyList<LabelledReport> reports;
        using (var lines = new StreamReader(sentencesFile, Encoding.UTF8)) reports = ReportCorpus.Read(lines, sentencesFile).Reports;
        var documents = reports.Select(report => report.Sentences.Select(sentence => sentence.Text).ToArray()).ToArray();
        var count = documents.Sum(document => document.Length);
        var lexer = new SentenceLexer();
        var floor = Best(() =>
        {
            foreach (var sentence in documents.SelectMany(document => document)) lexer.Lex(sentence);
        });
        Row("floor: cut sentences into words", floor, count, floor);
        var mapper = new TechniqueMapper(model);
        Row("map sentences, document by document", Best(() => Map(documents, document => mapper.Map(document))), count, floor);
        Row("the same with the document's own verdict", Best(() => Map(documents, document => mapper.MapDocument(document))), count, floor);
        var decisions = Decisions(mapper, reports);
        Row($"adapt to {decisions.Count} decisions of a team", Cpu(() => MapperAdapter.Adapt(model, decisions)), null, null);
        if (args.Contains("fit")) Fit(folder, reports);
        return 0;
    }

    private static void Map(string[][] documents, Action<string[]> map)
    {
        foreach (var document in documents) map(document);
    }

    private static List<TeamDecision> Decisions(TechniqueMapper mapper, IReadOnlyList<LabelledReport> reports) =>
        [.. reports.SelectMany(report => report.Sentences.Select(sentence => (report.Id, sentence))).Where(one => one.sentence.Labels.Count > 0).Take(300)
            .Select(one => (one.Id, one.sentence, First: mapper.Map(one.sentence.Text).Suggestions[0].Technique))
            .Select(one => new TeamDecision(one.Id, one.sentence.Text, one.First, one.sentence.Labels.Contains(one.First)))];

    private static void Fit(string folder, IReadOnlyList<LabelledReport> reports)
    {
        var release = BundleReader.Read(Path.Combine(folder, "attack", "enterprise-attack-18.1.json.gz")).Release!;
        var texts = AttackTexts.From(release);
        Row("fit everything from texts and reports", Cpu(() => MapperTrainer.Train(texts, reports)), null, null);
    }

    private static double Best(Action work) => Enumerable.Range(0, Rounds).Min(_ => Cpu(() =>
    {
        work();
        return 0;
    }));

    private static double Cpu<T>(Func<T> work)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var result = work();
        process.Refresh();
        GC.KeepAlive(result);
        return (process.TotalProcessorTime - before).TotalSeconds;
    }

    private static void Row(string job, double seconds, int? sentences, double? floor)
    {
        using var process = Process.GetCurrentProcess();
        var rate = sentences is null ? "" : FormattableString.Invariant($"{sentences / seconds:0}");
        var times = floor is null ? "" : FormattableString.Invariant($"{seconds / floor:0.0}");
        Console.WriteLine(FormattableString.Invariant($"| {job} | {seconds:0.000} | {rate} | {times} | {process.PeakWorkingSet64 / 1048576.0:0} |"));
    }
}
