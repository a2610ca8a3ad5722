using System.Collections.Immutable;
using System.Text;
using Modus.Logs;
using Modus.Sigma;
using Modus.Sigma.Matching;
using Xunit;

namespace Modus.Tests.Sigma.Matching;

/// <summary>Makes events of JSON and runs rules on them.</summary>
internal static class EventText
{
    private const string Origin = "\"Channel\":\"Microsoft-Windows-Sysmon/Operational\",\"EventID\":1";

    /// <summary>A process creation with these members.</summary>
    public static string Process(string members) => "{" + Origin + (members.Length == 0 ? "" : ",") + members + "}";

    /// <summary>A rule over process creations with this detection.</summary>
    public static CompiledRule Rule(string detection, CompileOptions? options = null)
    {
        var set = RuleSet.Parse([("r.yml", $"title: t\nlogsource: {{product: windows, category: process_creation}}\ndetection: {detection}\n")], new() { Compile = options ?? new() });
        Assert.Empty(set.Problems.Where(problem => problem.Severity == ProblemSeverity.Error));
        return Assert.Single(set.Rules);
    }

    /// <summary>For each event (a line each), the places of the rules that match.</summary>
    public static List<int[]> Match(ImmutableArray<CompiledRule> rules, string lines, Action<LogEvent>? each = null)
    {
        var reader = new LogReader();
        var worker = new Matcher(rules, reader.Fields).CreateWorker();
        var matched = new List<int[]>();
        foreach (var logEvent in reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(lines)), "t.jsonl"))
        {
            matched.Add(worker.Match(logEvent).ToArray());
            each?.Invoke(logEvent);
        }

        Assert.Empty(reader.Report.Problems);
        return matched;
    }
}
