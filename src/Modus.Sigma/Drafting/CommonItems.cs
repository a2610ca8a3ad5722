using System.Collections.Immutable;

namespace Modus.Sigma.Drafting;

/// <summary>What the items of several events share.</summary>
internal static class CommonItems
{
    // More values than these are no longer a behaviour but a list of what was seen.
    private const int MaxValues = 5;

    /// <summary>Joins the items of events.</summary>
    /// <param name="events">For each event its items: key with modifiers, and values.</param>
    /// <param name="left">Takes the fields that are not shared, with the reason.</param>
    /// <param name="maxWords">The most words of one field.</param>
    public static List<(string Key, ImmutableArray<string> Values)> Of(IReadOnlyList<List<(string Key, ImmutableArray<string> Values)>> events, List<(string, string)> left, int maxWords)
    {
        if (events.Count == 1) return events[0];
        var joined = new List<(string Key, ImmutableArray<string> Values)>();
        foreach (var (key, values) in events[0])
        {
            var field = FieldOf(key);
            var others = events.Skip(1).Select(items => items.FirstOrDefault(item => FieldOf(item.Key) == field)).ToList();
            if (others.Any(other => other.Key is null))
            {
                left.Add((field, "not every event has a value there that tells the behaviour"));
                continue;
            }

            if (IsWords(key) && others.All(other => IsWords(other.Key)))
            {
                ImmutableArray<string> shared = [.. values.Where(word => others.All(other => other.Values.Contains(word, StringComparer.OrdinalIgnoreCase))).Take(maxWords)];
                if (shared.IsEmpty) left.Add((field, "no word of it is in every event"));
                else joined.Add((field + (shared.Length > 1 ? "|contains|all" : "|contains"), shared));
                continue;
            }

            ImmutableArray<string> all = [.. values.Concat(others.SelectMany(other => other.Values)).Distinct(StringComparer.OrdinalIgnoreCase)];
            if (others.Any(other => other.Key != key)) left.Add((field, "it tells another thing in each event"));
            else if (all.Length > MaxValues) left.Add((field, "it differs from event to event"));
            else joined.Add((key, all));
        }

        return joined;
    }

    private static string FieldOf(string key) => key.IndexOf('|', StringComparison.Ordinal) is var bar and > 0 ? key[..bar] : key;

    // Words of command lines: all of them are asked for.
    private static bool IsWords(string key) => key.EndsWith("|contains|all", StringComparison.Ordinal) || WordFields.Contains(FieldOf(key)) && key.EndsWith("|contains", StringComparison.Ordinal);

    internal static ImmutableHashSet<string> WordFields { get; } = ["CommandLine", "ScriptBlockText", "ImagePath", "ServiceFileName", "TaskContent", "cs-uri-query", "c-uri-query", "cs-uri-stem", "c-uri-stem", "c-uri", "cs-uri", "message", "msg", "output"];
}
