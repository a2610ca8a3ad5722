using System.Text;
using Modus.Logs;
using Modus.Tests.Logs.Evtx;
using Xunit;

namespace Modus.Tests.Logs.Reading;

/// <summary>Damaged inputs, made from sound ones with a seed: nothing throws, everything ends, the accounts add up.</summary>
public sealed class MutationTests
{
    [Fact]
    public void Damaged_evtx_never_throws()
    {
        var file = EvtxReaderTests.File(60);
        // Only the used part of the chunk is worth damaging.
        Mutate(file, 1000, 4096, 4096 + 20_000, carve: true);
    }

    [Fact]
    public void Damaged_real_evtx_never_throws()
    {
        var folder = TestData.Need("sigma/regression_data");
        var files = Directory.EnumerateFiles(folder, "*.evtx", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(20).ToList();
        for (var i = 0; i < files.Count; i++) Mutate(File.ReadAllBytes(files[i]), 40, 4096, 4096 + 8192, carve: true, seed: 1000 + i);
    }

    [Theory]
    [InlineData("{\"Channel\":\"Security\",\"EventID\":4688,\"a\":[1,{\"b\":\"c\\\\d\\u00e9\"}],\"n\":null}\n")]
    [InlineData("[{\"a\":{\"b\":\"x\"}},{\"a\":\"\\\"\"},{\"c\":[]}]\n")]
    [InlineData("{\"Records\":[{\"eventVersion\":\"1\",\"eventSource\":\"s\",\"eventName\":\"n\",\"awsRegion\":\"r\"}],\"z\":{\"y\":1}}\n")]
    [InlineData("type=SYSCALL msg=audit(1700000000.123:100): a0=1 comm=414243 key=(null)\ntype=EXECVE msg=audit(1700000000.123:100): argc=2 a0=\"x\" a1[0]=41 a1[1]=42\ntype=SOCKADDR msg=audit(1700000000.1:1): saddr=020001BBC0A80102\n")]
    [InlineData("<34>1 2025-01-02T03:04:05Z h p 1 m [a b=\"c\\\"\"] x\nFeb  3 04:05:06 db7 sshd[812]: y\n")]
    [InlineData("a,b,c\n1,\"x \"\"y\"\"\",3\n4,5,6\n7,8,9\n")]
    [InlineData("<Events><Event xmlns='x'><System><EventID>1</EventID><Channel>c</Channel></System><EventData><Data Name='a'>&amp;</Data></EventData></Event></Events>\n")]
    [InlineData("192.0.2.7 - m [10/Oct/2024:13:55:36 -0700] \"GET /a?b=\\\"1 HTTP/1.1\" 200 23 \"-\" \"c\"\n")]
    [InlineData("#Fields: date time cs-method cs-uri-stem\n2025-01-02 03:04:06 PUT /b\n")]
    [InlineData("<Objs Version=\"1.1.0.1\"><Obj RefId=\"0\"><Props><I32 N=\"Id\">1</I32><S N=\"ProviderName\">p_x000D_</S><Obj N=\"u\"><ToString>x</ToString><LST><S>a</S></LST></Obj></Props><MS><S N=\"Message\">a: b</S></MS></Obj></Objs>\n")]
    [InlineData("Message      : a: b\n               c: d\nId           : 1\nProviderName : p\nLogName      : l\n\n")]
    [InlineData("{\"streams\":[{\"stream\":{\"job\":\"a\"},\"values\":[[\"1741083072123456789\",\"Feb  3 04:05:06 db7 sshd[812]: y\"],[\"1\",\"x\"]]}]}\n")]
    [InlineData("{\"resourceLogs\":[{\"resource\":{\"attributes\":[]},\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"1\",\"body\":{\"kvlistValue\":{\"values\":[{\"key\":\"a\",\"value\":{\"arrayValue\":{\"values\":[{\"intValue\":1}]}}}]}}}]}]}]}\n")]
    [InlineData("{\"snapshot\":[{\"a\":\"b\"}],\"hostIdentifier\":\"h\",\"unixTime\":1}\n")]
    [InlineData("{\"ID\":\"1741083072.123:1\",\"SYSCALL\":{\"exe\":\"a%20b\"},\"EXECVE\":{\"ARGV\":[\"a\",\"%41\"]},\"PATH\":[{\"name\":\"x\"}]}\n")]
    [InlineData("2025-03-04T10:11:12.123456789Z stdout P a\n2025-03-04T10:11:12.123456789Z stdout F b\n")]
    [InlineData("Timestamp                       (process)[PID]    \n2025-03-04 11:11:12.123456+0100  localhost sudo[77]: (l) [s:c] m\nmore\n")]
    [InlineData("1,2025/03/04 10:11:12,007,SYSTEM,auth,0,2025/03/04 10:11:12,,auth-fail,,0,0,general,medium,\"a \"\"b\"\"\",1,0x0,0,0,0,0,,PA-VM\n")]
    [InlineData("<14>Mar 04 10:11:12 W MSWinEventLog\t1\tSecurity\t1\tTue Mar 04 10:11:12 2025\t4688\tp\tu\tN/A\tS\tW\tc\t\tA.   B C:  d   E F:  g   H:  i\t7\n")]
    public void Damaged_text_never_throws(string text) => Mutate(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(text, 5))), 800, 0, int.MaxValue, carve: false);

    private static void Mutate(byte[] sound, int rounds, int from, int to, bool carve, int seed = 42)
    {
        to = Math.Min(to, sound.Length);
        for (var round = 0; round < rounds; round++)
        {
            var random = new Random((seed * 1_000_003) + round);
            var bytes = (byte[])sound.Clone();
            for (var change = random.Next(1, 6); change > 0; change--) Change(random, ref bytes, from, Math.Min(to, bytes.Length));
            try
            {
                var (events, report) = ReadText.Of(bytes, new LogReadOptions { Carve = carve });
                Assert.Equal(events.Count, report.Events);
                Assert.Equal(report.Records, report.Events + report.Files.Sum(f => f.Skipped.Values.Sum()));
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}, round {round}: {e}");
            }
        }
    }

    private static void Change(Random random, ref byte[] bytes, int from, int to)
    {
        if (to <= from) return;
        var at = random.Next(from, to);
        switch (random.Next(6))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes.AsSpan(at, Math.Min(random.Next(1, 16), bytes.Length - at)).Fill((byte)(random.Next(2) * 255));
                break;
            case 3:
                bytes = [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 40))..]];
                break;
            case 4:
                var length = random.Next(1, 40);
                bytes = [.. bytes[..at], .. bytes.AsSpan(Math.Max(0, at - length), Math.Min(length, at)), .. bytes[at..]];
                break;
            default:
                if (random.Next(4) == 0) bytes = bytes[..at];
                else if (at + 4 <= bytes.Length) BitConverter.TryWriteBytes(bytes.AsSpan(at), random.Next(3) switch { 0 => uint.MaxValue, 1 => 0u, _ => (uint)random.Next(70_000) });
                break;
        }
    }
}
