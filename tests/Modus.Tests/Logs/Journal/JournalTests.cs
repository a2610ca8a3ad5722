using System.Text;
using Modus.Logs;
using Xunit;

namespace Modus.Tests.Logs.Journal;

public sealed class JournalTests
{
    private static byte[] Record(int number, string message, bool isBinary = false)
    {
        var head = $"__CURSOR=s=a;i={number}\n__REALTIME_TIMESTAMP=17410830{number:00}345678\n_HOSTNAME=lx1\nSYSLOG_IDENTIFIER=sshd\n_PID=99\nA=1\nA=2\n";
        var text = Encoding.UTF8.GetBytes(message);
        return isBinary
            ? [.. Encoding.UTF8.GetBytes(head + "MESSAGE\n"), .. BitConverter.GetBytes((ulong)text.Length), .. text, .. "\n\n"u8]
            : [.. Encoding.UTF8.GetBytes($"{head}MESSAGE={message}\n\n")];
    }

    [Fact]
    public void Reads_lines_and_binary_values()
    {
        var (events, report) = ReadText.Of([.. Record(10, "one = two"), .. Record(11, "three\n\n__x=y\nfour", isBinary: true), .. Record(12, "five")]);
        Assert.Equal(("journal-export", 3L), (report.Files[0].Format, report.Records));
        Assert.Empty(report.Problems);
        Assert.Equal(["one = two", "three\n\n__x=y\nfour", "five"], events.Select(e => e["message"]));
        Assert.Equal([10, 11, 12], events.Select(e => (int)((e.Time.Utc - DateTime.UnixEpoch).TotalSeconds % 100)));
        Assert.All(events, e => Assert.True(e.Host == "lx1" && e.Source.Covers("linux", "sshd", null)));
        Assert.Equal(["1", "2"], events[0].Fields.Where(field => field.Name == "A").Select(field => field.Text));
    }

    [Fact]
    public void A_cut_off_end_and_a_length_out_of_bounds_cost_only_themselves()
    {
        byte[] wrong = [.. "__CURSOR=x\n__REALTIME_TIMESTAMP=1741083099345678\nMESSAGE\n"u8, .. BitConverter.GetBytes(ulong.MaxValue), .. "\n_HOSTNAME=lx2\n\n"u8];
        var (events, _) = ReadText.Of([.. Record(10, "one"), .. wrong, .. Record(11, "two"), .. Record(12, "three", isBinary: true)[..^6]]);
        Assert.Equal(["one", null, "two", null], events.Select(e => e["message"]));
    }

    [Fact]
    public void Many_records_are_cut_between_records()
    {
        var (events, report) = ReadText.Of([.. Enumerable.Range(0, 9000).SelectMany(number => Record((number % 90) + 10, number % 2 == 0 ? $"m{number}\n\nx" : $"m{number}", number % 2 == 0))]);
        Assert.Empty(report.Problems);
        Assert.Equal(Enumerable.Range(0, 9000).Select(number => number % 2 == 0 ? $"m{number}\n\nx" : $"m{number}"), events.Select(e => e["message"]).ToList());
    }
}
