using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Modus.Stix.Bundles;

namespace Modus.Casework.Indicators;

/// <summary>Indicators of STIX content: the comparisons for equality in the patterns of its <c>indicator</c> objects.</summary>
internal static partial class StixIndicators
{
    private const int LongestPattern = 65_536;

    /// <summary>Reads them; withdrawn objects are left out.</summary>
    /// <param name="bundle">The content.</param>
    /// <param name="file">Its name, as the caller names it.</param>
    /// <param name="techniqueOf">The technique that an attack-pattern stands for; null where none.</param>
    public static IReadOnlyList<FoundIndicator> Of(StixBundle bundle, string file, Func<StixObject, string?> techniqueOf)
    {
        var indicated = bundle.Objects.Where(item => item is { RelationshipType: "indicates", Revoked: false, SourceRef: not null, TargetRef: not null })
            .ToLookup(item => item.SourceRef!, item => item.TargetRef!, StringComparer.Ordinal);
        var found = new List<FoundIndicator>();
        foreach (var item in bundle.Objects.Where(item => item is { Type: "indicator", Revoked: false }))
        {
            if (Text(item.Json, "pattern") is not { Length: <= LongestPattern } pattern || Text(item.Json, "pattern_type") is not (null or "stix")) continue;
            string[] techniques = [.. indicated[item.Id].Select(bundle.Find).OfType<StixObject>().Where(target => target.Type == "attack-pattern").Select(techniqueOf).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
            var from = Time(item.Json, "valid_from") ?? item.Created;
            foreach (Match match in Comparison().Matches(pattern))
            {
                var value = match.Groups["value"].Value.Replace("\\'", "'", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
                if (TypeOf(match.Groups["path"].Value, value) is not { } type) continue;
                found.Add(new FoundIndicator(file, type, type == IndicatorType.Url ? value : value.ToLowerInvariant())
                {
                    Place = item.Path,
                    Written = match.Value,
                    Context = item.Name ?? item.Id,
                    First = from,
                    Last = from,
                    Basis = from is null ? "" : "producer",
                    Until = Time(item.Json, "valid_until"),
                    Techniques = techniques,
                });
            }
        }

        return [.. found.DistinctBy(one => (one.Place, one.Type, one.Value))];
    }

    private static IndicatorType? TypeOf(string path, string value)
    {
        var plain = path.Replace("'", "", StringComparison.Ordinal).ToLowerInvariant();
        return plain switch
        {
            "ipv4-addr:value" or "ipv6-addr:value" => value.Contains('/', StringComparison.Ordinal) ? IndicatorType.Network : IndicatorTypes.OfAddress(value),
            "domain-name:value" => IndicatorType.Domain,
            "url:value" => IndicatorType.Url,
            "email-addr:value" => IndicatorType.Email,
            "mutex:name" => IndicatorType.Mutex,
            _ when plain.StartsWith("file:hashes.", StringComparison.Ordinal) => plain[12..].Replace("-", "", StringComparison.Ordinal) switch
            {
                "md5" => IndicatorType.Md5,
                "sha1" => IndicatorType.Sha1,
                "sha256" => IndicatorType.Sha256,
                "sha512" => IndicatorType.Sha512,
                _ => null,
            },
            _ => null,
        };
    }

    private static string? Text(JsonElement item, string member) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset? Time(JsonElement item, string member) =>
        DateTimeOffset.TryParse(Text(item, member), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    [GeneratedRegex(@"(?<path>(ipv4-addr|ipv6-addr|domain-name|url|email-addr):value|mutex:name|file:hashes\.'?[A-Za-z0-9-]+'?)\s*=\s*'(?<value>(\\.|[^'\\])*)'", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Comparison();
}
