using System.Globalization;
using System.Text;

namespace Modus.Logs.Mapping;

/// <summary>
/// Adds <c>TargetObject</c> and <c>Details</c>, as Sysmon writes them, to events of other sources that tell key, value, type and
/// data apart: rules know the registry in Sysmon's words only.
/// </summary>
internal sealed class RegistryNames(RegistryMapping mapping, Func<string, int> field)
{
    private static readonly (string Written, string Sysmon)[] Hives =
    [
        (@"HKEY_LOCAL_MACHINE\", @"HKLM\"),
        (@"\REGISTRY\MACHINE\", @"HKLM\"),
        (@"HKEY_USERS\", @"HKU\"),
        (@"\REGISTRY\USER\", @"HKU\"),
        // What belongs to one user stands under the user's identifier.
        (@"HKEY_CURRENT_USER\S-1-", @"HKU\S-1-"),
        (@"HKEY_CURRENT_USER\", @"HKCU\"),
        (@"HKEY_CLASSES_ROOT\", @"HKCR\"),
    ];

    private readonly int _needs = field(mapping.Needs);
    private readonly int _key = field(mapping.Key);
    private readonly int _value = mapping.Value is null ? -1 : field(mapping.Value);
    private readonly int _type = field(mapping.Type);
    private readonly int _data = field(mapping.Data);
    private readonly int _target = field("TargetObject");
    private readonly int _details = field("Details");

    public void Add(LogEvent e)
    {
        if (e.First(_needs) < 0 || Text(e, _key) is not { Length: > 0 } key) return;
        var type = Text(e, _type);
        var data = Text(e, _data);
        if (e.First(_target) < 0) e.AddText(_target, Encoding.UTF8.GetBytes(Place(key, Text(e, _value), type is { Length: > 0 } || data is { Length: > 0 })));
        if (data is not null && e.First(_details) < 0) e.AddText(_details, Encoding.UTF8.GetBytes(Details(type ?? "", data)));
    }

    private string Place(string key, string? value, bool hasData)
    {
        foreach (var (written, sysmon) in Hives)
        {
            if (!key.StartsWith(written, StringComparison.OrdinalIgnoreCase)) continue;
            key = sysmon + key[written.Length..];
            break;
        }

        // Sysmon shows the control set in use under the name that programs use.
        const string sets = @"HKLM\SYSTEM\ControlSet0";
        if (key.StartsWith(sets, StringComparison.OrdinalIgnoreCase) && key.Length >= sets.Length + 2 && key.AsSpan(sets.Length, 2).IndexOfAnyExceptInRange('0', '9') < 0)
            key = @"HKLM\System\CurrentControlSet" + key[(sets.Length + 2)..];
        if (mapping.Value is null) return key;
        if (value is { Length: > 0 } and not "-") return key + '\\' + value;
        return hasData ? key + @"\(Default)" : key;
    }

    /// <summary>Data as Sysmon writes it; the type stands as a word, as a constant of Windows, or as the number of a message.</summary>
    private static string Details(string type, string data) => type.ToUpperInvariant() switch
    {
        "DWORD" or "REG_DWORD" or "%%1876" when ulong.TryParse(data, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
            string.Create(CultureInfo.InvariantCulture, $"DWORD (0x{(uint)number:x8})"),
        "QWORD" or "REG_QWORD" or "%%1883" when ulong.TryParse(data, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
            string.Create(CultureInfo.InvariantCulture, $"QWORD (0x{number >> 32:x8}-0x{(uint)number:x8})"),
        "BINARY" or "REG_BINARY" or "%%1875" => "Binary Data",
        _ => data.Length == 0 ? "(Empty)" : data,
    };

    private static string? Text(LogEvent e, int field) => field >= 0 && e.TryGet(field, out var text) ? Encoding.UTF8.GetString(text) : null;
}
