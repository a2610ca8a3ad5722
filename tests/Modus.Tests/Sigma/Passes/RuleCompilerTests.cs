using System.Collections.Immutable;
using Modus.Sigma;
using Modus.Sigma.Rules;
using Xunit;

namespace Modus.Tests.Sigma.Passes;

public sealed class RuleCompilerTests
{
    private static readonly CompileOptions options = new()
    {
        Placeholders = new Dictionary<string, ImmutableArray<string>>
        {
            ["Admins"] = ["root", "adm_*"],
            ["Two"] = ["1", "2"],
        },
        FieldNames = new Dictionary<string, ImmutableArray<string>> { ["Old"] = ["New"], ["Both"] = ["Left", "Right"] },
    };

    public static IEnumerable<TheoryDataRow<string, string>> Items => CaseTable.Read("modifiers.cases");

    public static IEnumerable<TheoryDataRow<string, string>> Conditions => CaseTable.Read("conditions.cases");

    [Theory]
    [MemberData(nameof(Items))]
    public void A_field_with_modifiers_becomes_tests(string item, string expected) =>
        Assert.Equal(expected, Translate($"{{sel: {{{item}}}, condition: sel}}"));

    [Theory]
    [MemberData(nameof(Conditions))]
    public void A_condition_becomes_one_expression(string condition, string expected) =>
        Assert.Equal(expected, Translate($"{{a: {{A: 1}}, b: {{B: 2}}, sel_one: {{C: 3}}, sel_two: {{D: 4, E: 5}}, list: [{{F: 6}}, {{G: 7}}], words: [foo, bar], _hidden: {{H: 8}}, condition: {condition}}}"));

    /// <summary>The expression, or the code of the first error.</summary>
    private static string Translate(string detection)
    {
        var parsed = RuleParser.Parse($"title: t\nlogsource: {{product: windows}}\ndetection: {detection}\n", "r.yml");
        var problems = parsed.Problems.ToList();
        var rule = parsed.Documents.IsEmpty ? null : RuleCompiler.Compile((SigmaRule)parsed.Documents[0], options, problems);
        return rule?.Expression.ToString() ?? problems.First(problem => problem.Severity == ProblemSeverity.Error).Code;
    }

    [Fact]
    public void A_rule_of_repeated_selections_is_refused_before_it_fills_the_memory()
    {
        var values = string.Join(",", Enumerable.Range(0, 1000));
        var condition = string.Join(" and ", Enumerable.Repeat("s", 1000));
        Assert.Equal("MD2104", Translate($"{{s: {{A: [{values}]}}, condition: {condition}}}"));
    }

    [Fact]
    public void All_rules_of_SigmaHQ_compile_but_those_that_need_placeholders()
    {
        var folder = TestData.Need("sigma");
        var refused = new List<string>();
        var compiled = 0;
        foreach (var file in Directory.EnumerateFiles(folder, "*.yml", SearchOption.AllDirectories))
        {
            if (!Path.GetRelativePath(folder, file).StartsWith("rules", StringComparison.Ordinal)) continue;
            foreach (var rule in RuleParser.Parse(File.ReadAllText(file), file).Documents.OfType<SigmaRule>())
            {
                var problems = new List<Problem>();
                if (RuleCompiler.Compile(rule, new(), problems) is not null) compiled++;
                else refused.Add(problems.First(problem => problem.Severity == ProblemSeverity.Error).Code);
            }
        }

        Assert.All(refused, code => Assert.Equal("MD2131", code));
        Assert.True(compiled > 3700, $"{compiled} compiled");
    }
}
