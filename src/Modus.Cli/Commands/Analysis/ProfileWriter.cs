using System.Text.Json;
using Modus.Analysis.Profiles;
using Modus.Cli.Shell;
using Shelled = Modus.Cli.Shell.Json;

namespace Modus.Cli.Commands.Analysis;

/// <summary>Profiles and comparisons as text and JSON.</summary>
internal static class ProfileWriter
{
    private const int MostTraits = 12;

    public static void Text(TextWriter to, ActorProfile profile)
    {
        to.WriteLine($"{profile.Id} {Safe(profile.Name)}{(profile.Aliases.Count > 0 ? $" ({Safe(string.Join(", ", profile.Aliases))})" : "")}");
        to.WriteLine($"{profile.Sources} independent sources in release {profile.Release}, {profile.FirstReport:yyyy-MM-dd} to {profile.LastReport:yyyy-MM-dd} where dated{(profile.SuspectedNation is null ? "" : $"; suspected nation {profile.SuspectedNation} (a community's label)")}");
        to.WriteLine($"{profile.Procedures.Count(item => item.Direct.Count > 0)} techniques of its own, {profile.Procedures.Count(item => item.Campaigns.Count > 0)} in campaigns, {profile.Procedures.Count(item => item.IndependentSources == 0)} only through its software");
        if (profile.Campaigns.Count > 0)
        {
            to.WriteLine("Campaigns");
            foreach (var item in profile.Campaigns) to.WriteLine($"  {item.Id} {Safe(item.Name)}, {item.FirstSeen:yyyy-MM} to {item.LastSeen:yyyy-MM}");
        }
        if (profile.Software.Count > 0)
        {
            to.WriteLine("Software, the least shared first");
            foreach (var item in profile.Software.OrderBy(item => item.Users).ThenBy(item => item.Id, StringComparer.Ordinal))
                to.WriteLine($"  {item.Id} {Safe(item.Name)}: {item.Sources.Count} sources, {item.Users} actors");
        }
        if (profile.RareTraits.Count > 0)
        {
            to.WriteLine("Rare traits");
            foreach (var item in profile.RareTraits.Take(MostTraits))
                to.WriteLine($"  {item.Id} {Safe(item.Name)}: {(item.Others.Count == 0 ? "nobody else" : $"also {string.Join(", ", item.Others)}")}");
        }
    }

    public static void Json(Utf8JsonWriter json, ActorProfile profile)
    {
        json.WriteStartObject();
        json.WriteString("id", profile.Id);
        json.WriteString("name", profile.Name);
        Shelled.WriteMember(json, "aliases", profile.Aliases);
        Shelled.WriteMember(json, "suspected_nation", profile.SuspectedNation);
        json.WriteString("release", profile.Release);
        json.WriteNumber("sources", profile.Sources);
        Shelled.WriteMember(json, "first_report", profile.FirstReport);
        Shelled.WriteMember(json, "last_report", profile.LastReport);
        Array(json, "campaigns", profile.Campaigns, item => Members(json, ("id", item.Id), ("name", item.Name), ("first_seen", item.FirstSeen), ("last_seen", item.LastSeen), ("sources", item.Sources)));
        Array(json, "software", profile.Software, item => Members(json, ("id", item.Id), ("name", item.Name), ("sources", item.Sources), ("last_seen", item.LastSeen), ("users", item.Users)));
        Array(json, "rare_traits", profile.RareTraits, item => Members(json, ("id", item.Id), ("name", item.Name), ("others", item.Others)));
        Array(json, "techniques", profile.Procedures, item => Members(json, ("id", item.Id), ("name", item.Name), ("independent_sources", item.IndependentSources),
            ("direct", item.Direct), ("campaigns", item.Campaigns), ("software", item.Software), ("last_seen", item.LastSeen), ("users", item.Users)));
        json.WriteEndObject();
    }

    public static void Json(Utf8JsonWriter json, Comparison compared)
    {
        json.WriteStartObject();
        Shelled.WriteMember(json, "subjects", compared.Subjects);
        Array(json, "pairs", compared.Pairs, pair => Members(json, ("first", pair.First), ("second", pair.Second), ("shared", pair.Shared), ("likeness", pair.Likeness),
            ("random_shared", pair.RandomShared), ("random_likeness", pair.RandomLikeness), ("more_alike", pair.MoreAlike)));
        Array(json, "techniques", compared.Rows, row =>
        {
            Members(json, ("id", row.Id), ("name", row.Name), ("users", row.Users));
            json.WriteStartArray("sources");
            foreach (var count in row.Sources) json.WriteNumberValue(count);
            json.WriteEndArray();
        });
        json.WriteEndObject();
    }

    private static void Members(Utf8JsonWriter json, params (string Key, object? Value)[] members)
    {
        foreach (var (key, value) in members) Shelled.WriteMember(json, key, value);
    }

    private static void Array<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static string Safe(string text) => SafeText.ForTerminal(text);
}
