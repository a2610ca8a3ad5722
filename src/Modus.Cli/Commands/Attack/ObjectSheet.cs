using Modus.Attack;

namespace Modus.Cli.Commands.Attack;

/// <summary>What <c>modus attack show</c> says about an object: what it is, who uses it, what answers it, and its history.</summary>
internal static class ObjectSheet
{
    private const string NoText = "needs an installed release: modus attack install FILE";

    public static Sheet Of(AttackObject item, KnowledgeBase knowledge)
    {
        var sheet = new Sheet(item.ToString());
        Common(sheet, item);
        switch (item)
        {
            case Technique technique: OfTechnique(sheet, technique); break;
            case Group group: OfGroup(sheet, group); break;
            case Software software: OfSoftware(sheet, software); break;
            case Campaign campaign: OfCampaign(sheet, campaign); break;
            case Tactic tactic: List(sheet, "techniques", "Techniques", tactic.Techniques); break;
            case Matrix matrix: List(sheet, "tactics", "Tactics", matrix.Tactics); break;
            case Mitigation mitigation: Links(sheet, "techniques", "Answers", mitigation.Outgoing(RelationshipType.Mitigates), link => link.Target); break;
            case Asset asset: List(sheet, "techniques", "Targeted by", asset.Techniques); break;
            case DetectionStrategy strategy: OfStrategy(sheet, strategy); break;
            case Analytic analytic: OfAnalytic(sheet, analytic); break;
            case DataComponent component: OfComponent(sheet, component); break;
            case DataSource source: List(sheet, "components", "Components", source.Components); break;
        }
        sheet.List("references", "References", ["name", "url"], item.References.Select(source => new object?[] { source.Name, source.Url ?? source.ExternalId }));
        History(sheet, item, knowledge);
        return sheet;
    }

    private static void Common(Sheet sheet, AttackObject item)
    {
        sheet.Fact("id", "", item.Id);
        sheet.Fact("kind", "Kind", item.Kind.Words());
        sheet.Fact("name", "", item.Name);
        sheet.Fact("full_name", "", item.FullName);
        sheet.Fact("state", "State", Rows.State(item));
        if (item.IsRevoked || item.IsDeprecated) sheet.Fact("succession", "Became", Succession(item.Succession));
        sheet.Fact("release", "Release", item.Release.Name);
        sheet.Fact("provenance", "From", item.Release.Provenance);
        sheet.Fact("domain", "", item.Domains.Name());
        sheet.Fact("platforms", "Platforms", item.Platforms);
        sheet.Fact("version", "Version", item.Version);
        sheet.Fact("created", "Created", item.Created);
        sheet.Fact("modified", "Modified", item.Modified);
        sheet.Fact("url", "Page", item.Url);
        sheet.Fact("stix_id", "STIX id", item.StixId);
        sheet.Fact("description", "Description", item.Release.HasText ? Prose.Plain(item.Description ?? "") : null);
        if (!item.Release.HasText) sheet.Fact("texts", "Texts", NoText);
    }

    private static string Succession(Succession succession) =>
        string.Join(" → ", succession.Route.Select(step => step.ToString())) + succession.End switch
        {
            SuccessionEnd.Deprecated => " (deprecated: a dead end)",
            SuccessionEnd.NoSuccessor => " (revoked without a successor: a dead end)",
            SuccessionEnd.Cycle => " (a cycle: no successor)",
            _ => "",
        };

    private static void OfTechnique(Sheet sheet, Technique technique)
    {
        sheet.Fact("tactics", "Tactics", technique.Tactics.Select(tactic => $"{tactic.Id} {tactic.Name}").ToList());
        sheet.Fact("parent", "Part of", technique.Parent?.ToString());
        sheet.Fact("detection", "Detection", technique.Detection is { } text ? Prose.Plain(text) : null);
        List(sheet, "subtechniques", "Sub-techniques", technique.Subtechniques);
        Links(sheet, "procedures", "Used by", technique.Incoming(RelationshipType.Uses), link => link.Source);
        Links(sheet, "mitigations", "Mitigations", technique.Incoming(RelationshipType.Mitigates), link => link.Source);
        sheet.List("detection_strategies", "Detection strategies", ["id", "name", "analytics", "logs", "event_codes"], technique.DetectionStrategies.Select(strategy => new object?[]
        {
            strategy.Id, strategy.Name, strategy.Analytics.Select(analytic => analytic.Id).ToList(),
            strategy.Analytics.SelectMany(analytic => analytic.LogSources).Select(source => source.Name).Distinct().ToList(),
            strategy.Analytics.SelectMany(analytic => analytic.LogSources).SelectMany(source => source.EventCodes).Distinct().Order().Select(code => $"{code}").ToList(),
        }));
        List(sheet, "data_components", "Data components", technique.DataComponents);
        List(sheet, "assets", "Assets", technique.Assets);
    }

    private static void OfGroup(Sheet sheet, Group group)
    {
        sheet.Fact("aliases", "Also known as", group.Aliases);
        sheet.List("inheritance", "Techniques by way", ["way", "techniques"], new[]
        {
            ("direct", Inheritance.Direct), ("direct and campaigns", Inheritance.Direct | Inheritance.Campaigns),
            ("direct, campaigns and software", Inheritance.Direct | Inheritance.Campaigns | Inheritance.Software), ("all", Inheritance.All),
        }.Select(way => new object?[] { way.Item1, group.Techniques(way.Item2).Count }));
        Procedures(sheet, group);
        List(sheet, "software", "Software", group.Software);
        List(sheet, "campaigns", "Campaigns", group.Campaigns);
    }

    private static void OfSoftware(Sheet sheet, Software software)
    {
        sheet.Fact("software_type", "Type", software.IsMalware ? "malware" : "tool");
        sheet.Fact("aliases", "Also known as", software.Aliases);
        List(sheet, "groups", "Used by groups", software.Groups);
        List(sheet, "campaigns", "Used in campaigns", software.Campaigns);
        Procedures(sheet, software);
    }

    private static void OfCampaign(Sheet sheet, Campaign campaign)
    {
        sheet.Fact("aliases", "Also known as", campaign.Aliases);
        sheet.Fact("first_seen", "First seen", campaign.FirstSeen?.ToString());
        sheet.Fact("last_seen", "Last seen", campaign.LastSeen?.ToString());
        List(sheet, "groups", "Attributed to", campaign.AttributedTo);
        Procedures(sheet, campaign);
        List(sheet, "software", "Software", campaign.Software);
    }

    private static void OfStrategy(Sheet sheet, DetectionStrategy strategy)
    {
        List(sheet, "techniques", "Detects", strategy.Techniques);
        sheet.List("analytics", "Analytics", ["id", "platforms", "component", "log", "channel"], strategy.Analytics.SelectMany(analytic =>
            analytic.LogSources.Select(source => new object?[] { analytic.Id, analytic.Platforms, source.Component?.Name, source.Name, source.Channel })));
    }

    private static void OfAnalytic(Sheet sheet, Analytic analytic)
    {
        sheet.Fact("strategy", "Strategy", analytic.Strategy?.ToString());
        sheet.List("logs", "Logs", ["component", "log", "channel", "event_codes"], analytic.LogSources.Select(source => new object?[]
            { source.Component?.Name, source.Name, source.Channel, source.EventCodes.Select(code => $"{code}").ToList() }));
        sheet.List("knobs", "To be tuned", ["field", "meaning"], analytic.TuningKnobs.Select(knob => new object?[] { knob.Field, knob.Description }));
    }

    private static void OfComponent(Sheet sheet, DataComponent component)
    {
        sheet.List("logs", "Logs", ["log", "channel"], component.LogSources.Select(source => new object?[] { source.Name, source.Channel }));
        List(sheet, "techniques", "Detects", component.Techniques);
    }

    private static void Procedures(Sheet sheet, NamedActor actor) =>
        Links(sheet, "procedures", "Procedures", actor.Outgoing(RelationshipType.Uses).Where(link => link.Target is Technique), link => link.Target);

    private static void List(Sheet sheet, string key, string heading, IEnumerable<AttackObject> items) =>
        sheet.List(key, heading, ["id", "name", "state"], items.Select(item => new object?[] { item.Id, item.FullName, Rows.State(item) }));

    private static void Links(Sheet sheet, string key, string heading, IEnumerable<Relationship> links, Func<Relationship, AttackObject> end) =>
        sheet.List(key, heading, ["id", "name", "text", "citations"], links.Select(link => new object?[]
        {
            end(link).Id, end(link).FullName, link.Description is { } text ? Prose.Plain(text) : null,
            link.Citations.Select(source => source.Name).ToList(),
        }));

    // The same object in every release at hand of its domains, oldest first, by STIX id: an ATT&CK id may have been given anew.
    private static void History(Sheet sheet, AttackObject item, KnowledgeBase knowledge)
    {
        var rows = new List<object?[]>();
        foreach (var entry in knowledge.Entries.Where(entry => (entry.Domains & item.Domains) != 0).Reverse().OrderBy(entry => entry.Version, ReleaseVersion.Comparer)
            .DistinctBy(entry => (entry.Version, entry.Domains)))
        {
            if (entry.Domains.Each().Select(domain => knowledge.Get(entry.Version, domain)).FirstOrDefault(found => found is not null) is not { } release) continue;
            rows.Add(release.FindByStixId(item.StixId) is { } then
                ? [release.Name, then.Id, then.FullName, Rows.State(then) is { Length: > 0 } state ? state : "alive", (then as Technique)?.Tactics.Select(tactic => tactic.Name).ToList(), then.Version]
                : [release.Name, "", "", "not there", null, null]);
        }
        foreach (var domain in item.Domains.Each())
            if (IdHistory.Embedded.AliveIn(item.Id, domain) is { Count: > 0 } alive)
                sheet.Fact($"{domain.Name()}_alive_in", $"In {domain.Name()}", $"{string.Join(", ", alive)} (of {string.Join(", ", IdHistory.Embedded.Versions(domain))})");
        sheet.List("history", "History", ["release", "id", "name", "state", "tactics", "version"], rows);
    }
}
