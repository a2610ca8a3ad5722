using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Modus.Analysis.Knowledge;
using Modus.Analysis.Planning;
using Modus.Analysis.Planning.Evaluation;
using Modus.Attack;
using Modus.Attack.Bundles;
using Modus.Cli.Commands.Analysis;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Planning;

/// <summary><c>modus plan backtest</c>: what the advice of an earlier release would have been worth.</summary>
internal sealed class PlanBacktestCommand : ModusCommand
{
    private readonly Argument<string[]> releases = new("RELEASE") { Description = "Releases, the earliest first: versions at hand or bundles. All at hand without any.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string[]> rules = new("--rules") { Description = "Sigma rules of the defence whose gaps are ranked; each counts from its own date on. May be repeated.", HelpName = "PATH" };
    private readonly Option<string> level = new("--level") { Description = "Leave out rules below this level.", HelpName = "LEVEL", DefaultValueFactory = _ => "medium" };
    private readonly Option<string[]> source = new("--source") { Description = "Only rules of this log source, such as windows/process_creation. May be repeated.", HelpName = "PRODUCT/CATEGORY" };
    private readonly Option<string[]> list = new("--list") { Description = "Another ranking to compare with: NAME=DATE=FILE, technique ids one a line or the JSON of Top ATT&CK Techniques.", HelpName = "NAME=DATE=FILE" };
    private readonly Option<int[]> top = new("--top") { Description = "How many techniques are picked; may be repeated (20 and 50 without).", HelpName = "K" };

    public PlanBacktestCommand() : base("backtest", "Ranks gaps with what a release knew and scores them on the actors and reports that the next one brought, beside all baselines.", Listing.All)
    {
        Add(releases);
        foreach (var option in new Option[] { rules, level, source, list, top }) Add(option);
        Example("modus plan backtest 18.1 19.0 --top 20");
        Example("modus plan backtest 18.1 19.0 --rules rules -o csv");
    }

    public override int Run(Invocation run)
    {
        var picks = run.Get(top) is { Length: > 0 } given ? given : [20, 50];
        if (picks.Any(count => count < 1)) throw CommandFailure.Usage("MD6211", "--top is at least 1");
        var least = RuleMeasure.LevelOf(run.Get(level)!);
        var knowledge = Attack.Knowledge.Open(run);
        var (read, skipped) = Releases(run, knowledge);
        if (read.Count < 2) throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD6212", "a back-test needs two releases or more", null, "name versions at hand or bundles, the earliest first"));
        var (measures, refused) = run.Get(rules) is { Length: > 0 } paths ? RuleMeasure.Read(run, paths) : ([], 0);
        var wanted = (run.Get(source) ?? []).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var defence = measures.Where(rule => rule.Level >= least && rule.Date is not null && (wanted.Count == 0 || wanted.Contains($"{rule.Product}/{rule.Category}")))
            .Select(rule => new DatedRule(rule.Date!.Value, rule.Tags)).ToList();

        var answer = BackTest.Run(new()
        {
            Releases = [.. read.Select(item => ReleaseUses.Of(item, EmbeddedFacts.SourceDates))],
            Rules = defence,
            Earlier = Earlier([.. read, .. knowledge.Newest() is { } newest ? [newest] : Array.Empty<Release>()]),
            Lists = [.. (run.Get(list) ?? []).Select(word => OtherRanking(run, word))],
            Picks = picks,
        });
        run.Write(answer.Rows.OrderBy(row => row.JudgedBy).ThenBy(row => row.Picks).ThenByDescending(row => row.Gain).ThenBy(row => row.Ranker, StringComparer.Ordinal),
            new Column<BackTestRow>("judged_by", "Judged by new", row => row.JudgedBy.ToString().ToLowerInvariant()),
            new Column<BackTestRow>("picks", "Picks", row => row.Picks) { Right = true },
            new Column<BackTestRow>("ranker", "Ranking", row => row.Ranker),
            new Column<BackTestRow>("cases", "Cases", row => row.Cases) { Right = true },
            new Column<BackTestRow>("gain", "Gain", row => row.Gain) { Right = true },
            new Column<BackTestRow>("of_oracle", "Of hindsight", row => row.OfOracle) { Right = true },
            new Column<BackTestRow>("oracle", "Hindsight", row => row.Oracle) { Right = true },
            new Column<BackTestRow>("before", "Covered before", row => row.Before) { Right = true },
            new Column<BackTestRow>("low_over_chance", "Over chance, low", row => row.LowOverChance) { Right = true },
            new Column<BackTestRow>("high_over_chance", "high", row => row.HighOverChance) { Right = true },
            new Column<BackTestRow>("low_over_modus", "Over modus, low", row => row.LowOverModus) { Right = true },
            new Column<BackTestRow>("high_over_modus", "high", row => row.HighOverModus) { Right = true },
            new Column<BackTestRow>("verdict", "Verdict", row => row.BeatsChance ? "better than chance" : "no better than chance"));
        foreach (var step in answer.Steps)
            run.Say($"{step.From} ranks, {step.To} judges: {step.Actors} new actors, {step.Reports} new reports; {step.Rules} rules cover {step.Covered} techniques");
        if (answer.Rows.Count == 0) run.Say("no release brings an actor or a report with enough techniques: nothing was judged");
        return answer.Rows.Count == 0 ? ExitCode.NoUsableInput : skipped + refused > 0 ? ExitCode.Partial : ExitCode.Done;
    }

    private (List<Release> Read, int Skipped) Releases(Invocation run, KnowledgeBase knowledge)
    {
        var read = new List<Release>();
        var skipped = 0;
        if (run.Get(releases) is not { Length: > 0 } words)
            return ([.. knowledge.Entries.Where(entry => (entry.Domains & Domains.Enterprise) != 0).Select(knowledge.Load).OfType<Release>()
                .DistinctBy(item => item.Version).OrderBy(item => item.Version, ReleaseVersion.Comparer)], 0);
        foreach (var word in words)
        {
            if (!File.Exists(run.PathOf(word)))
            {
                if (knowledge.Get(word) is { } found) read.Add(found);
                else
                {
                    Attack.Knowledge.Report(run, knowledge.NoSuch(word));
                    skipped++;
                }
                continue;
            }
            var result = BundleReader.Read([run.PathOf(word)], new ReadOptions(), run.Stop);
            foreach (var problem in result.Problems.Take(1)) Attack.Knowledge.Report(run, problem, result.Release is null);
            if (result.Release is null) skipped++;
            else read.Add(result.Release);
        }
        return (read, skipped);
    }

    /// <summary>What each id was before, over all given releases.</summary>
    internal static Dictionary<string, IReadOnlyList<string>> Earlier(IEnumerable<Release> known) =>
        known.SelectMany(IdCarrier.Successions).Distinct().GroupBy(item => item.Heir, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<string>)[.. group.Select(item => item.Old).Order(StringComparer.Ordinal)], StringComparer.Ordinal);

    private static OtherList OtherRanking(Invocation run, string word)
    {
        var parts = word.Split('=', 3);
        if (parts.Length != 3 || !DateOnly.TryParseExact(parts[1], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            throw CommandFailure.Usage("MD6213", $"'{word}' names no ranking", "write NAME=2023-11-14=FILE");
        try
        {
            using var file = File.OpenRead(run.PathOf(parts[2]));
            return new(parts[0], date, RankingFile.Read(file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or InvalidDataException or InvalidOperationException)
        {
            throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD6213", $"the ranking cannot be read: {error.Message}", parts[2]));
        }
    }
}

/// <summary>Rankings of others: ids one a line, or objects of JSON with an id and a score.</summary>
internal static class RankingFile
{
    private const long LargestFile = 64L << 20;

    public static IReadOnlyList<string> Read(Stream file)
    {
        var packed = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        using Stream plain = packed ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var memory = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = plain.Read(buffer)) > 0;)
        {
            if (memory.Length + read > LargestFile) throw new InvalidDataException($"it is larger than {LargestFile >> 20} MiB");
            memory.Write(buffer, 0, read);
        }
        var bytes = memory.ToArray();
        if (bytes.AsSpan().TrimStart(" \t\r\n"u8) is not [(byte)'[' or (byte)'{', ..])
            return [.. System.Text.Encoding.UTF8.GetString(bytes).Split(['\n', '\r', ' ', ',', ';', '\t'], StringSplitOptions.RemoveEmptyEntries)];
        using var document = JsonDocument.Parse(bytes);
        var scores = new Dictionary<string, double>(StringComparer.Ordinal);
        Gather(document.RootElement, scores);
        return [.. scores.OrderByDescending(item => item.Value).ThenBy(item => item.Key, StringComparer.Ordinal).Select(item => item.Key)];
    }

    // Objects may hold others (a technique its sub-techniques); an id that comes twice keeps its higher score.
    private static void Gather(JsonElement at, Dictionary<string, double> scores)
    {
        if (at.ValueKind == JsonValueKind.Array) foreach (var item in at.EnumerateArray()) Gather(item, scores);
        if (at.ValueKind != JsonValueKind.Object) return;
        if ((at.TryGetProperty("tid", out var id) || at.TryGetProperty("id", out id)) && id.ValueKind == JsonValueKind.String && Score(at) is { } score)
            scores[id.GetString()!] = Math.Max(scores.GetValueOrDefault(id.GetString()!, double.NegativeInfinity), score);
        foreach (var member in at.EnumerateObject())
            if (member.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Object) Gather(member.Value, scores);
    }

    private static double? Score(JsonElement at)
    {
        foreach (var name in (string[])["adjusted_score", "cumulative_score", "score"])
            if (at.TryGetProperty(name, out var value))
            {
                if (value.ValueKind == JsonValueKind.Number) return value.GetDouble();
                if (value.ValueKind == JsonValueKind.String && double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return number;
            }
        return null;
    }
}
