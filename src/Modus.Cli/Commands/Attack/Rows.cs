using Modus.Attack;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Attack;

/// <summary>The columns that listings of ATT&amp;CK objects share.</summary>
internal static class Rows
{
    /// <summary>Living, or why not.</summary>
    public static string State(AttackObject item) => item.IsRevoked ? "revoked" : item.IsDeprecated ? "deprecated" : "";

    /// <summary>What sets objects of a kind apart beyond their names: tactics, aliases, dates and so on.</summary>
    public static IReadOnlyList<string> Details(AttackObject item) => item switch
    {
        Technique technique => [.. technique.Tactics.Select(tactic => tactic.Name)],
        Campaign campaign => [$"{campaign.FirstSeen} – {campaign.LastSeen}", .. campaign.AttributedTo.Select(group => group.Name)],
        Software software => [software.IsMalware ? "malware" : "tool", .. software.Aliases],
        NamedActor actor => actor.Aliases,
        Tactic tactic => [tactic.Shortname, $"{tactic.Techniques.Count} techniques"],
        Matrix matrix => [.. matrix.Tactics.Select(tactic => tactic.Name)],
        DetectionStrategy strategy => [.. strategy.Techniques.Select(technique => technique.Id)],
        Analytic analytic => [.. analytic.LogSources.Select(source => source.Name).Distinct()],
        DataComponent component => [.. component.LogSources.Select(source => source.Name).Distinct()],
        DataSource source => source.CollectionLayers,
        Asset asset => asset.Sectors,
        Mitigation mitigation => [$"{mitigation.Techniques.Count} techniques"],
        _ => [],
    };

    /// <summary>The columns of any object, for each plain format.</summary>
    public static Column<AttackObject>[] Columns =>
    [
        new("id", "Id", item => item.Id),
        new("kind", null, item => item.Kind.Words()),
        new("name", "Name", item => item.FullName) { Gives = true },
        new("state", "State", State),
        new("details", "Details", item => Details(item)) { Gives = true },
        new("platforms", null, item => item.Platforms),
        new("domain", "Domain", item => item.Domains.Name()),
        new("release", null, item => item.Release.Version),
        new("version", null, item => item.Version),
        new("modified", null, item => item.Modified),
        new("stix_id", null, item => item.StixId),
        new("url", null, item => item.Url),
    ];
}
