using System.Text.Json;
using Modus.Reports.Mentions;
using Xunit;

namespace Modus.Tests.Reports.Mentions;

public sealed class IdScannerTests
{
    [Theory]
    [InlineData("They used T1059.001.", "T1059.001")]
    [InlineData("They used T1059/001 and T1566.", "T1059.001 T1566")]
    [InlineData("[T1566.001](TA0001)", "T1566.001 TA0001")]
    [InlineData("Data;T1486Data Encrypted", "T1486")]
    [InlineData("broken T1059.\n001 here", "T1059.001")]
    [InlineData("broken T1059 .001 here", "T1059.001")]
    [InlineData("ends with T1059.\n2024 was a year", "T1059")]
    [InlineData("G0007 and S0154 are known, S9999 is a phone", "G0007 S0154")]
    [InlineData("https://attack.mitre.org/techniques/T1059/001/ and https://attack.mitre.org/versions/v16/groups/G9999", "T1059.001 G9999")]
    [InlineData("old: T1574.002; never: T1999", "T1574.002 T1999")]
    [InlineData("xT1059 T10590 T1059abc a_T1059 T1059_x C:\\T1059\\a T1059.exe T1059.0012 MYT1059", "")]
    [InlineData("https://github.com/x/atomics/T1059.001/T1059.001.md", "")]
    [InlineData("sha 5aT1059b1 and 00T1059", "")]
    public void Finds_ids_and_leaves_parts_of_other_things(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', IdScanner.Find(text, Words.Vocabulary).Select(id => id.Id)));

    [Theory]
    [InlineData("over RDP (T1021-001), T1021_002 and T1021\u2011003", "T1021.001 T1021.002 T1021.003")]
    [InlineData("T1021.001/.002/.003 and T1021(.002)", "T1021.001 T1021.002 T1021.003 T1021.002")]
    [InlineData("T1021.{001,003}, T1021 (.001, .002 and .003), T1021.001/003", "T1021.001 T1021.003 T1021.001 T1021.002 T1021.003 T1021.001 T1021.003")]
    [InlineData("T1021.001, .002, and .003; T1566 (2024, 001)", "T1021.001 T1021.002 T1021.003 T1566")]
    [InlineData("T1021.001, 003 people and T1021.001/999", "T1021.001 T1021.001")]
    [InlineData("T1021.001/T1021.002 (Lateral Movement)", "T1021.001 T1021.002")]
    [InlineData("T1021 (.009)", "T1021")]
    public void Numbers_that_stand_for_whole_ids_count_where_the_vocabulary_knows_them(string text, string expected)
    {
        var vocabulary = new MentionVocabulary(((string[])["T1021", "T1021.001", "T1021.002", "T1021.003", "T1566"]).Select(id => new VocabularyEntry(MentionKind.Technique, id, $"Name of {id}", [])));
        var found = IdScanner.Find(text, vocabulary);
        Assert.Equal(expected, string.Join(' ', found.Select(id => id.Id)));
        Assert.All(found.Where(id => id.Id.Length > 5), id => Assert.EndsWith(id.Id[^3..], text.Substring(id.Start, id.Length), StringComparison.Ordinal));
        Assert.Equal(found.OrderBy(id => id.Start).Select(id => id.Start).Distinct(), found.Select(id => id.Start));
    }

    [Fact]
    public void Finds_every_id_that_real_reports_print_at_its_exact_place()
    {
        var texts = Lines("text/tram2-sentences.jsonl").ToDictionary(row => row.GetProperty("id").GetString()!, row => row.GetProperty("text").GetString()!);
        var gold = Lines("text/tram2-explicit-ids.jsonl").Select(row => (
            Sentence: row.GetProperty("sentence").GetString()!, Start: row.GetProperty("start").GetInt32(), Raw: row.GetProperty("raw").GetString()!.Replace('/', '.'))).ToHashSet();

        var found = texts.SelectMany(pair => IdScanner.Find(pair.Value, Words.Vocabulary).Where(id => id.Kind is MentionKind.Technique or MentionKind.Tactic)
            .Select(id => (Sentence: pair.Key, id.Start, Raw: id.Id))).ToHashSet();

        Assert.Equal(1_761, gold.Count);
        Assert.Empty(gold.Except(found));
        Assert.Empty(found.Except(gold));
    }

    private static IEnumerable<JsonElement> Lines(string relative) =>
        File.ReadLines(TestData.Need(relative)).Select(line => JsonDocument.Parse(line).RootElement);
}
