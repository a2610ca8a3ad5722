using Modus.Attack;
using Modus.Attack.Search;
using Xunit;

namespace Modus.Tests.Attack.Search;

public sealed class SearchTests
{
    [Theory]
    [InlineData("T1105")]
    [InlineData("t1105")]
    [InlineData("T1059/001")]
    [InlineData("G0016")]
    [InlineData("TA0005")]
    [InlineData("DET0455")]
    public void An_exact_id_comes_first(string id)
    {
        var hits = Real.Enterprise181.Search(id);

        Assert.Equal(SearchMatch.Id, hits[0].Match);
        Assert.Equal(id.Replace('/', '.'), hits[0].Object.Id, ignoreCase: true);
        Assert.True(hits[0].Object.IsAlive);
    }

    [Fact]
    public void The_beginning_of_an_id_finds_what_begins_so_after_the_id_itself()
    {
        var hits = Real.Enterprise181.Search("T1548", ObjectKind.Technique);

        Assert.Equal(["T1548", "T1548.001", "T1548.002", "T1548.003", "T1548.004", "T1548.005", "T1548.006"], hits.Select(hit => hit.Object.Id));
        Assert.Equal(SearchMatch.IdStart, hits[1].Match);
    }

    [Theory]
    [InlineData("PowerShell", "T1059.001", SearchMatch.Name)]
    [InlineData("Command and Scripting Interpreter: PowerShell", "T1059.001", SearchMatch.Name)]
    [InlineData("cozy bear", "G0016", SearchMatch.Alias)]
    [InlineData("CozyBear", "G0016", SearchMatch.Alias)]
    [InlineData("cobaltstrike", "S0154", SearchMatch.Name)]
    [InlineData("lsass mem", "T1003.001", SearchMatch.Words)]
    [InlineData("powreshell", "T1059.001", SearchMatch.Typo)]
    [InlineData("Mimikats", "S0002", SearchMatch.Typo)]
    [InlineData("lazarsu group", "G0032", SearchMatch.Typo)]
    [InlineData("kerberosting", "T1558.003", SearchMatch.Typo)]
    public void Names_and_aliases_are_found_as_people_type_them(string query, string id, SearchMatch match)
    {
        var hit = Real.Enterprise181.Search(query, limit: 50).First(hit => hit.Object.Id == id);

        Assert.Equal(match, hit.Match);
        // The living technique goes before the dead one of the same name.
        Assert.True(Real.Enterprise181.Search(query)[0].Object.IsAlive);
    }

    [Fact]
    public void Texts_are_searched_where_they_are_loaded_and_only_there()
    {
        var words = "minidump lsass";

        var hits = Real.Enterprise181.Search(words, ObjectKind.Technique);
        Assert.Contains(hits, hit => hit.Match == SearchMatch.Text && hit.Object.Id == "T1003.001");
        Assert.All(hits, hit => Assert.Contains("minidump", (hit.Object.Description + ((Technique)hit.Object).Detection).ToLowerInvariant(), StringComparison.Ordinal));
        Assert.Empty(KnowledgeBase.Open().Get("18.1")!.Search(words, ObjectKind.Technique));
    }

    [Fact]
    public void Text_search_agrees_with_reading_every_text()
    {
        foreach (var word in new[] { "scheduled", "ntds.dit", "kernel", "zzz-nothing" })
        {
            var slow = Real.Enterprise171.All().Where(item => item.Kind != ObjectKind.Other
                && ($"{item.Description}\n{(item as Technique)?.Detection}").Contains(word, StringComparison.OrdinalIgnoreCase)).Select(item => item.StixId).ToHashSet();
            var fast = Real.Enterprise171.Search(word, limit: 10_000).Where(hit => hit.Match == SearchMatch.Text).Select(hit => hit.Object.StixId).ToHashSet();

            Assert.Subset(slow, fast);
            Assert.All(slow.Except(fast), id => Assert.Contains(Real.Enterprise171.Search(word, limit: 10_000), hit => hit.Object.StixId == id));
            if (word != "zzz-nothing") Assert.NotEmpty(fast);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("---")]
    [InlineData("no such thing anywhere")]
    public void Nothing_is_found_for_nothing(string query) => Assert.Empty(KnowledgeBase.Open().Newest()!.Search(query));

    [Fact]
    public void A_kind_and_a_limit_narrow_the_answer()
    {
        Assert.All(Real.Enterprise181.Search("carbanak", ObjectKind.Software), hit => Assert.IsType<Software>(hit.Object));
        Assert.Contains(Real.Enterprise181.Search("carbanak"), hit => hit.Object is Group);
        Assert.Equal(3, Real.Enterprise181.Search("discovery", limit: 3).Count);
        Assert.Empty(Real.Enterprise181.Search("discovery", limit: 0));
    }

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("powreshell", "powershell", 1)]
    [InlineData("abc", "acb", 1)]
    [InlineData("ca", "abc", 3)]
    public void Edits_are_counted_as_people_make_them(string from, string to, int distance)
    {
        Assert.Equal(distance, EditDistance.Within(from, to, 5));
        Assert.Equal(distance, EditDistance.Within(to, from, 5));
        if (distance > 0) Assert.Equal(distance, EditDistance.Within(from, to, distance - 1));
    }

    [Fact]
    public void A_long_or_wild_query_ends()
    {
        var release = Real.Enterprise181;

        Assert.Empty(release.Search(new string('ä', 5_000)));
        Assert.NotNull(release.Search(string.Join(' ', Enumerable.Repeat("a b c", 200))));
        Assert.NotNull(release.Search("\0\uFFFF\uD800 powershell"));
    }
}
