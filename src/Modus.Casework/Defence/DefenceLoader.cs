using System.Text;
using System.Text.Json;
using Modus.Analysis.Coverage;
using Modus.Attack.Layers;
using Modus.Logs;
using Modus.Sigma;
using Modus.Sigma.Reach;
using Modus.Sigma.Yaml;

namespace Modus.Casework.Defence;

/// <summary>What a defence is read from. Paths are files or folders.</summary>
public sealed record DefenceRequest
{
    /// <summary>Inventories, scoring files, layers, mappings, exercises, hits: each told apart by its content.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Rules that only lie there: claimed, not deployed.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>Logs to look into and to hunt through.</summary>
    public IReadOnlyList<string> Logs { get; init; } = [];

    /// <summary>How logs are read.</summary>
    public LogReadOptions Read { get; init; } = new();

    /// <summary>The least level of rules, in lower case; null for all.</summary>
    public string? MinLevel { get; init; }

    /// <summary>How a path is written in evidence; null for as it is.</summary>
    public Func<string, string>? NameOf { get; init; }

    /// <summary>True to read whole rules also where only their heads are needed.</summary>
    public bool WholeRules { get; init; }

    /// <summary>False to leave rules unread where no logs are to be hunted through: a question about logs or controls needs none.</summary>
    public bool WithRules { get; init; } = true;

    /// <summary>False to leave the fixtures beside rules aside.</summary>
    public bool WithFixtures { get; init; } = true;
}

/// <summary>A defence as it was read.</summary>
/// <param name="Inventory">The inventory.</param>
/// <param name="Schemas">What was seen of logs.</param>
/// <param name="Used">Files used.</param>
/// <param name="Skipped">Files that were not; each has a problem.</param>
public sealed record DefenceLoad(DefenceInventory Inventory, IReadOnlyList<LogSchema> Schemas, int Used, int Skipped);

/// <summary>Reads everything that a defence is given by.</summary>
public sealed class DefenceLoader
{
    private const long MaxBytes = 256L << 20;
    private const int MaxFiles = 200_000;
    private static readonly string[] levels = ["unstated", "informational", "low", "medium", "high", "critical"];

    private readonly DefenceContext context;
    private readonly DefenceRequest request;
    private readonly List<string> ruleFiles = [];
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly List<(Deployment Deployment, string Folder)> deployments = [];
    private readonly List<ControlCatalogue> catalogues = [];
    private readonly List<Unplaced> unplaced = [];
    private readonly List<LogSchema> schemas = [];
    private readonly List<SensorMapping> sensors = [];
    private DefenceInventory inventory = DefenceInventory.Empty;
    private int used, skipped;

    private DefenceLoader(DefenceContext context, DefenceRequest request)
    {
        this.context = context;
        this.request = request;
    }

    /// <summary>Reads a defence.</summary>
    /// <param name="context">The release; collects the problems.</param>
    /// <param name="request">What to read.</param>
    /// <param name="stop">Stops the reading of logs.</param>
    public static DefenceLoad Load(DefenceContext context, DefenceRequest request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(request);
        return new DefenceLoader(context, request).Run(stop);
    }

    private DefenceLoad Run(CancellationToken stop)
    {
        foreach (var path in request.Paths)
            foreach (var file in Files(path)) ReadFile(file, Directory.Exists(path));
        foreach (var path in request.Rules) AddRules(path);
        foreach (var (deployment, folder) in deployments.ToList())
            if (deployment.Path is not null) AddRules(Path.Combine(folder, deployment.Path));
        ReadRules(stop);
        var sources = inventory.LogSources;
        foreach (var sensor in sensors) sources = sensor.Join(sources, unplaced);
        var tests = inventory.Tests.ToLookup(test => test.Id, StringComparer.OrdinalIgnoreCase);
        return new(inventory with
        {
            LogSources = sources,
            Controls = ControlMappings.Join(inventory.Controls, catalogues),
            // A row that names only a test's id tries what the index says of the test.
            Exercises = [.. inventory.Exercises.SelectMany(result => result.Technique.Given.Length > 0 || result.TestId is null || !tests[result.TestId].Any() ? [result]
                : tests[result.TestId].Select(test => result with { Technique = new(test.TechniqueId, test.TechniqueId, "carried"), Test = result.Test == result.TestId ? test.Name : result.Test, Platforms = result.Platforms.Count > 0 ? result.Platforms : test.Platforms }))],
            Unplaced = [.. inventory.Unplaced, .. unplaced],
        }, schemas, used, skipped);
    }

    private void ReadRules(CancellationToken stop)
    {
        if (!request.WithRules && request.Logs.Count == 0) ruleFiles.Clear();
        if (ruleFiles.Count == 0 && request.Logs.Count == 0 && schemas.Count == 0) return;
        var reader = new RuleInventory(context);
        IReadOnlyList<DeployedRule> rules;
        // What can fire is a question on whole rules; what is claimed only one on their heads.
        if (!request.WholeRules && request.Logs.Count == 0 && schemas.Count == 0 && deployments.Count == 0) rules = reader.Heads(ruleFiles, Name);
        else
        {
            (rules, var set) = reader.Whole(ruleFiles, Name, request.WithFixtures);
            if (request.Logs.Count > 0) Observe(set, stop);
            rules = RuleInventory.Checked(rules, set, schemas);
        }
        if (schemas.Count > 0) inventory = inventory with { LogSources = [.. inventory.LogSources, .. LogObservation.Sources(schemas, request.Logs.Count > 0 ? string.Join(", ", request.Logs) : "saved schemas", context)] };
        if (request.MinLevel is { } least) rules = [.. rules.Where(rule => Array.IndexOf(levels, rule.Level) >= Array.IndexOf(levels, least))];
        unplaced.AddRange(reader.Others);
        inventory = inventory with { Rules = [.. rules.Select(Deployed)] };
        foreach (var (deployment, _) in deployments)
            if (deployment.Rule is { } name && request.WithRules && !rules.Any(rule => Names(rule, name)) && !reader.Filters.Contains(name, StringComparer.OrdinalIgnoreCase))
                context.Report(DefenceCodes.UnknownName, $"no rule at hand is called '{name}'", deployment.Place, fix: "name its folder with path:, or correct the id");
    }

    private void Observe(RuleSet set, CancellationToken stop)
    {
        var observed = LogObservation.Of(request.Logs, set, context, request.Read, stop);
        schemas.AddRange(observed.Schemas);
        foreach (var problem in observed.Report.Logs.Problems) context.ProblemList.Add(new(problem.Code, problem.Message, Name(problem.File), problem.Line > 0 ? FormattableString.Invariant($"{problem.Line}") : null, problem.Fix));
        inventory = inventory with { Hits = [.. inventory.Hits, .. observed.Hits] };
    }

    private DeployedRule Deployed(DeployedRule rule)
    {
        foreach (var (deployment, folder) in deployments)
        {
            // An entry for one rule speaks louder than one for its folder.
            var fits = deployment.Rule is { } name ? Names(rule, name) : IsBelow(rule.Place, Path.Combine(folder, deployment.Path!)) && !deployments.Exists(other => other.Deployment.Rule is { } single && Names(rule, single));
            if (fits) return rule with { IsDeployed = deployment.IsDeployed && rule.Refusal is null, Hosts = deployment.Hosts, DeployedOn = deployment.Since, Owner = deployment.Owner, DeployedPlace = deployment.Place };
        }
        return rule;
    }

    private static bool Names(DeployedRule rule, string name) => rule.Id.Equals(name, StringComparison.OrdinalIgnoreCase) || rule.Title.Equals(name, StringComparison.OrdinalIgnoreCase)
        || Path.GetFileNameWithoutExtension(rule.Place[..(rule.Place.LastIndexOf(':') is var colon and > 0 ? colon : rule.Place.Length)]).Equals(name, StringComparison.OrdinalIgnoreCase);

    private bool IsBelow(string place, string path)
    {
        var name = Name(Path.GetFullPath(path)).TrimEnd('/', '\\');
        return place.StartsWith(name, StringComparison.Ordinal) && (place.Length == name.Length || place[name.Length] is '/' or '\\' or ':');
    }

    private void AddRules(string path)
    {
        var full = Path.GetFullPath(path);
        var any = false;
        foreach (var file in Files(full))
        {
            if (file.EndsWith(".yml", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase))
            {
                any = true;
                if (seen.Add(file)) { ruleFiles.Add(file); used++; }
            }
        }
        if (!any && (Directory.Exists(full) || File.Exists(full))) context.Report(DefenceCodes.UnknownName, "the folder holds no rule", Name(full), fix: "give .yml files or a folder that holds them");
    }

    private IEnumerable<string> Files(string path)
    {
        var full = Path.GetFullPath(path);
        if (File.Exists(full)) return [full];
        if (Directory.Exists(full))
            return Directory.EnumerateFiles(full, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden }).Take(MaxFiles).Order(StringComparer.Ordinal);
        context.Report(DefenceCodes.Unreadable, "there is no such file or folder", Name(full));
        skipped++;
        return [];
    }

    private string Name(string path) => request.NameOf?.Invoke(path) ?? path;

    private void ReadFile(string file, bool fromFolder)
    {
        if (!seen.Add(file)) return;
        var ending = Path.GetExtension(file).ToLowerInvariant();
        if (ending is not (".yml" or ".yaml" or ".json" or ".jsonl" or ".ndjson" or ".csv" or ".tsv"))
        {
            if (!fromFolder) Skip(file, DefenceCodes.UnknownKind, "no file of a defence", "give YAML, JSON or CSV");
            return;
        }
        if (ending == ".json" && file.EndsWith(".fixtures.json", StringComparison.OrdinalIgnoreCase)) return;
        string text;
        try
        {
            if (new FileInfo(file).Length > MaxBytes) { Skip(file, DefenceCodes.TooMuch, $"larger than {MaxBytes >> 20} MiB", null); return; }
            text = File.ReadAllText(file, Encoding.UTF8);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Skip(file, DefenceCodes.Unreadable, $"cannot be read: {error.Message}", null);
            return;
        }
        var before = context.ProblemList.Count;
        var good = ending switch
        {
            ".yml" or ".yaml" => ReadYaml(file, text),
            ".csv" or ".tsv" => ReadTable(file, text),
            _ => ReadJson(file, text),
        };
        if (good) used++;
        else if (context.ProblemList.Count == before) Skip(file, DefenceCodes.UnknownKind, "of no kind that a defence is made of", "see docs/coverage.md for what is read");
        else skipped++;
    }

    private bool ReadYaml(string file, string text)
    {
        var problems = new List<Problem>();
        var documents = YamlReader.Read(text, Name(file), problems);
        if (documents.Any(document => document is YamlMapping map && (map.Find("detection") is not null || map.Find("correlation") is not null || map.Find("filter") is not null)))
        {
            ruleFiles.Add(file);
            return true;
        }
        foreach (var problem in problems)
            context.Report(problem.Code, problem.Message, Name(file), problem.Line > 0 ? FormattableString.Invariant($"{problem.Line}:{problem.Column}") : null, problem.Fix);
        if (documents.Length == 0 || documents[0] is not YamlMapping root) return false;
        if (root.Find("file_type") is not null)
        {
            var dettect = new DettectReader(Name(file), context).Read(root);
            inventory = inventory.With(dettect);
            return !ReferenceEquals(dettect, DefenceInventory.Empty);
        }
        if (!InventoryReader.Sections.Any(section => root.Find(section) is not null)) return false;
        var read = new InventoryReader(Name(file), context).Read(root);
        inventory = inventory.With(read.Inventory);
        var folder = Path.GetDirectoryName(file)!;
        deployments.AddRange(read.Deployments.Select(deployment => (deployment, folder)));
        foreach (var other in read.Files)
            foreach (var found in Files(Path.Combine(folder, other))) ReadFile(found, fromFolder: false);
        return true;
    }

    private bool ReadTable(string file, string text)
    {
        var hits = new HitReader(Name(file), context);
        if (hits.AddTable(text)) inventory = inventory with { Hits = [.. inventory.Hits, .. hits.Results] };
        else
        {
            var reader = new TableReaders(Name(file), context);
            if (reader.Read(text) is not { } table) return false;
            inventory = inventory.With(table);
            if (reader.Sensor is { } sensor) sensors.Add(sensor);
        }
        return true;
    }

    private bool ReadJson(string file, string text)
    {
        var hits = new HitReader(Name(file), context);
        try
        {
            if (Path.GetExtension(file) is ".jsonl" or ".ndjson")
            {
                var any = false;
                foreach (var line in text.Split('\n'))
                {
                    if (line.Trim().Length == 0) continue;
                    using var one = JsonDocument.Parse(line);
                    if (!HitReader.IsLine(one.RootElement)) return false;
                    hits.Add(one.RootElement);
                    any = true;
                }
                inventory = inventory with { Hits = [.. inventory.Hits, .. hits.Results] };
                return any;
            }
            using var document = JsonDocument.Parse(text.TrimStart('\uFEFF'), new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            var root = document.RootElement;
            if (HitReader.IsHunt(root)) foreach (var hit in root.GetProperty("hits").EnumerateArray()) hits.Add(hit);
            else if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0 && HitReader.IsLine(root[0])) foreach (var hit in root.EnumerateArray()) hits.Add(hit);
            else if (SchemaFile.Is(root)) schemas.AddRange(SchemaFile.Read(root));
            else if (ControlMappings.Is(root)) AddCatalogue(root, file);
            else if (root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().Any(LayerReader.IsLayer) : LayerReader.IsLayer(root))
            {
                using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
                inventory = inventory.With(LayerClaims.Read(stream, Name(file), context));
            }
            else return false;
            inventory = inventory with { Hits = [.. inventory.Hits, .. hits.Results] };
            return true;
        }
        catch (JsonException error)
        {
            Skip(file, DefenceCodes.Unreadable, $"not JSON: {error.Message}", null, count: false);
            return false;
        }
    }

    private void AddCatalogue(JsonElement root, string file)
    {
        var catalogue = ControlMappings.Read(root, Name(file), context, unplaced);
        catalogues.Add(catalogue);
    }

    private void Skip(string file, string code, string message, string? fix, bool count = true)
    {
        context.Report(code, message, Name(file), fix: fix);
        if (count) skipped++;
    }
}
