using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Modus.Analysis.Coverage;
using Modus.Casework.Defence;
using Modus.Cli.Shell;
using Modus.Web.Reports;

namespace Modus.Cli.Commands.Coverage;

/// <summary><c>modus gap</c>: a threat laid over a defence. Words behind it are about the intelligence gaps of a case.</summary>
internal sealed class GapCommand : ModusCommand
{
    private readonly Option<bool> all = new("--all") { Description = "In tables: also techniques that are no gap." };
    private readonly Option<bool> fail = new("--fail-on-gap") { Description = "End with 1 where there is a gap." };
    private readonly ThreatOptions threat = new();
    private readonly CoverageOptions options = new();

    public GapCommand() : base("gap", "Lays a threat over the defence: what is missing, at which rung, and the cheapest next step.", [.. Listing.All, Format.Html, Format.Navigator])
    {
        threat.AddTo(this);
        Add(all);
        Add(fail);
        options.AddTo(this);
        Example("modus gap --actor G0016 --rules rules");
        Example("modus gap --actor 'Wizard Spider' --actor G0102 --rules rules --logs samples/first-case/hosts.jsonl -o gaps.html");
        Example("modus gap --profile samples/first-case/hunt-plan.layer.json --rules rules -o gaps.layer.json");
    }

    public override int Run(Invocation run)
    {
        threat.Check(run);
        var loaded = options.Load(run);
        var (profile, seen) = threat.Read(run, loaded);
        var inventory = seen is null ? loaded.Inventory : loaded.Inventory.With(seen);
        var ladder = LadderBuilder.Build(loaded.Knowledge, inventory, loaded.Today, options.Ladder(run, loaded.Knowledge, GapAnalysis.Scope(loaded.Knowledge, profile)));
        var asked = options.Platforms(run, loaded.Knowledge);
        var report = GapAnalysis.Compare(loaded.Knowledge, profile, ladder, asked.Count > 0 ? asked : loaded.Estate);
        switch (run.Format)
        {
            case Format.Json: run.Out.WriteLine(Json.Indented(json => Write(json, report))); break;
            case Format.Html: run.Out.Write(HtmlReports.Coverage(loaded.Knowledge, ladder, null, report)); break;
            case Format.Navigator: CoverageText.Layer(run.Out, CoverageLayer.Of(loaded.Knowledge, report)); break;
            default: run.Write(report.Rows.Where(row => run.Get(all) || row.IsGap), Columns); break;
        }
        run.Say(string.Create(CultureInfo.InvariantCulture, $"{report.Threat}: {report.Rows.Count} techniques, {report.Rows.Count(row => row.IsGap)} gaps; ") + string.Join(", ", report.Counts.Where(pair => pair.Count > 0).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Count} {CoverageWords.Of(pair.State)}"))));
        run.Say(string.Create(CultureInfo.InvariantCulture, $"of the threat's weight {report.ClaimedShare * 100:0.#}% is claimed, {report.ProvenShare * 100:0.#}% proven (weights: {report.Weighting})"));
        CoverageText.SayUnplaced(run, report.Unplaced);
        return run.Get(fail) && report.Rows.Any(row => row.IsGap) ? ExitCode.Finding : CoverageOptions.Exit(loaded);
    }

    private static Column<GapRow>[] Columns { get; } =
    [
        new("technique", "Id", row => row.Technique.Id),
        new("name", "Technique", row => row.Technique.Name) { Gives = true },
        new("weight", "Weight", row => Math.Round(row.Threat.Weight, 2)) { Right = true },
        new("last_seen", "Last used", row => row.Threat.LastSeen),
        new("users", null, row => row.Threat.Users),
        new("state", "State", row => CoverageWords.Of(row.State)),
        new("platform", "On", row => row.Best?.Platform),
        new("weaker", "Weaker", row => row.Weaker) { Gives = true },
        new("missing", "Missing", row => row.Missing == Rung.None ? "" : CoverageWords.Of(row.Missing)),
        new("below", "Below", row => row.Children.Select(child => $"{child.Id} {CoverageWords.Of(child.State)}")) { Gives = true },
        new("parent", null, row => row.ParentState is { } state ? $"{row.Technique.ParentId} {CoverageWords.Of(state)}" : null),
        new("regression", null, row => row.Cells.Any(cell => cell.IsRegression)),
        new("next_step", "Cheapest next step", row => row.NextStep) { Gives = true },
    ];

    private static void Write(Utf8JsonWriter json, GapReport report)
    {
        json.WriteStartObject();
        json.WriteString("threat", report.Threat);
        json.WriteString("weighting", report.Weighting);
        json.WriteString("attack", report.Release);
        Json.WriteMember(json, "as_of", report.AsOf);
        json.WriteNumber("claimed_share", Math.Round(report.ClaimedShare, 4));
        json.WriteNumber("proven_share", Math.Round(report.ProvenShare, 4));
        json.WriteStartObject("counts");
        foreach (var (state, count) in report.Counts) json.WriteNumber(CoverageWords.Of(state), count);
        json.WriteEndObject();
        json.WriteStartArray("techniques");
        foreach (var row in report.Rows)
        {
            json.WriteStartObject();
            json.WriteString("id", row.Technique.Id);
            json.WriteString("name", row.Technique.Name);
            Json.WriteMember(json, "tactics", row.Technique.Tactics);
            Json.WriteMember(json, "weight", row.Threat.Weight);
            Json.WriteMember(json, "last_seen", row.Threat.LastSeen);
            Json.WriteMember(json, "users", row.Threat.Users);
            Json.WriteMember(json, "sources", row.Threat.Sources);
            json.WriteBoolean("gap", row.IsGap);
            json.WriteString("state", CoverageWords.Of(row.State));
            Json.WriteMember(json, "missing", row.Missing == Rung.None ? null : CoverageWords.Of(row.Missing));
            Json.WriteMember(json, "parent", row.Technique.ParentId);
            Json.WriteMember(json, "parent_state", row.ParentState is { } state ? CoverageWords.Of(state) : null);
            json.WriteStartArray("below");
            foreach (var child in row.Children)
            {
                json.WriteStartObject();
                json.WriteString("id", child.Id);
                json.WriteString("name", child.Name);
                json.WriteString("state", CoverageWords.Of(child.State));
                json.WriteBoolean("of_threat", child.IsOfThreat);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteString("next_step", row.NextStep);
            json.WriteStartArray("cells");
            foreach (var cell in row.Cells) LadderFile.WriteCell(json, cell, null);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        LadderFile.WriteUnplaced(json, report.Unplaced);
        json.WriteEndObject();
    }
}
