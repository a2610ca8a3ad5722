namespace Modus.Logs.Reading;

/// <summary>The formats that readers exist for.</summary>
internal enum LogFormat
{
    Unknown,
    Empty,
    Evtx,
    JsonLines,
    JsonDocument,
    Xml,
    Auditd,
    Syslog,
    Csv,
    WebAccess,
    WindowsText,
    JournalExport,
}

/// <summary>Names of the formats, for people and reports.</summary>
internal static class LogFormats
{
    public static string Name(LogFormat format) => format switch
    {
        LogFormat.Evtx => "evtx",
        LogFormat.JsonLines => "json-lines",
        LogFormat.JsonDocument => "json",
        LogFormat.Xml => "windows-xml",
        LogFormat.Auditd => "auditd",
        LogFormat.Syslog => "syslog",
        LogFormat.Csv => "csv",
        LogFormat.WebAccess => "access-log",
        LogFormat.WindowsText => "windows-text",
        LogFormat.JournalExport => "journal-export",
        LogFormat.Empty => "empty",
        _ => "",
    };
}
