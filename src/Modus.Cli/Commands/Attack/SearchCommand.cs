using System.CommandLine;
using Modus.Attack;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Attack;

/// <summary><c>modus attack search</c>: what a person types, found by id, name, alias or text.</summary>
internal sealed class SearchCommand : ModusCommand
{
    private readonly Argument<string[]> text = new("TEXT") { Description = "An id, a name, an alias or words; misspellings are forgiven.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> kind = new("--kind", "-k") { Description = "Only techniques, groups, software …", HelpName = "KIND" };
    private readonly Option<string?> domain = new("--domain", "-d") { Description = "enterprise, mobile or ics; all by default.", HelpName = "DOMAIN" };
    private readonly Option<int> limit = new("--limit", "-n") { Description = "Answers at most.", DefaultValueFactory = _ => 20, HelpName = "N" };

    public SearchCommand() : base("search", "Finds objects by id, name, alias or text; the surest first.", Listing.All)
    {
        Add(text);
        Add(kind);
        Add(domain);
        Add(limit);
        Example("modus attack search T1105");
        Example("modus attack search cozy bear");
        Example("modus attack search powershel --kind techniques -o json");
    }

    public override int Run(Invocation run)
    {
        var query = string.Join(' ', run.Get(text)!);
        var wanted = Kinds.Read(run.Get(kind));
        var most = Math.Clamp(run.Get(limit), 1, 10_000);
        var releases = Knowledge.Releases(run, Knowledge.Open(run), Knowledge.Domain(run.Get(domain)));
        // The same object of several domains is one answer; a sure find in one domain goes before a guess in another.
        var hits = releases.SelectMany(release => release.Search(query, wanted, most))
            .OrderBy(hit => hit.Match).ThenBy(hit => !hit.Object.IsAlive)
            .DistinctBy(hit => hit.Object.StixId).Take(most).ToList();
        run.Write(
            hits,
            new Column<SearchHit>("id", "Id", hit => hit.Object.Id),
            new Column<SearchHit>("kind", "Kind", hit => hit.Object.Kind.Words()),
            new Column<SearchHit>("name", "Name", hit => hit.Object.FullName) { Gives = true },
            new Column<SearchHit>("state", "State", hit => Rows.State(hit.Object)),
            new Column<SearchHit>("match", "By", hit => hit.Match.ToString().ToLowerInvariant()),
            new Column<SearchHit>("found", "Found", hit => hit.Found) { Gives = true },
            new Column<SearchHit>("domain", "Domain", hit => hit.Object.Domains.Name()),
            new Column<SearchHit>("release", "Release", hit => hit.Object.Release.Version),
            new Column<SearchHit>("url", null, hit => hit.Object.Url));
        var without = string.Join(", ", releases.Where(release => !release.HasText).Select(release => release.Name));
        run.Say(hits.Count == 0 ? $"nothing found for '{query}'" : $"{hits.Count} found");
        if (without.Length > 0) run.Say($"names only, no texts: {without} (texts need an installed release: modus attack install FILE)");
        return ExitCode.Done;
    }
}
