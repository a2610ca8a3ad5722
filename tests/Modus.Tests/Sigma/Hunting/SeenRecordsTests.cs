using Modus.Sigma.Hunting;
using Xunit;

namespace Modus.Tests.Sigma.Hunting;

public sealed class SeenRecordsTests
{
    [Fact]
    public void It_says_what_a_plain_dictionary_says()
    {
        var random = new Random(5);
        var seen = new SeenRecords();
        var plain = new Dictionary<(RecordKey, int), int>();
        var repeated = 0;
        for (var file = 0; file < 3; file++)
        {
            for (var hit = 0; hit < 20_000; hit++)
            {
                var (key, rule) = (new RecordKey((ulong)random.Next(8_000), (ulong)random.Next(2)), random.Next(3));
                var isNew = plain.TryAdd((key, rule), file) || plain[(key, rule)] == file;
                repeated += isNew ? 0 : 1;
                Assert.Equal(isNew, seen.IsNew(key, rule, file));
            }
        }

        Assert.Equal(repeated, seen.Repeated);
        Assert.InRange(repeated, 10_000, 50_000);
    }

    [Fact]
    public void What_nothing_tells_again_is_always_new_and_past_the_bound_a_repetition_is_reported()
    {
        var seen = new SeenRecords();
        Assert.True(seen.IsNew(null, 0, 0));
        Assert.True(seen.IsNew(null, 0, 1));

        for (var hit = 0; hit <= SeenRecords.MaxRemembered; hit++) Assert.True(seen.IsNew(new((ulong)hit, 7), 0, 0));
        Assert.False(seen.IsNew(new(SeenRecords.MaxRemembered - 1, 7), 0, 1));
        Assert.True(seen.IsNew(new(SeenRecords.MaxRemembered, 7), 0, 1));
        Assert.Equal(1, seen.Repeated);
    }
}
