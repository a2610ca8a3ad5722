using Xunit;

namespace Modus.Tests.Logs.WindowsText;

/// <summary>What rules ask of events whose data stands in the text for people only.</summary>
public sealed class MessageTextTests
{
    private const string Subject = "Subject:\n\tSecurity ID:\t\tS-1-5-21-1\n\tAccount Name:\t\tmara\n\n";

    /// <summary>Log, event, message, then fields and values in turn.</summary>
    public static TheoryData<string, int, string, string[]> Messages => new()
    {
        { "Microsoft-Windows-PowerShell/Operational", 4104, "Creating Scriptblock text (1 of 1):\nfunction a {\n\n  b: c\n}\n\nScriptBlock ID: 6a1b\nPath: C:\\x.ps1", ["ScriptBlockText", "function a {\n\n  b: c\n}", "ScriptBlockId", "6a1b", "Path", @"C:\x.ps1"] },
        { "Microsoft-Windows-PowerShell/Operational", 4104, "Scriptblocktext wird erstellt (1 von 1):\nGet-Item x\n\nScriptBlock-ID: 6a1b\nPfad: ", ["ScriptBlockText", "Get-Item x", "ScriptBlockId", "6a1b"] },
        { "Microsoft-Windows-PowerShell/Operational", 4103, "CommandInvocation(Get-ADUser): \"Get-ADUser\"\nParameterBinding(Get-ADUser): name=\"f\"; value=\"x\"\n\nContext:\n        Severity = Informational\n        Host Application = powershell -nop\n\nUser Data:\n\n", ["Payload", "CommandInvocation(Get-ADUser): \"Get-ADUser\"\nParameterBinding(Get-ADUser): name=\"f\"; value=\"x\"", "ContextInfo", "        Severity = Informational\n        Host Application = powershell -nop"] },
        { "Windows PowerShell", 400, "Engine state is changed from None to Available.\n\nDetails: \n\tNewEngineState=Available\n\tHostApplication=powershell -Version 2\n", ["Data", "Engine state is changed from None to Available.\n\nDetails: \n\tNewEngineState=Available\n\tHostApplication=powershell -Version 2"] },
        { "System", 7045, "A service was installed in the system.\n\nService Name:  x\nService File Name:  cmd /c y\nService Type:  user mode service\nService Start Type:  demand start\nService Account:  LocalSystem", ["ImagePath", "cmd /c y", "StartType", "demand start", "AccountName", "LocalSystem"] },
        { "Security", 4697, $"A service was installed in the system.\n\n{Subject}Service Information:\n\tService Name: \t\tx\n\tService File Name:\tcmd /c y\n", ["ServiceFileName", "cmd /c y", "SubjectUserName", "mara"] },
        { "Security", 4698, $"A scheduled task was created.\n\n{Subject}Task Information:\n\tTask Name: \t\t\\x\n\tTask Content: \t\t<?xml version=\"1.0\"?>\n<Task xmlns=\"http://x/y\">\n  <Command>a</Command>\n</Task>\n\nOther Information:\n\tProcessId: 5\n", ["TaskName", @"\x", "TaskContent", "<?xml version=\"1.0\"?>\n<Task xmlns=\"http://x/y\">\n  <Command>a</Command>\n</Task>"] },
        { "Security", 5136, $"A directory service object was modified.\n\t\n{Subject}Directory Service:\n\tName:\tc\n\tType:\tAD\n\nObject:\n\tDN:\tCN=x\n\tClass:\tuser\n\t\nAttribute:\n\tLDAP Display Name:\tmsDS-KeyCredentialLink\n\tValue:\tB:1\n\t\nOperation:\n\tType:\tValue Added\n", ["ObjectDN", "CN=x", "ObjectClass", "user", "AttributeLDAPDisplayName", "msDS-KeyCredentialLink", "AttributeValue", "B:1", "OperationType", "Value Added"] },
        { "Security", 5145, $"A network share object was checked.\n\t\n{Subject}Network Information:\t\n\tSource Address:\t\t10.1.2.3\n\tSource Port:\t\t1\n\nShare Information:\n\tShare Name:\t\t\\\\*\\IPC$\n\tRelative Target Name:\tatsvc\n", ["IpAddress", "10.1.2.3", "IpPort", "1", "RelativeTargetName", "atsvc"] },
        { "Security", 5156, "The Windows Filtering Platform has permitted a connection.\n\nApplication Information:\n\tApplication Name:\ta.exe\n\nNetwork Information:\n\tSource Address:\t\t10.1.2.3\n\tSource Port:\t\t5000\n\tDestination Address:\t203.0.113.9\n\tDestination Port:\t\t443\n", ["SourceAddress", "10.1.2.3", "SourcePort", "5000", "DestAddress", "203.0.113.9", "DestPort", "443", "Application", "a.exe"] },
        { "Security", 4672, $"Special privileges assigned to new logon.\n\n{Subject}Privileges:\t\tSeSecurityPrivilege\n\t\t\tSeDebugPrivilege\n", ["PrivilegeList", "SeSecurityPrivilege\n\t\t\tSeDebugPrivilege"] },
        { "Security", 4769, "A Kerberos service ticket was requested.\n\nAccount Information:\n\tAccount Name:\t\tm@C\n\nService Information:\n\tService Name:\t\tsql\n\nAdditional Information:\n\tTicket Encryption Type:\t0x17\n\tFailure Code:\t\t0x0\n", ["ServiceName", "sql", "TicketEncryptionType", "0x17", "Status", "0x0"] },
        { "Microsoft-Windows-Windows Defender/Operational", 1116, "Microsoft Defender Antivirus has detected malware.\n For more information please see the following:\nhttps://go.example/x\n \tName: HackTool:Win32/X\n \tSeverity: High\n \tPath: file:_C:\\x.exe\n", ["ThreatName", "HackTool:Win32/X", "SeverityName", "High", "Path", @"file:_C:\x.exe"] },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void The_text_of_an_event_gives_its_data(string log, int id, string message, string[] fields)
    {
        var e = Assert.Single(ReadText.Of($"03/04/2025 10:11:12 AM\nLogName={log}\nEventCode={id}\nComputerName=w1\nSourceName=x\nRecordNumber=1\nMessage={message}\n").Events);
        foreach (var pair in fields.Chunk(2)) Assert.Equal((pair[0], pair[1]), (pair[0], e[pair[0]]));
    }
}
