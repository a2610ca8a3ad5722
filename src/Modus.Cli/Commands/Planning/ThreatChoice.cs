using System.CommandLine;
using System.Globalization;
using Modus.Analysis.Knowledge;
using Modus.Analysis.Planning;
using Modus.Analysis.Planning.Threat;
using Modus.Attack;
using Modus.Cli.Commands.Analysis;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Planning;

/// <summary>The options that say what threat is: the same for every plan.</summary>
internal sealed class ThreatChoice
{
    private readonly Option<string[]> actors = new("--actor") { Description = "An actor that matters most to you; its own history is blended with everybody's. May be repeated.", HelpName = "ACTOR" };
    private readonly Option<string?> reports = new("--reports") { Description = "Your own reports and cases, one JSON object with id, techniques and as_of a line.", HelpName = "FILE" };
    private readonly Option<double> halfLife = new("--half-life") { Description = "Days in which the weight of a use halves.", HelpName = "DAYS", DefaultValueFactory = _ => new ThreatOptions().HalfLifeDays };
    private readonly Option<string?> asOf = new("--as-of") { Description = "Use only what was known on this day, and judge by it what is stale.", HelpName = "DATE" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { actors, reports, halfLife, asOf }) command.Add(option);
    }

    /// <summary>Reads uses and options; says what was taken, and where a set of actors is no better than chance.</summary>
    public (ReleaseUses Uses, ThreatOptions Options) Read(Invocation run, Release release)
    {
        var days = run.Get(halfLife);
        if (!(days > 0) || double.IsInfinity(days)) throw CommandFailure.Usage("MD6201", "--half-life is a number of days above 0");
        var uses = ReleaseUses.Of(release, EmbeddedFacts.SourceDates);
        var own = new List<string>();
        foreach (var word in run.Get(actors) ?? []) own.Add(ActorId(release, word));
        var records = uses.Uses.ToList();
        var day = LensOptions.Day(run.Get(asOf));
        if (run.Get(reports) is { } file)
        {
            var carrier = new IdCarrier(Attack.Knowledge.Open(run), release);
            foreach (var query in BatchQuery.Read(run, file, Lens.All, () => { }))
                foreach (var given in query.Techniques)
                {
                    var carried = carrier.Carry(given);
                    if (carried.Count == 0) run.Report(new CliProblem("MD6202", $"{given} is no technique of {release.Name}: left out", CliProblem.Place(file, query.Line), null, IsError: false));
                    foreach (var id in carried) records.Add(new($"report:{query.Id}", UserKind.Own, id, query.Lens.AsOf ?? day ?? uses.Date, [query.Id]));
                }
        }
        var options = new ThreatOptions { HalfLifeDays = days, OwnActors = own, AsOf = day };
        if (own.Count >= ProfileChance.Fewest)
        {
            var chance = ProfileChance.Of(uses.Uses, own);
            run.Say(string.Create(CultureInfo.InvariantCulture, $"the {chance.Actors} actors: likeness {chance.Likeness:0.000} against {chance.Expected:0.000} for as many drawn at random, p = {chance.PValue:0.000}{(chance.BeatsChance ? "" : ": no difference from chance, the set foretells no more than any other")}"));
            if (!chance.BeatsChance) options = options with { OwnActors = [] };
            if (!chance.BeatsChance) run.Say("weights are those of all actors alone");
        }
        return (uses with { Uses = records }, options);
    }

    /// <summary>The id of the one group or campaign that a word names.</summary>
    public static string ActorId(Release release, string word)
    {
        if (release.Find(word) is NamedActor { IsAlive: true } found and not Software) return found.Id;
        var named = release.FindByName<NamedActor>(word).Where(item => item.IsAlive && item is not Software).ToList();
        return named.Count switch
        {
            1 => named[0].Id,
            0 => throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD6030", $"no actor is called {word}", null, "search for it: modus attack search NAME")),
            _ => throw CommandFailure.Usage("MD6031", $"{word} is a name of {string.Join(" and ", named.Select(item => item.Id))}", "write the id"),
        };
    }
}
