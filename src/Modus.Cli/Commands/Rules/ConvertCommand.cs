using System.CommandLine;
using Modus.Cli.Shell;
using Modus.Sigma;
using Modus.Sigma.Conversion;
using Modus.Sigma.Rules;

namespace Modus.Cli.Commands.Rules;

/// <summary><c>modus rule convert -t TARGET PATH…</c>: rules as queries of other engines, exact or refused.</summary>
internal sealed class ConvertCommand : ModusCommand
{
    private readonly Argument<string[]> paths = new("PATH") { Description = "Rule files and folders.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> target = new("--target", "-t") { Description = "The query language: " + string.Join(", ", RuleConverter.Targets.Keys) + ".", HelpName = "TARGET", Required = true };
    private readonly Option<string?> table = new("--table") { Description = "The table, index or data view to ask.", HelpName = "NAME" };
    private readonly Option<string?> keywords = new("--keyword-field") { Description = "The column that holds the whole event, for keywords.", HelpName = "NAME" };
    private readonly Option<string?> time = new("--time-field") { Description = "The column that holds the time, for correlations. Default: time.", HelpName = "NAME" };
    private readonly Option<string[]> placeholders = PlaceholderChoice.Option();
    private readonly Option<bool> strict = new("--strict") { Description = "End with 1 when a rule cannot be converted." };

    public ConvertCommand() : base("convert", "Writes rules as queries of other engines: with the same meaning, or not at all and with the reason.", [Format.Text, .. Listing.All])
    {
        target.AcceptOnlyFromAmong([.. RuleConverter.Targets.Keys]);
        Add(paths);
        foreach (var option in new Option[] { target, table, keywords, time, placeholders, strict }) Add(option);
        Example("modus rule convert -t splunk rules/windows/process/shadow-copies-deleted.yml -o text");
        Example("modus rule convert -t postgres --table logs rules/windows/security -o json", ExitCode.Done);
        Example("modus rule convert -t kql rules/aws/cloudtrail/trail-stopped-or-blinded.yml -o text");
    }

    public override int Run(Invocation run)
    {
        var set = RuleSet.Load(RuleFiles.Find(run, run.Get(paths) ?? []), new() { Compile = PlaceholderChoice.Read(run, placeholders) });
        foreach (var problem in set.Problems) RuleFiles.Report(run, problem);
        var language = RuleConverter.Targets[run.Get(target)!];
        var options = new ConvertOptions { Table = run.Get(table), KeywordField = run.Get(keywords), TimeField = run.Get(time) ?? "time" };
        var rows = set.Rules.Where(rule => rule.IsReported).Select(rule => (rule.Header, Result: RuleConverter.Convert(rule, language, options)))
            .Concat(set.Correlations.Where(one => one.IsReported).Select(one => (one.Header, Result: RuleConverter.Convert(set, one, language, options))))
            .OrderBy(row => row.Header.File, StringComparer.Ordinal).ThenBy(row => row.Header.Document).ToList();
        if (run.Format == Format.Text) WriteText(run, rows);
        else WriteRows(run, rows);

        var refused = rows.Where(row => row.Result.Query is null).ToList();
        foreach (var (header, result) in refused)
            run.Report(new CliProblem("MD2600", $"'{header.Title}' has no exact form in {run.Get(target)}: {string.Join(" ", result.Refusals)}", header.File, "Hunt with modus hunt, or convert to another language.", IsError: false));
        run.Say($"{rows.Count - refused.Count} of {rows.Count} rules converted to {run.Get(target)}");
        if (run.Get(strict) && refused.Count > 0) return ExitCode.Finding;
        if (rows.Count == refused.Count) return ExitCode.NoUsableInput;
        return set.Counts.Refused > 0 ? ExitCode.Partial : ExitCode.Done;
    }

    private static void WriteText(Invocation run, IEnumerable<(RuleHeader Header, Conversion Result)> rows)
    {
        var notes = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (header, result) in rows)
        {
            if (result.Query is null) continue;
            run.Out.WriteLine(SafeText.ForTerminal(result.Query.Replace("\n", "\u0001", StringComparison.Ordinal)).Replace("\\u0001", "\n", StringComparison.Ordinal));
            foreach (var note in result.Notes.Where(note => !note.Contains("log source", StringComparison.Ordinal))) notes.Add(note);
            run.Say($"# {header.Title} ({header.Author}); {result.Notes.FirstOrDefault(note => note.Contains("log source", StringComparison.Ordinal))}");
        }

        foreach (var note in notes) run.Say("note: " + note);
    }

    private static void WriteRows(Invocation run, IEnumerable<(RuleHeader Header, Conversion Result)> rows) => run.Write(rows,
        new Column<(RuleHeader Header, Conversion Result)>("title", "Rule", row => row.Header.Title) { Gives = true },
        new Column<(RuleHeader Header, Conversion Result)>("query", "Query", row => row.Result.Query) { Gives = true },
        new Column<(RuleHeader Header, Conversion Result)>("refusals", "Why not", row => row.Result.Refusals.AsEnumerable()) { Gives = true },
        new Column<(RuleHeader Header, Conversion Result)>("notes", null, row => row.Result.Notes.AsEnumerable()),
        new Column<(RuleHeader Header, Conversion Result)>("id", null, row => row.Header.Id),
        new Column<(RuleHeader Header, Conversion Result)>("author", null, row => row.Header.Author),
        new Column<(RuleHeader Header, Conversion Result)>("file", null, row => row.Header.File));
}
