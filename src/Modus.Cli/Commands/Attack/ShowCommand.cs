using System.CommandLine;
using Modus.Attack;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Attack;

/// <summary><c>modus attack show</c>: all that is known of one object.</summary>
internal sealed class ShowCommand : ModusCommand
{
    private readonly Argument<string[]> id = new("ID|NAME") { Description = "An id, or a name or alias that only one object has.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> kind = new("--kind", "-k") { Description = "The kind, where several kinds share the id or name.", HelpName = "KIND" };
    private readonly Option<string?> domain = new("--domain", "-d") { Description = "enterprise, mobile or ics; all by default.", HelpName = "DOMAIN" };
    private readonly Option<int> limit = new("--limit", "-n") { Description = "Rows of each list in texts; JSON has all.", DefaultValueFactory = _ => 12, HelpName = "N" };

    public ShowCommand() : base("show", "Shows an object: who uses it, what answers it, how it changed over the releases.", Format.Text, Format.Json, Format.Markdown)
    {
        Add(id);
        Add(kind);
        Add(domain);
        Add(limit);
        Example("modus attack show T1059.001");
        Example("modus attack show APT29 -o json");
        Example("modus attack show T1086 --kind technique");
    }

    public override int Run(Invocation run)
    {
        var wanted = string.Join(' ', run.Get(id)!);
        var only = Kinds.Read(run.Get(kind));
        var knowledge = Knowledge.Open(run);
        var releases = Knowledge.Releases(run, knowledge, Knowledge.Domain(run.Get(domain)));
        var found = Find(releases, wanted, only);
        if (found.Count == 0) throw NotFound(releases, wanted, only, run.Get(domain));
        // An id stands for the living object, and for the technique before the dead mitigation that carries its id.
        var chosen = found.Where(item => item.IsAlive).ToList() is { Count: > 0 } alive ? alive : found;
        if (chosen.Count > 1 && chosen[0].Id.Equals(wanted, StringComparison.OrdinalIgnoreCase)) chosen = [chosen[0]];
        if (chosen.Count > 1)
            throw new CommandFailure(ExitCode.Usage, new CliProblem("MD9015",
                $"'{wanted}' is shared by {string.Join("; ", chosen.Select(item => $"{item} ({item.Kind.Words()})"))}", Fix: $"ask by id: modus attack show {chosen[0].Id}"));
        ObjectSheet.Of(chosen[0], knowledge).Write(run, Math.Clamp(run.Get(limit), 1, 100_000));
        foreach (var other in found.Where(item => item != chosen[0])) run.Say($"also: {other} ({other.Kind.Words()}{(other.IsAlive ? "" : ", " + Rows.State(other))})");
        return ExitCode.Done;
    }

    private static List<AttackObject> Find(IReadOnlyList<Release> releases, string wanted, ObjectKind? only)
    {
        var byId = Pick(releases.SelectMany(release => release.FindAll(wanted)));
        return byId.Count > 0 ? byId : Pick(releases.SelectMany(release => release.FindByName(wanted)));

        List<AttackObject> Pick(IEnumerable<AttackObject> items) =>
            [.. items.Where(item => only is null || item.Kind == only).DistinctBy(item => item.StixId).OrderBy(item => !item.IsAlive)];
    }

    private static CommandFailure NotFound(IReadOnlyList<Release> releases, string wanted, ObjectKind? only, string? domain)
    {
        var near = releases.SelectMany(release => release.Search(wanted, only, 3)).Where(hit => hit.Match != SearchMatch.Text)
            .OrderBy(hit => hit.Match).Select(hit => hit.Object).FirstOrDefault();
        return CommandFailure.Usage("MD9016",
            $"nothing is called '{wanted}' in {string.Join(", ", releases.Select(release => release.Name))}{(domain is null ? "" : $" ({domain})")}",
            near is null ? "search with: modus attack search TEXT" : $"did you mean {near}? modus attack show {near.Id}");
    }
}
