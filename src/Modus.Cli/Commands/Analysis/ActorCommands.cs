using System.CommandLine;
using Modus.Analysis.Knowledge;
using Modus.Analysis.Profiles;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Analysis;

/// <summary>What the commands about actors share.</summary>
internal static class ActorLookup
{
    /// <summary>The one actor that a word names.</summary>
    /// <exception cref="CommandFailure">None or several have the name.</exception>
    public static ActorProfile Profile(Profiler profiler, string word)
    {
        var ids = profiler.Find(word);
        return ids.Count switch
        {
            1 => profiler.Profile(ids[0])!,
            0 => throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD6030", $"no actor is called {word}", null, "search for it: modus attack search NAME")),
            _ => throw CommandFailure.Usage("MD6031", $"{word} is a name of {string.Join(" and ", ids)}", "write the id"),
        };
    }
}

/// <summary><c>modus actor show</c>: an actor at a glance.</summary>
internal sealed class ActorShowCommand : ModusCommand
{
    private readonly Argument<string> actor = new("ACTOR") { Description = "Id, name or alias." };
    private readonly LensOptions lens = new();
    private readonly OwnCaseOptions cases = new(asks: false);

    public ActorShowCommand() : base("show", "Shows an actor: names, sources, recency, software, campaigns, rare traits.", Format.Text, Format.Json)
    {
        Add(actor);
        lens.AddTo(this);
        cases.AddTo(this);
        Example("modus actor show G0016");
        Example("modus actor show 'Wizard Spider' -o json");
    }

    public override int Run(Invocation run)
    {
        var library = lens.Library(run, cases.Read(run));
        var profile = ActorLookup.Profile(new(lens.Knowledge(run, library), lens.Lens(run)), run.Get(actor)!);
        if (run.Format == Format.Json) run.Out.WriteLine(Json.Indented(json => ProfileWriter.Json(json, profile)));
        else ProfileWriter.Text(run.Out, profile);
        return ExitCode.Done;
    }
}

/// <summary><c>modus actor profile</c>: every technique of an actor with the ways it is known by.</summary>
internal sealed class ActorProfileCommand : ModusCommand
{
    private readonly Argument<string> actor = new("ACTOR") { Description = "Id, name or alias." };
    private readonly Option<bool> all = new("--all") { Description = "Also techniques that only the actor's software is known for." };
    private readonly LensOptions lens = new();
    private readonly OwnCaseOptions cases = new(asks: false);

    public ActorProfileCommand() : base("profile", "Lists an actor's techniques: independent sources, direct, by campaign, by software, last seen, who else.",
        [.. Listing.All, Format.Navigator])
    {
        Add(actor);
        Add(all);
        lens.AddTo(this);
        cases.AddTo(this);
        Example("modus actor profile G0016 --min-sources 2");
        Example("modus actor profile G0016 --as-of 2018-01-01 -o csv");
    }

    public override int Run(Invocation run)
    {
        var library = lens.Library(run, cases.Read(run));
        var profile = ActorLookup.Profile(new(lens.Knowledge(run, library), lens.Lens(run)), run.Get(actor)!);
        var rows = profile.Procedures.Where(row => run.Get(all) || row.IndependentSources > 0)
            .OrderByDescending(row => row.IndependentSources).ThenBy(row => row.Users).ThenBy(row => row.Id, StringComparer.Ordinal).ToList();
        if (run.Format == Format.Navigator)
        {
            ComparisonLayer.Write(run.Out, $"{profile.Id} {profile.Name}", profile.Release,
                rows.Select(row => (row.Id, (double)row.IndependentSources, $"{row.IndependentSources} independent sources")));
            return ExitCode.Done;
        }
        run.Write(rows,
            new Column<ProfiledTechnique>("id", "Id", row => row.Id),
            new Column<ProfiledTechnique>("name", "Name", row => row.Name) { Gives = true },
            new Column<ProfiledTechnique>("independent_sources", "Sources", row => row.IndependentSources) { Right = true },
            new Column<ProfiledTechnique>("direct", "Direct", row => row.Direct.Count) { Right = true },
            new Column<ProfiledTechnique>("campaigns", "Campaigns", row => row.Campaigns),
            new Column<ProfiledTechnique>("software", "Software", row => row.Software) { Gives = true },
            new Column<ProfiledTechnique>("last_seen", "Last seen", row => row.LastSeen),
            new Column<ProfiledTechnique>("users", "Actors", row => row.Users) { Right = true },
            new Column<ProfiledTechnique>("sources", null, row => row.Direct));
        run.Say($"{profile.Id} {profile.Name}: {profile.Sources} sources in release {profile.Release}");
        return ExitCode.Done;
    }
}
