using System.CommandLine;
using System.Globalization;
using Modus.Analysis.Coverage;
using Modus.Casework.Defence;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Coverage;

/// <summary><c>modus coverage why</c>: everything that speaks for and against the coverage of a technique.</summary>
internal sealed class CoverageWhyCommand : ModusCommand
{
    private readonly Argument<string> technique = new("TECHNIQUE") { Description = "The technique, also by an id of another release." };
    private readonly CoverageOptions options = new();

    public CoverageWhyCommand() : base("why", "Says for one technique what puts it on each rung, what speaks against, and what to do next.", Format.Text, Format.Json)
    {
        Add(technique);
        options.AddTo(this);
        Example("modus coverage why T1003.001 --rules rules");
        Example("modus coverage why T1003.001 --rules rules --logs samples/first-case/hosts.jsonl --platform Windows");
        Example("modus coverage why T1053 --rules rules -o json");
    }

    public override int Run(Invocation run)
    {
        var loaded = options.Load(run);
        var asked = CoverageText.Technique(loaded, run.Get(technique)!);
        var ladder = LadderBuilder.Build(loaded.Knowledge, loaded.Inventory, loaded.Today, options.Ladder(run, loaded.Knowledge, CoverageText.Family(loaded, [asked.Id])));
        if (run.Format == Format.Json)
        {
            run.Out.WriteLine(Json.Indented(json => LadderFile.Write(json, ladder, loaded.Knowledge)));
            return CoverageOptions.Exit(loaded);
        }
        var to = run.Out;
        to.WriteLine(run.OutStyle.Bold($"{asked.Id} {Safe(asked.Name)}"));
        to.WriteLine($"ATT&CK {loaded.Knowledge.Release}, judged for {loaded.Today:yyyy-MM-dd}");
        foreach (var cell in ladder.Of(asked.Id)) Write(to, run.OutStyle, cell);
        var below = ladder.Cells.Where(cell => cell.TechniqueId != asked.Id && cell.Highest != Rung.None).ToList();
        if (below.Count > 0)
        {
            to.WriteLine();
            to.WriteLine(run.OutStyle.Bold("Sub-techniques on which something stands"));
            foreach (var cell in below) to.WriteLine($"  {cell.TechniqueId} {Safe(loaded.Knowledge.Find(cell.TechniqueId)?.Name ?? "")}, {cell.Platform}: {CoverageWords.Of(cell.State)}");
        }
        if (asked.ParentId is { } parent) to.WriteLine($"\nA rule for the parent {parent} proves nothing about {asked.Id}; see: modus coverage why {parent}");
        return CoverageOptions.Exit(loaded);
    }

    private static void Write(TextWriter to, Style style, Cell cell)
    {
        to.WriteLine();
        to.WriteLine(style.Bold($"{cell.Platform}: {CoverageWords.Of(cell.State)}{(cell.IsStale ? ", stale" : "")}{(cell.IsRegression ? ", regression" : "")}") + $" ({CoverageWords.Explain(cell.State)})"
            + (cell.HostShare is { } share ? string.Create(CultureInfo.InvariantCulture, $"; logs from {share * 100:0.#}% of its hosts") : "") + (cell.IsBeyondRelease ? "; the release does not list this platform for it" : ""));
        foreach (var rung in cell.Rungs)
        {
            if (!rung.IsReached && rung.Against.Count == 0) { to.WriteLine($"  - {CoverageWords.Of(rung.Rung)}"); continue; }
            to.WriteLine($"  {(rung.IsReached ? "+" : "-")} {CoverageWords.Of(rung.Rung)}{(rung.IsStale ? " (stale)" : "")}");
            foreach (var item in rung.For) to.WriteLine($"      {Line(item)}");
            foreach (var item in rung.Against) to.WriteLine($"      against: {Line(item)}");
        }
        foreach (var control in cell.Controls) to.WriteLine($"  control in place: {Line(control)}");
        if (cell.NextStep.Length > 0) to.WriteLine($"  next: {Safe(cell.NextStep)}");
    }

    private static string Line(RungEvidence item) => Safe(string.Join(" · ", new[]
    {
        item.Date is { } date ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "undated", item.What, item.Detail, item.Host is { } host ? $"on {host}" : null, item.Place,
    }.Where(part => !string.IsNullOrEmpty(part))));

    private static string Safe(string text) => SafeText.ForTerminal(text);
}
