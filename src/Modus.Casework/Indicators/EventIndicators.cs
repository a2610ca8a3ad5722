using Modus.Logs;
using Modus.Sigma.Hunting;
using Modus.Sigma.Scoring;

namespace Modus.Casework.Indicators;

/// <summary>Indicators in the events that rules chose, counted together by rule, file and host.</summary>
/// <remarks>Nothing is taken from events that no rule chose, from fields that speak of the victim's own machines and accounts, or from programs of the system.</remarks>
internal sealed class EventIndicators
{
    /// <summary>Different indicators kept of one run; more are counted in <see cref="LeftOut"/>.</summary>
    public const int MostKept = 20_000;

    private const int LongestText = 32_768, MostTexts = 20_000;

    // Whose name or address it is: the host that logs, or an account of the victim.
    private static readonly HashSet<string> own = new(
    [
        "Computer", "Hostname", "host", "host.name", "agent.name", "agent.hostname", "host.hostname", "winlog.computer_name", "SourceHostname", "WorkstationName", "Workstation", "Message", "message",
        "eventSource", "userAgent", "invokedBy", "User", "TargetUserName", "SubjectUserName", "userPrincipalName", "UserId", "properties.userPrincipalName", "initiatedBy.user.userPrincipalName",
        "TargetDomainName", "SubjectDomainName", "Provider_Name", "SourceName", "requestParameters.bucketName", "recipientAccountId",
        "FileVersion", "ProductVersion", "Version", "EngineVersion", "HostVersion", "Company", "Product", "Description", "RuleName",
    ], StringComparer.OrdinalIgnoreCase);

    // Fields that hold the name of the other side.
    private static readonly HashSet<string> remote = new(
    [
        "QueryName", "query", "DestinationHostname", "DestinationHost", "r-dns", "cs-host", "dns.question.name", "destination.domain", "url.domain", "RemoteName", "server_name", "tls.client.server_name", "SenderDomain",
    ], StringComparer.OrdinalIgnoreCase);

    private static readonly string[] addresses =
    [
        "DestinationIp", "SourceIp", "IpAddress", "sourceIPAddress", "ipAddress", "callerIpAddress", "ClientIP", "ClientIPAddress", "dst_ip", "src_ip", "destination.ip", "source.ip", "c-ip", "id.resp_h", "id.orig_h", "RemoteIpAddress", "addr",
    ];

    private static readonly string[] ownFolders = ["\\Windows\\", "\\Program Files", "/usr/", "/bin/", "/sbin/", "/lib", "/opt/", "/System/", "/Applications/"];

    private static readonly string[] innerEndings = [".local", ".lan", ".internal", ".intranet", ".corp", ".home", ".arpa", ".localdomain", ".localhost", ".workgroup", ".domain", ".ad"];

    private readonly Dictionary<string, (IndicatorType Type, string Value)[]> texts = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Rule, string File, string Host, IndicatorType Type, string Value), FoundIndicator> kept = [];

    /// <summary>How many sightings were not kept because there were too many.</summary>
    public long LeftOut { get; private set; }

    /// <summary>What was kept, in a defined order.</summary>
    public IEnumerable<FoundIndicator> Found => kept.OrderBy(pair => pair.Key.File, StringComparer.Ordinal).ThenBy(pair => pair.Key.Type).ThenBy(pair => pair.Key.Value, StringComparer.Ordinal)
        .ThenBy(pair => pair.Key.Rule, StringComparer.Ordinal).ThenBy(pair => pair.Key.Host, StringComparer.Ordinal).Select(pair => pair.Value);

    /// <summary>Takes the indicators of an event that a rule chose.</summary>
    public void Take(Hit hit, string place)
    {
        var seen = hit.Event;
        DateTimeOffset? time = seen.Time.Quality == TimeQuality.None ? null : new(DateTime.SpecifyKind(seen.Time.Utc, DateTimeKind.Utc));
        var rule = hit.Rule.Header.Id ?? hit.Rule.Header.Title;
        foreach (var (type, value, written) in Of(seen).DistinctBy(one => (one.Type, one.Value)))
        {
            var key = (rule, seen.File, seen.Host, type, value);
            if (!kept.TryGetValue(key, out var old))
            {
                if (kept.Count >= MostKept)
                {
                    LeftOut++;
                    continue;
                }

                kept[key] = new FoundIndicator(seen.File, type, value)
                {
                    Place = place,
                    Written = written,
                    Context = hit.Rule.Header.Title,
                    First = time,
                    Last = time,
                    Basis = time is null ? "" : "event",
                    Rule = rule,
                    Host = seen.Host,
                };
                continue;
            }

            kept[key] = old with { Count = old.Count + 1, First = Earlier(old.First, time), Last = Later(old.Last, time) };
        }
    }

    /// <summary>The indicators of an event: type, value, and the text they stand in.</summary>
    internal IEnumerable<(IndicatorType Type, string Value, string Written)> Of(EventRecord seen)
    {
        var isOutgoing = seen["Initiated"]?.Equals("true", StringComparison.OrdinalIgnoreCase) == true;
        var file = seen["ImageLoaded"] ?? seen["TargetFilename"] ?? seen["Image"] ?? seen["exe"];
        var isOfSystem = file is not null && ownFolders.Any(folder => file.Contains(folder, StringComparison.OrdinalIgnoreCase));
        foreach (var field in seen.Fields)
        {
            if (field.Text is not { Length: >= 4 and <= LongestText } text || own.Contains(field.Name)) continue;
            if (isOutgoing && field.Name is "SourceIp" or "source.ip") continue;
            if (addresses.Contains(field.Name, StringComparer.OrdinalIgnoreCase))
            {
                if (IndicatorTypes.OfAddress(text) is { } type) yield return (type, text.ToLowerInvariant(), text);
                continue;
            }

            if (remote.Contains(field.Name))
            {
                if (IsOthers(text.TrimEnd('.'), seen.Host)) yield return (IndicatorType.Domain, text.TrimEnd('.').ToLowerInvariant(), text);
                continue;
            }

            foreach (var (type, value) in InText(text))
            {
                if (IsHash(type) && isOfSystem) continue;
                if (type == IndicatorType.Url && !IsOthers(KnownHosts.HostOf(value), seen.Host) && IndicatorTypes.OfAddress(KnownHosts.HostOf(value)) is null) continue;
                yield return (type, value, value);
            }
        }
    }

    private static bool IsHash(IndicatorType type) => type is IndicatorType.Md5 or IndicatorType.Sha1 or IndicatorType.Sha256 or IndicatorType.Imphash;

    /// <summary>True for a full name outside the network of the host that logs.</summary>
    private static bool IsOthers(string name, string host)
    {
        if (name.Length is < 4 or > 253 || !name.Contains('.', StringComparison.Ordinal) || name.Any(letter => !char.IsLetterOrDigit(letter) && letter is not ('.' or '-' or '_'))) return false;
        var last = name[(name.LastIndexOf('.') + 1)..];
        if (last.Length < 2 || last.All(char.IsAsciiDigit) || innerEndings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) || KnownHosts.Has(name)) return false;
        var dot = host.IndexOf('.', StringComparison.Ordinal);
        return name.Equals(host, StringComparison.OrdinalIgnoreCase) == false && (dot < 0 || !("." + name).EndsWith(host[dot..], StringComparison.OrdinalIgnoreCase));
    }

    private (IndicatorType Type, string Value)[] InText(string text)
    {
        if (texts.TryGetValue(text, out var known)) return known;
        var found = new List<(IndicatorType, string)>();
        foreach (var one in Modus.Sigma.Scoring.Indicators.In(text, null, ""))
        {
            // Names and mail addresses in any text are mostly the victim's; the fields of the other side were looked at above.
            if (one.Kind is IndicatorKind.Domain or IndicatorKind.Mail) continue;
            if (one.Kind == IndicatorKind.Address && !IsAddressIn(text, one.Value)) continue;
            if (TypeOf(one, text) is { } type) found.Add((type, one.Value));
        }

        var result = found.Count == 0 ? [] : found.ToArray();
        if (texts.Count < MostTexts) texts[text] = result;
        return result;
    }

    /// <summary>True where four numbers stand like an address, not like a version: <c>Version=2.0.0.0</c>, <c>Chrome/120.0.0.0</c>.</summary>
    private static bool IsAddressIn(string text, string value)
    {
        for (var at = text.IndexOf(value, StringComparison.Ordinal); at >= 0; at = text.IndexOf(value, at + 1, StringComparison.Ordinal))
        {
            var end = at + value.Length;
            if (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '.' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))) continue;
            if (at == 0) return true;
            var before = text[at - 1];
            if (char.IsAsciiLetterOrDigit(before) || before is '.' or '-' or '_') continue;
            if (before == '/' && !(at > 1 && text[at - 2] == '/')) continue;
            if (text.AsSpan(0, at).TrimEnd("=: v\"'").EndsWith("version", StringComparison.OrdinalIgnoreCase)) continue;
            return true;
        }

        return false;
    }

    /// <summary>The type of an indicator of a rule or text; null for an address that nobody else can reach.</summary>
    /// <param name="one">The indicator.</param>
    /// <param name="text">The text around it, which tells an import hash from an MD5.</param>
    internal static IndicatorType? TypeOf(Indicator one, string text) => one.Kind switch
    {
        IndicatorKind.Hash => one.Value.Length switch
        {
            64 => IndicatorType.Sha256,
            40 => IndicatorType.Sha1,
            _ => text.Contains("IMPHASH=" + one.Value, StringComparison.OrdinalIgnoreCase) ? IndicatorType.Imphash : IndicatorType.Md5,
        },
        IndicatorKind.Address => one.Value.Contains('/', StringComparison.Ordinal) ? IndicatorType.Network : IndicatorTypes.OfAddress(one.Value),
        IndicatorKind.Domain => IndicatorType.Domain,
        IndicatorKind.Url => IndicatorType.Url,
        IndicatorKind.Mail => IndicatorType.Email,
        _ => null,
    };

    private static DateTimeOffset? Earlier(DateTimeOffset? left, DateTimeOffset? right) => left is null || right < left ? right ?? left : left;

    private static DateTimeOffset? Later(DateTimeOffset? left, DateTimeOffset? right) => left is null || right > left ? right ?? left : left;
}
