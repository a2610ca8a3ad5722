using System.Globalization;
using static Modus.SampleCase.Clock;
using static Modus.SampleCase.Windows.Hosts;

namespace Modus.SampleCase.Windows;

/// <summary>Everyday noise of the Windows hosts, and the decoys that look like something and are nothing.</summary>
internal sealed class Background(Rng rng)
{
    private static readonly string[] programs = ["svchost.exe", "taskhostw.exe", "conhost.exe", "dllhost.exe", "backgroundTaskHost.exe", "SearchProtocolHost.exe", "RuntimeBroker.exe", "wmiprvse.exe"];
    private static readonly string[] modules = ["ntdll.dll", "kernel32.dll", "user32.dll", "rpcrt4.dll", "combase.dll", "crypt32.dll"];
    private static readonly string[] names = ["time.hlf.example", "intranet.hlf.example", "mail.hlf.example", "updates.vendor.example", "telemetry.vendor.example", "booking.hlf.example"];
    private static readonly string[] services = ["Windows Update", "Background Intelligent Transfer Service", "Windows Installer", "Software Protection", "Print Spooler", "Windows Modules Installer"];
    private static readonly string[] people = ["p.nwosu", "s.brandt", "h.lindqvist", "a.sorensen", "k.maier", "d.rossi", "j.varga"];
    private static readonly string[] files = [@"C:\ProgramData\Cache\idx.tmp", @"C:\Windows\Temp\msi.log", @"C:\Windows\Prefetch\SVCHOST.pf", @"C:\ProgramData\App\state.json"];

    private readonly Processes _sysmon = new(rng);

    /// <summary>Harmless events, exactly as many as asked for.</summary>
    public IReadOnlyList<WinEvent> All(int count)
    {
        var events = Decoys().ToList();
        var left = count - events.Count;
        for (var i = 0; i < Hosts.All.Length; i++)
        {
            var host = Hosts.All[i];
            var share = left / (Hosts.All.Length - i);
            left -= share;
            var silent = host == Desk;
            foreach (var time in Spread(rng, share, Start, End, silent ? SensorStop : null, silent ? SensorStart : null)) events.Add(Noise(time, host));
        }

        return events;
    }

    private WinEvent Noise(DateTime time, string host)
    {
        var user = UserOf(host);
        var image = Processes.System32 + rng.Of(programs);
        var account = rng.Of(people);
        // Sysmon 1, 3, 7, 11, 13, 22 · Security 4624, 4634, 4688, 4769, 5145, 4663, 4625 · System 7036 · PowerShell 4104
        switch (rng.Weighted([14, 14, 10, 9, 10, 9, 7, 4, 7, 6, 3, 2, 1, 3, 1]))
        {
            case 0: return _sysmon.Start(time, host, image, image + (image.EndsWith("svchost.exe", StringComparison.Ordinal) ? " -k netsvcs -p" : ""), Processes.System32 + "services.exe", Hosts.System);
            case 1: return _sysmon.Connect(time, host, image, user, AddressOf(Domain), rng.Of([88, 389, 443, 445]));
            case 2: return _sysmon.Load(time, host, image, Processes.System32 + rng.Of(modules), user);
            case 3: return _sysmon.Create(time, host, image, rng.Of(files), user);
            case 4: return _sysmon.Registry(time, host, image, @"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\AppHost\LastSeen", "DWORD (0x00000001)", Hosts.System);
            case 5: return _sysmon.Resolve(time, host, image, rng.Of(names), "10.20.8.5", user);
            case 6: return SecurityEvents.Logon(time, host, account, 3, "10.20.4." + (30 + rng.Below(60)).ToString(CultureInfo.InvariantCulture));
            case 7: return SecurityEvents.Logoff(time, host, account, 3);
            case 8: return SecurityEvents.Process(time, host, image, image, host + "$");
            case 9: return SecurityEvents.Ticket(time, account, host + "$", "10.20.4." + (30 + rng.Below(60)).ToString(CultureInfo.InvariantCulture), "0x12") is var ticket && host == Domain ? ticket : SecurityEvents.Logon(time, host, host + "$", 5, "-");
            case 10 when host == Files: return SecurityEvents.Share(time, host, account, "10.20.4." + (30 + rng.Below(60)).ToString(CultureInfo.InvariantCulture), "finance", @"payables\overview.xlsx");
            case 11 when host == Files: return SecurityEvents.ReadFile(time, host, account, @"D:\finance\payables\overview.xlsx", "");
            case 12: return SecurityEvents.Logon(time, host, account, 3, "10.20.4." + (30 + rng.Below(60)).ToString(CultureInfo.InvariantCulture), ok: false);
            case 13: return SecurityEvents.ServiceState(time, host, rng.Of(services), rng.Below(2) == 0 ? "running" : "stopped");
            case 14: return SecurityEvents.Script(time, host, "Get-Service | Where-Object Status -eq 'Running' | Measure-Object", @"C:\ProgramData\Health\check.ps1");
            default: return _sysmon.Connect(time, host, image, user, AddressOf(Files), 445);
        }
    }

    private IEnumerable<WinEvent> Decoys()
    {
        // 1: software deployment runs encoded commands, 41 times, from the first evening on.
        var shell = Processes.System32 + @"WindowsPowerShell\v1.0\powershell.exe";
        foreach (var time in Spread(rng, 41, At(9, "21:00:00"), At(12, "21:00:00")))
            yield return _sysmon.Start(time, Deployment, shell, "powershell.exe -NoProfile -ExecutionPolicy Bypass -EncodedCommand RwBlAHQALQBDAGkAbQBJAG4AcwB0AGEAbgBjAGUAIABDAEMATQBfAEEAcABwAGwAaQBjAGEAdABpAG8AbgA=", @"C:\Windows\CCM\CcmExec.exe", Hosts.System, original: "PowerShell.EXE");

        // 2: the directory is replicated to the cloud by the account that may.
        foreach (var time in Spread(rng, 200, Start, End)) yield return SecurityEvents.Directory(time, "MSOL_3f7a21c04b9e");

        // 3: the remote help that the helpdesk is allowed to use.
        yield return SecurityEvents.NewService(At(9, "07:05:11"), Helpdesk, "AnyDesk", "\"C:\\Program Files (x86)\\AnyDesk\\AnyDesk.exe\" --service");
        yield return _sysmon.Start(At(9, "07:05:14"), Helpdesk, @"C:\Program Files (x86)\AnyDesk\AnyDesk.exe", "\"C:\\Program Files (x86)\\AnyDesk\\AnyDesk.exe\" --service", Processes.System32 + "services.exe", Hosts.System);

        // 4: the nightly backup packs without a password.
        for (var day = 9; day <= 12; day++)
            yield return _sysmon.Start(At(day, "22:30:00"), Backup, @"C:\Program Files\7-Zip\7z.exe", @"7z a -mx1 E:\nightly\finance.7z D:\replica\finance", Processes.System32 + "svchost.exe", Service);

        // 5: the scanner knocks at every share.
        foreach (var host in Hosts.All)
            for (var i = 0; i < 12; i++)
                yield return SecurityEvents.Logon(At(11, "12:30:00").AddSeconds((i * 9) + (Array.IndexOf(Hosts.All, host) * 120)), host, "scan", 3, ScannerAddress, ok: false);

        // The sensor comes back.
        yield return Processes.Service(SensorStart, Desk, "Started");

        // 14: hostile content in fields.
        yield return _sysmon.Start(At(11, "15:12:44"), "<img src=x onerror=alert(1)>", Processes.System32 + "svchost.exe", Processes.System32 + "svchost.exe -k netsvcs -p", Processes.System32 + "services.exe", Hosts.System);
        yield return _sysmon.Create(At(11, "15:12:49"), OtherDesk, Processes.System32 + "dllhost.exe", "C:\\Users\\Public\\\u001b[31mreport\u001b[0m.txt", UserOf(OtherDesk));
    }
}
