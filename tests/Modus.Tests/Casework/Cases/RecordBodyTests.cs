using System.Text.Json;
using Modus.Casework.Cases;
using Xunit;

namespace Modus.Tests.Casework.Cases;

/// <summary>Records read the same whatever the order of their members, and say what is wrong with them.</summary>
public sealed class RecordBodyTests
{
    private static readonly ProcedureRecord full = new()
    {
        Id = "P-1",
        CaseId = "C-1",
        Technique = "T1059.001",
        Name = "PowerShell",
        Tactics = ["execution"],
        Release = "19.0",
        Steps = "ran",
        First = new DateTimeOffset(2026, 3, 9, 8, 43, 52, TimeSpan.Zero),
        Hosts = ["A", "B"],
        Actor = "X",
        Origin = "rule",
        Author = "mira",
        Confidence = ConfidenceLevel.High,
        Status = ProcedureStatus.Confirmed,
        Hits = [new CaseHit { EvidenceId = "E-1", Rule = "r", Count = 7, Users = ["u"], Last = new DateTimeOffset(2026, 3, 9, 8, 43, 52, 123, TimeSpan.Zero) }],
        Quotes = [new CaseQuote { EvidenceId = "E-2", Text = "said", Start = 3, Length = 4, Page = 2, Probability = 0.25 }],
        RunnersUp = [new RunnerUp("T1204", "n", 0.5, "why")],
    };

    [Fact]
    public void As_written_turned_round_and_with_strange_members_it_is_the_same_record()
    {
        var written = RecordJson.BodyOf(full);
        var expected = written.GetRawText();

        Assert.Equal(expected, Again(written));
        Assert.Equal(expected, Again(Turned(written, strange: false)));
        Assert.Equal(expected, Again(Turned(written, strange: true)));
    }

    [Theory]
    [InlineData("""{"technique":"T1","first":"yesterday"}""", "'first' is no time")]
    [InlineData("""{"technique":"T1","status":"7"}""", "'status' is '7'")]
    [InlineData("""{"technique":5}""", "'technique' has to be text")]
    [InlineData("""{"technique":"T1","hits":[{"count":"x"}]}""", "'count' has to be a whole number")]
    [InlineData("[]", "no object")]
    public void What_is_wrong_is_named(string json, string says)
    {
        var body = JsonDocument.Parse(json).RootElement;

        Assert.Contains(says, Assert.Throws<CaseFormatException>(() => ProcedureRecord.Read(body, "P", 1)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-03-09T09:43:52+01:00")]
    [InlineData("2026-03-09 08:43:52")]
    [InlineData("2026-03-09T08:43:52Z")]
    public void Times_of_people_are_utc(string time)
    {
        var body = JsonDocument.Parse($$"""{"technique":"T1","first":"{{time}}"}""").RootElement;

        var first = ProcedureRecord.Read(body, "P", 1).First!.Value;

        Assert.Equal((new DateTimeOffset(2026, 3, 9, 8, 43, 52, TimeSpan.Zero), TimeSpan.Zero), (first, first.Offset));
    }

    private static string Again(JsonElement body) => RecordJson.BodyOf(ProcedureRecord.Read(body, "P-1", 1)).GetRawText();

    private static JsonElement Turned(JsonElement body, bool strange)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (strange) json.WriteString("of_another_tool", "x");
            foreach (var member in body.EnumerateObject().Reverse()) member.WriteTo(json);
            json.WriteEndObject();
        }
        return JsonDocument.Parse(buffer.ToArray()).RootElement;
    }
}
