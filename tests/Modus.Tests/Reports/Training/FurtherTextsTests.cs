using Modus.Reports.Training;
using Modus.Tests.Attack;
using Xunit;

namespace Modus.Tests.Reports.Training;

/// <summary>Procedure examples of other releases beside those of the one that is learnt.</summary>
public sealed class FurtherTextsTests
{
    [Fact]
    public void Older_releases_and_other_domains_add_what_is_new_under_todays_ids()
    {
        var texts = AttackTexts.From(Real.Enterprise181);
        var joined = FurtherTexts.Join(texts, [Real.Enterprise82, Real.Mobile181]);

        var ids = texts.Techniques.Select(technique => technique.Id).ToHashSet();
        Assert.All(joined.Further, further => Assert.Contains(further.Technique, ids));
        var own = texts.Procedures.Select(procedure => (procedure.Technique, procedure.Text)).ToHashSet();
        Assert.DoesNotContain(joined.Further, further => own.Contains((further.Technique, further.Text)));
        Assert.Equal(joined.Further.Count, joined.Further.DistinctBy(further => (further.Technique, further.Text)).Count());
        Assert.All(joined.Further, further => Assert.Equal(FurtherTexts.Price, further.Price));
        // T1437 of Mobile has the name of T1071 and no id that Enterprise knows.
        var mobile = Real.Mobile181.Techniques.Single(technique => technique.Id == "T1437");
        var words = mobile.Procedures.First(procedure => procedure.User.IsAlive).User.Name;
        Assert.Equal(texts.Techniques.Single(technique => technique.Id == "T1071").Name, mobile.Name);
        Assert.Contains(joined.Further, further => further.Technique == "T1071" && further.Text.Contains(words, StringComparison.Ordinal));
        // What 8.2 said of an id that was replaced since stands under the id of today.
        Assert.Equal("T1574.001", texts.Successors["T1574.002"]);
        Assert.Contains(joined.Further, further => further.Technique == "T1574.001");
    }

    [Fact]
    public void The_same_release_adds_nothing()
    {
        var texts = AttackTexts.From(Real.Mobile181);

        Assert.Empty(FurtherTexts.Join(texts, [Real.Mobile181]).Further);
        Assert.Equal(FurtherTexts.Join(texts, [Real.Ics181]).Further, FurtherTexts.Join(FurtherTexts.Join(texts, [Real.Ics181]), [Real.Ics181]).Further);
    }
}
