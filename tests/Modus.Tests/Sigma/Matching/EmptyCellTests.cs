using System.Text;
using Modus.Logs;
using Modus.Sigma;
using Modus.Sigma.Matching;
using Xunit;

namespace Modus.Tests.Sigma.Matching;

/// <summary>What an empty cell of a table is to a rule: nothing or an empty text, for the writer does not say which; never a value.</summary>
public sealed class EmptyCellTests
{
    [Theory]
    [InlineData("errorCode: null", true)]
    [InlineData("errorCode: ''", true)]
    [InlineData("errorCode|exists: false", true)]
    [InlineData("errorCode|exists: true", false)]
    [InlineData("errorCode: '*'", false)]
    [InlineData("errorCode|contains: 'Denied'", false)]
    [InlineData("errorCode|re: '^$'", true)]
    [InlineData("errorCode|re: '.+'", false)]
    [InlineData("errorCode|fieldref: errorMessage", false)]
    [InlineData("errorCode|gte: 0", false)]
    public void An_empty_cell_is_no_value(string item, bool matches)
    {
        var set = RuleSet.Parse([("r.yml", $"title: t\nlogsource: {{product: aws, service: cloudtrail}}\ndetection: {{sel: {{{item}}}, condition: sel}}\n")], new());
        Assert.Empty(set.Problems.Where(problem => problem.Severity == ProblemSeverity.Error));
        foreach (var cell in new[] { "", "\"\"" })
        {
            var reader = new LogReader();
            var worker = new Matcher(set.Rules, reader.Fields).CreateWorker();
            var text = $"eventtime,eventsource,eventname,errorcode,errormessage\n2026-05-04T10:11:12Z,cloudtrail.amazonaws.com,StopLogging,{cell},{cell}\n";
            var answers = reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "t.csv")
                .Select(one => (worker.Match(one).Length == 1, EvidenceFinder.IsTrue(Matcher.Bind(set.Rules[0], one.Source), one))).ToList();
            Assert.Equal((matches, matches), Assert.Single(answers));
        }
    }
}
