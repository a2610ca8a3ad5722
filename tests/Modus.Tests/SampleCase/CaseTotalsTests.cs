using System.Globalization;
using System.Text.Json;
using Modus.Logs;
using Xunit;

namespace Modus.Tests.SampleCase;

/// <summary>The numbers of the case add up, as the readers of Modus count them.</summary>
public sealed class CaseTotalsTests
{
    public static TheoryData<string, int, int> Logs => new()
    {
        { "win-events.jsonl.gz", 48_000, 2_470 },
        { "audit.log", 3_900, 6 },
        { "auth.log", 800, 3 },
        { "syslog", 1_400, 0 },
        { "cloudtrail.json.gz", 2_900, 17 },
        { "entra-signin.jsonl", 1_500, 15 },
        { "m365-ual.jsonl", 2_400, 415 },
        { "fw.csv", 304, 6 },
    };

    [Theory]
    [MemberData(nameof(Logs))]
    public void A_log_holds_as_many_events_as_the_case_says(string name, int events, int malicious)
    {
        var reader = new LogReader();
        var read = 0;
        foreach (var _ in reader.Read(ShippedCase.PathOf("logs/" + name))) read++;

        Assert.Equal(events, read);
        using var truth = Truth(name);
        Assert.Equal(events, truth.RootElement.GetProperty("records").GetInt32());
        Assert.Equal(malicious, truth.RootElement.GetProperty("malicious").GetInt32());
    }

    [Fact]
    public void Together_they_are_61_204_events_of_8_sources_2_932_of_them_malicious()
    {
        Assert.Equal(8, Logs.Count);
        Assert.Equal(61_204, Logs.Sum(log => log.Data.Item2));
        Assert.Equal(2_932, Logs.Sum(log => log.Data.Item3));
    }

    /// <summary>Whether the labels lie on the events they name: a label that is off by one line would go unnoticed in sums.</summary>
    [Fact]
    public void Labels_point_at_the_events_they_name()
    {
        var labels = Labels("win-events.jsonl.gz");
        var reader = new LogReader();
        var (id, file, ticket, channel) = (reader.Fields.Intern("EventID"), reader.Fields.Intern("TargetFilename"), reader.Fields.Intern("TicketEncryptionType"), reader.Fields.Intern("Channel"));
        var (encrypted, weak, cleared, number) = (0, 0, 0, 0);
        foreach (var e in reader.Read(ShippedCase.PathOf("logs/win-events.jsonl.gz")))
        {
            number++;
            labels.TryGetValue(number, out var label);
            var isEncrypted = e.TryGet(file, out var name) && name.EndsWith(".tidewrack"u8);
            var isWeak = e.TryGet(ticket, out var kind) && kind.SequenceEqual("0x17"u8);
            var isCleared = e.TryGet(id, out var code) && (code.SequenceEqual("1102"u8) || (code.SequenceEqual("104"u8) && e.TryGet(channel, out var log) && log.SequenceEqual("System"u8)));
            if (isEncrypted) Assert.Equal("E37", label);
            if (isWeak) Assert.Equal("E12", label);
            if (isCleared) Assert.Equal("E36", label);
            encrypted += isEncrypted ? 1 : 0;
            weak += isWeak ? 1 : 0;
            cleared += isCleared ? 1 : 0;
        }

        Assert.Equal((2_300, 14, 4), (encrypted, weak, cleared));
    }

    [Fact]
    public void The_evtx_file_repeats_records_of_the_collector_and_one_chunk_is_lost()
    {
        var reader = new LogReader();
        var channel = reader.Fields.Intern("Channel");
        HashSet<(string, string, long)> Keys(string name) => [.. reader.Read(ShippedCase.PathOf("logs/" + name)).Select(e => (System.Text.Encoding.UTF8.GetString(e.Host), e.TryGet(channel, out var text) ? System.Text.Encoding.UTF8.GetString(text) : "", e.RecordId))];

        var collected = Keys("win-events.jsonl.gz");
        var evtx = Keys("wks-0417.evtx");

        Assert.Equal(48_000, collected.Count);
        using var truth = Truth("wks-0417.evtx");
        Assert.Equal(truth.RootElement.GetProperty("records").GetInt32(), evtx.Count);
        Assert.Equal(100, truth.RootElement.GetProperty("skipped")[0].GetProperty("count").GetInt32());
        Assert.Subset(collected, evtx);
    }

    private static JsonDocument Truth(string log) => JsonDocument.Parse(File.ReadAllBytes(ShippedCase.PathOf($"expected/logs/{log}.expected.json")));

    private static Dictionary<int, string> Labels(string log)
    {
        using var truth = Truth(log);
        var labels = new Dictionary<int, string>();
        foreach (var group in truth.RootElement.GetProperty("events").EnumerateArray())
        {
            foreach (var range in group.GetProperty("numbers").GetString()!.Split(','))
            {
                var ends = range.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray();
                for (var i = ends[0]; i <= ends[^1]; i++) labels.Add(i, group.GetProperty("label").GetString()!);
            }
        }

        return labels;
    }
}
