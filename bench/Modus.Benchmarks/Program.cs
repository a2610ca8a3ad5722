// dotnet run -c Release --project bench/Modus.Benchmarks -- AREA [ARGS]
// One area a line: its name and the method that runs it. Figures go to standard output as Markdown tables.
var areas = new SortedDictionary<string, Func<string[], int>>(StringComparer.Ordinal)
{
    ["attack"] = Modus.Benchmarks.Attack.AttackBenchmarks.Run,
    ["casework"] = Modus.Benchmarks.Casework.CaseworkBenchmarks.Run,
    ["documents"] = Modus.Benchmarks.Documents.DocumentBenchmarks.Run,
    ["analysis"] = Modus.Benchmarks.Analysis.AnalysisBenchmarks.Run,
    ["coverage"] = Modus.Benchmarks.Coverage.CoverageBenchmarks.Run,
    ["diff"] = Modus.Benchmarks.Diff.DiffBenchmarks.Run,
    ["mapper"] = Modus.Benchmarks.Mapper.MapperBenchmarks.Run,
    ["planning"] = Modus.Benchmarks.Planning.PlanningBenchmarks.Run,
    ["sql-engine"] = Modus.Benchmarks.SqlEngines.SqlEngineProcess.Run,
    ["start"] = Modus.Benchmarks.Start.StartBenchmarks.Run,
    ["sigma"] = Modus.Benchmarks.Sigma.SigmaBenchmarks.Run,
    ["logs"] = Modus.Benchmarks.Logs.LogBenchmarks.Run,
};

if (args.Length > 0 && areas.TryGetValue(args[0], out var run)) return run(args[1..]);
Console.Error.WriteLine($"usage: Modus.Benchmarks AREA [ARGS]\nareas: {string.Join(", ", areas.Keys)}");
return 3;
