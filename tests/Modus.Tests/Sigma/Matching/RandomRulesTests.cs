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

    [Theory]
    [InlineData(11, 60)]
    [InlineData(12, 300)]
    public void Values_that_come_again_answer_and_show_what_they_did_the_first_time(int seed, int count)
    {
        var random = new Random(seed);
        var set = RuleSet.Parse([.. Enumerable.Range(0, count).Select(number => ($"r{number}.yml", Rule(random)))]);
        // Few values for each field, written in several ways, and values of other kinds that are written alike.
        string[] others = ["null", "\"null\"", "1", "\"1\"", "true", "\"true\"", "\"\"", "[\"cmd.exe\",\"/c x\"]", "{\"a\":\"cmd\"}", "\"\\u0063md.exe\"", "\"cmd.exe\""];
        var values = Enumerable.Range(0, 40).Select(_ => Text(random)).Concat(others).ToArray();
        var lines = Enumerable.Range(0, 1_500).Select(_ => EventText.Process(string.Join(',', fields.Where(_ => random.Next(8) > 0).Select(field => $"\"{field}\":{values[random.Next(values.Length)]}")))).ToArray();

        var (remembered, kept) = Told(set, lines, remembers: true);
        var (anew, none) = Told(set, lines, remembers: false);

        Assert.True(kept > 0);
        Assert.Equal(0, none);
        Assert.Equal(anew, remembered);
        for (var line = 0; line < lines.Length; line += 7)
        {
            if (lines[line].Contains("{\"a\"", StringComparison.Ordinal)) continue; // the model knows flat objects alone
            var model = new SlowModel(lines[line]);
            Assert.Equal(Enumerable.Range(0, count).Where(rule => model.IsTrue(set.Rules[rule].Expression)), remembered[line].Select(hit => hit.Rule));
        }

        Assert.InRange(remembered.Sum(hits => hits.Length), 1_000, int.MaxValue);
    }

    [Fact]
    public void Values_that_come_again_after_many_others_are_remembered()
    {
        var memo = new ValueMemo();
        var empty = memo.Size;
        var found = 0;
        for (var round = 0; round < 8; round++)
        {
            found = 0;
            for (var number = 0; number < 3_500; number++)
            {
                var value = Encoding.UTF8.GetBytes($"value {number}");
                var hash = ValueMemo.Hash(value, ValueEncoding.Utf8);
                if (memo.Find(value, ValueEncoding.Utf8, hash) >= 0)
                {
                    found++;
                    continue;
                }

                memo.Admit(value, ValueEncoding.Utf8, hash);
            }
        }

        Assert.InRange(found, 3_000, 3_500);
        Assert.InRange(memo.Size - empty, 1, 3_500 * 200 + (ValueMemo.MaxEntries * 24) + (1 << 18));
    }

    [Fact]
    public void Many_literals_answer_as_each_of_them_does()
    {
        var random = new Random(21);
        for (var round = 0; round < 3_000; round++)
        {
            Literal[] literals = [.. Enumerable.Range(0, random.Next(8, 30)).Select(_ => new Literal(Folding.Fold(words[random.Next(words.Length)] + words[random.Next(words.Length)]), random.Next(5) == 0, random.Next(5) == 0))];
            var value = Folding.Fold(string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => words[random.Next(words.Length)])));
            Assert.Equal(literals.Any(literal => literal.IsIn(value)), new LiteralCheck([.. literals]).Matches(value));
        }
    }

    [Fact]
    public void What_is_remembered_of_values_stays_within_its_bound()
    {
        var set = RuleSet.Parse([("r.yml", "title: t\nlogsource: {product: windows, category: process_creation}\ndetection: {s: {CommandLine|contains: needle, Image|endswith: '.exe'}, condition: s}\n")]);
        var reader = new LogReader();
        var worker = new Matcher(set.Rules, reader.Fields).CreateWorker();
        var lines = string.Join('\n', Enumerable.Range(0, 2_200).SelectMany(number => Enumerable.Repeat(EventText.Process($"\"CommandLine\":\"{number} {new string('x', 15_000)}needle\",\"Image\":\"a.exe\""), 2)));
        long most = 0, last = 0;
        var forgot = false;
        foreach (var logEvent in reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(lines)), "t.jsonl"))
        {
            Assert.Equal([0], worker.Match(logEvent).ToArray());
            forgot |= worker.Remembered < last;
            last = worker.Remembered;
            most = Math.Max(most, last);
        }

        Assert.True(forgot);
        Assert.InRange(most, MatchWorker.MaxRemembered / 2, MatchWorker.MaxRemembered + (1 << 20));
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

    /// <summary>For each line the rules that match with their evidence, and how many bytes the worker remembers in the end.</summary>
    private static (List<(int Rule, string Evidence)[]> Hits, long Remembered) Told(RuleSet set, string[] lines, bool remembers)
    {
        var reader = new LogReader();
        var worker = new Matcher(set.Rules, reader.Fields).CreateWorker(remembers);
        var collector = new EvidenceCollector(worker, set.Rules, reader.Fields);
        var told = new List<(int, string)[]>();
        foreach (var logEvent in reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))), "t.jsonl"))
        {
            var matched = worker.Match(logEvent).ToArray();
            collector.Turn(logEvent);
            told.Add([.. matched.Select(rule =>
            {
                var collected = Shown(collector.Collect(rule));
                var found = new List<Evidence>();
                EvidenceFinder.Collect(Matcher.Bind(set.Rules[rule], logEvent.Source), new EventTexts(null).For(logEvent), found);
                Assert.Equal(Shown(found), collected);
                return (rule, collected);
            })]);
        }

        Assert.Equal(lines.Length, told.Count);
        return (told, worker.Remembered);
    }

    private static string Shown(IEnumerable<Evidence> evidence) => string.Join('|', evidence.Select(one => $"{one.Field} {one.Value} {one.Start} {one.Length}"));

    private static string Rule(Random random)
    {
        var selections = new StringBuilder();
        for (var number = 0; number < 2; number++)
        {
            var modifier = modifiers[random.Next(modifiers.Length)];
            var values = Enumerable.Range(0, random.Next(6) == 0 ? random.Next(8, 24) : random.Next(1, 5)).Select(_ => "'" + Value(random, modifier == "|re").Replace("'", "''", StringComparison.Ordinal) + "'");
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
        return $"\"{field}\":{Text(random)}";
    }));

    /// <summary>A value of JSON: a text of the words, escaped more or less.</summary>
    private static string Text(Random random)
    {
        var text = string.Concat(Enumerable.Range(0, random.Next(14)).Select(_ => words[random.Next(words.Length)]));
        var encoder = random.Next(2) == 0 ? JavaScriptEncoder.UnsafeRelaxedJsonEscaping : JavaScriptEncoder.Default;
        return $"\"{JsonEncodedText.Encode(text, encoder)}\"";
    }
}
