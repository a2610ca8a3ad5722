using System.Text;
using Modus.Logs;
using Xunit;

namespace Modus.Tests.Logs.Mapping;

public sealed class MappingGuideTests
{
    [Fact]
    public void The_mapping_file_of_the_guide_does_what_the_guide_says()
    {
        var guide = File.ReadAllText(Path.Combine(TestData.Root, "src", "Modus.Logs", "README.md"));
        var start = guide.IndexOf("```json", StringComparison.Ordinal) + 7;
        var mapping = guide[start..guide.IndexOf("```", start, StringComparison.Ordinal)];
        var mappings = LogMappings.Default.With(Encoding.UTF8.GetBytes(mapping), "guide.json", out var problem);
        Assert.Null(problem);
        var (events, report) = ReadText.Of(
            """{"entries":[{"id":5,"session":{"user":"mara","gateway":"g1"},"utc_time":"2025-01-02 03:04:05","kind":"logout by user","debug":{"x":1}}]}""",
            new LogReadOptions { Mappings = mappings });
        Assert.Empty(report.Problems);
        var e = Assert.Single(events);
        Assert.Equal(("acme-vpn", "mara", "mara", "g1", 5L), (e.Shape, e["user"], e["User"], e.Host, e.RecordId));
        Assert.Equal(new LogTime(new DateTime(2025, 1, 2, 3, 4, 5, DateTimeKind.Utc), TimeQuality.Exact), e.Time);
        Assert.True(e.Source.Covers("acme", "vpn", "authentication"));
        Assert.Equal("user", e.Source.FieldFor("TargetUserName", null, "authentication"));
        Assert.DoesNotContain(e.Fields, f => f.Text == "1");
    }
}
