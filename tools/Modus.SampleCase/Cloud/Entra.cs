using System.Globalization;
using System.Text.Json;
using static Modus.SampleCase.Clock;

namespace Modus.SampleCase.Cloud;

/// <summary>Sign-ins of the tenant, as Microsoft Graph gives them.</summary>
internal sealed class Entra(ulong seed)
{
    public const int Events = 1500;

    private static readonly string[] people = ["m.okafor", "p.nwosu", "s.brandt", "h.lindqvist", "a.sorensen", "k.maier", "d.rossi", "j.varga"];
    private readonly Rng _rng = Rng.For(seed, "entra");

    public (CaseFile File, Truth Truth) Write()
    {
        var events = new List<(DateTime Time, string User, string Address, int Error, string? Story)>();
        for (var i = 0; i < 14; i++) events.Add((At(11, "09:58:10").AddSeconds(i * 100), "h.lindqvist", "198.51.100.77", 500121, "E26"));
        events.Add((At(11, "10:21:30"), "h.lindqvist", "198.51.100.77", 0, "E26"));
        foreach (var time in Spread(_rng, Events - events.Count, Start, End))
            events.Add((time, _rng.Of(people), "192.0.2." + (10 + _rng.Below(4)).ToString(CultureInfo.InvariantCulture), _rng.Below(40) == 0 ? 50126 : 0, null));
        return JsonLines.Write("logs/entra-signin.jsonl", events.OrderBy(e => e.Time), e => e.Story, (json, e, number) =>
        {
            json.WriteString("id", string.Create(CultureInfo.InvariantCulture, $"7e0c2f10-0000-4000-9000-{number:D12}"));
            json.WriteString("createdDateTime", Iso(e.Time));
            json.WriteString("userPrincipalName", e.User + "@harborline.example");
            json.WriteString("appDisplayName", e.Story is null ? "Office 365 Exchange Online" : "OfficeHome");
            json.WriteString("ipAddress", e.Address);
            json.WriteString("clientAppUsed", "Browser");
            json.WriteString("authenticationRequirement", "multiFactorAuthentication");
            json.WriteStartObject("status");
            json.WriteNumber("errorCode", e.Error);
            json.WriteString("failureReason", e.Error switch { 0 => "Other.", 500121 => "Authentication failed during strong authentication request.", _ => "Invalid username or password." });
            json.WriteEndObject();
            json.WriteStartObject("location");
            json.WriteString("countryOrRegion", e.Story is null ? "DE" : "NL");
            json.WriteEndObject();
        });
    }
}

/// <summary>The unified audit log of Microsoft 365.</summary>
internal sealed class UnifiedAudit(ulong seed)
{
    public const int Events = 2400;

    /// <summary>Downloads from the finance site.</summary>
    public const int Downloads = 412;

    private static readonly string[] people = ["m.okafor", "p.nwosu", "s.brandt", "a.sorensen", "k.maier", "d.rossi", "j.varga"];
    private readonly Rng _rng = Rng.For(seed, "ual");

    public (CaseFile File, Truth Truth) Write()
    {
        const string Lindqvist = "h.lindqvist@harborline.example";
        var events = new List<Entry>
        {
            new(At(9, "08:39:30"), "ThreatIntelligence", "TIMailData", "m.okafor@harborline.example", "", "E01", [("Subject", "Invoice 7731 overdue"), ("P1Sender", "billing@harborline-sso.example"), ("Urls", "https://harborline-sso.example/inv/7731")]),
            new(At(9, "08:41:07"), "ThreatIntelligence", "TIUrlClickData", "m.okafor@harborline.example", "", "E01", [("Url", "https://harborline-sso.example/inv/7731"), ("UserIp", "192.0.2.12")]),
            new(At(11, "10:34:12"), "Exchange", "New-InboxRule", Lindqvist, "198.51.100.77", "E27", [("ObjectId", "h.lindqvist\\."), ("RuleName", "."), ("MoveToFolder", "RSS Feeds")]),
        };
        for (var i = 0; i < Downloads; i++)
            events.Add(new(At(11, "10:40:00").AddMilliseconds(i * 3640L), "SharePoint", "FileDownloaded", Lindqvist, "198.51.100.77", "E28", [("SiteUrl", "https://harborline.example/sites/finance/"), ("SourceFileName", string.Create(CultureInfo.InvariantCulture, $"ledger-{1000 + i}.xlsx"))]));
        foreach (var time in Spread(_rng, Events - events.Count, Start, End))
        {
            var user = _rng.Of(people) + "@harborline.example";
            var address = "192.0.2." + (10 + _rng.Below(4)).ToString(CultureInfo.InvariantCulture);
            events.Add(_rng.Below(4) switch
            {
                0 => new(time, "Exchange", "MailItemsAccessed", user, address, null, [("MailboxOwnerUPN", user)]),
                1 => new(time, "SharePoint", "FileAccessed", user, address, null, [("SiteUrl", "https://harborline.example/sites/operations/"), ("SourceFileName", "roster.xlsx")]),
                2 => new(time, "SharePoint", "FileModified", user, address, null, [("SiteUrl", "https://harborline.example/sites/operations/"), ("SourceFileName", "roster.xlsx")]),
                _ => new(time, "AzureActiveDirectory", "UserLoggedIn", user, address, null, []),
            });
        }

        return JsonLines.Write("logs/m365-ual.jsonl", events.OrderBy(e => e.Time), e => e.Story, (json, e, number) =>
        {
            json.WriteString("CreationTime", e.Time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
            json.WriteString("Id", string.Create(CultureInfo.InvariantCulture, $"9a4d1c20-0000-4000-a000-{number:D12}"));
            json.WriteString("Workload", e.Workload);
            json.WriteString("Operation", e.Operation);
            json.WriteString("OrganizationName", "harborline.example");
            json.WriteString("UserId", e.User);
            if (e.Address.Length > 0) json.WriteString("ClientIP", e.Address);
            json.WriteString("ResultStatus", "Succeeded");
            foreach (var (name, value) in e.More) json.WriteString(name, value);
        });
    }

    private sealed record Entry(DateTime Time, string Workload, string Operation, string User, string Address, string? Story, (string Name, string Value)[] More);
}

/// <summary>Writes objects as lines.</summary>
internal static class JsonLines
{
    public static (CaseFile File, Truth Truth) Write<T>(string path, IEnumerable<T> items, Func<T, string?> story, Action<Utf8JsonWriter, T, int> members)
    {
        using var stream = new MemoryStream();
        var labels = new List<Label>();
        var number = 0;
        foreach (var item in items)
        {
            number++;
            if (story(item) is { } label) labels.Add(new(number, label));
            using (var json = new Utf8JsonWriter(stream))
            {
                json.WriteStartObject();
                members(json, item, number);
                json.WriteEndObject();
            }

            stream.WriteByte((byte)'\n');
        }

        return (new CaseFile(path, stream.ToArray()), new Truth(number, labels));
    }
}
