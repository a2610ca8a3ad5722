using System.Text.Json;
using Modus.Casework.Cases;
using Modus.Casework.Exchange;
using Modus.Casework.Indicators;
using Modus.Casework.Store;

namespace Modus.Casework.Workspaces;

/// <summary>What was answered once about times that a file writes without a zone.</summary>
/// <param name="File">The file, relative to the workspace; <c>*</c> matches within a name.</param>
/// <param name="Zone">An IANA zone, <c>UTC</c>, or an offset such as <c>+01:00</c>.</param>
public sealed record ZoneAnswer(string File, string Zone);

/// <summary>A folder that holds cases: <c>modus.yaml</c>, the folders of its material, and the store.</summary>
public sealed record Workspace
{
    /// <summary>The file that makes a folder a workspace.</summary>
    public const string FileName = "modus.yaml";

    /// <summary>Where the embedded store lies unless the file says otherwise.</summary>
    public const string UsualStore = ".modus/modus.db";

    /// <summary>Where kept copies of evidence lie.</summary>
    public const string KeptFolder = ".modus/evidence";

    private const int MostDays = 36_500;

    /// <summary>The folders for material.</summary>
    public static IReadOnlyList<string> MaterialFolders { get; } = ["reports", "logs", "rules", "defence"];

    /// <summary>The folder, as an absolute path.</summary>
    public required string Folder { get; init; }

    /// <summary>Its name for people.</summary>
    public string Name { get; init; } = "";

    /// <summary>The store: a file relative to the folder, or <c>postgres://…</c>.</summary>
    public string Store { get; init; } = UsualStore;

    /// <summary>The case that commands take where none is named; null where there is none.</summary>
    public string? Case { get; init; }

    /// <summary>The ATT&amp;CK release to work in; null for the newest at hand.</summary>
    public string? AttackVersion { get; init; }

    /// <summary>The rule on acceptance.</summary>
    public FourEyesPolicy FourEyes { get; init; } = FourEyesPolicy.Off;

    /// <summary>What was answered about times without a zone.</summary>
    public IReadOnlyList<ZoneAnswer> Zones { get; init; } = [];

    /// <summary>Days that indicators of a type may be trusted after they were last seen, where it is not as usual.</summary>
    public IReadOnlyDictionary<IndicatorType, int> IndicatorDays { get; init; } = new Dictionary<IndicatorType, int>();

    /// <summary>Days that an indicator of a type may be trusted here after it was last seen.</summary>
    public int DaysOf(IndicatorType type) => IndicatorDays.TryGetValue(type, out var days) ? days : IndicatorTypes.UsualDays(type);

    /// <summary>The workspace that a folder lies in: it, or the nearest above. Null where there is none.</summary>
    /// <exception cref="CaseRuleException">Its file cannot be read.</exception>
    public static Workspace? Find(string folder)
    {
        for (var at = new DirectoryInfo(System.IO.Path.GetFullPath(folder)); at is not null; at = at.Parent)
            if (File.Exists(System.IO.Path.Combine(at.FullName, FileName))) return Load(at.FullName);
        return null;
    }

    /// <summary>Reads the workspace of exactly this folder.</summary>
    /// <exception cref="CaseRuleException">Its file cannot be read.</exception>
    public static Workspace Load(string folder)
    {
        var path = System.IO.Path.Combine(folder, FileName);
        try
        {
            return Read(YamlJson.Read(File.ReadAllText(path)), System.IO.Path.GetFullPath(folder));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or CaseFormatException)
        {
            throw new CaseRuleException(CaseRuleCodes.BadWorkspace, $"{path} cannot be read: {problem.Message}", "mend the file; 'modus init' in an empty folder shows how one looks");
        }
    }

    /// <summary>Makes the folders and writes the file. The store is made when it is first opened.</summary>
    /// <exception cref="CaseRuleException">There is a workspace already.</exception>
    public void Create()
    {
        var path = PathOf(FileName);
        if (File.Exists(path)) throw new CaseRuleException(CaseRuleCodes.WorkspaceThere, $"{path} is there already", "use another folder, or edit that file");
        Directory.CreateDirectory(Folder);
        foreach (var folder in MaterialFolders) Directory.CreateDirectory(PathOf(folder));
        File.WriteAllText(path, WorkspaceText.Of(this));
    }

    /// <summary>Remembers an answer in the file, which keeps all else that people wrote into it.</summary>
    public Workspace Remember(ZoneAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var path = PathOf(FileName);
        File.WriteAllText(path, WorkspaceText.WithZone(File.ReadAllText(path), answer));
        return this with { Zones = [.. Zones, answer] };
    }

    /// <summary>The zone that was answered for a file; null where nobody was asked.</summary>
    /// <param name="path">The file, in any form.</param>
    public string? ZoneOf(string path)
    {
        var relative = Relative(path);
        return Zones.LastOrDefault(answer => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(answer.File, relative, ignoreCase: false))?.Zone;
    }

    /// <summary>A path inside the workspace.</summary>
    public string PathOf(string relative) => System.IO.Path.Combine(Folder, relative);

    /// <summary>A path as records keep it: relative with forward slashes where inside the workspace, else absolute.</summary>
    public string Relative(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        var relative = System.IO.Path.GetRelativePath(Folder, full);
        return (relative.StartsWith("..", StringComparison.Ordinal) || System.IO.Path.IsPathRooted(relative) ? full : relative).Replace('\\', '/');
    }

    /// <summary>Opens the store.</summary>
    /// <param name="time">The clock for the journal.</param>
    /// <param name="store">Another store than the file names; null takes the file's.</param>
    /// <exception cref="CaseRuleException">It cannot be opened.</exception>
    public ICaseStore OpenStore(TimeProvider time, string? store = null)
    {
        var address = string.IsNullOrEmpty(store) ? Store : store;
        var isServer = IsServer(address);
        try
        {
            if (isServer) return CaseStores.OpenPostgres(address, time);
            var path = PathOf(address);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            return CaseStores.OpenSqlite(path, time);
        }
        catch (Exception problem) when (problem is System.Data.Common.DbException or IOException or UnauthorizedAccessException or InvalidOperationException or UriFormatException or ArgumentException or System.Net.Sockets.SocketException or TimeoutException)
        {
            throw new CaseRuleException(CaseRuleCodes.Store, $"the store {(isServer ? "on the server" : address)} cannot be opened: {problem.Message}", "check that it can be reached and that it is a store of Modus");
        }
    }

    /// <summary>Says whether a store is an address of a PostgreSQL server rather than a file.</summary>
    public static bool IsServer(string store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || store.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase) || store.StartsWith("Host=", StringComparison.OrdinalIgnoreCase);
    }

    private static Workspace Read(JsonElement body, string folder)
    {
        var eyes = body.TryGetProperty("four_eyes", out var given) ? given : default;
        return new Workspace
        {
            Folder = folder,
            Name = body.Text("name") ?? System.IO.Path.GetFileName(folder),
            Store = body.Text("store") ?? UsualStore,
            Case = body.Text("case"),
            AttackVersion = body.Text("attack"),
            FourEyes = eyes.ValueKind == JsonValueKind.Object
                ? new FourEyesPolicy(eyes.Flag("required"), eyes.Texts("origins"), eyes.Word("up_to", ConfidenceLevel.High))
                : FourEyesPolicy.Off,
            Zones = body.Objects("zones", static zone => new ZoneAnswer(zone.TextOrEmpty("file"), zone.TextOrEmpty("zone"))),
            IndicatorDays = DaysIn(body),
        };
    }

    private static Dictionary<IndicatorType, int> DaysIn(JsonElement body)
    {
        var days = new Dictionary<IndicatorType, int>();
        if (!body.TryGetProperty("indicator_days", out var given) || given.ValueKind != JsonValueKind.Object) return days;
        foreach (var member in given.EnumerateObject())
        {
            if (!Enum.TryParse<IndicatorType>(member.Name, ignoreCase: true, out var type) || char.IsAsciiDigit(member.Name[0]))
                throw new CaseFormatException($"'indicator_days' knows no '{member.Name}'; it takes {string.Join(", ", Enum.GetValues<IndicatorType>().Select(RecordJson.WordOf))}");
            days[type] = given.Whole(member.Name) is { } count and > 0 and <= MostDays ? (int)count : throw new CaseFormatException($"'indicator_days.{member.Name}' has to be a number of days from 1 to {MostDays}");
        }
        return days;
    }
}
