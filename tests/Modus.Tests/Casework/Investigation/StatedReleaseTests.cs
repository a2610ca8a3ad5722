using Modus.Casework.Investigation;
using Xunit;

namespace Modus.Tests.Casework.Investigation;

public sealed class StatedReleaseTests
{
    [Theory]
    [InlineData("Mapped to ATT&CK v16.1.", "16.1")]
    [InlineData("the ids are those of ATT&CK 16.", "16")]
    [InlineData("MITRE ATT&CK® for Enterprise, version 14, was used", "14")]
    [InlineData("MITRE ATT&CK Matrix v12", "12")]
    [InlineData("ATT&CK v15 here and ATT&CK version 15 there", "15")]
    [InlineData("ATT&CK v15 here and ATT&CK v16 there", null)]
    [InlineData("ATT&CK T1059 was seen", null)]
    [InlineData("In ATT&CK since 2019", null)]
    [InlineData("ATT&CK. 12 hosts fell", null)]
    [InlineData("ATT&CK G0016", null)]
    [InlineData("ATT&CK technique TA0005", null)]
    [InlineData("no such words 16", null)]
    public void Reads_the_release_that_a_text_names(string text, string? release) => Assert.Equal(release, StatedRelease.In(text));
}
