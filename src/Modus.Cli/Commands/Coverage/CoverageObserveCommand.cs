using System.CommandLine;
using System.Globalization;
using Modus.Analysis.Coverage;
using Modus.Attack;
using Modus.Casework.Defence;
using Modus.Cli.Shell;
using Modus.Logs;
using Modus.Sigma;
using Modus.Sigma.Reach;

namespace Modus.Cli.Commands.Coverage;

/// <summary><c>modus coverage observe</c>: keeps which log sources come with which fields.</summary>
internal sealed class CoverageObserveCommand : ModusCommand
{
    private readonly Argument<string[]> paths = new("LOG") { Description = "Logs: files, folders, gzip and zip archives.", Arity = ArgumentArity.OneOrMore };

    public CoverageObserveCommand() : base("observe", "Looks into logs and keeps which sources come with which fields, for a defence folder.", Format.Table, Format.Json, Format.Ndjson, Format.Csv, Format.Tsv, Format.Markdown)
    {
        Add(paths);
        Example("modus coverage observe samples/first-case/hosts.jsonl -o table");
        Example("modus coverage observe samples/first-case/hosts.jsonl -o observed.json && modus coverage show --defence observed.json --rules rules");
    }

    public override int Run(Invocation run)
    {
        var releases = Attack.Knowledge.Open(run);
        var release = Attack.Knowledge.Release(run, releases);
        var context = new DefenceContext(CoverageKnowledge.Read(release, Domains.Enterprise), release, () => []);
        var observed = LogObservation.Of([.. (run.Get(paths) ?? []).Select(run.PathOf)], RuleSet.Parse([]), context, new LogReadOptions(), run.Stop);
        foreach (var problem in observed.Report.Logs.Problems) run.Report(new CliProblem(problem.Code, problem.Message, CliProblem.Place(problem.File, (int)Math.Min(problem.Line, int.MaxValue)), problem.Fix, IsError: false));
        if (run.Format == Format.Json) run.Out.WriteLine(Json.Indented(json => SchemaFile.Write(json, observed.Schemas)));
        else
            run.Write(observed.Schemas,
                new Column<LogSchema>("source", "Source", schema => schema.ToString()),
                new("events", "Events", schema => schema.Events) { Right = true },
                new("hosts", "Hosts", schema => schema.Hosts.Length) { Right = true },
                new("first", "First", schema => schema.First),
                new("last", "Last", schema => schema.Last),
                new("fields", "Fields", schema => schema.Fields.Order(StringComparer.Ordinal)) { Gives = true });
        run.Say(string.Create(CultureInfo.InvariantCulture, $"{observed.Report.Events:N0} events of {observed.Schemas.Count} kinds"));
        return observed.Report.Events == 0 ? ExitCode.NoUsableInput : observed.Report.Logs.Files.Any(file => file.Format.Length == 0 || file.Skipped.Values.Sum() > 0) ? ExitCode.Partial : ExitCode.Done;
    }
}
