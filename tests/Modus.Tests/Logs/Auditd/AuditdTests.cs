using Modus.Logs;
using Xunit;

namespace Modus.Tests.Logs.Auditd;

public sealed class AuditdTests
{
    private const string Log = """
        type=SYSCALL msg=audit(1700000000.123:100): arch=c000003e syscall=59 success=yes exit=0 a0=55d1 a1=55d2 ppid=900 pid=1000 auid=1001 uid=0 comm="curl" exe="/usr/bin/curl" key="web"ARCH=x86_64 SYSCALL=execve AUID="mara" UID="root"
        type=SYSCALL msg=audit(1700000001.000:101): arch=c000003e syscall=2 success=no exit=-13 pid=1001 comm=6120622E7368 exe="/bin/cat" key=(null)
        type=EXECVE msg=audit(1700000000.123:100): argc=3 a0="curl" a1="-o" a2=2F746D702F6120622E7368
        type=CWD msg=audit(1700000000.123:100): cwd="/root"
        type=PATH msg=audit(1700000000.123:100): item=0 name="/usr/bin/curl" nametype=NORMAL
        type=PATH msg=audit(1700000000.123:100): item=1 name="/tmp/a b.sh" nametype=CREATE
        type=PROCTITLE msg=audit(1700000000.123:100): proctitle=6375726C002D6F
        node=db7 type=USER_AUTH msg=audit(1700000002.5:102): pid=7 uid=0 msg='op=PAM:authentication grantors=? acct="mara" exe="/usr/sbin/sshd" hostname=10.1.2.3 addr=10.1.2.3 terminal=ssh res=failed'

        """;

    [Fact]
    public void Joins_the_records_of_an_event_that_others_stand_between()
    {
        var (events, report) = ReadText.Of(Log);
        Assert.Equal([100L, 101, 102], events.Select(e => e.RecordId));
        Assert.Equal(3, report.Records);
        Assert.Equal("auditd", Assert.Single(report.Files).Format);
        var first = events[0];
        Assert.Equal(["SYSCALL", "EXECVE", "CWD", "PATH", "PATH", "PROCTITLE"], Values(first, "type"));
        Assert.Equal(["/usr/bin/curl", "/tmp/a b.sh"], Values(first, "name"));
        Assert.Equal(["NORMAL", "CREATE"], Values(first, "nametype"));
        Assert.Equal("execve", first["SYSCALL"]);
        Assert.Equal("mara", first["AUID"]);
    }

    [Fact]
    public void Decodes_hexadecimal_arguments_and_titles()
    {
        var first = ReadText.Of(Log).Events[0];
        Assert.Equal("curl -o /tmp/a b.sh", first["CommandLine"]);
        Assert.Contains("/tmp/a b.sh", Values(first, "a2"));
        Assert.Equal(["55d1", "curl"], Values(first, "a0"));
        Assert.Equal("curl -o", first["proctitle"]);
        Assert.Equal("a b.sh", ReadText.Of(Log).Events[1]["comm"]);
    }

    [Fact]
    public void Tells_null_from_missing_and_takes_nested_messages_apart()
    {
        var (events, _) = ReadText.Of(Log);
        Assert.Equal(ValueKind.Null, events[1].Fields.Single(f => f.Name == "key").Kind);
        Assert.DoesNotContain(events[2].Fields, f => f.Name == "key");
        Assert.Equal("mara", events[2]["acct"]);
        Assert.Equal("failed", events[2]["res"]);
        Assert.Equal("db7", events[2].Host);
        Assert.Equal(new DateTime(2023, 11, 14, 22, 13, 22, 500, DateTimeKind.Utc), events[2].Time.Utc);
        Assert.Equal(TimeQuality.Exact, events[2].Time.Quality);
    }

    [Fact]
    public void An_execution_is_process_creation_with_its_own_field_names()
    {
        var source = ReadText.Of(Log).Events[0].Source;
        Assert.True(source.Covers("linux", "auditd", null));
        Assert.True(source.Covers("linux", null, "process_creation"));
        Assert.Equal("exe", source.FieldFor("Image", null, "process_creation"));
        Assert.False(ReadText.Of(Log).Events[1].Source.Covers("linux", null, "process_creation"));
    }

    [Fact]
    public void Joins_the_parts_of_a_long_argument()
    {
        var (events, _) = ReadText.Of("type=EXECVE msg=audit(1700000000.123:1): argc=2 a0=\"x\" a1_len=6 a1[0]=414243 a1[1]=444546\n");
        Assert.Equal("x ABCDEF", events[0]["CommandLine"]);
        Assert.Equal("ABCDEF", events[0]["a1"]);
    }

    [Fact]
    public void Decodes_socket_addresses()
    {
        var (events, _) = ReadText.Of("type=SOCKADDR msg=audit(1700000000.1:1): saddr=020001BBC0A801020000000000000000\n");
        Assert.Equal("192.168.1.2", events[0]["saddr_address"]);
        Assert.Equal("443", events[0]["saddr_port"]);
    }

    [Fact]
    public void A_torn_line_is_counted_and_the_rest_is_read()
    {
        var (events, report) = ReadText.Of(Log + "type=SYSC\n" + "type=CWD msg=audit(1700000009.0:103): cwd=\"/\"\n");
        Assert.Equal(4, events.Count);
        Assert.Equal(5, report.Records);
        Assert.Equal(9, Assert.Single(report.Problems, p => p.Code == LogProblemCodes.Malformed).Line);
    }

    [Fact]
    public void Events_are_joined_across_the_ends_of_blocks()
    {
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < 30_000; i += 3)
        {
            // Three events at a time run into each other.
            foreach (var (type, field) in new[] { ("SYSCALL", "exe=\"/bin/x\""), ("CWD", "cwd=\"/\"") })
                for (var j = i; j < i + 3; j++) text.Append($"type={type} msg=audit(1700000000.1:{j}): {field}\n");
        }

        var (events, _) = ReadText.Of(text.ToString());
        Assert.Equal(Enumerable.Range(0, 30_000).Select(i => (long)i), events.Select(e => e.RecordId));
        Assert.All(events, e => Assert.Equal(["SYSCALL", "CWD"], Values(e, "type")));
        Assert.True(events[^1].Block > 0, "the test must span several blocks");
    }

    private static IEnumerable<string?> Values(EventRecord e, string field) => e.Fields.Where(f => f.Name == field).Select(f => f.Text);
}
