using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Modus.SampleCase.Windows;

/// <summary>Events of Sysmon, with the fields in Sysmon's order.</summary>
internal sealed class Processes(Rng rng)
{
    public const string System32 = @"C:\Windows\System32\";

    /// <summary>Sysmon 1.</summary>
    public WinEvent Start(DateTime time, string host, string image, string command, string parent, string user, string? story = null, string? original = null, string? parentCommand = null)
    {
        var name = image[(image.LastIndexOf('\\') + 1)..];
        return Sysmon(time, host, 1, story,
            ("ProcessGuid", Guid(host, time, image)), ("ProcessId", Pid()), ("Image", image), ("OriginalFileName", original ?? name),
            ("CommandLine", command), ("CurrentDirectory", System32), ("User", user), ("LogonId", Hosts.IsSystem(user) ? "0x3e7" : "0x5b2f1"),
            ("IntegrityLevel", Hosts.IsSystem(user) ? "System" : "Medium"), ("Hashes", "SHA256=" + Hash(image)),
            ("ParentImage", parent), ("ParentCommandLine", parentCommand ?? parent));
    }

    /// <summary>Sysmon 3.</summary>
    public WinEvent Connect(DateTime time, string host, string image, string user, string to, int port, string? story = null, string name = "-") =>
        Sysmon(time, host, 3, story,
            ("ProcessGuid", Guid(host, time, image)), ("ProcessId", Pid()), ("Image", image), ("User", user), ("Protocol", "tcp"), ("Initiated", "true"),
            ("SourceIp", Hosts.AddressOf(host)), ("SourcePort", Number(49_152 + rng.Below(16_000))), ("DestinationIp", to), ("DestinationHostname", name), ("DestinationPort", Number(port)));

    /// <summary>Sysmon 7.</summary>
    public WinEvent Load(DateTime time, string host, string image, string module, string user, string? story = null) =>
        Sysmon(time, host, 7, story,
            ("ProcessGuid", Guid(host, time, image)), ("ProcessId", Pid()), ("Image", image), ("ImageLoaded", module), ("Hashes", "SHA256=" + Hash(module)),
            ("Signed", "true"), ("Signature", "Microsoft Windows"), ("SignatureStatus", "Valid"), ("User", user));

    /// <summary>Sysmon 10.</summary>
    public WinEvent Access(DateTime time, string host, string image, string target, string rights, string? story = null) =>
        Sysmon(time, host, 10, story,
            ("SourceProcessGUID", Guid(host, time, image)), ("SourceProcessId", Pid()), ("SourceImage", image), ("TargetImage", target), ("GrantedAccess", rights),
            ("CallTrace", @"C:\Windows\SYSTEM32\ntdll.dll+9d4c4|C:\Windows\System32\KERNELBASE.dll+2c13e"));

    /// <summary>Sysmon 11.</summary>
    public WinEvent Create(DateTime time, string host, string image, string file, string user, string? story = null) =>
        Sysmon(time, host, 11, story, ("ProcessGuid", Guid(host, time.Date.AddHours(time.Hour), image)), ("ProcessId", Pid()), ("Image", image), ("TargetFilename", file), ("User", user));

    /// <summary>Sysmon 13.</summary>
    public WinEvent Registry(DateTime time, string host, string image, string key, string value, string user, string? story = null) =>
        Sysmon(time, host, 13, story, ("EventType", "SetValue"), ("ProcessGuid", Guid(host, time, image)), ("ProcessId", Pid()), ("Image", image), ("TargetObject", key), ("Details", value), ("User", user));

    /// <summary>Sysmon 22.</summary>
    public WinEvent Resolve(DateTime time, string host, string image, string name, string answer, string user, string? story = null) =>
        Sysmon(time, host, 22, story, ("ProcessGuid", Guid(host, time, image)), ("ProcessId", Pid()), ("QueryName", name), ("QueryStatus", "0"), ("QueryResults", "::ffff:" + answer + ";"), ("Image", image), ("User", user));

    /// <summary>Sysmon 4: the sensor's service changes its state.</summary>
    public static WinEvent Service(DateTime time, string host, string state, string? story = null) =>
        new(time, host, WinSource.Sysmon, 4, [("UtcTime", Utc(time)), ("State", state), ("Version", "15.15"), ("SchemaVersion", "4.90")], story);

    private static WinEvent Sysmon(DateTime time, string host, int id, string? story, params (string, string)[] data) =>
        new(time, host, WinSource.Sysmon, id, [("RuleName", "-"), ("UtcTime", Utc(time)), .. data], story);

    private static string Utc(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    private string Pid() => Number(4 * (300 + rng.Below(40) * 25));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Hash(string of) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(of)));

    /// <summary>One number a host, program and day: enough to tie events together, and it packs well.</summary>
    private static string Guid(string host, DateTime time, string image)
    {
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(host + image + time.Day.ToString(CultureInfo.InvariantCulture))));
        return $"{{{hash[..8]}-{hash[8..12]}-{hash[12..16]}-{hash[16..20]}-{hash[20..32]}}}";
    }
}
