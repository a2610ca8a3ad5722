using Modus.Reports.Qualifiers;
using Xunit;

namespace Modus.Tests.Reports.Qualifiers;

public sealed class QualifierReaderTests
{
    [Theory]
    [InlineData("The actor used *Mimikatz* to dump credentials.", Qualifier.Observed)]
    [InlineData("We found no evidence of *Mimikatz* on the host.", Qualifier.Negated)]
    [InlineData("*Mimikatz* was not used.", Qualifier.Negated)]
    [InlineData("They did not use Mimikatz but dumped memory with *comsvcs*.", Qualifier.Observed)]
    [InlineData("They dumped memory rather than running *Mimikatz*.", Qualifier.Negated)]
    [InlineData("They ran *Mimikatz* rather than dumping memory.", Qualifier.Observed)]
    [InlineData("They not only used *Mimikatz* but also comsvcs.", Qualifier.Observed)]
    [InlineData("It was not without *Mimikatz* that they succeeded.", Qualifier.Observed)]
    [InlineData("The actor may have used *Mimikatz*.", Qualifier.Hypothetical)]
    [InlineData("*Mimikatz* cannot be ruled out.", Qualifier.Hypothetical)]
    [InlineData("Defenders should monitor for *Mimikatz*.", Qualifier.Recommended)]
    [InlineData("Monitor hosts for *Mimikatz* and its output.", Qualifier.Recommended)]
    [InlineData("The implant can run *Mimikatz* on command.", Qualifier.Capability)]
    [InlineData("Attackers typically run *Mimikatz* after this.", Qualifier.Background)]
    public void Reads_what_a_clause_does_with_its_word(string marked, Qualifier expected)
    {
        var start = marked.IndexOf('*');
        var end = marked.IndexOf('*', start + 1);

        var read = QualifierReader.OfClause(marked.Replace("*", ""), start, end - start - 1);

        Assert.Equal(expected, read.Qualifier);
        Assert.Equal(expected == Qualifier.Observed, read.Cue is null);
    }
}
