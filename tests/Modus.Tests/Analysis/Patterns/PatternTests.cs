using Modus.Analysis.Patterns;
using Xunit;

namespace Modus.Tests.Analysis.Patterns;

/// <summary>What comes together beyond chance, and that chance is not shown.</summary>
public sealed class PatternTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Drawn_tables_keep_every_size_and_every_popularity(int seed)
    {
        var table = Random(seed, planted: false);
        var curveball = new Curveball(table, seed);
        for (var draw = 0; draw < 20; draw++)
        {
            curveball.Next();
            Assert.Equal(table.Rows.Select(row => row.Length), curveball.Rows.Select(row => row.Length));
            Assert.All(curveball.Rows, row => Assert.Equal(row.Length, row.Distinct().Count()));
            var users = new int[table.Techniques.Count];
            foreach (var row in curveball.Rows) foreach (var t in row) users[t]++;
            Assert.Equal(table.Users, users);
        }
        Assert.Contains(Enumerable.Range(0, table.Rows.Length), at => !table.Rows[at].Order().SequenceEqual(curveball.Rows[at].Order()));
    }

    [Fact]
    public void Drawn_tables_come_with_the_same_chance()
    {
        // Three owners of one technique each: six tables, all alike.
        var table = new Occurrence([("a", (string[])["x"]), ("b", (string[])["y"]), ("c", (string[])["z"])]);
        var curveball = new Curveball(table, 1);
        var seen = new Dictionary<string, int>();
        for (var draw = 0; draw < 6000; draw++)
        {
            curveball.Next();
            var key = string.Join(',', curveball.Rows.Select(row => row[0]));
            seen[key] = seen.GetValueOrDefault(key) + 1;
        }
        Assert.Equal(6, seen.Count);
        Assert.All(seen.Values, count => Assert.InRange(count, 850, 1150));
    }

    [Fact]
    public void A_planted_pair_and_set_are_found_and_a_drawn_table_has_none()
    {
        var options = new PatternOptions { FewestUsers = 5, Draws = 300 };
        var table = Random(4, planted: true);
        var pairs = TechniquePatterns.Pairs(table, options);
        Assert.Contains(pairs.Patterns, pair => pair.Techniques.SequenceEqual(["P1", "P2"]));
        Assert.All(pairs.Patterns, pair => Assert.True(pair.Support > pair.Expected && pair.Chance < 0.05));
        Assert.Contains(TechniquePatterns.Sets(table, pairs, options).Patterns, set => set.Techniques.SequenceEqual(["P1", "P2", "P3"]));

        var curveball = new Curveball(table, 77);
        var drawn = new Occurrence(curveball.Rows.Select((row, at) => (table.Owners[at], row.Select(t => table.Techniques[t]))));
        Assert.Empty(TechniquePatterns.Pairs(drawn, options).Patterns);
    }

    [Fact]
    public void Parts_of_one_technique_are_not_tested_with_each_other()
    {
        var table = Random(4, planted: true);
        var answer = TechniquePatterns.Pairs(table, new() { FewestUsers = 5, Draws = 100, Family = id => id[0] == 'P' ? "P" : id });
        Assert.DoesNotContain(answer.Patterns, pair => pair.Techniques.All(id => id[0] == 'P'));
    }

    [Fact]
    public void The_same_seed_gives_the_same_answer()
    {
        var options = new PatternOptions { FewestUsers = 5, Draws = 60 };
        Assert.Equal(TechniquePatterns.Pairs(Random(4, true), options).Patterns.Select(Text), TechniquePatterns.Pairs(Random(4, true), options).Patterns.Select(Text));
        static string Text(TechniquePattern pattern) => $"{string.Join(' ', pattern.Techniques)} {pattern.Support} {pattern.Expected} {pattern.Chance}";
    }

    [Theory]
    [InlineData(8, 0.3, 12, 0.00949)]
    [InlineData(3, 0.5, 10, 0.945313)]
    [InlineData(0, 0.5, 10, 1)]
    public void A_tail_is_that_of_the_binomial_with_the_same_mean_and_variance(int k, double p, int n, double expected) =>
        Assert.Equal(expected, Significance.UpperTail(k, n * p, n * p * (1 - p)), 5);

    [Fact]
    public void What_is_kept_of_many_tests_follows_the_step_up_rule()
    {
        // 0.01 <= 0.05 * 1/4, 0.02 <= 0.05 * 2/4, 0.03 <= 0.05 * 3/4, 0.2 is not below 0.05.
        Assert.Equal(0.03, Significance.Limit([0.2, 0.01, 0.03, 0.02], 4, 0.05));
        Assert.Equal(0, Significance.Limit([0.2, 0.01, 0.03, 0.02], 400, 0.05));
    }

    [Fact]
    public void Alike_actors_form_a_stable_cluster_and_drawn_ones_do_not()
    {
        var random = new Random(9);
        var sets = new List<(string, IEnumerable<string>)>();
        for (var actor = 0; actor < 40; actor++)
        {
            var techniques = Enumerable.Range(0, 12).Select(_ => $"T{random.Next(90)}");
            sets.Add(($"G{actor:00}", actor < 4 ? [.. Enumerable.Range(0, 12).Select(at => $"K{at}"), .. techniques.Take(2).ToList()] : techniques.ToList()));
        }
        var answer = ClusterAnswer.Of(new(sets));
        Assert.Equal(["G00", "G01", "G02", "G03"], Assert.Single(answer.Clusters).Members);
        Assert.True(answer.Clusters[0].Stability > 0.9);
        Assert.Contains("K3", answer.Clusters[0].Shared);
    }

    [Fact]
    public void A_recurring_order_is_found_and_one_of_chance_is_not()
    {
        var random = new Random(3);
        var cases = Enumerable.Range(0, 14).Select(at =>
        {
            var steps = Enumerable.Range(0, 10).Select(_ => $"T{random.Next(30)}").ToList();
            var place = random.Next(steps.Count);
            steps.InsertRange(place, ["A", "B"]);
            return new CaseSequence($"C{at}", steps);
        }).ToList();
        var answer = MotifAnswer.Of(cases);
        Assert.Equal(["A", "B"], answer.Found[0].Techniques);
        Assert.Equal(14, answer.Found[0].Cases.Count);
        Assert.True(answer.Tested > answer.Found.Count);

        var shuffled = cases.Select(item =>
        {
            string[] steps = [.. item.Techniques];
            random.Shuffle(steps);
            return new CaseSequence(item.Case, steps);
        }).ToList();
        Assert.DoesNotContain(MotifAnswer.Of(shuffled).Found, motif => motif.Techniques.SequenceEqual(["A", "B"]) && motif.Cases.Count > 12);
    }

    private static Occurrence Random(int seed, bool planted)
    {
        var random = new Random(seed);
        var sets = new List<(string, IEnumerable<string>)>();
        for (var actor = 0; actor < 80; actor++)
        {
            var techniques = Enumerable.Range(0, random.Next(3, 20)).Select(_ => $"T{(int)(60 * Math.Pow(random.NextDouble(), 2)):00}").ToList();
            if (planted && actor % 5 == 0) techniques.AddRange(["P1", "P2", "P3"]);
            sets.Add(($"G{actor:00}", techniques));
        }
        return new(sets);
    }
}
