using System.CommandLine;
using Modus.Analysis.Coverage;
using Modus.Casework.Defence;
using Modus.Cli.Shell;
using Modus.Web.Reports;

namespace Modus.Cli.Commands.Coverage;

/// <summary><c>modus coverage show</c>: every technique on every platform with the rung it stands on.</summary>
internal sealed class CoverageShowCommand : ModusCommand
{
    private readonly Argument<string[]> techniques = new("TECHNIQUE") { Description = "Only these techniques with their sub-techniques; all by default.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> all = new("--all") { Description = "Also cells on which nothing stands." };
    private readonly Option<string[]> states = new("--state") { Description = "Only cells in these states, such as 'cannot fire' or no-rule.", HelpName = "STATE" };
    private readonly CoverageOptions options = new();

    public CoverageShowCommand() : base("show", "Shows the ladder: for each technique and platform the rung that something proves.", [.. Listing.All, Format.Html, Format.Navigator])
    {
        Add(techniques);
        Add(all);
        Add(states);
        options.AddTo(this);
        Example("modus coverage show --rules rules -o table");
        Example("modus coverage show --rules rules --logs samples/first-case/hosts.jsonl -o coverage.html");
        Example("modus coverage show --rules rules -o coverage.layer.json");
    }

    public override int Run(Invocation run)
    {
        var loaded = options.Load(run);
        var ladder = LadderBuilder.Build(loaded.Knowledge, loaded.Inventory, loaded.Today, options.Ladder(run, loaded.Knowledge, CoverageText.Family(loaded, run.Get(techniques) ?? [])));
        var wanted = (run.Get(states) ?? []).Select(CoverageText.State).ToHashSet();
        var cells = ladder.Cells.Where(cell => (wanted.Count > 0 ? wanted.Contains(cell.State) : run.Get(all) || cell.Highest != Rung.None)).ToList();
        switch (run.Format)
        {
            case Format.Json: run.Out.WriteLine(Json.Indented(json => LadderFile.Write(json, ladder with { Cells = cells }, loaded.Knowledge))); break;
            case Format.Html: run.Out.Write(HtmlReports.Coverage(loaded.Knowledge, ladder with { Cells = cells }, null)); break;
            case Format.Navigator: CoverageText.Layer(run.Out, CoverageLayer.Of(loaded.Knowledge, ladder with { Cells = cells }, "Coverage")); break;
            default: run.Write(cells, CoverageText.Columns(loaded.Knowledge)); break;
        }
        CoverageText.Say(run, ladder);
        return CoverageOptions.Exit(loaded);
    }
}
