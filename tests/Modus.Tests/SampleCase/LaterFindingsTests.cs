using Xunit;

namespace Modus.Tests.SampleCase;

/// <summary>Findings that the case expects and the product does not give yet. Each is skipped with the reason; none is faked.</summary>
public sealed class LaterFindingsTests
{
    [Fact]
    public void Prediction_from_the_first_18_finds_the_later_28() =>
        Assert.Skip("waits for a golden file of recall@10 of the next-step answers beside a frequency baseline");

    [Fact]
    public void Attack_flow_and_brief_are_exported_and_valid() => Assert.Skip("waits for the exports of a case: Attack Flow and the two-page brief");
}
