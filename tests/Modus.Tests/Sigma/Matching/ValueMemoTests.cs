using System.Text;
using Modus.Logs;
using Modus.Sigma.Matching;
using Xunit;

namespace Modus.Tests.Sigma.Matching;

public sealed class ValueMemoTests
{
    [Fact]
    public void A_remembered_value_keeps_its_rules_and_answers_whatever_comes_and_goes_beside_it()
    {
        var random = new Random(11);
        var memo = new ValueMemo();
        var model = new Dictionary<string, (int[] Rules, Dictionary<int, int> Answers)>(StringComparer.Ordinal);
        var found = 0;
        for (var round = 0; round < 60_000; round++)
        {
            var number = random.Next(900);
            // Long values and many answers fill whole chunks.
            var text = new string((char)('a' + (number % 26)), number % 7 == 0 ? number * 18 : number % 90) + number;
            var raw = Encoding.UTF8.GetBytes(text);
            var hash = ValueMemo.Hash(raw, ValueEncoding.Utf8);
            var place = memo.FindLast(raw, ValueEncoding.Utf8);
            if (place < 0) place = memo.Find(raw, ValueEncoding.Utf8, hash);
            if (place >= 0)
            {
                found++;
                var known = model[text];
                Assert.Equal(known.Rules, memo.Rules(place).ToArray());
                Assert.Equal(known.Answers.OrderBy(pair => pair.Key), memo.Answers(place).ToArray().ToDictionary(answer => answer >> 2, answer => answer & 3).OrderBy(pair => pair.Key));
            }
            else
            {
                place = memo.Admit(raw, ValueEncoding.Utf8, hash);
                if (place < 0) continue;
                int[] rules = [.. Enumerable.Range(0, random.Next(number % 11 == 0 ? 6_000 : 5))];
                int[] answers = [.. Enumerable.Range(0, random.Next(number % 13 == 0 ? 300 : 6)).Select(predicate => (predicate << 2) | random.Next(1, 4))];
                memo.Set(place, rules, answers);
                model[text] = (rules, answers.ToDictionary(answer => answer >> 2, answer => answer & 3));
            }

            for (var times = random.Next(4); times > 0; times--)
            {
                var (predicate, answer) = (random.Next(400), random.Next(1, 3));
                memo.Settle(place, predicate, (uint)answer);
                var known = model[text].Answers;
                if (known.ContainsKey(predicate) || known.Count < 256) known[predicate] = answer;
            }
        }

        Assert.InRange(found, 40_000, 60_000);
    }

    [Fact]
    public void A_value_with_more_answers_than_are_kept_together_is_not_remembered()
    {
        var memo = new ValueMemo();
        var raw = "value"u8.ToArray();
        var hash = ValueMemo.Hash(raw, ValueEncoding.Utf8);
        Assert.Equal(-1, memo.Admit(raw, ValueEncoding.Utf8, hash));
        var place = memo.Admit(raw, ValueEncoding.Utf8, hash);
        memo.Set(place, [.. Enumerable.Range(0, 20_000)], [4]);
        memo.Settle(place, 7, 1);
        Assert.Equal(-1, memo.FindLast(raw, ValueEncoding.Utf8));
        Assert.Equal(-1, memo.Find(raw, ValueEncoding.Utf8, hash));
        Assert.Equal(0, memo.Count);
    }

    [Fact]
    public void A_value_is_another_when_it_is_written_otherwise()
    {
        var memo = new ValueMemo();
        var raw = @"a\\b"u8.ToArray();
        var hash = ValueMemo.Hash(raw, ValueEncoding.JsonEscaped);
        memo.Admit(raw, ValueEncoding.JsonEscaped, hash);
        Assert.True(memo.Admit(raw, ValueEncoding.JsonEscaped, hash) >= 0);
        Assert.True(memo.FindLast(raw, ValueEncoding.JsonEscaped) >= 0);
        Assert.Equal(-1, memo.FindLast(raw, ValueEncoding.Utf8));
        Assert.NotEqual(hash, ValueMemo.Hash(raw, ValueEncoding.Utf8));
    }
}
