using Modus.Attack;
using Xunit;

namespace Modus.Tests.Attack.Bundles;

/// <summary>The published and independently counted totals of every release at hand.</summary>
public sealed class CountTests
{
    // file; objects with collection; tactics, techniques, subs; revoked and deprecated techniques; groups live, all;
    // software; campaigns; mitigations live, all; data sources, components; strategies, analytics
    public static TheoryData<string, int[]> Objects => new()
    {
        { "enterprise-attack-8.2.json.gz", [10_924, 14, 178, 352, 129, 11, 109, 111, 443, 0, 42, 267, 0, 0, 0, 0] },
        { "enterprise-attack-12.1.json.gz", [18_404, 14, 193, 401, 131, 12, 133, 147, 620, 13, 43, 267, 37, 106, 0, 0] },
        { "enterprise-attack-14.1.json.gz", [19_232, 14, 201, 424, 131, 12, 141, 156, 648, 23, 43, 267, 37, 106, 0, 0] },
        { "enterprise-attack-16.1.json.gz", [21_316, 14, 203, 453, 131, 12, 159, 174, 710, 34, 44, 268, 37, 106, 0, 0] },
        { "enterprise-attack-17.1.json.gz", [22_653, 14, 211, 468, 132, 12, 166, 181, 755, 47, 44, 268, 37, 106, 0, 0] },
        { "enterprise-attack-18.1.json.gz", [24_772, 14, 216, 475, 132, 12, 172, 187, 784, 52, 44, 268, 0, 106, 691, 1739] },
        { "enterprise-attack-19.0-reconstructed.json.gz", [25_819, 15, 222, 475, 149, 12, 174, 189, 820, 56, 44, 268, 0, 107, 699, 1758] },
        { "enterprise-attack-18.1.stix20.json.gz", [24_771, 14, 216, 475, 132, 12, 172, 187, 784, 52, 44, 268, 0, 106, 691, 1739] },
    };

    [Theory]
    [MemberData(nameof(Objects))]
    public void Every_enterprise_release_has_its_known_totals(string file, int[] expected)
    {
        var result = Real.Result(file);
        var release = Real.Release(file);
        var techniques = release.All<Technique>();

        Assert.Equal(
            expected,
            (int[])[
                result.Inputs[0].Given, release.Tactics.Count,
                release.Techniques.Count(technique => !technique.IsSubtechnique),
                release.Techniques.Count(technique => technique.IsSubtechnique),
                techniques.Count(technique => technique.IsRevoked), techniques.Count(technique => technique.IsDeprecated),
                release.Groups.Count, release.All<Group>().Count, release.Software.Count, release.Campaigns.Count,
                release.Mitigations.Count, release.All<Mitigation>().Count, release.DataSources.Count,
                release.DataComponents.Count, release.DetectionStrategies.Count, release.Analytics.Count,
            ]);
        Assert.Equal(result.Inputs[0].Given, result.Inputs[0].Used + result.Inputs[0].Merged + result.Inputs[0].Skipped);
        Assert.Empty(result.Problems);
    }

    // uses, mitigates, detects, subtechnique-of, revoked-by, attributed-to, targets
    public static TheoryData<string, int[]> Relationships => new()
    {
        { "enterprise-attack-8.2.json.gz", [7474, 1456, 0, 352, 132, 0, 0] },
        { "enterprise-attack-12.1.json.gz", [12_439, 1639, 1835, 402, 137, 1, 0] },
        { "enterprise-attack-14.1.json.gz", [13_446, 1238, 1946, 425, 139, 8, 0] },
        { "enterprise-attack-16.1.json.gz", [15_133, 1372, 2049, 454, 139, 16, 0] },
        { "enterprise-attack-17.1.json.gz", [16_241, 1421, 2116, 470, 140, 23, 0] },
        { "enterprise-attack-18.1.json.gz", [17_270, 1445, 691, 477, 140, 25, 0] },
        { "enterprise-attack-18.1.stix20.json.gz", [17_270, 1445, 691, 477, 140, 25, 0] },
        { "enterprise-attack-19.0-reconstructed.json.gz", [18_197, 1448, 697, 477, 157, 25, 0] },
        { "ics-attack-18.1.json", [267, 331, 83, 0, 2, 5, 685] },
    };

    [Theory]
    [MemberData(nameof(Relationships))]
    public void Every_release_has_its_known_relationships(string file, int[] expected)
    {
        var release = Real.Release(file);

        RelationshipType[] types =
        [
            RelationshipType.Uses, RelationshipType.Mitigates, RelationshipType.Detects, RelationshipType.SubtechniqueOf,
            RelationshipType.RevokedBy, RelationshipType.AttributedTo, RelationshipType.Targets,
        ];
        Assert.Equal(expected, types.Select(type => release.Relationships(type).Count()));
        Assert.Equal(expected.Sum(), release.RelationshipCount);
    }

    [Fact]
    public void Mobile_has_its_known_totals()
    {
        var release = Real.Mobile181;

        Assert.Equal(2_536, Real.Result("mobile-attack-18.1.json").Inputs[0].Given);
        Assert.Equal(
            [12, 77, 47, 144, 17, 122, 3, 13, 124, 211, 1811],
            (int[])[
                release.Tactics.Count, release.Techniques.Count(technique => !technique.IsSubtechnique),
                release.Techniques.Count(technique => technique.IsSubtechnique), release.Techniques.Sum(technique => technique.Tactics.Count),
                release.Groups.Count, release.Software.Count, release.Campaigns.Count, release.Mitigations.Count,
                release.DetectionStrategies.Count, release.Analytics.Count, release.RelationshipCount,
            ]);
    }

    [Fact]
    public void Ics_has_its_known_totals()
    {
        var release = Real.Ics181;

        Assert.Equal(1_826, Real.Result("ics-attack-18.1.json").Inputs[0].Given);
        Assert.Equal(
            [12, 83, 94, 14, 23, 7, 52, 18, 83, 82, 1373],
            (int[])[
                release.Tactics.Count, release.Techniques.Count, release.Techniques.Sum(technique => technique.Tactics.Count),
                release.Groups.Count, release.Software.Count, release.Campaigns.Count, release.Mitigations.Count,
                release.Assets.Count, release.DetectionStrategies.Count, release.Analytics.Count, release.RelationshipCount,
            ]);
    }
}
