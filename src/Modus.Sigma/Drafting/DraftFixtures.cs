using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Modus.Sigma.Fixtures;

namespace Modus.Sigma.Drafting;

/// <summary>The cases that a draft is held to: its own events, and the nearest event that must not match.</summary>
internal static class DraftFixtures
{
    /// <summary>Makes the cases.</summary>
    /// <param name="rule">The id of the rule.</param>
    /// <param name="logs">The events, each as the text of a log.</param>
    /// <param name="items">The items of the rule.</param>
    /// <returns>The cases and their text; null when no counter-example differs from its event.</returns>
    public static (FixtureSet Set, string Json)? Of(string rule, IReadOnlyList<string> logs, IReadOnlyList<(string Key, ImmutableArray<string> Values)> items)
    {
        var other = CounterExample(logs[0], items);
        if (other == logs[0]) return null;
        var json = $"{{\n \"rule\": \"{rule}\",\n \"must_match\": [\n  {string.Join(",\n  ", logs.Select(one => Case(logs.Count == 1 ? "the event that the rule was drafted from" : "an event that the rule was drafted from", one)))}\n ],\n \"must_not_match\": [\n  {Case("the same event with other values where it counts", other)}\n ]\n}}\n";
        var problems = new List<Problem>();
        var set = FixtureReader.Read(json, "draft.fixtures.json", problems);
        return set is null || problems.Count > 0 ? null : (set, json);
    }

    /// <summary>A text as it stands between the quotes of JSON.</summary>
    public static string JsonText(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();

    // The same event with the decisive words replaced.
    private static string CounterExample(string log, IReadOnlyList<(string Key, ImmutableArray<string> Values)> items)
    {
        var other = log;
        foreach (var value in items.SelectMany(item => item.Values).Distinct(StringComparer.OrdinalIgnoreCase).OrderByDescending(value => value.Length))
        {
            if (value.All(char.IsAsciiDigit))
            {
                other = WithOtherNumber(other, value);
                continue;
            }

            other = WithOther(other, value);
        }

        return other;
    }

    private static string WithOther(string log, string value)
    {
        if (value.Count(char.IsLetterOrDigit) < 2) return log;
        // The text of a log writes a value plainly, or as JSON or XML do.
        foreach (var write in (Func<string, string>[])[JsonText, text => text, text => System.Security.SecurityElement.Escape(text)])
        {
            var written = write(value);
            if (!log.Contains(written, StringComparison.OrdinalIgnoreCase)) continue;
            var core = value.Trim('\\', '/', ' ', '-', '.');
            return log.Replace(written, written.Replace(write(core.Length > 1 ? core : value), "unrelated", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        }

        // A path that was put together from several fields stands there in parts.
        foreach (var part in value.Split('\\', '/').Where(part => part.Count(char.IsLetterOrDigit) > 1 && part.Length < value.Length).OrderByDescending(part => part.Length))
            if (WithOther(log, part) is var other && other != log) return other;
        return log;
    }

    // A number may stand without quotes, where a word would break the log, and within times, paths and longer numbers, where it is another thing.
    private static string WithOtherNumber(string log, string number)
    {
        var replacement = new string([.. number.Select(digit => (char)('0' + '9' - digit))]);
        var text = new StringBuilder(log.Length);
        var from = 0;
        for (int at; (at = log.IndexOf(number, from, StringComparison.Ordinal)) >= 0; from = at + number.Length)
        {
            text.Append(log, from, at - from).Append(StandsAlone(log, at, number.Length) ? replacement : number);
        }

        return text.Append(log, from, log.Length - from).ToString();
    }

    private static bool StandsAlone(string log, int at, int length)
    {
        var before = at == 0 ? ' ' : log[at - 1];
        var after = at + length == log.Length ? ' ' : log[at + length];
        return before is ' ' or '"' or '\'' or '>' or '=' or ',' or '\t' or ':' && after is ' ' or '"' or '\'' or '<' or ',' or '}' or ']' or '\t' or '\r' or '\n'
            && (before != ':' || at > 1 && log[at - 2] is '"' or '\'');
    }

    private static string Case(string says, string log)
    {
        var isJson = log.AsSpan().TrimStart().StartsWith("{");
        return $"{{ \"says\": \"{says}\", \"events\": [{(isJson ? log.Trim() : $"\"{JsonText(log)}\"")}] }}";
    }
}
