using System.Text;
using Modus.Logs;
using Xunit;

namespace Modus.Tests.Logs.Json;

public sealed class JsonFormTests
{
    [Theory]
    [InlineData("{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n", "json-lines")]
    [InlineData("{\"a\":1}\r\n{\"a\":2}\r\n{\"a\":3}", "json-lines")]
    [InlineData("\ufeff{\"a\":1}\n\n{\"a\":2} {\"a\":3}", "json-lines")]
    [InlineData("[{\"a\":1},{\"a\":2},\n{\"a\":3}]", "json")]
    [InlineData(" [\n {\"a\":1}\n, {\"a\":2} , {\"a\":3}\n]\n", "json")]
    [InlineData("{\n \"a\": 1\n}\n{\n \"a\": 2\n}{\"a\":3}", "json")]
    [InlineData("{\"Records\":[{\"a\":1},{\"a\":2},{\"a\":3}]}", "json")]
    [InlineData("{\"@odata.context\":\"x\",\"n\":{\"y\":[1]},\"value\":[{\"a\":1},{\"a\":2},{\"a\":3}],\"meta\":{\"a\":9}}", "json")]
    [InlineData("{\"Records\":[{\"a\":1}]}{\"Records\":[]}\n{\"Records\":[{\"a\":2},{\"a\":3}],\"z\":[{\"a\":9}]}", "json")]
    public void Finds_every_record_in_every_form(string text, string format)
    {
        var (events, report) = ReadText.Of(text);
        Assert.Equal(["1", "2", "3"], events.Select(e => e["a"]));
        Assert.Equal(format, report.Files[0].Format);
        Assert.DoesNotContain(report.Problems, p => p.Code != LogProblemCodes.UnknownShape);
    }

    [Fact]
    public void Reads_utf_16()
    {
        Assert.Equal("ü", ReadText.Of([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("{\"a\":\"ü\"}\n")]).Events[0]["a"]);
        Assert.Equal("ü", ReadText.Of([.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes("{\"a\":\"ü\"}\n")]).Events[0]["a"]);
        Assert.Equal("ü", ReadText.Of(Encoding.Unicode.GetBytes("{\"a\":\"ü\"}\n")).Events[0]["a"]);
    }

    [Fact]
    public void Decodes_escapes()
    {
        var (events, _) = ReadText.Of("""{"a":"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00\ud83dx\u0041\q","k\u0065y \"x\"":1}""");
        Assert.Equal("\"\\/\b\f\n\r\té😀\ufffdxA\\q", events[0]["a"]);
        Assert.Equal("1", events[0]["key\"x\""]);
    }

    [Fact]
    public void Missing_null_empty_and_lists_are_told_apart()
    {
        var reader = new LogReader();
        var names = new[] { "none", "nil", "empty", "text", "list", "gone", "obj", "obj.x", "yes", "num" }.Select(reader.Fields.Intern).ToArray();
        foreach (var e in reader.Read(new MemoryStream("""{"nil":null,"empty":"","text":"t","list":["a",2,null],"gone":[],"obj":{"x":[{"y":1},{"y":2}]},"yes":true,"num":-1.5e3}"""u8.ToArray()), "test"))
        {
            Assert.Equal(
                [ValueKind.Missing, ValueKind.Null, ValueKind.Text, ValueKind.Text, ValueKind.Text, ValueKind.Null, ValueKind.Object, ValueKind.Object, ValueKind.Boolean, ValueKind.Number],
                names.Select(e.KindOf));
            Assert.Equal("-1.5e3", e.Get("num"));
            Assert.Equal("""{"x":[{"y":1},{"y":2}]}""", e.Get("obj"));
            var list = new List<string>();
            for (var slot = e.First(names[4]); slot >= 0; slot = e.Next(slot)) list.Add($"{e.Kind(slot)} {Encoding.UTF8.GetString(e.Text(slot))}");
            Assert.Equal(["Text a", "Number 2", "Null "], list);
            var y = reader.Fields.Find("obj.x.y");
            Assert.Equal("1", Encoding.UTF8.GetString(e.Text(e.First(y))));
            Assert.Equal("2", Encoding.UTF8.GetString(e.Text(e.Next(e.First(y)))));
            var leaves = new List<string>();
            for (var slot = 0; slot < e.Count; slot++)
                if (e.IsLeaf(slot)) leaves.Add(Encoding.UTF8.GetString(e.Text(slot)));
            Assert.Equal(["", "t", "a", "2", "1", "2", "true", "-1.5e3"], leaves);
        }
    }

    [Fact]
    public void Of_a_repeated_key_the_first_wins_and_spaces_in_names_do_not_count()
    {
        var (events, _) = ReadText.Of("""{"Threat Name":"first","ThreatName":"second"}""");
        Assert.Equal("first", events[0]["ThreatName"]);
        Assert.Single(events[0].Fields);
    }

    [Fact]
    public void Lines_and_offsets_are_those_of_the_file()
    {
        const string text = "{\"a\":1}\n\n{\"a\":2}\n{\"a\":3}";
        var (events, _) = ReadText.Of(text);
        Assert.Equal([1L, 3, 4], events.Select(e => e.Line));
        Assert.All(events, e => Assert.StartsWith($"{{\"a\":{e["a"]}", text[(int)e.Offset..], StringComparison.Ordinal));
    }

    [Fact]
    public void The_raw_record_is_the_object_itself()
    {
        var reader = new LogReader();
        foreach (var e in reader.Read(new MemoryStream("  {\"a\": 1} \n"u8.ToArray()), "test")) Assert.True(e.RawRecord.SequenceEqual("{\"a\": 1}"u8));
    }

    [Theory]
    [InlineData("{\"a\":1}\n{\"a\":\n{\"a\":3}\n", 2)]
    [InlineData("{\"a\":1}\n{\"a\":\"x\n{\"a\":3}\n", 2)]
    [InlineData("{\"a\":1}\n{\"a\":2\n{\"a\":3}\n", 2)]
    [InlineData("{\"a\":1}\n{a:2}\n{\"a\":3}\n", 2)]
    [InlineData("{\"a\":1}\n{\"a\":nul}\n{\"a\":3}\n", 2)]
    [InlineData("{\"a\":1}\n{\"a\":[1,}\n{\"a\":3}\n", 2)]
    [InlineData("{\"a\":1}\nplain text\n{\"a\":3}\n", 2)]
    [InlineData("{\"a\":1}\n{\"a\":3}\n{\"a\":3", 3)]
    [InlineData("[{\"a\":1},\n{\"a\":2 \"b\":1},\n{\"a\":3}]", 2)]
    [InlineData("{\n\"a\":1}\n{\"a\":3}\n{\"a\": {\"b\"", 4)]
    public void A_torn_record_is_counted_and_the_rest_is_read(string text, long line)
    {
        var (events, report) = ReadText.Of(text);
        Assert.Equal(["1", "3"], events.Select(e => e["a"]));
        Assert.Equal(3, report.Records);
        Assert.Equal(1, report.Files[0].Skipped[LogProblemCodes.Malformed]);
        Assert.Equal(line, Assert.Single(report.Problems, p => p.Code == LogProblemCodes.Malformed).Line);
    }

    [Fact]
    public void Bytes_that_are_no_utf_8_are_replaced_and_told()
    {
        var (events, report) = ReadText.Of([.. "{\"a\":\"x"u8, 0xff, .. "y\"}\n{\"a\":\"z\"}\n"u8]);
        Assert.Equal(["x\ufffdy", "z"], events.Select(e => e["a"]));
        Assert.Equal((1L, 1L), report.Problems.Where(p => p.Code == LogProblemCodes.InvalidUtf8).Select(p => (p.Line, p.Count)).Single());
    }

    [Fact]
    public void Nesting_beyond_the_limit_is_refused_and_no_overflow()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 100_000)) + "1" + new string('}', 100_000);
        var lists = "{\"a\":" + new string('[', 100_000) + new string(']', 100_000) + "}";
        var (events, report) = ReadText.Of($"{{\"a\":1}}\n{deep}\n{lists}\n{{\"a\":2}}\n");
        Assert.Equal(["1", "2"], events.Select(e => e["a"]));
        Assert.Equal(4, report.Records);
    }
}
