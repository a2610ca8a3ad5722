using System.Text;
using System.Text.Json;
using Modus.Logs;
using Xunit;

namespace Modus.Tests.Logs.Json;

/// <summary>The scanner against the framework's JSON reader.</summary>
public sealed class JsonOracleTests
{
    [Fact]
    public void Random_objects_read_like_the_frameworks_reader_reads_them()
    {
        var random = new Random(20250102);
        for (var round = 0; round < 3000; round++)
        {
            var text = new StringBuilder();
            Object(random, text, 0);
            Compare(text.ToString());
        }
    }

    [Fact]
    public void Strings_of_every_length_and_escape_end_where_they_end()
    {
        // Around the width of a vector, with runs of backslashes that end in it, on it and behind it.
        for (var lead = 0; lead < 70; lead++)
            for (var slashes = 0; slashes < 6; slashes++)
                Compare($$"""{"a":"{{new string('x', lead)}}{{string.Concat(Enumerable.Repeat("\\\\", slashes))}}\"y","b":"{{new string('\\', slashes * 2)}}"}""");
    }

    [Fact]
    public void Real_events_read_like_the_frameworks_reader_reads_them()
    {
        using var file = new System.IO.Compression.GZipStream(File.OpenRead(TestData.Need("logs/otrf-windows-100k.jsonl.gz")), System.IO.Compression.CompressionMode.Decompress);
        using var lines = new StreamReader(file);
        for (var i = 0; i < 2000 && lines.ReadLine() is { } line; i++) Compare(line);
    }

    private static void Compare(string json)
    {
        using var document = JsonDocument.Parse(json);
        var expected = new List<(string, string?)>();
        Flatten(document.RootElement, "", expected);
        var (events, _) = ReadText.Of(json);
        var found = Assert.Single(events).Fields.Where(f => f.Kind != ValueKind.Object).Select(f => (f.Name, f.Text)).ToList();
        Assert.Equal(expected, found);
    }

    /// <summary>Values in order under dotted names; of a repeated name the first wins.</summary>
    private static void Flatten(JsonElement element, string name, List<(string Name, string? Text)> into, bool list = false)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                    Flatten(member.Value, name.Length == 0 ? member.Name : $"{name}.{member.Name}", into, list);
                break;
            case JsonValueKind.Array:
                if (element.GetArrayLength() == 0) into.Add((Plain(name), null));
                foreach (var item in element.EnumerateArray()) Flatten(item, name, into, true);
                break;
            default:
                if (!list && into.Any(v => v.Name == Plain(name))) break;
                into.Add((Plain(name), element.ValueKind switch
                {
                    JsonValueKind.Null => null,
                    JsonValueKind.String => element.GetString(),
                    JsonValueKind.True => "true",
                    JsonValueKind.False => "false",
                    _ => element.GetRawText(),
                }));
                break;
        }
    }

    private static string Plain(string name) => name.Replace(" ", "", StringComparison.Ordinal);

    private static void Object(Random random, StringBuilder text, int depth)
    {
        text.Append('{');
        var members = random.Next(depth == 0 ? 1 : 0, 6);
        for (var i = 0; i < members; i++)
        {
            if (i > 0) text.Append(Space(random)).Append(',').Append(Space(random));
            // Names stand once, so that only values differ.
            text.Append('"').Append((char)('a' + i)).Append(new string('n', random.Next(12))).Append(depth).Append('"').Append(Space(random)).Append(':').Append(Space(random));
            Value(random, text, depth);
        }

        text.Append('}');
    }

    private static void Value(Random random, StringBuilder text, int depth)
    {
        switch (random.Next(depth < 4 ? 8 : 5))
        {
            case 0:
                text.Append("null");
                break;
            case 1:
                text.Append(random.Next(2) == 0 ? "true" : "false");
                break;
            case 2:
                text.Append(random.Next(-1000, 1000)).Append(random.Next(3) == 0 ? ".25e-3" : "");
                break;
            case 5:
                Object(random, text, depth + 1);
                break;
            case 6:
                text.Append('[');
                var items = random.Next(4);
                for (var i = 0; i < items; i++)
                {
                    if (i > 0) text.Append(", ");
                    Value(random, text, depth + 1);
                }

                text.Append(']');
                break;
            default:
                var raw = new StringBuilder();
                var length = random.Next(80);
                for (var i = 0; i < length; i++) raw.Append("\\\"/\n\té漢😀abc:,{}[]"[random.Next(3) == 0 ? random.Next(5) : random.Next(8, 18)]);
                text.Append('"').Append(JsonEncodedText.Encode(raw.ToString().Replace("\ud83d", "", StringComparison.Ordinal).Replace("\ude00", "", StringComparison.Ordinal))).Append('"');
                break;
        }
    }

    private static string Space(Random random) => random.Next(5) switch { 0 => " ", 1 => "\t ", _ => "" };
}
