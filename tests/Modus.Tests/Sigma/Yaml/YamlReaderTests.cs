using System.Collections.Immutable;
using Modus.Sigma;
using Modus.Sigma.Yaml;
using Xunit;

namespace Modus.Tests.Sigma.Yaml;

public sealed class YamlReaderTests
{
    [Fact]
    public void Every_node_knows_its_line_and_column()
    {
        var map = Assert.IsType<YamlMapping>(Assert.Single(Read("a: 1\nb:\n  - x\n  - 'y'\n", out _)));
        var list = Assert.IsType<YamlSequence>(map.Find("b"));

        Assert.Equal(new SourcePosition(1, 4), map.Find("a")!.Position);
        Assert.Equal(new SourcePosition(4, 5), list.Items[1].Position);
        Assert.False(Assert.IsType<YamlScalar>(list.Items[1]).IsPlain);
    }

    [Fact]
    public void Merge_keys_bring_in_what_a_map_does_not_say_itself()
    {
        var map = Assert.IsType<YamlMapping>(Assert.Single(Read("base: &b {x: 1, y: 2}\nmore: &m {y: 3, z: 4}\none: {<<: *b, x: 9}\ntwo:\n  <<: [*m, *b]\nthree: {'<<': *b}\n", out var problems)));
        string Show(string key) => string.Join(' ', Assert.IsType<YamlMapping>(map.Find(key)).Entries.Select(entry => $"{entry.Key.Text}={(entry.Value as YamlScalar)?.Text}"));

        Assert.Empty(problems);
        Assert.Equal("x=9 y=2", Show("one"));
        Assert.Equal("y=3 z=4 x=1", Show("two"));
        Assert.Equal("<<=", Show("three"));
    }

    [Theory]
    [InlineData("a:", true)]
    [InlineData("a: ~", true)]
    [InlineData("a: null", true)]
    [InlineData("a: 'null'", false)]
    [InlineData("a: ''", false)]
    [InlineData("a: nullable", false)]
    public void Only_plain_words_are_null(string text, bool isNull)
    {
        var map = (YamlMapping)Read(text, out _)[0];
        Assert.Equal(isNull, ((YamlScalar)map.Find("a")!).IsNull);
    }

    [Fact]
    public void A_second_key_of_the_same_name_is_an_error()
    {
        Read("a: 1\na: 2\n", out var problems);
        var problem = Assert.Single(problems);
        Assert.Equal(("MD2003", 2), (problem.Code, problem.Line));
    }

    [Fact]
    public void Broken_text_says_where()
    {
        Read("a: 1\nb: [1, 2\nc: 3\n", out var problems);
        var problem = Assert.Single(problems);
        Assert.Equal("MD2001", problem.Code);
        Assert.True(problem.Line >= 2);
    }

    [Fact]
    public void Deep_nesting_is_refused_and_does_not_overflow_the_stack()
    {
        Read(new string('[', 100_000), out var problems);
        Assert.Contains(problems, problem => problem.Code is "MD2001" or "MD2002");
    }

    [Fact]
    public void Aliases_count_at_their_full_size()
    {
        var lines = Enumerable.Range(1, 20).Select(n => $"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]");
        Read("a0: &a0 [x, x, x]\n" + string.Join('\n', lines), out var problems);
        Assert.Equal("MD2002", Assert.Single(problems).Code);
    }

    [Fact]
    public void An_alias_to_itself_is_an_error()
    {
        Read("a: &a [*a]", out var problems);
        Assert.Equal("MD2001", Assert.Single(problems).Code);
    }

    private static ImmutableArray<YamlNode> Read(string text, out List<Problem> problems)
    {
        problems = [];
        return YamlReader.Read(text, "t.yml", problems);
    }
}
