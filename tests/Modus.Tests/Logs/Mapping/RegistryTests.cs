using Xunit;

namespace Modus.Tests.Logs.Mapping;

/// <summary>Registry values of sources that tell key, value and type apart, in the words of Sysmon that rules use.</summary>
public sealed class RegistryTests
{
    [Theory]
    [InlineData(@"HKEY_LOCAL_MACHINE\SYSTEM\ControlSet001\Services\abc", "ImagePath", "String", @"C:\a.exe", @"HKLM\System\CurrentControlSet\Services\abc\ImagePath", @"C:\a.exe")]
    [InlineData(@"HKEY_CURRENT_USER\S-1-5-21-1-2-3-1001\Software\K", "On", "Dword", "1", @"HKU\S-1-5-21-1-2-3-1001\Software\K\On", "DWORD (0x00000001)")]
    [InlineData(@"HKEY_LOCAL_MACHINE\SOFTWARE\K", "", "String", "x", @"HKLM\SOFTWARE\K\(Default)", "x")]
    [InlineData(@"HKEY_LOCAL_MACHINE\SOFTWARE\K", "V", "Qword", "4294967298", @"HKLM\SOFTWARE\K\V", "QWORD (0x00000001-0x00000002)")]
    [InlineData(@"HKEY_LOCAL_MACHINE\SOFTWARE\K", "V", "Binary", "00ff", @"HKLM\SOFTWARE\K\V", "Binary Data")]
    public void Hunting_tables_of_a_defender(string key, string value, string type, string data, string target, string details)
    {
        var (events, _) = ReadText.Of($"Timestamp,DeviceName,ActionType,RegistryKey,RegistryValueName,RegistryValueType,RegistryValueData,InitiatingProcessFileName\n2026-05-04T10:11:12Z,w1,RegistryValueSet,{key},{value},{type},{data},reg.exe\n");
        Assert.Equal((target, details), (events[0]["TargetObject"], events[0]["Details"]));
        Assert.True(events[0].Source.Covers("windows", null, "registry_set"));
    }

    [Fact]
    public void Security_4657_as_xml_and_as_json()
    {
        const string data = @"<Data Name='ObjectName'>\REGISTRY\MACHINE\SOFTWARE\K</Data><Data Name='ObjectValueName'>V</Data><Data Name='NewValueType'>%%1876</Data><Data Name='NewValue'>16</Data>";
        var (xml, _) = ReadText.Of($"<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Security-Auditing'/><EventID>4657</EventID><Channel>Security</Channel></System><EventData>{data}</EventData></Event>");
        var (json, _) = ReadText.Of("""{"Channel":"Security","EventID":4657,"ObjectName":"\\REGISTRY\\MACHINE\\SOFTWARE\\K","ObjectValueName":"V","NewValueType":"%%1876","NewValue":"16"}""");
        foreach (var one in xml.Concat(json)) Assert.Equal((@"HKLM\SOFTWARE\K\V", "DWORD (0x00000010)"), (one["TargetObject"], one["Details"]));
    }

    [Fact]
    public void Other_object_accesses_are_no_registry()
    {
        var (events, _) = ReadText.Of("""{"Channel":"Security","EventID":4663,"ObjectName":"C:\\x","NewValue":"16"}""");
        Assert.Null(events[0]["TargetObject"]);
    }
}
