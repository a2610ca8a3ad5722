using System.Globalization;
using Modus.Analysis.Coverage;
using Modus.Logs;
using Modus.Sigma.Linting;
using Modus.Sigma.Yaml;

namespace Modus.Casework.Defence;

/// <summary>A set of rules that an inventory says runs somewhere.</summary>
/// <param name="Path">File or folder of rules, relative to the inventory's file; null where one rule is named.</param>
/// <param name="Rule">Id, name or title of one rule; null where a folder is named.</param>
/// <param name="IsDeployed">False where the inventory says that it does not run.</param>
/// <param name="Hosts">Host groups; empty for all.</param>
/// <param name="Since">Since when, or null.</param>
/// <param name="Owner">Who owns it, or null.</param>
/// <param name="Place">Where it is written.</param>
internal sealed record Deployment(string? Path, string? Rule, bool IsDeployed, IReadOnlyList<string> Hosts, DateOnly? Since, string? Owner, string Place);

/// <summary>What one inventory file holds.</summary>
/// <param name="Inventory">What it states itself.</param>
/// <param name="Deployments">Rules that it says run, or do not.</param>
/// <param name="Files">Other files that it names: exercises, layers, mappings, logs' schemas.</param>
internal sealed record InventoryFile(DefenceInventory Inventory, IReadOnlyList<Deployment> Deployments, IReadOnlyList<string> Files);

/// <summary>Reads inventories of one's own form: <c>hosts</c>, <c>log_sources</c>, <c>products</c>, <c>controls</c>, <c>rules</c>, <c>claims</c>, <c>files</c>.</summary>
internal sealed class InventoryReader(string file, DefenceContext context)
{
    private const int MostSources = 2000;
    public static readonly string[] Sections = ["hosts", "log_sources", "products", "controls", "rules", "claims", "files"];

    private static readonly string[] heads = [.. Sections, "attack", "attack_version", "catalogue", "name", "as_of", "comment", "note"];
    private readonly YamlForm form = new(file, context);
    private string? catalogue;

    public InventoryFile Read(YamlMapping root)
    {
        form.Only(root, "an inventory", heads);
        var version = YamlForm.Text(root, "attack") ?? YamlForm.Text(root, "attack_version");
        catalogue = YamlForm.Text(root, "catalogue");
        var day = form.Date(root, "as_of");
        var hosts = form.Maps(root, "hosts").Select(Host).OfType<HostGroup>().ToList();
        var sources = Bounded(form.Maps(root, "log_sources")).Select(map => Source(map, hosts, day)).OfType<LogSourceCoverage>().ToList();
        foreach (var twin in sources.GroupBy(source => source.Id, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            context.Report(DefenceCodes.BadValue, $"{twin.Count()} log sources have the id '{twin.Key}'; all are used", file, fix: "give each an id of its own", lost: false);
        return new(new()
        {
            Hosts = hosts,
            LogSources = sources,
            Products = [.. form.Maps(root, "products").Select(map => Product(map, hosts)).OfType<SecurityProduct>()],
            Controls = [.. form.Maps(root, "controls").Select(map => ControlOf(map, hosts, version)).OfType<Control>()],
            Claims = [.. form.Maps(root, "claims").SelectMany(map => Claims(map, version, day))],
        },
        [.. form.Maps(root, "rules").SelectMany(map => Rules(map, hosts))], form.Texts(root, "files"));
    }

    // No estate has as many logs as this; who writes more wants to keep a machine busy.
    private List<YamlMapping> Bounded(IEnumerable<YamlMapping> maps)
    {
        var all = maps.ToList();
        if (all.Count <= MostSources) return all;
        context.Report(DefenceCodes.TooMuch, string.Create(CultureInfo.InvariantCulture, $"{all.Count} log sources; the first {MostSources} are used"), file, Line(all[MostSources]), "part the inventory by estate");
        return all[..MostSources];
    }

    private HostGroup? Host(YamlMapping map)
    {
        form.Only(map, "a host group", "name", "platform", "count", "owner", "comment", "note");
        var name = form.Needed(map, "name", "a host group");
        var platform = form.Needed(map, "platform", "a host group");
        if (name is null || platform is null || PlatformOf(platform, map.Find("platform")!) is not { } known) return null;
        return new(name, known, form.Whole(map, "count") ?? 1);
    }

    private LogSourceCoverage? Source(YamlMapping map, List<HostGroup> groups, DateOnly? day)
    {
        form.Only(map, "a log source", "id", "name", "hosts", "platforms", "platform", "share", "collected", "retention_days", "since", "seen", "owner", "cost", "cost_per_year", "quality",
            "sigma", "product", "category", "service", "attack", "events", "terms", "components", "comment", "note");
        var name = YamlForm.Text(map, "name") ?? form.Needed(map, "id", "a log source");
        if (name is null) return null;
        var hosts = Groups(map, groups);
        var events = Numbers(map, "events");
        var terms = form.Texts(map, "terms");
        var platforms = form.Texts(map, "platforms").Concat(form.Texts(map, "platform")).Select(text => PlatformOf(text, (map.Find("platforms") ?? map.Find("platform"))!)).OfType<string>().ToList();
        var streams = Streams(map).ToList();
        // A log source may also be written as a rule writes it.
        if ((YamlForm.Text(map, "product") ?? YamlForm.Text(map, "category") ?? YamlForm.Text(map, "service")) is not null)
            streams.Add(new(YamlForm.Text(map, "product")?.ToLowerInvariant(), YamlForm.Text(map, "category")?.ToLowerInvariant(), YamlForm.Text(map, "service")?.ToLowerInvariant()));
        if (platforms.Count == 0) platforms = [.. groups.Where(group => hosts.Contains(group.Name, StringComparer.OrdinalIgnoreCase)).Select(group => group.Platform).Distinct(StringComparer.Ordinal)];
        if (platforms.Count == 0) platforms = [.. streams.SelectMany(stream => context.Products.Of(stream.Product, stream.Service)).Distinct(StringComparer.Ordinal)];
        var attack = Attack(map, events, terms).ToList();
        var components = form.Texts(map, "components");
        if (streams.Count == 0 && attack.Count == 0 && components.Count == 0)
            context.Report(DefenceCodes.MissingKey, $"the log source '{name}' says neither 'sigma', 'attack' nor 'components': no rule and no analytic can find it", file, Line(map), "add sigma: product/category/service", lost: false);
        return new(YamlForm.Text(map, "id") ?? name, name, form.PlaceOf(map))
        {
            Platforms = platforms,
            Hosts = hosts,
            HostShare = form.Flag(map, "collected") == false ? 0 : form.Share(map, "share") ?? 1,
            RetentionDays = form.Whole(map, "retention_days"),
            Since = form.Date(map, "since"),
            SeenOn = form.Date(map, "seen") ?? day,
            Owner = YamlForm.Text(map, "owner"),
            Cost = form.Number(map, "cost", 0) ?? form.Number(map, "cost_per_year", 0),
            Quality = form.Number(map, "quality", 0, 5),
            Streams = streams,
            Categories = CategoriesOf(streams, events),
            EventCodes = events,
            AttackSources = attack,
            Components = components,
        };
    }

    private static Dictionary<string, IReadOnlyList<string>> CategoriesOf(List<SigmaStream> streams, IReadOnlyList<int> events)
    {
        var found = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var stream in streams)
            if (stream is { Category: null, Product: { } product, Service: { } service } && LogMappings.Default.CategoriesOf(product, service, events) is { } categories) found[service] = categories;
        return found;
    }

    /// <summary>Streams as <c>product/category/service</c> with <c>*</c> for any, or as maps like a rule's logsource.</summary>
    private IEnumerable<SigmaStream> Streams(YamlMapping map)
    {
        var node = map.Find("sigma");
        foreach (var item in node is YamlSequence list ? list.Items : node is null ? [] : [node])
        {
            if (item is YamlMapping parts)
            {
                form.Only(parts, "a log source of Sigma", "product", "category", "service");
                yield return new(Lower(YamlForm.Text(parts, "product")), Lower(YamlForm.Text(parts, "category")), Lower(YamlForm.Text(parts, "service")));
            }
            else if (item is YamlScalar { IsNull: false } scalar && scalar.Text.Split('/', StringSplitOptions.TrimEntries) is { Length: 3 } cells)
            {
                yield return new(Part(cells[0]), Part(cells[1]), Part(cells[2]));
            }
            else
            {
                form.Bad(item, "a log source of Sigma is written product/category/service", "write windows/*/security, or a map with product, category, service");
            }
        }

        static string? Part(string text) => text is "" or "*" ? null : text.ToLowerInvariant();
        static string? Lower(string? text) => text?.ToLowerInvariant();
    }

    private IEnumerable<AttackStream> Attack(YamlMapping map, IReadOnlyList<int> events, IReadOnlyList<string> terms)
    {
        var node = map.Find("attack");
        foreach (var item in node is YamlSequence list ? list.Items : node is null ? [] : [node])
        {
            if (item is YamlMapping parts)
            {
                form.Only(parts, "a log source of ATT&CK", "name", "events", "terms");
                if (form.Needed(parts, "name", "a log source of ATT&CK") is { } name) yield return new(name, Numbers(parts, "events")) { Terms = form.Texts(parts, "terms") };
            }
            else if (item is YamlScalar { IsNull: false } scalar)
            {
                yield return new(scalar.Text.Trim(), events) { Terms = terms };
            }
            else
            {
                form.Bad(item, "a log source of ATT&CK is a name, or a map with name, events and terms");
            }
        }
    }

    private SecurityProduct? Product(YamlMapping map, List<HostGroup> groups)
    {
        form.Only(map, "a product", "name", "owner", "hosts", "comment", "note");
        return form.Needed(map, "name", "a product") is { } name ? new(name, YamlForm.Text(map, "owner"), Groups(map, groups), form.PlaceOf(map)) : null;
    }

    private Control? ControlOf(YamlMapping map, List<HostGroup> groups, string? version)
    {
        form.Only(map, "a control", "id", "name", "framework", "state", "owner", "hosts", "cost", "cost_per_year", "techniques", "comment", "note");
        if (form.Needed(map, "id", "a control") is not { } id) return null;
        var state = YamlForm.Text(map, "state")?.ToLowerInvariant().Replace('_', ' ').Replace('-', ' ') switch
        {
            null or "in place" or "inplace" => ControlState.InPlace,
            "partial" or "partly" => ControlState.Partial,
            "planned" => ControlState.Planned,
            "absent" => ControlState.Absent,
            _ => (ControlState?)null,
        };
        if (state is null) form.Bad(map.Find("state")!, $"'state' is '{YamlForm.Text(map, "state")}'; the control counts as planned", "write in place, partial, planned or absent");
        var effects = new List<ControlEffect>();
        foreach (var given in form.Texts(map, "techniques"))
            if (Carry(given, version, map.Find("techniques")!, id).Id is { } technique) effects.Add(new(technique, "mitigates", null));
        return new(id, YamlForm.Text(map, "name") ?? "", state ?? ControlState.Planned, effects, form.PlaceOf(map))
        {
            Framework = YamlForm.Text(map, "framework") ?? catalogue,
            Owner = YamlForm.Text(map, "owner"),
            Hosts = Groups(map, groups),
            Cost = form.Number(map, "cost", 0) ?? form.Number(map, "cost_per_year", 0),
        };
    }

    private IEnumerable<Deployment> Rules(YamlMapping map, List<HostGroup> groups)
    {
        form.Only(map, "an entry of rules", "path", "folder", "id", "deployed", "since", "hosts", "owner", "comment", "note");
        var path = YamlForm.Text(map, "path") ?? YamlForm.Text(map, "folder");
        var id = YamlForm.Text(map, "id");
        if (path is null == id is null)
        {
            form.Bad(map, "an entry of 'rules' names either a 'path' or an 'id'; it is not used", "write path: rules/windows");
            yield break;
        }
        // 'deployed' is yes or no for all, or the list of those that run.
        var named = map.Find("deployed") is YamlSequence ? form.Texts(map, "deployed") : null;
        var all = new Deployment(path, id, named is null && (form.Flag(map, "deployed") ?? true), Groups(map, groups), form.Date(map, "since"), YamlForm.Text(map, "owner"), form.PlaceOf(map));
        yield return all;
        foreach (var name in named ?? []) yield return all with { Path = null, Rule = name, IsDeployed = true };
    }

    private IEnumerable<CoverageClaim> Claims(YamlMapping map, string? version, DateOnly? day)
    {
        form.Only(map, "a claim", "techniques", "technique", "by", "date", "platforms", "score", "kind", "comment");
        var techniques = form.Texts(map, "techniques").Concat(form.Texts(map, "technique")).ToList();
        if (techniques.Count == 0) form.Bad(map, "a claim names no technique; it is not used", "add technique: T…");
        var kind = YamlForm.Text(map, "kind")?.ToLowerInvariant() switch { "visibility" => ClaimKind.Visibility, "nothing" => ClaimKind.Nothing, _ => ClaimKind.Detection };
        var platforms = form.Texts(map, "platforms").Select(text => PlatformOf(text, map.Find("platforms")!)).OfType<string>().ToList();
        foreach (var given in techniques)
            yield return new(context.Map(given, version), new(RungEvidenceKind.Scoring, YamlForm.Text(map, "by") ?? "a claim", form.PlaceOf(map)) { Date = form.Date(map, "date") ?? day, Detail = YamlForm.Text(map, "comment") })
            {
                Platforms = platforms,
                Score = form.Number(map, "score"),
                Kind = kind,
            };
    }

    private MappedTechnique Carry(string given, string? version, YamlNode at, string what)
    {
        var mapped = context.Map(given, version);
        if (mapped.Id is null) form.Bad(at, $"{what}: {given} is not used: {mapped.Verdict}");
        return mapped;
    }

    private List<string> Groups(YamlMapping map, List<HostGroup> groups)
    {
        var names = new List<string>();
        foreach (var name in form.Texts(map, "hosts"))
        {
            if (groups.Count == 0 || groups.Exists(group => group.Name.Equals(name, StringComparison.OrdinalIgnoreCase))) names.Add(name);
            else
                context.Report(DefenceCodes.UnknownName, $"no host group is called '{name}'; it is not used", file, Line(map.Find("hosts")!),
                    Spelling.Nearest(name, groups.Select(group => group.Name)) is { } near ? $"write '{near}'" : $"use of {string.Join(", ", groups.Select(group => group.Name))}");
        }
        return names;
    }

    private List<int> Numbers(YamlMapping map, string key)
    {
        var numbers = new List<int>();
        foreach (var text in form.Texts(map, key))
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) numbers.Add(number);
            else form.Bad(map.Find(key)!, $"'{text}' is no event code", "write numbers; other events go under terms:");
        return numbers;
    }

    private string? PlatformOf(string text, YamlNode at)
    {
        if (context.Knowledge.Platform(text) is { } known) return known;
        context.Report(DefenceCodes.UnknownName, $"ATT&CK {context.Knowledge.Release} has no platform '{text}'; it is not used", file, Line(at),
            Spelling.Nearest(text, context.Knowledge.Platforms) is { } near ? $"write '{near}'" : $"use of {string.Join(", ", context.Knowledge.Platforms)}");
        return null;
    }

    private static string Line(YamlNode node) => string.Create(CultureInfo.InvariantCulture, $"{node.Position.Line}:{node.Position.Column}");
}
