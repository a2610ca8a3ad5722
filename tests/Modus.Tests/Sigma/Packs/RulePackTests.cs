using Modus.Sigma;
using Xunit;

namespace Modus.Tests.Sigma.Packs;

public sealed class RulePackTests : IDisposable
{
    private const string Rules = """
        title: Everything
        id: 11111111-1111-4111-8111-111111111111
        name: all
        status: stable
        level: high
        author: A
        date: 2026-01-02
        tags: [attack.t1059, tlp.clear]
        references: [a, b]
        related: [{id: 22222222-2222-4222-8222-222222222222, type: derived}]
        logsource: {product: windows, category: process_creation, definition: on}
        detection:
            a: {A|windash|contains: ' -x', B|re|i: 'a.b', C|cidr: 10.0.0.0/8, D|gt: 1.5, E|hour|lt: 6, F|fieldref|endswith: G, H: null, I|exists: true, J|cased: 'X?*'}
            b: [one, 'two*']
            condition: a and not b
        ---
        title: Count
        correlation: {type: value_percentile, rules: [all], group-by: [who], timespan: 5m, aliases: {who: {all: User}}, condition: {field: Size, percentile: 95, gte: 3, lt: 9}}
        ---
        title: Broken
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("modus-pack-");

    private string RuleFile => Path.Combine(folder.FullName, "r.yml");

    private string PackFile => Path.Combine(folder.FullName, "cache", "rules.pack");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_pack_gives_the_same_rule_set_as_the_files()
    {
        File.WriteAllText(RuleFile, Rules);
        var first = Load();
        Assert.True(File.Exists(PackFile));
        var second = Load();

        Assert.Equal(Written(first), Written(second));
        Assert.NotSame(first, second);
    }

    [Fact]
    public void The_pack_is_what_is_read_the_second_time()
    {
        File.WriteAllText(RuleFile, Rules);
        Load();
        var written = File.GetLastWriteTimeUtc(PackFile);
        File.SetLastWriteTimeUtc(PackFile, written.AddDays(-1));
        Load();
        Assert.Equal(written.AddDays(-1), File.GetLastWriteTimeUtc(PackFile));
    }

    [Fact]
    public void A_changed_rule_is_seen_at_once()
    {
        File.WriteAllText(RuleFile, Rules);
        Load();
        File.WriteAllText(RuleFile, Rules.Replace("'two*'", "'three*'", StringComparison.Ordinal));
        Assert.Contains("three", Load().Rules[0].Expression.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_placeholders_make_another_pack()
    {
        File.WriteAllText(RuleFile, "title: t\nlogsource: {product: windows}\ndetection: {s: {A|expand: '%p%'}, condition: s}");
        RuleSet With(string value) => RuleSet.Load([RuleFile], new() { PackFile = PackFile, Compile = new() { Placeholders = new Dictionary<string, System.Collections.Immutable.ImmutableArray<string>> { ["p"] = [value] } } });
        Assert.Equal("A = 'x'", With("x").Rules[0].Expression.ToString());
        Assert.Equal("A = 'y'", With("y").Rules[0].Expression.ToString());
    }

    [Theory]
    [InlineData(40)]
    [InlineData(400)]
    public void A_damaged_pack_is_said_and_replaced(int place)
    {
        File.WriteAllText(RuleFile, Rules);
        var first = Load();
        var bytes = File.ReadAllBytes(PackFile);
        bytes[place] ^= 0x40;
        File.WriteAllBytes(PackFile, bytes);

        var again = Load();
        Assert.Equal("MD2070", again.Problems.Single(problem => problem.Code.StartsWith("MD207", StringComparison.Ordinal)).Code);
        Assert.Equal(Written(first), Written(Load()));
    }

    [Fact]
    public void A_pack_that_cannot_be_written_is_a_warning()
    {
        File.WriteAllText(RuleFile, Rules);
        var set = RuleSet.Load([RuleFile], new() { PackFile = Path.Combine(RuleFile, "below", "a.pack") });
        Assert.Contains(set.Problems, problem => problem.Code == "MD2071" && problem.Severity == ProblemSeverity.Warning);
        Assert.Single(set.Rules);
    }

    private RuleSet Load() => RuleSet.Load([RuleFile], new() { PackFile = PackFile });

    // Everything that can be told of a rule set, as text.
    private static string Written(RuleSet set) => string.Join('\n',
    [
        .. set.Rules.Select(rule => $"{Header(rule.Header)} {rule.LogSource} {rule.LogSource.Definition} {rule.Expression} {rule.IsReported} {string.Join(',', rule.Filters)}"),
        .. set.Correlations.Select(one => $"{Header(one.Header)} {one.Rule.Type} {one.Rule.Timespan} {one.Rule.Percentile} {string.Join(',', one.Rule.Bounds)} {string.Join(',', one.Rule.GroupBy)} "
            + string.Join(',', one.Inputs.Select(input => $"{input.IsCorrelation} {input.Index} {string.Join('+', input.GroupFields)} {string.Join('+', input.ValueFields)}"))
            + string.Join(',', one.Rule.Aliases.Select(alias => $"{alias.Name} {string.Join('+', alias.Fields)}"))),
        .. set.Problems.Select(problem => problem.ToString()),
        set.Counts.ToString(),
    ]);

    private static string Header(Modus.Sigma.Rules.RuleHeader header) =>
        $"{header.File} {header.Document} {header.Position} {header.Title} {header.Id} {header.Name} {header.Taxonomy} {header.Description} {header.License} {header.Author} {header.Status} {header.Level} "
        + $"{header.Date} {header.Modified} {string.Join(',', header.Tags)} {string.Join(',', header.References)} {string.Join(',', header.Related)} {string.Join(',', header.Fields)} {string.Join(',', header.FalsePositives)}";
}
