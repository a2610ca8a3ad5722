using Modus.Reports.Mapping.Candidates;
using Xunit;

namespace Modus.Tests.Reports.Mapping;

/// <summary>Which techniques of a sentence are judged.</summary>
public sealed class CandidateChoiceTests
{
    [Fact]
    public void Only_what_people_looked_for_is_chosen_where_that_is_known()
    {
        var models = SmallCorpus.Model.Base;
        var scores = new SentenceScorer(models).Score("They opened the cellar door and sang a song, see T9003.");
        var (cellar, song, bread) = (models.Classes.Index["T9002.001"], models.Classes.Index["T9004"], models.Classes.Index["T9003"]);

        var all = new CandidateChoice(models.Classes).Of(scores);
        var some = new CandidateChoice(models.Classes, new HashSet<int> { song, bread }).Of(scores);

        Assert.Contains(cellar, all);
        Assert.Contains(models.Classes.Index["T9002"], all);
        Assert.Equal([song, bread], some.OrderDescending());
    }
}
