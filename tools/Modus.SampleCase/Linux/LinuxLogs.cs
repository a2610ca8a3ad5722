using System.Globalization;
using System.Text;
using static Modus.SampleCase.Clock;

namespace Modus.SampleCase.Linux;

/// <summary>The logs of three Linux servers: auditd with several records an event, and two files of syslog.</summary>
internal sealed class LinuxLogs(ulong seed)
{
    /// <summary>Events after joining: 3,900 + 800 + 1,400 = 6,100.</summary>
    public const int AuditEvents = 3900;

    public const int AuthEvents = 800;

    public const int SyslogEvents = 1400;

    private const string App = "LNX-APP03";
    private static readonly string[] hosts = ["LNX-APP01", "LNX-WEB02", App];

    public (CaseFile File, Truth Truth) Audit()
    {
        var rng = Rng.For(seed, "audit");
        var events = new List<(DateTime Time, string Host, string? Story, Func<string, string> Text)>
        {
            (At(10, "03:44:51"), App, "E21", head => Run(head, 1002, "/usr/bin/tee", ["tee", "/etc/cron.d/logrotate-sync"], "/home/deploy", encoded: true)),
            (At(10, "03:44:51").AddMilliseconds(40), App, "E21", head => Write(head, 1002, "/usr/bin/tee", "/etc/cron.d/logrotate-sync", "CREATE")),
            (At(10, "03:45:20"), App, "E22", head => Run(head, 1002, "/usr/bin/cat", ["cat", "/opt/app/.env"], "/home/deploy", encoded: true)),
            (At(10, "03:46:02"), App, "E23", head => Write(head, 1002, "/usr/bin/tee", "/root/.ssh/authorized_keys", "NORMAL")),
            (At(10, "03:46:03"), App, "E23", head => Write(head, 1002, "/usr/bin/chmod", "/root/.ssh/authorized_keys", "NORMAL")),
            (AuditEnd, App, "E24", head => $"type=CONFIG_CHANGE {head} op=set audit_enabled=0 old=1 auid=1002 ses=9 res=1\n"),
        };
        var left = AuditEvents - events.Count;
        var silent = left / 5;
        events.AddRange(Spread(rng, silent, Start, AuditEnd).Select(time => Noise(rng, time, App)));
        foreach (var host in hosts[..2])
        {
            var count = (left - silent + (host == hosts[0] ? 1 : 0)) / 2;
            events.AddRange(Spread(rng, count, Start, End).Select(time => Noise(rng, time, host)));
        }

        var serials = hosts.ToDictionary(host => host, host => 40_000 + (host.Length * 13) + host[^1], StringComparer.Ordinal);
        var text = new StringBuilder();
        var labels = new List<Label>();
        var number = 0;
        foreach (var (time, host, story, write) in events.OrderBy(e => e.Time))
        {
            number++;
            var stamp = (time - DateTime.UnixEpoch).TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
            var head = string.Create(CultureInfo.InvariantCulture, $"msg=audit({stamp}:{serials[host]++}):");
            foreach (var line in write(head).Split('\n', StringSplitOptions.RemoveEmptyEntries)) text.Append("node=").Append(host).Append(' ').Append(line).Append('\n');
            if (story is not null) labels.Add(new(number, story));
        }

        return (CaseFile.Text("logs/audit.log", text.ToString()), new Truth(number, labels));
    }

    public (CaseFile File, Truth Truth) Auth()
    {
        var rng = Rng.For(seed, "auth");
        var events = new List<(DateTime Time, string Host, string? Story, string Text)>
        {
            (At(10, "03:40:05"), App, "E20", "sshd[2211]: Accepted publickey for deploy from 10.20.8.11 port 50944 ssh2: ED25519 SHA256:k3VQpN0m1cTt0h2zqT5kq8m1Z0xJr7Lr0m0pQd1mC3A"),
            (At(10, "03:40:05"), App, "E20", "sshd[2211]: pam_unix(sshd:session): session opened for user deploy(uid=1002) by (uid=0)"),
            (At(10, "08:53:12"), App, "E20", "sshd[2211]: pam_unix(sshd:session): session closed for user deploy"),
        };
        var left = AuthEvents - events.Count;
        events.AddRange(Spread(rng, left, Start, End).Select((time, i) =>
        {
            var host = hosts[i % 3];
            var pid = 1000 + rng.Below(8000);
            return (time, host, (string?)null, rng.Below(4) switch
            {
                0 => $"sshd[{pid}]: Accepted publickey for ops from 10.20.5.{20 + rng.Below(6)} port {40_000 + rng.Below(20_000)} ssh2: RSA SHA256:Z2x8kQm1c0Tt0h5zqT9kq8m1Y0xJr7Lr0m1pQd5mB7E",
                1 => $"sudo:      ops : TTY=pts/0 ; PWD=/home/ops ; USER=root ; COMMAND=/usr/bin/systemctl status app",
                2 => $"CRON[{pid}]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)",
                _ => $"CRON[{pid}]: pam_unix(cron:session): session closed for user root",
            });
        }));
        return Lines("logs/auth.log", events);
    }

    public (CaseFile File, Truth Truth) Syslog()
    {
        var rng = Rng.For(seed, "syslog");
        var events = Spread(rng, SyslogEvents, Start, End).Select((time, i) =>
        {
            var pid = 700 + rng.Below(300);
            return (time, hosts[i % 3], (string?)null, rng.Below(5) switch
            {
                0 => "systemd[1]: Starting logrotate.service - Rotate log files...",
                1 => $"app[{pid}]: request done status=200 ms={5 + rng.Below(200)}",
                2 => $"app[{pid}]: cache refreshed entries={1000 + rng.Below(500)}",
                3 => $"chronyd[{pid}]: Selected source 10.20.8.5",
                _ => $"kernel: [{100_000 + (i * 60)}.{rng.Below(1000):D3}] eth0: link up",
            });
        }).ToList();
        return Lines("logs/syslog", events);
    }

    private static (CaseFile, Truth) Lines(string path, List<(DateTime Time, string Host, string? Story, string Text)> events)
    {
        var text = new StringBuilder();
        var labels = new List<Label>();
        var number = 0;
        foreach (var (time, host, story, message) in events.OrderBy(e => e.Time))
        {
            number++;
            text.Append(time.ToString("MMM ", CultureInfo.InvariantCulture)).Append(time.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2))
                .Append(time.ToString(" HH:mm:ss ", CultureInfo.InvariantCulture)).Append(host).Append(' ').Append(message).Append('\n');
            if (story is not null) labels.Add(new(number, story));
        }

        return (CaseFile.Text(path, text.ToString()), new Truth(number, labels));
    }

    private static (DateTime, string, string?, Func<string, string>) Noise(Rng rng, DateTime time, string host)
    {
        var (image, words) = rng.Below(5) switch
        {
            0 => ("/usr/bin/systemctl", new[] { "systemctl", "is-active", "app" }),
            1 => ("/usr/bin/df", ["df", "-h"]),
            2 => ("/usr/bin/find", ["find", "/var/log/app", "-mtime", "+14", "-delete"]),
            3 => ("/usr/bin/curl", ["curl", "-sf", "http://127.0.0.1:8080/health"]),
            _ => ("/usr/sbin/logrotate", ["logrotate", "/etc/logrotate.conf"]),
        };
        return (time, host, null, head => Run(head, 4294967295, image, words, "/"));
    }

    /// <summary>An execve: call, arguments, folder, paths, title. What a shell may have mangled is written as hexadecimal text.</summary>
    private static string Run(string head, uint login, string image, string[] words, string folder, bool encoded = false)
    {
        var arguments = string.Join(' ', words.Select((word, i) => encoded && i > 0 ? $"a{i}={Hex(word)}" : $"a{i}=\"{word}\""));
        var short_ = words[0];
        return $"type=SYSCALL {head} arch=c000003e syscall=59 success=yes exit=0 a0=55d0c8 a1=55d0e0 a2=55d100 a3=8 items=2 ppid=2210 pid=2950 auid={login} uid={(login == 1002 ? 1002 : 0)} gid=0 euid=0 tty=(none) ses={(login == 1002 ? 9 : 4294967295)} comm=\"{short_}\" exe=\"{image}\" key=\"exec\"\n"
            + $"type=EXECVE {head} argc={words.Length} {arguments}\n"
            + $"type=CWD {head} cwd=\"{folder}\"\n"
            + $"type=PATH {head} item=0 name=\"{image}\" inode=131 dev=fd:00 mode=0100755 ouid=0 ogid=0 rdev=00:00 nametype=NORMAL\n"
            + $"type=PROCTITLE {head} proctitle={Hex(string.Join('\0', words))}\n";
    }

    /// <summary>An openat that writes to a file.</summary>
    private static string Write(string head, uint login, string image, string file, string kind) =>
        $"type=SYSCALL {head} arch=c000003e syscall=257 success=yes exit=3 a0=ffffff9c a1=7ffd a2=241 a3=1b6 items=1 ppid=2210 pid=2951 auid={login} uid={login} gid=0 euid=0 tty=(none) ses=9 comm=\"{image[(image.LastIndexOf('/') + 1)..]}\" exe=\"{image}\" key=\"watch\"\n"
        + $"type=CWD {head} cwd=\"/home/deploy\"\n"
        + $"type=PATH {head} item=0 name=\"{file}\" inode=9125 dev=fd:00 mode=0100600 ouid=0 ogid=0 rdev=00:00 nametype={kind}\n"
        + $"type=PROCTITLE {head} proctitle={Hex(image + "\0-a\0" + file)}\n";

    private static string Hex(string text) => Convert.ToHexString(Encoding.UTF8.GetBytes(text));
}
