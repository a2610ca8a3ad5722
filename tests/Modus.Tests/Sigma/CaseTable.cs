using Xunit;
using Xunit.v3;

namespace Modus.Tests.Sigma;

/// <summary>Reads tables of cases: <c>input ⇶ expected</c>, one a line; <c>//</c> starts a comment. A torn line fails.</summary>
internal static class CaseTable
{
    public static IEnumerable<TheoryDataRow<string, string>> Read(string name)
    {
        var path = Path.Combine(TestData.Root, "tests", "cases", "sigma", name);
        return Parse(File.ReadLines(path), Path.GetFileName(path)).ToList();
    }

    public static IEnumerable<TheoryDataRow<string, string>> Parse(IEnumerable<string> lines, string name)
    {
        foreach (var (index, line) in lines.Index())
        {
            if (line.Length == 0 || line.StartsWith("//", StringComparison.Ordinal)) continue;
            if (line.Split('⇶', StringSplitOptions.TrimEntries) is not [{ Length: > 0 } input, { Length: > 0 } expected])
                throw new InvalidDataException($"{name}:{index + 1}: a case is 'input ⇶ expected'.");
            yield return new(input, expected) { TestDisplayName = $"{name}:{index + 1} {input}" };
        }
    }
}

public sealed class CaseTableTests
{
    [Theory]
    [InlineData("no arrow")]
    [InlineData("two ⇶ arrows ⇶ here")]
    [InlineData("nothing behind ⇶")]
    public void A_torn_line_is_an_error(string line) =>
        Assert.Throws<InvalidDataException>(() => CaseTable.Parse([line], "t").ToList());
}
