using System.Text;
using System.Text.Json;
using Modus.Attack.Layers;
using Xunit;

namespace Modus.Tests.Attack.Layers;

public sealed class LayerReaderTests
{
    [Fact]
    public void Reads_the_first_format_with_its_single_version_and_its_flag_for_the_view()
    {
        var layer = One("""
            {"version":"1.0","name":"old","domain":"mitre-mobile","viewFullTable":false,"filters":{"stages":["act"],"platforms":["android"]},
             "techniques":[{"techniqueID":"t1401 ","score":5,"color":"#ff0000","comment":"c","enabled":false}]}
            """);

        Assert.Equal("1.0", layer.Versions.Format);
        Assert.Equal("mobile-attack", layer.Domain);
        Assert.Equal((false, true), (layer.Layout!.ShowName, layer.Layout.ShowId));
        Assert.Equal(["android"], layer.Filters!.Platforms!);
        Assert.Equal("stages", Assert.Single(layer.Filters.Others).Name);
        var entry = Assert.Single(layer.Techniques);
        Assert.Equal(("T1401", 5d, "#ff0000", "c", false), (entry.TechniqueId, entry.Score, entry.Color, entry.Comment, entry.Enabled));
    }

    [Theory]
    [InlineData(0, "side", true, false)]
    [InlineData(1, "side", false, true)]
    [InlineData(2, "mini", false, false)]
    public void Turns_the_view_mode_of_formats_before_four_into_a_layout(int mode, string shape, bool name, bool id)
    {
        var layout = One($$"""{"version":"2.2","name":"n","domain":"mitre-enterprise","viewMode":{{mode}},"techniques":[]}""").Layout!;

        Assert.Equal((shape, name, id), (layout.Shape, layout.ShowName, layout.ShowId));
    }

    [Fact]
    public void Reads_a_list_of_layers_and_names_the_entry_that_is_none()
    {
        var result = Read("""[{"name":"a","domain":"x-attack","techniques":[]},{"type":"bundle"},{"name":"b","domain":"y-attack","techniques":[]}]""");

        Assert.Equal(["a", "b"], result.Layers.Select(layer => layer.Name));
        var problem = Assert.Single(result.Problems, problem => problem.Code == LayerCodes.NotALayer);
        Assert.StartsWith("$[1]:", problem.Message);
    }

    [Theory]
    [InlineData("\"score\":\"75\"", "\"score\":75")]
    [InlineData("\"score\":\"\"", null)]
    [InlineData("\"enabled\":\"false\"", "\"enabled\":false")]
    [InlineData("\"enabled\":0", "\"enabled\":false")]
    [InlineData("\"comment\":17", "\"comment\":\"17\"")]
    [InlineData("\"score\":\"high\"", "\"unread_score\":\"high\"")]
    [InlineData("\"score\":{\"a\":1}", "\"unread_score\":{\"a\":1}")]
    [InlineData("\"links\":\"none\"", "\"unread_links\":\"none\"")]
    [InlineData("\"color\":[1]", "\"unread_color\":[1]")]
    public void Repairs_a_wrong_type_or_keeps_it_aside_and_tells(string written, string? kept)
    {
        var result = Read($$"""{"name":"n","domain":"x-attack","versions":{"layer":"4.5"},"techniques":[{"techniqueID":"T1000",{{written}}}]}""");

        Assert.StartsWith("$.techniques[0].", Assert.Single(result.Problems, problem => problem.Code == LayerCodes.WrongType).Message);
        var entry = Flat(LayerWriter.ToBytes(result.Layers[0]));
        Assert.Contains(kept is null ? "[{\"techniqueID\":\"T1000\"}]" : $"{{\"techniqueID\":\"T1000\",{kept}}}", entry, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_and_keeps_entries_that_cannot_be_read()
    {
        var result = Read("""{"name":"n","domain":"x-attack","techniques":[{"techniqueID":"T1"},7,{"score":1},{"techniqueID":""}]}""");

        Assert.Equal((4, 1, 3), (result.Given, result.Used, result.Skipped));
        Assert.Equal(3, result.Problems.Count(problem => problem.Code == LayerCodes.EntrySkipped));
        Assert.Contains("\"unread_techniques\":[7,{\"score\":1},{\"techniqueID\":\"\"}]", Flat(LayerWriter.ToBytes(result.Layers[0])), StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_members_that_no_format_names_at_every_level()
    {
        const string Text = """
            {"name":"n","domain":"x-attack","mine":[1,{"a":null}],"versions":{"layer":"4.5","mine":1},"filters":{"mine":2},"layout":{"mine":3},
             "gradient":{"colors":["#fff","#000"],"minValue":0,"maxValue":1,"mine":4},"legendItems":[{"label":"l","color":"#fff","mine":5}],
             "metadata":[{"name":"m","value":"v","mine":6},{"divider":true}],"links":[{"label":"l","url":"https://example.org","mine":7}],
             "techniques":[{"techniqueID":"T1","mine":8}]}
            """;

        var flat = Flat(LayerWriter.ToBytes(One(Text)));

        for (var value = 1; value <= 8; value++) Assert.Contains($"\"mine\":{value}}}", flat.Replace(",\"mine\":[1,{\"a\":null}]", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("\"mine\":[1,{\"a\":null}]", flat, StringComparison.Ordinal);
        Assert.Contains("{\"divider\":true}", flat, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_files_with_byte_order_marks_and_in_utf16()
    {
        const string Text = """{"name":"Überblick","domain":"x-attack","techniques":[]}""";
        byte[][] forms = [[0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Text)], [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Text)], [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Text)]];

        Assert.All(forms, bytes => Assert.Equal("Überblick", Assert.Single(LayerReader.Read(bytes).Layers).Name));
    }

    [Fact]
    public void Repairs_broken_text_visibly()
    {
        byte[] latin = [.. Encoding.UTF8.GetBytes("{\"name\":\"a"), 0xE9, .. Encoding.UTF8.GetBytes("b\",\"domain\":\"x-attack\",\"techniques\":[]}")];
        var half = Read("""{"name":"a\ud83dz","domain":"x-attack","techniques":[],"\udc00":"\ud83d\ude00 \\ud800"}""");

        Assert.Equal("a\uFFFDb", LayerReader.Read(latin).Layers[0].Name);
        Assert.Contains(LayerReader.Read(latin).Problems, problem => problem.Code == LayerCodes.TextRepaired);
        Assert.Equal("a\uFFFDz", half.Layers[0].Name);
        Assert.Equal(("\uFFFD", "😀 \\ud800"), (half.Layers[0].Others[0].Name, half.Layers[0].Others[0].Value.GetString()));
        Assert.Contains(half.Problems, problem => problem.Code == LayerCodes.TextRepaired);
    }

    [Fact]
    public void Reads_trailing_commas_and_comments_and_tells()
    {
        var result = Read("{\n\"name\":\"n\", // mine\n\"domain\":\"x-attack\",\"techniques\":[{\"techniqueID\":\"T1\",},]}");

        Assert.Equal("T1", Assert.Single(result.Layers[0].Techniques).TechniqueId);
        Assert.Equal(2, Assert.Single(result.Problems, problem => problem.Code == LayerCodes.TextRepaired).Line);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{\"name\":\"n\",\"domain\":\"x\",\"techniques\":[{\"techniqueID\":")]
    public void Gives_one_problem_for_what_is_not_json(string text)
    {
        var result = Read(text);

        Assert.Empty(result.Layers);
        Assert.Equal(LayerCodes.NotJson, Assert.Single(result.Problems).Code);
    }

    [Fact]
    public void Refuses_deep_nesting_and_large_files_without_reading_them_whole()
    {
        var deep = Read("{\"name\":\"n\",\"domain\":\"x\",\"techniques\":" + new string('[', 1_000_000));
        using var endless = new EndlessStream();
        var large = LayerReader.Read(endless, "large.json");

        Assert.Equal(LayerCodes.NotJson, Assert.Single(deep.Problems).Code);
        Assert.Equal(("large.json", LayerCodes.NotJson), (large.Problems[0].File, Assert.Single(large.Problems).Code));
        Assert.InRange(endless.Served, LayerReader.MaxBytes, LayerReader.MaxBytes + 1_000_000);
    }

    [Fact]
    public void Lists_a_bounded_number_of_problems_and_counts_the_rest()
    {
        var entries = string.Join(',', Enumerable.Repeat("1", 5000));
        var result = Read($$"""{"name":"n","domain":"x-attack","versions":{"layer":"4.5"},"techniques":[{{entries}}]}""");

        Assert.Equal(1001, result.Problems.Count);
        Assert.Equal((LayerCodes.More, "4000 more problems of the same file are not listed"), (result.Problems[^1].Code, result.Problems[^1].Message));
    }

    [Fact]
    public void Names_a_missing_file()
    {
        var result = LayerReader.ReadFile(Path.Combine(TestData.Root, "no-such-layer.json"));

        Assert.Equal(LayerCodes.CannotOpen, Assert.Single(result.Problems).Code);
    }

    [Fact]
    public void Survives_any_change_of_a_byte()
    {
        var source = Encoding.UTF8.GetBytes("""
            {"name":"n","versions":{"attack":"18","navigator":"5.1.0","layer":"4.5"},"domain":"x-attack","filters":{"platforms":["A"]},"sorting":3,
             "layout":{"layout":"side","showID":true},"hideDisabled":false,"techniques":[{"techniqueID":"T1","tactic":"a-b","score":-1.5e3,"comment":"\ud83d\ude00","links":[{"label":"l","url":"u"}]}],
             "gradient":{"colors":["#fff","#000"],"minValue":0,"maxValue":1},"legendItems":[],"metadata":[{"divider":true}]}
            """);
        var random = new Random(7);
        for (var round = 0; round < 4000; round++)
        {
            var bytes = source.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var result = LayerReader.Read(bytes);
            Assert.True(result.Layers.Count > 0 || result.Problems.Count > 0);
            foreach (var layer in result.Layers) Assert.Single(LayerReader.Read(LayerWriter.ToBytes(layer)).Layers);
        }
    }

    private static Layer One(string text) => Assert.Single(Read(text).Layers);

    private static LayerReadResult Read(string text) => LayerReader.Read(Encoding.UTF8.GetBytes(text));

    /// <summary>The JSON without blanks between its parts.</summary>
    private static string Flat(byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer)) document.RootElement.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private sealed class EndlessStream : Stream
    {
        public long Served { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Served; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Served += count;
            return count;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
