using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Modus.Analysis.Planning.Choices;
using Modus.Analysis.Planning.Cover;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Planning;

/// <summary><c>modus plan whatif</c>: switches log sources, rules or controls on and off and says what becomes of coverage.</summary>
internal sealed class PlanWhatIfCommand : ModusCommand
{
    private readonly Argument<string> kind = new("KIND") { Description = "What is switched: sources (ATT&CK's analytics over logs), detections (rules and the logs they read) or controls." };
    private readonly Option<string[]> add = new("--add") { Description = "Switch on: an item, or a file with one a line. May be repeated.", HelpName = "ITEM|FILE" };
    private readonly Option<string[]> drop = new("--drop") { Description = "Switch off: an item, or a file with one a line. May be repeated.", HelpName = "ITEM|FILE" };
    private readonly Option<bool> each = new("--each") { Description = "Switch every item once by itself, and show what that does; without --add and --drop this is done anyway." };
    private readonly PlanChoice[] choices = [new SourcesChoice(), new DetectionsChoice(whatIf: true), new ControlsChoice()];
    private readonly PlanSceneOptions scene = new();

    public PlanWhatIfCommand() : base("whatif", "Switches log sources, rules or controls on and off and shows what that does to coverage.", Listing.All)
    {
        kind.AcceptOnlyFromAmong([.. choices.Select(choice => choice.Name)]);
        Add(kind);
        foreach (var option in new Option[] { add, drop, each }) Add(option);
        foreach (var choice in choices) choice.AddTo(this);
        scene.AddTo(this);
        Example("modus plan whatif sources --add WinEventLog:Security --add WinEventLog:Sysmon --platform Windows");
        Example("modus plan whatif detections --rules rules --platform Windows -o table");
    }

    public override int Run(Invocation run)
    {
        var choice = choices.First(one => one.Name == run.Get(kind));
        var added = PlanInputs.Words(run, run.Get(add) ?? []).ToList();
        var dropped = PlanInputs.Words(run, run.Get(drop) ?? []).ToList();
        var here = scene.Read(run, choice.Rules(run), [.. added, .. dropped]);
        var question = choice.Ask(run, here, out var skipped);
        if (question.Problem.Items.Count == 0) throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD6216", choice.Nothing, Fix: choice.NothingFix));
        here.Prices.SayUnused(run);
        var names = new ItemNames(run, question);
        var on = names.Of(added, "--add");
        var off = names.Of(dropped, "--drop");
        if (on.Intersect(off).Any()) throw CommandFailure.Usage("MD6217", $"{question.Problem.Items[on.Intersect(off).First()].Id} is both --add and --drop", "name it once");

        var state = new CoverWhatIf(question.Problem);
        foreach (var item in question.Owned.Order()) state.Toggle(item);
        var before = state.Value;
        var covered = Covered(question, state);
        foreach (var item in on.Where(state.Has)) run.Say($"--add {question.Problem.Items[item].Id}: it is there already");
        foreach (var item in off.Where(item => !state.Has(item))) run.Say($"--drop {question.Problem.Items[item].Id}: it is not there");
        List<int> switched = [.. on.Where(item => !state.Has(item)), .. off.Where(state.Has)];
        foreach (var item in switched) state.Toggle(item);

        if (run.Get(each) || added.Count + dropped.Count == 0) WriteEach(run, question, state);
        else WriteCells(run, question, before, state, covered, switched, here);
        run.Say(string.Create(CultureInfo.InvariantCulture,
            $"{Percent(before)} % of the threat weight is covered as it is ({question.Owned.Count} items there), {Percent(state.Value)} % with {switched.Count} switched ({Signed(state.Value - before)}); everything together would cover {Percent(question.Ceiling)} %"));
        if (!here.Start.IsGiven) run.Say("no defence was given: nothing is there but what --add names");
        return names.Unknown + skipped + here.Start.Lost > 0 ? ExitCode.Partial : ExitCode.Done;
    }

    private sealed record Toggled(string Id, string Name, bool IsThere, double Change, double After, double Cost, IReadOnlyList<string> Cells);

    private static void WriteEach(Invocation run, PlanQuestion question, CoverWhatIf state)
    {
        var rows = new List<Toggled>(question.Problem.Items.Count);
        for (var item = 0; item < question.Problem.Items.Count; item++)
        {
            var touched = new List<int>();
            var there = state.Has(item);
            var change = state.Toggle(item, touched);
            rows.Add(new(question.Problem.Items[item].Id, question.Names[item], there, change, state.Value, question.Problem.Items[item].Cost,
                [.. touched.OrderByDescending(target => question.Problem.Targets[target].Weight).Select(target => question.Problem.Targets[target].Id).Distinct(StringComparer.Ordinal)]));
            state.Toggle(item);
        }
        run.Write(rows.OrderByDescending(row => row.IsThere).ThenByDescending(row => Math.Round(Math.Abs(row.Change), 9)).ThenBy(row => row.Id, StringComparer.Ordinal),
            new Column<Toggled>("id", "Id", row => row.Id) { Gives = true },
            new("name", rows.Exists(row => row.Id != row.Name) ? "Name" : null, row => run.Format is Format.Table or Format.Markdown && row.Name == row.Id ? "" : row.Name) { Gives = true },
            new("there", "There", row => row.IsThere),
            new("change_percent", "If switched %", row => Math.Round(100 * row.Change, 2)) { Right = true },
            new("after_percent", "Then %", row => Math.Round(100 * row.After, 2)) { Right = true },
            new("cost", "Cost", row => row.Cost) { Right = true },
            new("cells", "Cells", row => row.Cells.Count) { Right = true },
            new("weightiest", "Weightiest", row => run.Format is Format.Table or Format.Markdown ? row.Cells.Take(5) : row.Cells) { Gives = true });
    }

    private sealed record Change(PlanCell Cell, string Name, double Weight, double Before, double After, int Ways);

    private static void WriteCells(Invocation run, PlanQuestion question, double before, CoverWhatIf state, double[] covered, List<int> switched, PlanScene scene)
    {
        var now = Covered(question, state);
        var techniques = scene.Asked.Techniques.ToDictionary(technique => technique.Id, StringComparer.Ordinal);
        var changes = new List<Change>();
        foreach (var cell in question.Cells.Index().GroupBy(item => (item.Item.Technique, item.Item.Platform)))
        {
            var share = cell.Sum(item => item.Item.Share);
            var (old, later) = (cell.Sum(item => covered[item.Index] * item.Item.Share), cell.Sum(item => now[item.Index] * item.Item.Share));
            if (Math.Abs(old - later) < 1e-12) continue;
            var technique = techniques[cell.Key.Technique];
            changes.Add(new(cell.First().Item, technique.Name, technique.Weight * share, old / share, later / share, cell.Max(item => state.WaysWorking(item.Index))));
        }
        changes = [.. changes.OrderBy(change => change.After >= change.Before).ThenByDescending(change => Math.Round(change.Weight * Math.Abs(change.After - change.Before), 12))
            .ThenBy(change => change.Cell.Technique, StringComparer.Ordinal).ThenBy(change => change.Cell.Platform, StringComparer.Ordinal)];
        if (run.Format == Format.Json)
        {
            run.Out.WriteLine(Json.Indented(json =>
            {
                json.WriteStartObject();
                Json.WriteMember(json, "release", scene.Release.Version);
                Json.WriteMember(json, "before", before);
                Json.WriteMember(json, "after", state.Value);
                Json.WriteMember(json, "added", switched.Where(state.Has).Select(item => question.Problem.Items[item].Id));
                Json.WriteMember(json, "dropped", switched.Where(item => !state.Has(item)).Select(item => question.Problem.Items[item].Id));
                json.WriteStartArray("cells");
                foreach (var change in changes) Write(json, change);
                json.WriteEndArray();
                json.WriteEndObject();
            }));
            return;
        }
        run.Write(changes,
            new Column<Change>("change", "Change", change => change.After < change.Before ? "lost" : "gained"),
            new("technique", "Id", change => change.Cell.Technique),
            new("name", "Technique", change => change.Name) { Gives = true },
            new("platform", "Platform", change => change.Cell.Platform),
            new("weight_percent", "Weight %", change => Math.Round(100 * change.Weight, 3)) { Right = true },
            new("before_percent", "Covered %", change => Math.Round(100 * change.Before, 1)) { Right = true },
            new("after_percent", "Then %", change => Math.Round(100 * change.After, 1)) { Right = true },
            new("ways", "Ways left", change => change.Ways) { Right = true });
    }

    private static void Write(Utf8JsonWriter json, Change change)
    {
        json.WriteStartObject();
        Json.WriteMember(json, "technique", change.Cell.Technique);
        Json.WriteMember(json, "name", change.Name);
        Json.WriteMember(json, "platform", change.Cell.Platform);
        Json.WriteMember(json, "weight", change.Weight);
        Json.WriteMember(json, "before", change.Before);
        Json.WriteMember(json, "after", change.After);
        Json.WriteMember(json, "ways", change.Ways);
        json.WriteEndObject();
    }

    private static double[] Covered(PlanQuestion question, CoverWhatIf state) => [.. Enumerable.Range(0, question.Problem.Targets.Count).Select(target => state.Covers(target) ? 1.0 : 0)];

    private static string Percent(double share) => PlanCommand.Percent(share);

    private static string Signed(double share) => (100 * share).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture);
}
