using System.CommandLine;
using Modus.Attack;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Attack;

/// <summary><c>modus attack list</c>: the objects of one kind.</summary>
internal sealed class ListCommand : ModusCommand
{
    private readonly Argument<string> kind = new("KIND") { Description = $"{string.Join(", ", Kinds.Plurals)}." };
    private readonly Option<string?> domain = new("--domain", "-d") { Description = "enterprise, mobile or ics; all by default.", HelpName = "DOMAIN" };
    private readonly Option<string?> tactic = new("--tactic") { Description = "Only techniques of this tactic: id, name or short name.", HelpName = "TACTIC" };
    private readonly Option<string?> platform = new("--platform") { Description = "Only objects of this platform.", HelpName = "PLATFORM" };
    private readonly Option<bool> dead = new("--all") { Description = "Revoked and deprecated objects too." };

    public ListCommand() : base("list", "Lists the objects of a kind.", Listing.All)
    {
        Add(kind);
        Add(domain);
        Add(tactic);
        Add(platform);
        Add(dead);
        Example("modus attack list tactics --domain enterprise");
        Example("modus attack list techniques --domain mobile -o csv");
        Example("modus attack list groups --all -o json");
    }

    public override int Run(Invocation run)
    {
        var wanted = Kinds.Read(run.Get(kind))!.Value;
        var releases = Knowledge.Releases(run, Knowledge.Open(run), Knowledge.Domain(run.Get(domain)));
        IEnumerable<AttackObject> rows = releases.SelectMany(release => wanted == ObjectKind.Tactic ? Tactics(release, run.Get(dead)) : release.All(wanted));
        if (!run.Get(dead)) rows = rows.Where(item => item.IsAlive);
        if (run.Get(platform) is { Length: > 0 } on)
        {
            CheckPlatform(releases, wanted, on);
            rows = rows.Where(item => item.Platforms.Contains(on, StringComparer.OrdinalIgnoreCase));
        }
        if (run.Get(tactic) is { Length: > 0 } named)
        {
            var tactics = releases.SelectMany(release => Named(release, named)).ToHashSet();
            if (tactics.Count == 0)
                throw CommandFailure.Usage("MD9013", $"'{named}' is no tactic of {string.Join(", ", releases.Select(release => release.Name))}",
                    Nearest(named, releases.SelectMany(release => release.Tactics).SelectMany(one => new[] { one.Shortname, one.Name })));
            rows = rows.Where(item => item is Technique technique && technique.Tactics.Any(tactics.Contains));
        }
        var list = rows.DistinctBy(item => item.StixId).ToList();
        run.Write(list, Rows.Columns);
        run.Say($"{list.Count:N0} in {string.Join(", ", releases.Select(release => release.Name))}");
        return ExitCode.Done;
    }

    private static IEnumerable<Tactic> Tactics(Release release, bool all) =>
        all ? release.Tactics.Concat(release.All<Tactic>()).Distinct() : release.Tactics;

    private static IEnumerable<Tactic> Named(Release release, string named) => release.Find<Tactic>(named) is { } byId
        ? [byId]
        : release.FindTactics(named).Concat(release.FindByName<Tactic>(named)).Distinct();

    private static void CheckPlatform(IReadOnlyList<Release> releases, ObjectKind kind, string typed)
    {
        var known = releases.SelectMany(release => release.All(kind)).SelectMany(item => item.Platforms).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (!known.Contains(typed, StringComparer.OrdinalIgnoreCase))
            throw CommandFailure.Usage("MD9014", $"'{typed}' is no platform of these objects", Nearest(typed, known) ?? $"use one of: {string.Join(", ", known.Order(StringComparer.Ordinal))}");
    }

    private static string? Nearest(string typed, IEnumerable<string> known) =>
        Suggestions.Nearest(typed, [.. known.Distinct()]) is { } near ? $"did you mean '{near}'?" : null;
}
