using System.Text;
using System.Text.Json;
using Modus.Casework.Cases;
using Modus.Casework.Exchange;
using Xunit;

namespace Modus.Tests.Casework.Exchange;

/// <summary>JSON content through YAML and back, and hostile YAML.</summary>
public sealed class YamlTests
{
    [Theory]
    [InlineData("")]
    [InlineData("true")]
    [InlineData("No")]
    [InlineData("null")]
    [InlineData("~")]
    [InlineData("12")]
    [InlineData("012")]
    [InlineData("1e3")]
    [InlineData("19.0")]
    [InlineData("- a")]
    [InlineData("a: b")]
    [InlineData("a #b")]
    [InlineData("#a")]
    [InlineData("ends:")]
    [InlineData(" lead")]
    [InlineData("trail ")]
    [InlineData("two\nlines")]
    [InlineData("two\nlines\n")]
    [InlineData("two\n\nlines\n\n")]
    [InlineData("\nfirst empty")]
    [InlineData(" a\nb")]
    [InlineData("a\n  b\n c")]
    [InlineData("tab\tinside")]
    [InlineData("a\n\tb")]
    [InlineData("a \nb")]
    [InlineData("cr\r\nlf")]
    [InlineData("\u0000\u001b[31m\u0085\u2028\ufeff\u00a0")]
    [InlineData("\"quoted\" 'both' \\back")]
    [InlineData("{flow: 1}")]
    [InlineData("*alias")]
    [InlineData("&anchor")]
    [InlineData("!tag")]
    [InlineData("%directive")]
    [InlineData("---")]
    [InlineData("a\n---\nb")]
    [InlineData("...")]
    [InlineData("<<")]
    [InlineData("ünï 漢字 😀")]
    [InlineData("2026-03-09T08:41:07Z")]
    [InlineData("C:\\Windows\\x.exe \"a\" : b")]
    public void Text_comes_back_as_it_was(string text)
    {
        var body = Body(json => json.WriteString("t", text));

        Assert.Equal(text, YamlJson.Read(TextOf(body)).GetProperty("t").GetString());
        Assert.Equal(text, YamlJson.Read($"t: {YamlText.Scalar(text)}\n").GetProperty("t").GetString());
    }

    [Fact]
    public void Any_content_comes_back_as_it_was()
    {
        var random = new Random(20260309);
        for (var round = 0; round < 2000; round++)
        {
            var body = Body(json => Members(json, random, 0));

            JsonElement back;
            try { back = YamlJson.Read(TextOf(body)); }
            catch (CaseFormatException problem) { throw new InvalidOperationException($"round {round}: {problem.Message}\n{body.GetRawText()}\n{TextOf(body)}", problem); }

            Assert.True(JsonElement.DeepEquals(body, back), $"round {round}\n{body.GetRawText()}\n{TextOf(body)}\n{back.GetRawText()}");
            Assert.Equal(TextOf(body), TextOf(back));
        }
    }

    [Theory]
    [InlineData("a: &x 1\nb: *x\n", "anchors")]
    [InlineData("a: 1\na: 2\n", "twice")]
    [InlineData("a: [1, 2\n", "line")]
    [InlineData("? [a]\n: 1\n", "key")]
    public void What_is_not_read_is_named(string text, string word) =>
        Assert.Contains(word, Assert.Throws<CaseFormatException>(() => YamlJson.Read(text)).Message, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var problem = Assert.Throws<CaseFormatException>(() => YamlJson.Read(new string('[', 5000) + new string(']', 5000)));

        Assert.Contains("nested", problem.Message, StringComparison.Ordinal);
    }

    private static void Members(Utf8JsonWriter json, Random random, int depth)
    {
        var count = random.Next(depth == 0 ? 1 : 0, 5);
        for (var index = 0; index < count; index++)
        {
            json.WritePropertyName(random.Next(4) == 0 ? $"{index}{Text(random)}" : $"m{index}");
            Value(json, random, depth + 1);
        }
    }

    private static void Value(Utf8JsonWriter json, Random random, int depth)
    {
        switch (random.Next(depth > 4 ? 6 : 8))
        {
            case 0: json.WriteNumberValue(random.Next(-1000, 1000)); break;
            case 1: json.WriteNumberValue(random.NextDouble() * Math.Pow(10, random.Next(-8, 12))); break;
            case 2: json.WriteBooleanValue(random.Next(2) == 0); break;
            case 3: json.WriteNullValue(); break;
            case 6:
                json.WriteStartObject();
                Members(json, random, depth);
                json.WriteEndObject();
                break;
            case 7:
                json.WriteStartArray();
                for (var index = random.Next(4); index > 0; index--) Value(json, random, depth + 1);
                json.WriteEndArray();
                break;
            default: json.WriteStringValue(Text(random)); break;
        }
    }

    // Many letters that mean something to YAML, few that do not.
    private static string Text(Random random)
    {
        const string letters = "ab 1-?:,[]{}#&*!|>'\"%@`\\\n\r\t~=.<0e+\u0000\u0085\u00a0\u2028\ufeffé漢 \n: ";
        var text = new StringBuilder();
        for (var index = random.Next(12); index > 0; index--) text.Append(letters[random.Next(letters.Length)]);
        return text.ToString();
    }

    private static string TextOf(JsonElement body)
    {
        var text = new StringBuilder();
        YamlText.Members(text, body);
        return text.ToString();
    }

    private static JsonElement Body(Action<Utf8JsonWriter> write)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }
}
