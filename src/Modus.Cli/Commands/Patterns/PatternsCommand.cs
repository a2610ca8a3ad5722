using System.CommandLine;
using System.Globalization;
using Modus.Analysis.Knowledge;
using Modus.Analysis.Patterns;
using Modus.Analysis.Planning;
using Modus.Analysis.Planning.Threat;
using Modus.Attack;
using Modus.Casework.Cases;
using Modus.Cli.Commands.Analysis;
using Modus.Cli.Commands.Cases;
using Modus.Cli.Commands.Planning;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Patterns;

/// <summary><c>modus patterns</c>: what comes together beyond chance; what is not significant is not shown.</summary>
internal sealed class PatternsCommand : ModusCommand
{
    private readonly Argument<string> kind = new("KIND") { Description = "pairs, sets: techniques that actors combine; clusters: actors that are alike; motifs: what follows what in your own cases.", DefaultValueFactory = _ => "pairs" };
    private readonly Option<int> fewest = new("--min-users") { Description = "Leave out techniques of fewer actors (pairs, sets), or actors with fewer techniques (clusters).", HelpName = "N", DefaultValueFactory = _ => 8 };
    private readonly Option<int> draws = new("--draws") { Description = "Random tables to compare with.", HelpName = "N", DefaultValueFactory = _ => 1000 };
    private readonly Option<double> share = new("--false-share") { Description = "Share of what is shown that may be chance.", HelpName = "P", DefaultValueFactory = _ => 0.05 };
    private readonly Option<string?> reports = new("--reports") { Description = "Your own reports and cases, one JSON object with id and techniques (for motifs in their order) a line.", HelpName = "FILE" };
    private readonly CaseOptions cases = new();

    public PatternsCommand() : base("patterns", "Finds techniques, actors and steps that come together more often than chance explains.", Listing.All)
    {
        kind.AcceptOnlyFromAmong("pairs", "sets", "clusters", "motifs");
        Add(kind);
        foreach (var option in new Option[] { fewest, draws, share, reports }) Add(option);
        cases.AddTo(this, forCase: false);
        Example("modus patterns pairs --draws 200");
        Example("modus patterns clusters -o csv");
    }

    public override int Run(Invocation run)
    {
        if (run.Get(fewest) < 2 || run.Get(draws) is < 20 or > 100_000) throw CommandFailure.Usage("MD6301", "--min-users is at least 2, --draws lies between 20 and 100000");
        if (!(run.Get(share) is > 0 and < 1)) throw CommandFailure.Usage("MD6301", "--false-share lies between 0 and 1");
        var releases = Attack.Knowledge.Open(run);
        var release = Attack.Knowledge.Release(run, releases);
        var carrier = new IdCarrier(releases, release);
        if (run.Get(kind) == "motifs") return Motifs(run, release, carrier);

        var sets = ReleaseUses.Of(release, EmbeddedFacts.SourceDates).Uses.Where(use => use.Kind != UserKind.Software)
            .GroupBy(use => use.User, StringComparer.Ordinal).Select(group => (group.Key, group.Select(use => use.Technique))).ToList();
        foreach (var (id, techniques) in Own(run, carrier)) sets.Add((id, techniques));
        var table = new Occurrence(sets);
        if (run.Get(kind) == "clusters") return Clusters(run, release, table);

        var options = new PatternOptions
        {
            FewestUsers = run.Get(fewest),
            Draws = run.Get(draws),
            FalseShare = run.Get(share),
            Family = id => release.Find<Technique>(id)?.Parent?.Id ?? id,
        };
        var answer = TechniquePatterns.Pairs(table, options);
        if (run.Get(kind) == "sets") answer = TechniquePatterns.Sets(table, answer, options);
        run.Write(answer.Patterns,
            new Column<TechniquePattern>("techniques", "Techniques", row => row.Techniques),
            new Column<TechniquePattern>("names", "Names", row => row.Techniques.Select(id => release.Find<Technique>(id)?.FullName ?? id)) { Gives = true },
            new Column<TechniquePattern>("support", "Actors", row => row.Support) { Right = true },
            new Column<TechniquePattern>("expected", "By chance", row => Math.Round(row.Expected, 1)) { Right = true },
            new Column<TechniquePattern>("lift", "Lift", row => Math.Round(row.Lift, 2)) { Right = true },
            new Column<TechniquePattern>("score", "z", row => Math.Round(row.Score, 1)) { Right = true },
            new Column<TechniquePattern>("chance", "Chance", row => row.Chance.ToString("0.0e+0", CultureInfo.InvariantCulture)) { Right = true });
        run.Say(string.Create(CultureInfo.InvariantCulture,
            $"{release.Name}: {answer.Owners} groups, campaigns and reports; {answer.Tested} {run.Get(kind)} tested against {answer.Draws} tables with the same sizes of profiles and popularity of techniques, {answer.Patterns.Count} significant (at most {100 * options.FalseShare:0.#} % of them by chance)"));
        return ExitCode.Done;
    }

    private int Clusters(Invocation run, Release release, Occurrence table)
    {
        var answer = ClusterAnswer.Of(table, run.Get(fewest));
        run.Write(answer.Clusters,
            new Column<ActorCluster>("members", "Members", row => row.Members),
            new Column<ActorCluster>("names", "Names", row => row.Members.Select(id => release.Find(id)?.Name ?? id)) { Gives = true },
            new Column<ActorCluster>("likeness", "Likeness", row => Math.Round(row.Likeness, 3)) { Right = true },
            new Column<ActorCluster>("stability", "Stability", row => Math.Round(row.Stability, 2)) { Right = true },
            new Column<ActorCluster>("shared", "Most of them", row => run.Format is Format.Table or Format.Markdown ? row.Shared.Take(6) : row.Shared) { Gives = true });
        run.Say(string.Create(CultureInfo.InvariantCulture,
            $"{release.Name}: {answer.Clusters.Count} clusters hold when techniques are drawn anew, {answer.Unstable} do not and are not shown; joined above a likeness of {answer.Threshold:0.000}, which pairs reach in one of twenty random tables"));
        return ExitCode.Done;
    }

    private int Motifs(Invocation run, Release release, IdCarrier carrier)
    {
        var sequences = Own(run, carrier).Select(item => new CaseSequence(item.Id, item.Techniques)).ToList();
        if (run.Get(reports) is null) sequences.AddRange(Cases(run, carrier));
        if (sequences.Count < 2) throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD6302", "motifs need two cases or more", null, "work in a workspace with cases, or give --reports FILE"));
        var answer = MotifAnswer.Of(sequences, draws: Math.Max(run.Get(draws), 1000), falseShare: run.Get(share));
        run.Write(answer.Found,
            new Column<Motif>("techniques", "Steps", row => row.Techniques),
            new Column<Motif>("names", "Names", row => row.Techniques.Select(id => release.Find<Technique>(id)?.FullName ?? id)) { Gives = true },
            new Column<Motif>("cases", "Cases", row => row.Cases.Count) { Right = true },
            new Column<Motif>("expected", "By chance", row => Math.Round(row.Expected, 2)) { Right = true },
            new Column<Motif>("chance", "Chance", row => row.Chance.ToString("0.0e+0", CultureInfo.InvariantCulture)) { Right = true },
            new Column<Motif>("in", "In", row => row.Cases) { Gives = true });
        run.Say($"{answer.Cases} cases, {answer.Tested} orders recur, {answer.Found.Count} more often than when steps are shuffled");
        return ExitCode.Done;
    }

    private List<(string Id, IReadOnlyList<string> Techniques)> Own(Invocation run, IdCarrier carrier)
    {
        var own = new List<(string, IReadOnlyList<string>)>();
        if (run.Get(reports) is not { } file) return own;
        foreach (var query in BatchQuery.Read(run, file, Lens.All, () => { }))
        {
            foreach (var id in query.Techniques.Where(id => carrier.Carry(id).Count == 0))
                run.Report(new CliProblem("MD6202", $"{id} is no technique of the release in use: left out", CliProblem.Place(file, query.Line), null, IsError: false));
            own.Add((query.Id, [.. query.Techniques.SelectMany(carrier.Carry)]));
        }
        return own;
    }

    // Steps of a case by their first time; what has none has no place in an order.
    private List<CaseSequence> Cases(Invocation run, IdCarrier carrier)
    {
        var sequences = new List<CaseSequence>();
        CaseSession.Run(run, cases, session =>
        {
            foreach (var record in session.Book.List<CaseRecord>())
            {
                var steps = session.Book.List<ProcedureRecord>(record.Id).Where(item => item.Status is ProcedureStatus.Confirmed or ProcedureStatus.Candidate && item.First is not null)
                    .OrderBy(item => item.First).ThenBy(item => item.Id, StringComparer.Ordinal).SelectMany(item => carrier.Carry(item.Technique)).ToList();
                if (steps.Count > 1) sequences.Add(new(record.Id, steps));
            }
            return ExitCode.Done;
        });
        return sequences;
    }
}
