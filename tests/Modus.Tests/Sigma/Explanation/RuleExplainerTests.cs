using System.Text;
using Modus.Logs;
using Modus.Sigma;
using Modus.Sigma.Explanation;
using Modus.Sigma.Rules;
using Xunit;

namespace Modus.Tests.Sigma.Explanation;

public sealed class RuleExplainerTests
{
    [Theory]
    [InlineData("CommandLine|contains: x", "{\"Commandline\": \"x y\"}", "the value stands in 'Commandline'", "Commandline")]
    [InlineData("CommandLine|contains: x", "{\"ComandLine\": \"y\"}", "no field 'CommandLine'", "Did you mean 'ComandLine'?")]
    [InlineData("NewName|endswith: '\\cmd.exe'", "{\"Image\": \"C:\\\\cmd.exe\"}", "the value stands in 'Image'", "Image")]
    [InlineData("CommandLine: x", "{\"CommandLine\": \"a x b\"}", "is longer", "contains")]
    [InlineData("CommandLine|endswith: x", "{\"CommandLine\": \"a x b\"}", "not at the end", "contains")]
    [InlineData("CommandLine|endswith: '.exe'", "{\"CommandLine\": \"\\\"C:\\\\a.exe\\\"\"}", "Quotes or spaces", "contains")]
    [InlineData("CommandLine|cased|contains: Delete", "{\"CommandLine\": \"delete all\"}", "upper and lower case", "cased")]
    [InlineData("CommandLine|re: 'Delete\\s'", "{\"CommandLine\": \"delete all\"}", "upper and lower case", "|re|i")]
    [InlineData("CommandLine|contains: 'delete shadows'", "{\"CommandLine\": \"delete  shadows\"}", "other spaces", "all")]
    [InlineData("CommandLine|contains: ' -enc '", "{\"CommandLine\": \"ps /enc AA\"}", "dashes", "windash")]
    [InlineData("CommandLine|contains: 'vssadmin'", "{\"CommandLine\": \"vssadmni list\"}", "Nearly: 'vssadmni'", "spelling")]
    [InlineData("CommandLine|contains: 'IEX ('", "{\"CommandLine\": \"ps -e SQBFAFgAIAAoAE4AZQB3AC0ATwBiACkA\"}", "Base64 of UTF-16", "base64offset")]
    [InlineData("CommandLine|contains: 'C:\\Users\\'", "{\"CommandLine\": \"C:\\\\\\\\Users\\\\\\\\a\"}", "doubled", "backslashes")]
    [InlineData("CommandLine|contains: '<script>'", "{\"CommandLine\": \"&lt;script&gt;\"}", "HTML", "Decode")]
    [InlineData("CommandLine|contains: '../etc'", "{\"CommandLine\": \"%2e%2e%2fetc\"}", "web addresses", "encoded")]
    [InlineData("CommandLine|cidr: 10.0.0.0/8", "{\"CommandLine\": \"10.1.1.1:443\"}", "is no address", "ports")]
    [InlineData("CommandLine|cidr: 10.0.0.0/8", "{\"CommandLine\": \"11.1.1.1\"}", "lies outside", "")]
    [InlineData("CommandLine|gt: 5", "{\"CommandLine\": \"0x10\"}", "is no number", "Hexadecimal")]
    [InlineData("CommandLine: null", "{\"CommandLine\": \"x\"}", "has a value", "")]
    [InlineData("CommandLine|fieldref: User", "{\"CommandLine\": \"x\", \"User\": \"y\"}", "not what 'User' holds", "")]
    public void Says_what_came_near(string item, string fields, string cause, string fix)
    {
        var explanation = Explain($"selection: {{{item}}}\n    condition: selection".Replace("{", "\n        ", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal), fields);

        Assert.False(explanation.Matched);
        var test = Assert.Single(explanation.Deciding);
        Assert.Contains(cause, test.Cause, StringComparison.Ordinal);
        Assert.Contains(fix, test.Fix ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Names_the_filter_that_took_the_event_away()
    {
        var explanation = Explain("s:\n        CommandLine|contains: x\n    filter:\n        Image|endswith: '\\a.exe'\n    condition: s and not filter", "{\"CommandLine\": \"x\", \"Image\": \"C:\\\\a.exe\"}");

        Assert.False(explanation.Matched);
        Assert.StartsWith("A filter took the event away", explanation.Summary, StringComparison.Ordinal);
        Assert.Equal([("s", true), ("filter", true)], explanation.Selections.Select(one => (one.Name, one.IsTrue)));
        Assert.Equal(6, explanation.Selections[0].Line);
        Assert.True(Assert.Single(explanation.Deciding) is { InFilter: true, IsTrue: true, Field: "Image" });
    }

    [Fact]
    public void Tells_for_a_match_which_values_decided()
    {
        var explanation = Explain("s:\n        CommandLine|contains: [delete, other]\n        Image|endswith: .exe\n    condition: s", "{\"CommandLine\": \"please DELETE it\", \"Image\": \"a.exe\"}");

        Assert.True(explanation.Matched);
        Assert.Equal(["'CommandLine' holds 'DELETE'.", "'Image' holds '.exe'."], explanation.Deciding.Select(test => test.Cause));
    }

    [Fact]
    public void Says_that_the_rule_reads_another_log_source()
    {
        var explanation = Explain("s:\n        CommandLine: x\n    condition: s", "{\"CommandLine\": \"x\"}", "linux");

        Assert.False(explanation.SourceFits);
        Assert.False(explanation.Matched);
        Assert.Contains("linux/process_creation/*", explanation.Summary, StringComparison.Ordinal);
        Assert.Contains("would be true", explanation.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_over_logs_which_field_no_event_has_and_which_event_came_nearest()
    {
        var (rule, written) = Rule("s:\n        CommandLine|contains: x\n        Imgae|endswith: '.exe'\n    condition: s", "windows");

        var explanation = LogExplainer.Explain(rule, written, Read(Event("{\"CommandLine\": \"a\", \"Image\": \"b.exe\"}") + Event("{\"CommandLine\": \"x\", \"Image\": \"b.exe\"}")), TestContext.Current.CancellationToken);

        Assert.Equal((2L, 2L, 0L), (explanation.Events, explanation.OfSource, explanation.Matches));
        Assert.Contains(explanation.Causes, cause => cause.Contains("has the field 'Imgae'", StringComparison.Ordinal) && cause.Contains("Did you mean 'Image'?", StringComparison.Ordinal));
        Assert.EndsWith(":2", explanation.NearestPlace, StringComparison.Ordinal);
        Assert.Equal([(1L, 2L), (0L, 0L)], explanation.Tests.Select(test => (test.True, test.WithField)));
    }

    [Fact]
    public void Says_over_logs_that_nobody_collects_the_log_source()
    {
        var (rule, written) = Rule("s:\n        CommandLine|contains: x\n    condition: s", "linux");

        var explanation = LogExplainer.Explain(rule, written, Read(Event("{\"CommandLine\": \"x\"}")), TestContext.Current.CancellationToken);

        Assert.Equal(0, explanation.OfSource);
        Assert.Contains("No event is of the log source linux/process_creation/*", Assert.Single(explanation.Causes), StringComparison.Ordinal);
    }

    private static RuleExplanation Explain(string detection, string fields, string product = "windows")
    {
        var (rule, written) = Rule(detection, product);
        return Read(Event(fields)).Select(logEvent => RuleExplainer.Explain(rule, written, logEvent)).Single();
    }

    private static (CompiledRule Rule, SigmaRule Written) Rule(string detection, string product)
    {
        var set = RuleSet.Parse([("t.yml", $"title: T\nlogsource:\n    product: {product}\n    category: process_creation\ndetection:\n    {detection}\n")], new() { KeepDocuments = true });
        Assert.DoesNotContain(set.Problems, problem => problem.Severity == ProblemSeverity.Error);
        return (Assert.Single(set.Rules), Assert.IsType<SigmaRule>(Assert.Single(set.Documents)));
    }

    private static string Event(string fields) =>
        """{"Event":{"System":{"EventID":1,"Channel":"Microsoft-Windows-Sysmon/Operational","Provider":{"#attributes":{"Name":"x"}}},"EventData":""" + fields + "}}\n";

    private static IEnumerable<LogEvent> Read(string log) => new LogReader(new() { Threads = 1 }).Read(new MemoryStream(Encoding.UTF8.GetBytes(log)), "log");
}
