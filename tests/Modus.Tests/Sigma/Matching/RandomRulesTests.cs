using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Modus.Logs;
using Modus.Sigma;
using Modus.Sigma.Matching;
using Xunit;

namespace Modus.Tests.Sigma.Matching;

/// <summary>Many rules over few words: every way in which texts are searched meets the slow model on the same events.</summary>
public sealed class RandomRulesTests
{
    private static readonly string[] words =
    [
        "cmd", ".exe", "\\", "\\temp\\", "power", "shell", "Power", "SHELL", " -e", "-enc ", "/c ", "a", "ab", "x", "é", "É", "К", "к", "ß", "\u212A", "k", "🔥", "\u2013x", "http://",
        "rundll32.exe", "\\system32\\", "longer piece of text than any window", "0", "::", "\"", "\t",
    ];

    private static readonly string[] fields = ["Image", "CommandLine", "ParentImage"];
    private static readonly string[] modifiers = ["", "|contains", "|contains", "|startswith", "|endswith", "|contains|all", "|contains|windash", "|re", "|contains|cased"];

    [Theory]
    [InlineData(1, 8)]
    [InlineData(2, 60)]
    [InlineData(3, 400)]
    public void The_matcher_and_the_slow_model_say_the_same(int seed, int count)
    {
        var random = new Random(seed);
        var set = RuleSet.Parse([.. Enumerable.Range(0, count).Select(number => ($"r{number}.yml", Rule(random)))]);
        Assert.Empty(set.Problems.Where(problem => problem.Severity == ProblemSeverity.Error));
        var lines = Enumerable.Range(0, 300).Select(_ => EventText.Process(Members(random))).ToArray();
        int hits = 0, line = 0;
        var found = EventText.Match(set.Rules, string.Join('\n', lines));
        Assert.Equal(lines.Length, found.Count);
        foreach (var matched in found)
        {
            var model = new SlowModel(lines[line++]);
            int[] expected = [.. Enumerable.Range(0, count).Where(rule => model.IsTrue(set.Rules[rule].Expression))];
            Assert.Equal(expected, matched);
            hits += matched.Length;
        }

        Assert.InRange(hits, 100, 300 * count - 100);
    }

    [Fact]
    public void Plans_that_were_made_for_one_reader_serve_another_whose_fields_have_other_numbers()
    {
        var set = RuleSet.Parse([("r.yml", "title: t\nlogsource: {product: windows, category: process_creation}\ndetection: {s: {Image|endswith: '\\a.exe', CommandLine|contains: secret}, condition: s}\n")]);
        var line = EventText.Process("\"CommandLine\":\"the SECRET\",\"Image\":\"C:\\\\A.exe\"");
        foreach (var first in new[] { "CommandLine", "Image", "Other" })
        {
            var reader = new LogReader();
            reader.Fields.Intern(first);
            var worker = new Matcher(set.Rules, reader.Fields).CreateWorker();
            Assert.Equal([0], worker.Match(reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(line)), "t").First()).ToArray());
        }
    }

    [Fact]
    public void Folding_text_as_it_was_written_is_unescaping_and_folding()
    {
        var random = new Random(5);
        for (var round = 0; round < 3_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => words[random.Next(words.Length)])) + (char)random.Next(0, 128);
            var raw = Encoding.UTF8.GetBytes(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString());
            var target = new byte[raw.Length + 32];
            var length = Folding.FoldAscii(raw, escaped: true, target);
            if (length >= 0) Assert.Equal(Folding.Fold(text), target[..length]);
            else Assert.True(raw.AsSpan().IndexOf("\\u"u8) >= 0 || !Ascii.IsValid(raw), text);
        }
    }

    private static string Rule(Random random)
    {
        var selections = new StringBuilder();
        for (var number = 0; number < 2; number++)
        {
            var modifier = modifiers[random.Next(modifiers.Length)];
            var values = Enumerable.Range(0, random.Next(1, 5)).Select(_ => "'" + Value(random, modifier == "|re").Replace("'", "''", StringComparison.Ordinal) + "'");
            selections.Append(System.Globalization.CultureInfo.InvariantCulture, $"  s{number}: {{{fields[random.Next(fields.Length)]}{modifier}: [{string.Join(", ", values)}]}}\n");
        }

        var condition = random.Next(4) switch { 0 => "s0 and not s1", 1 => "s0 or s1", 2 => "not s0 and s1", _ => "s0 and s1" };
        return $"title: t\nlogsource: {{product: windows, category: process_creation}}\ndetection:\n{selections}  condition: {condition}\n";
    }

    private static string Value(Random random, bool regex)
    {
        var text = string.Concat(Enumerable.Range(0, random.Next(1, 3)).Select(_ => words[random.Next(words.Length)])).Replace("\t", "t", StringComparison.Ordinal);
        if (!regex) return random.Next(8) == 0 ? (random.Next(2) == 0 ? "?" + text : "a*" + text) : text;
        return System.Text.RegularExpressions.Regex.Escape(text) + (random.Next(3) == 0 ? "[a-z]+" : "");
    }

    private static string Members(Random random) => string.Join(',', fields.Where(_ => random.Next(6) > 0).Select(field =>
    {
        var text = string.Concat(Enumerable.Range(0, random.Next(14)).Select(_ => words[random.Next(words.Length)]));
        var encoder = random.Next(2) == 0 ? JavaScriptEncoder.UnsafeRelaxedJsonEscaping : JavaScriptEncoder.Default;
        return $"\"{field}\":\"{JsonEncodedText.Encode(text, encoder)}\"";
    }));
}
