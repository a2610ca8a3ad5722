namespace Modus.SampleCase.Windows;

/// <summary>The Windows hosts of the case and who works there.</summary>
internal static class Hosts
{
    public const string Desk = "WKS-0417";
    public const string OtherDesk = "WKS-0388";
    public const string Helpdesk = "HLP-0002";
    public const string Backup = "SRV-BKP01";
    public const string Files = "SRV-FS02";
    public const string Domain = "DC01";
    public const string Deployment = "SCCM01";

    /// <summary>The vulnerability scanner is an appliance: it writes no log of its own.</summary>
    public const string ScannerAddress = "10.20.9.5";

    public const string System = @"NT AUTHORITY\SYSTEM";
    public const string User = @"HLF\m.okafor";
    public const string Service = @"HLF\svc_backup";

    public static readonly string[] All = [Desk, OtherDesk, Helpdesk, Backup, Files, Domain, Deployment];

    public static string AddressOf(string host) => host switch
    {
        Desk => "10.20.4.17",
        OtherDesk => "10.20.4.88",
        Helpdesk => "10.20.5.2",
        Backup => "10.20.8.11",
        Files => "10.20.8.22",
        Domain => "10.20.8.5",
        Deployment => "10.20.8.30",
        _ => "10.20.4.200",
    };

    public static string UserOf(string host) => host switch
    {
        Desk => User,
        OtherDesk => @"HLF\p.nwosu",
        Helpdesk => @"HLF\s.brandt",
        _ => System,
    };

    public static bool IsSystem(string user) => user == System;

    /// <summary>Whether a host's events come in the shape of evtx_dump; the others come like winlogbeat's.</summary>
    public static bool IsDumped(string host) => host is Desk or OtherDesk or Helpdesk or Domain;
}
