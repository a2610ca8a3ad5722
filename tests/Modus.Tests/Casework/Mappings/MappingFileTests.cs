using Modus.Casework.Mappings;
using Xunit;

namespace Modus.Tests.Casework.Mappings;

/// <summary>Files of mappings as other tools write them.</summary>
public sealed class MappingFileTests
{
    [Fact]
    public void Reads_a_tram_report_with_what_its_reader_decided()
    {
        const string json = """
            {"id": 3, "name": "Report for visit.pdf", "sentences": [
              {"id": 1, "text": "It ran PowerShell.", "order": 0, "disposition": "accept", "mappings": [{"attack_id": "T1059.001", "name": "PowerShell", "confidence": "91.2"}]},
              {"id": 2, "text": "We advise to patch.", "order": 1, "disposition": "reject", "mappings": [{"attack_id": "T1190", "name": "x", "confidence": "50"}]},
              {"id": 3, "text": "Nothing here.", "order": 2, "disposition": null, "mappings": []}, 7]}
            """;

        var reading = MappingFile.ReadText(json, "t.json");

        Assert.Equal(("TRAM report", 4, 1), (reading.Format, reading.Given, reading.Skipped));
        Assert.Equal([("T1059.001", "sentence 0"), (null, "sentence 1"), (null, "sentence 2")], reading.Mappings.Select(mapping => (mapping.Technique, mapping.Unit)));
        Assert.Equal(MappingCodes.BadLine, Assert.Single(reading.Problems).Code);
    }

    [Fact]
    public void Reads_tram_s_training_sentences()
    {
        const string json = """[{"sentence": "It ran PowerShell and cmd.", "labels": ["T1059.001", "T1059.003"], "doc_title": "Visit"}, {"sentence": "x", "labels": [], "doc_title": "Visit"}]""";

        Assert.Equal(["T1059.001", "T1059.003", null], MappingFile.ReadText(json, "t.json").Mappings.Select(mapping => mapping.Technique));
    }

    [Fact]
    public void Reads_tables_with_quoted_cells_and_several_ids()
    {
        const string csv = "Technique ID;Quote;Analyst\r\n\"T1059.001, t1105\";\"It said \"\"run\"\";\nand ran.\";ann\r\nnone;Nothing;ann\r\nabc;bad;ann\r\n";

        var reading = MappingFile.ReadText(csv, "t.csv");

        Assert.Equal((4, 1), (reading.Given, reading.Skipped));
        Assert.Equal(["T1059.001", "T1105", null], reading.Mappings.Select(mapping => mapping.Technique));
        Assert.Equal("It said \"run\";\nand ran.", reading.Mappings[0].Text);
        Assert.Equal("line 5", Assert.Single(reading.Problems).Place);
    }

    [Fact]
    public void Reads_uses_and_bare_patterns_of_stix()
    {
        const string json = """
            {"type":"bundle","id":"bundle--1d1e3f36-0000-4000-8000-000000000001","objects":[
            {"type":"attack-pattern","spec_version":"2.1","id":"attack-pattern--1d1e3f36-0000-4000-8000-000000000002","name":"PowerShell","created":"2026-01-01T00:00:00Z","modified":"2026-01-01T00:00:00Z","external_references":[{"source_name":"mitre-attack","external_id":"T1059.001"}]},
            {"type":"attack-pattern","spec_version":"2.1","id":"attack-pattern--1d1e3f36-0000-4000-8000-000000000003","name":"Own thing","created":"2026-01-01T00:00:00Z","modified":"2026-01-01T00:00:00Z"},
            {"type":"campaign","spec_version":"2.1","id":"campaign--1d1e3f36-0000-4000-8000-000000000004","name":"C","created":"2026-01-01T00:00:00Z","modified":"2026-01-01T00:00:00Z"},
            {"type":"relationship","spec_version":"2.1","id":"relationship--1d1e3f36-0000-4000-8000-000000000005","relationship_type":"uses","source_ref":"campaign--1d1e3f36-0000-4000-8000-000000000004","target_ref":"attack-pattern--1d1e3f36-0000-4000-8000-000000000002","description":"They ran it hidden.","created":"2026-01-01T00:00:00Z","modified":"2026-01-01T00:00:00Z"}]}
            """;

        var reading = MappingFile.ReadText(json, "b.json");

        Assert.Equal((2, 1), (reading.Given, reading.Skipped));
        Assert.Equal(("T1059.001", "They ran it hidden."), (Assert.Single(reading.Mappings).Technique, reading.Mappings[0].Text));
    }

    [Fact]
    public void Leaves_out_what_a_layer_switches_off_or_leaves_blank()
    {
        const string json = """{"name":"a","domain":"enterprise-attack","versions":{"attack":"17","layer":"4.5"},"techniques":[{"techniqueID":"T1059","score":1},{"techniqueID":"T1105","score":0},{"techniqueID":"T1003","enabled":false},{"techniqueID":"T1190"}]}""";

        var reading = MappingFile.ReadText(json, "l.json");

        Assert.Equal("T1059", Assert.Single(reading.Mappings).Technique);
        Assert.Equal("17", reading.Mappings[0].Release);
        Assert.Contains(reading.Problems, problem => problem.Message.StartsWith("3 entries", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "MD5005")]
    [InlineData("hello world", "MD5653")]
    [InlineData("{\"a\": 1}", "MD5651")]
    [InlineData("{\"technique\": \"T1059\"", "MD5651")]
    [InlineData("[[[[", "MD5651")]
    public void Names_what_holds_no_mappings(string text, string code)
    {
        var reading = MappingFile.ReadText(text, "x");

        Assert.Empty(reading.Mappings);
        Assert.Equal(code, Assert.Single(reading.Problems).Code);
    }

    [Fact]
    public void Names_bad_lines_and_reads_the_rest()
    {
        var reading = MappingFile.ReadText("{\"technique\":\"T1059\",\"text\":\"a\"}\nnot json\n{\"labels\":[],\"text\":\"b\"}\n", "x.ndjson");

        Assert.Equal((3, 1), (reading.Given, reading.Skipped));
        Assert.Equal("line 2", Assert.Single(reading.Problems).Place);
    }
}
