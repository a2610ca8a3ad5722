using System.CommandLine;
using Modus.Attack;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Attack;

/// <summary><c>modus attack matrix</c>: every cell of a domain's matrix, in the order of its tactics.</summary>
internal sealed class MatrixCommand : ModusCommand
{
    private readonly Option<string?> domain = new("--domain", "-d") { Description = "enterprise, mobile or ics.", HelpName = "DOMAIN", DefaultValueFactory = _ => "enterprise" };
    private readonly Option<bool> subs = new("--sub-techniques", "-s") { Description = "Sub-techniques too." };

    public MatrixCommand() : base("matrix", "Prints a matrix: each tactic in its order with its techniques.", [Format.Text, .. Listing.All])
    {
        Add(domain);
        Add(subs);
        Example("modus attack matrix --domain ics");
        Example("modus attack matrix --sub-techniques -o csv");
    }

    public override int Run(Invocation run)
    {
        var wanted = Knowledge.Domain(run.Get(domain));
        if (wanted == Domains.None) wanted = Domains.Enterprise;
        var releases = Knowledge.Releases(run, Knowledge.Open(run), wanted);
        var cells = releases.SelectMany(release => release.Tactics).Where(tactic => (tactic.Domains & wanted) != 0)
            .SelectMany(tactic => tactic.Techniques.Where(technique => run.Get(subs) || !technique.IsSubtechnique), (tactic, technique) => (Tactic: tactic, Technique: technique))
            .ToList();
        if (run.Format == Format.Text) WriteText(run, cells);
        else
            run.Write(
                cells,
                new Column<(Tactic Tactic, Technique Technique)>("tactic_id", "Tactic", cell => cell.Tactic.Id),
                new("tactic", "Name", cell => cell.Tactic.Name),
                new("order", null, cell => cell.Tactic.Order),
                new("id", "Technique", cell => cell.Technique.Id),
                new("name", "Name", cell => cell.Technique.FullName) { Gives = true },
                new("platforms", null, cell => cell.Technique.Platforms));
        run.Say($"{cells.Count} cells, {cells.Select(cell => cell.Tactic).Distinct().Count()} tactics in {string.Join(", ", releases.Select(release => release.Name))}");
        return ExitCode.Done;
    }

    private static void WriteText(Invocation run, List<(Tactic Tactic, Technique Technique)> cells)
    {
        foreach (var column in cells.GroupBy(cell => cell.Tactic))
        {
            run.Out.WriteLine(run.OutStyle.Bold($"{column.Key.Id} {SafeText.ForTerminal(column.Key.Name)} ({column.Count()})"));
            foreach (var (_, technique) in column)
                run.Out.WriteLine($"  {(technique.IsSubtechnique ? "  " : "")}{technique.Id,-10} {SafeText.ForTerminal(technique.IsSubtechnique ? technique.Name : technique.FullName)}");
        }
    }
}
