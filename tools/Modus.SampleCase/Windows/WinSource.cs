namespace Modus.SampleCase.Windows;

/// <summary>A provider and the channel it writes to.</summary>
internal sealed record WinSource(string Provider, string Guid, string Channel)
{
    public static readonly WinSource Sysmon = new("Microsoft-Windows-Sysmon", "{5770385F-C22A-43E0-BF4C-06F5698FFBD9}", "Microsoft-Windows-Sysmon/Operational");
    public static readonly WinSource Security = new("Microsoft-Windows-Security-Auditing", "{54849625-5478-4994-A5BA-3E3B0328C30D}", "Security");
    public static readonly WinSource SecurityLog = new("Microsoft-Windows-Eventlog", "{FC65DDD8-D6EF-4962-83D5-6E5CFE9CE148}", "Security");
    public static readonly WinSource SystemLog = new("Microsoft-Windows-Eventlog", "{FC65DDD8-D6EF-4962-83D5-6E5CFE9CE148}", "System");
    public static readonly WinSource Services = new("Service Control Manager", "{555908D1-A6D7-4695-8E1E-26931D2012F4}", "System");
    public static readonly WinSource PowerShell = new("Microsoft-Windows-PowerShell", "{A0C1853B-5C40-4B15-8766-3CF1C58F985A}", "Microsoft-Windows-PowerShell/Operational");
    public static readonly WinSource Defender = new("Microsoft-Windows-Windows Defender", "{11CD958A-C507-4EF3-B3F2-5FD9DFBD2C78}", "Microsoft-Windows-Windows Defender/Operational");
    public static readonly WinSource Esent = new("ESENT", "", "Application");
    public static readonly WinSource Sessions = new("Microsoft-Windows-TerminalServices-LocalSessionManager", "{5D896912-022D-40AA-A3A8-4FA5515C76D7}", "Microsoft-Windows-TerminalServices-LocalSessionManager/Operational");
}

/// <summary>One Windows event before it is written.</summary>
/// <param name="Time">When.</param>
/// <param name="Host">The Computer field.</param>
/// <param name="Source">Provider and channel.</param>
/// <param name="Id">The event id.</param>
/// <param name="Data">Named data in order; values without a name stand under "Data".</param>
/// <param name="Story">The entry of the storyline, or null for everyday noise.</param>
internal sealed record WinEvent(DateTime Time, string Host, WinSource Source, int Id, IReadOnlyList<(string Name, string Value)> Data, string? Story = null)
{
    /// <summary>The record number within host and channel; given when all events are there.</summary>
    public long Record { get; set; }
}
