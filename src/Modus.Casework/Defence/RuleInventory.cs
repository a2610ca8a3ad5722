using System.Globalization;
using System.Text;
using Modus.Analysis.Coverage;
using Modus.Sigma;
using Modus.Sigma.Fixtures;
using Modus.Sigma.Reach;
using Modus.Sigma.Rules;
using Modus.Sigma.Yaml;

namespace Modus.Casework.Defence;

/// <summary>Rule files as rules of an inventory: quickly by their heads, or wholly, as they would be matched.</summary>
internal sealed class RuleInventory(DefenceContext context)
{
    private const long MaxBytes = 8_000_000;
    private readonly List<Unplaced> others = [];
    private byte[] bytes = new byte[65_536];
    private char[] chars = new char[65_536];

    /// <summary>Names of the files that hold filters: they run, and see nothing of their own.</summary>
    public IReadOnlyList<string> Filters { get; private set; } = [];

    /// <summary>Files among those given that hold no rule.</summary>
    public IReadOnlyList<Unplaced> Others => others;

    /// <summary>What rules claim: tags, log source, level, dates. Detections are not looked at, so a rule that would not load is not noticed.</summary>
    public IReadOnlyList<DeployedRule> Heads(IReadOnlyList<string> files, Func<string, string> nameOf)
    {
        var rules = new List<DeployedRule>(files.Count);
        foreach (var file in files)
        {
            var name = nameOf(file);
            if (!TryRead(file, name, out var text)) continue;
            if (RuleHeaderScanner.Scan(text) is { } scanned)
            {
                if (scanned.Count == 0) others.Add(new(Path.GetFileName(file), name, "the file holds no rule"));
                foreach (var rule in scanned) rules.Add(Of(rule, name, null));
            }
            else rules.AddRange(Parsed(text.ToString(), name));
        }
        return rules;
    }

    /// <summary>What rules are: compiled as for a hunt, with the reason for each that cannot be used.</summary>
    public (IReadOnlyList<DeployedRule> Rules, RuleSet Set) Whole(IReadOnlyList<string> files, Func<string, string> nameOf, bool withFixtures)
    {
        var texts = files.Select(file => (File: file, Name: nameOf(file), Text: Text(file, nameOf(file)))).Where(item => item.Text is not null).ToList();
        others.AddRange(texts.Where(item => RuleHeaderScanner.Scan(item.Text!) is { Count: 0 }).Select(item => new Unplaced(Path.GetFileName(item.File), item.Name, "the file holds no rule")));
        var none = others.Select(item => item.Place).ToHashSet(StringComparer.Ordinal);
        texts.RemoveAll(item => none.Contains(item.Name));
        var set = RuleSet.Parse(texts.Select(item => (item.Name, item.Text!)), new() { KeepDocuments = true });
        var rules = new List<DeployedRule>();
        foreach (var rule in set.Rules) rules.Add(Of(rule.Header, [new(rule.LogSource.Product, rule.LogSource.Category, rule.LogSource.Service)]));
        for (var at = 0; at < set.Correlations.Length; at++) rules.Add(Of(set.Correlations[at].Header, [.. StreamsOf(set, at, 0).Distinct()]));
        Filters = [.. set.Documents.OfType<SigmaFilter>().SelectMany(filter => new[] { Path.GetFileNameWithoutExtension(filter.Header.File), filter.Header.Id, filter.Header.Title }).OfType<string>()];
        var used = set.Documents.Select(document => (document.Header.File, document.Header.Document)).ToHashSet();
        foreach (var group in set.Problems.Where(problem => problem.Severity == ProblemSeverity.Error).GroupBy(problem => problem.File, StringComparer.Ordinal))
        {
            if (texts.Find(item => item.Name == group.Key) is not { Text: { } text }) continue;
            var reason = group.First();
            var why = string.Create(CultureInfo.InvariantCulture, $"{reason.Message}{(reason.Line > 0 ? $" (line {reason.Line}, column {reason.Column})" : "")}");
            context.Report(reason.Code, reason.Message, group.Key, reason.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{reason.Line}:{reason.Column}") : null, reason.Fix);
            var heads = RuleHeaderScanner.Scan(text);
            if (heads is null) rules.Add(new(group.Key, Path.GetFileNameWithoutExtension(group.Key), group.Key, []) { Refusal = why });
            else rules.AddRange(heads.Where(head => !used.Contains((group.Key, head.Document))).Select(head => Of(head, group.Key, why)));
        }
        return (withFixtures ? WithFixtures(rules, set, texts.Select(item => (item.File, item.Name))) : rules, set);
    }

    /// <summary>Says of each rule whether it can fire on the logs that were looked at.</summary>
    public static IReadOnlyList<DeployedRule> Checked(IReadOnlyList<DeployedRule> rules, RuleSet set, IReadOnlyList<LogSchema> schemas)
    {
        if (schemas.Count == 0) return rules;
        var answers = new Dictionary<(string, int), FireCheck>();
        var compiled = set.Rules.Select(rule => Of(RuleReach.Of(rule, schemas))).ToList();
        for (var at = 0; at < set.Rules.Length; at++) answers[(set.Rules[at].Header.File, set.Rules[at].Header.Document)] = compiled[at];
        var joined = new List<FireCheck>();
        foreach (var correlation in set.Correlations)
        {
            var parts = correlation.Inputs.Select(input => input.IsCorrelation ? joined[input.Index] : compiled[input.Index]).ToList();
            var check = parts.Find(part => part.Verdict == FireVerdict.Cannot) ?? parts.Find(part => part.Verdict == FireVerdict.Unknown) ?? (parts.Count > 0 ? parts[0] : FireCheck.Unknown);
            joined.Add(check);
            answers[(correlation.Header.File, correlation.Header.Document)] = check;
        }
        var byPlace = set.Rules.Select(rule => rule.Header).Concat(set.Correlations.Select(one => one.Header)).ToLookup(PlaceOf, header => answers[(header.File, header.Document)]);
        return [.. rules.Select(rule => rule.Refusal is null && byPlace[rule.Place].FirstOrDefault() is { } check ? rule with { Fire = check } : rule)];
    }

    private static FireCheck Of(RuleReach reach) => new(reach.Verdict switch { ReachVerdict.Can => FireVerdict.Can, ReachVerdict.Cannot => FireVerdict.Cannot, _ => FireVerdict.Unknown }, reach.Reason)
    {
        MissingFields = [.. reach.MissingFields],
        Fix = reach.Fix,
    };

    private static List<DeployedRule> WithFixtures(List<DeployedRule> rules, RuleSet set, IEnumerable<(string File, string Name)> files)
    {
        var passed = new Dictionary<string, (int Count, string Place)>(StringComparer.OrdinalIgnoreCase);
        foreach (var (file, name) in files)
        {
            var fixtureFile = FixtureSet.NameFor(file);
            if (!File.Exists(fixtureFile) || new FileInfo(fixtureFile).Length > MaxBytes) continue;
            if (FixtureReader.Read(File.ReadAllText(fixtureFile), fixtureFile, new List<Problem>()) is not { } fixtures) continue;
            var own = rules.Find(rule => rule.Id.Equals(fixtures.Rule, StringComparison.OrdinalIgnoreCase));
            // A rule alone is run against its own file: a set of thousands is not compiled anew for each.
            var alone = RuleSet.Parse([(name, File.ReadAllText(file))]);
            var small = alone.Find(fixtures.Rule) is not null ? alone : set;
            var count = FixtureRunner.Run(small, fixtures).Where(result => result.Passed && result.Case.MustMatch).Sum(result => result.Events);
            if (count > 0) passed[own?.Id ?? fixtures.Rule] = (count, FixtureSet.NameFor(name));
        }
        return [.. rules.Select(rule => passed.TryGetValue(rule.Id, out var found) ? rule with { FixturesMatched = found.Count, FixturePlace = found.Place } : rule)];
    }

    private static IEnumerable<SigmaStream> StreamsOf(RuleSet set, int correlation, int depth)
    {
        if (depth > 8) yield break;
        foreach (var input in set.Correlations[correlation].Inputs)
        {
            if (!input.IsCorrelation) yield return new(set.Rules[input.Index].LogSource.Product, set.Rules[input.Index].LogSource.Category, set.Rules[input.Index].LogSource.Service);
            else
                foreach (var stream in StreamsOf(set, input.Index, depth + 1)) yield return stream;
        }
    }

    private IEnumerable<DeployedRule> Parsed(string text, string name)
    {
        var parsed = RuleParser.Parse(text, name);
        foreach (var problem in parsed.Problems.Where(problem => problem.Severity == ProblemSeverity.Error))
            context.Report(problem.Code, problem.Message, name, problem.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{problem.Line}:{problem.Column}") : null, problem.Fix);
        var streams = new Dictionary<string, SigmaStream>(StringComparer.OrdinalIgnoreCase);
        foreach (var document in parsed.Documents)
            if (document is SigmaRule { Header: var header, LogSource: var source })
                foreach (var key in new[] { header.Id, header.Name })
                    if (key is not null) streams.TryAdd(key, new(source.Product, source.Category, source.Service));
        // A rule that does not load still claims what its tags say.
        var read = parsed.Documents.Select(document => document.Header.Position.Line).ToHashSet();
        if (parsed.Documents.Length < parsed.Given)
        {
            var why = parsed.Problems.First(problem => problem.Severity == ProblemSeverity.Error);
            var maps = YamlReader.Read(text, name, new List<Problem>()).OfType<YamlMapping>().Where(map => !read.Contains(map.Position.Line) && map.Find("action") is null).ToList();
            foreach (var map in maps)
                yield return new(map.Text("id") ?? string.Create(CultureInfo.InvariantCulture, $"{name}:{map.Position.Line}"), map.Text("title") ?? Path.GetFileNameWithoutExtension(name), string.Create(CultureInfo.InvariantCulture, $"{name}:{map.Position.Line}"),
                    [.. ((map.Find("tags") as YamlSequence)?.Items ?? []).OfType<YamlScalar>().SelectMany(tag => TableReaders.Ids(tag.Text.Replace("attack.", "", StringComparison.OrdinalIgnoreCase))).Distinct().Select(id => context.Map(id))])
                { Refusal = why.Message, Platforms = map.Find("logsource") is YamlMapping source ? context.Products.Of(source.Text("product"), source.Text("service")) : [] };
            if (maps.Count == 0 && parsed.Documents.IsEmpty) yield return new(name, Path.GetFileNameWithoutExtension(name), name, []) { Refusal = why.Message };
        }
        foreach (var document in parsed.Documents)
            switch (document)
            {
                case SigmaRule rule: yield return Of(rule.Header, [new(rule.LogSource.Product, rule.LogSource.Category, rule.LogSource.Service)]); break;
                case SigmaCorrelation correlation: yield return Of(correlation.Header, [.. correlation.Rules.Select(reference => streams.GetValueOrDefault(reference.Text)).OfType<SigmaStream>().Distinct()]); break;
            }
    }

    private DeployedRule Of(RuleHeader header, IReadOnlyList<SigmaStream> streams) => new(header.Id ?? PlaceOf(header), header.Title.Length > 0 ? header.Title : Path.GetFileNameWithoutExtension(header.File), PlaceOf(header),
        [.. header.Tags.Where(tag => tag.Namespace == "attack" && tag.Value.Length >= 5 && tag.Value[0] == 't' && char.IsAsciiDigit(tag.Value[1])).Select(tag => tag.Value).Distinct().Select(id => context.Map(id))])
    {
        Author = header.Author,
        Streams = streams,
        Platforms = PlatformsOf(streams),
        Level = header.Level.ToString().ToLowerInvariant(),
        Status = header.Status.ToString().ToLowerInvariant(),
        Date = header.Modified ?? header.Date,
    };

    private DeployedRule Of(ScannedRule rule, string file, string? refusal) => new(rule.Id ?? string.Create(CultureInfo.InvariantCulture, $"{file}:{rule.Line}"), rule.Title.Length > 0 ? rule.Title : Path.GetFileNameWithoutExtension(file),
        string.Create(CultureInfo.InvariantCulture, $"{file}:{rule.Line}"), [.. rule.Techniques.Select(id => context.Map(id))])
    {
        Author = rule.Author,
        Streams = rule.Stream is null ? [] : [rule.Stream],
        Platforms = rule.Stream is null ? [] : PlatformsOf([rule.Stream]),
        Level = rule.Level,
        Status = rule.Status,
        Date = rule.Date,
        Refusal = refusal,
    };

    private IReadOnlyList<string> PlatformsOf(IReadOnlyList<SigmaStream> streams) =>
        streams.Count == 1 ? context.Products.Of(streams[0].Product, streams[0].Service)
        : [.. streams.SelectMany(stream => context.Products.Of(stream.Product, stream.Service)).Distinct(StringComparer.Ordinal)];

    private static string PlaceOf(RuleHeader header) => string.Create(CultureInfo.InvariantCulture, $"{header.File}:{header.Position.Line}");

    private string? Text(string file, string name) => TryRead(file, name, out var text) ? text.ToString() : null;

    /// <summary>Reads a file into a buffer that the next file is read into as well.</summary>
    private bool TryRead(string file, string name, out ReadOnlySpan<char> text)
    {
        text = default;
        try
        {
            // One opening for the length and the bytes: a tree has thousands of small files.
            using var handle = File.OpenHandle(file, options: FileOptions.SequentialScan);
            var length = RandomAccess.GetLength(handle);
            if (length > MaxBytes)
            {
                context.Report(DefenceCodes.TooMuch, $"the rule file has more than {MaxBytes} bytes and is not read", name);
                return false;
            }
            if (bytes.Length < length) bytes = new byte[Math.Max(length, 2L * bytes.Length)];
            var read = 0;
            while (read < length && RandomAccess.Read(handle, bytes.AsSpan(read, (int)length - read), read) is > 0 and var more) read += more;
            // Other encodings than UTF-8 announce themselves; they are rare and take the long way.
            if (read > 1 && (bytes[0] is 0xFE or 0xFF)) text = File.ReadAllText(file);
            else
            {
                var utf8 = bytes.AsSpan(0, read);
                if (utf8.StartsWith(Encoding.UTF8.Preamble)) utf8 = utf8[Encoding.UTF8.Preamble.Length..];
                if (chars.Length < utf8.Length) chars = new char[bytes.Length];
                text = chars.AsSpan(0, Encoding.UTF8.GetChars(utf8, chars));
            }
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            context.Report(DefenceCodes.Unreadable, $"the rule file cannot be read: {error.Message}", name);
            return false;
        }
    }
}
