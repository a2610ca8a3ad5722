using System.Buffers;
using System.Globalization;
using System.Text;

namespace Modus.Logs.Mapping;

/// <summary>
/// Takes an event's data out of the text that Windows makes of it for people: lines of a label, a colon and a value, below
/// headings that end in a colon. Labels of Sysmon are the fields' names; those of other providers are turned into them by
/// <see cref="MessageNames"/>. Lines without a label go on with the value before, up to an empty line.
/// </summary>
internal static class MessageText
{
    private const int MaxLines = 2000;
    private const int MaxLabel = 60;

    private static readonly SearchValues<char> LabelLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 _-()/");

    /// <summary>Adds the values below a place; text without labelled lines adds nothing.</summary>
    public static void Add(LogEvent target, PathTrie trie, PathNode root, string text)
    {
        text = text.TrimStart('\r', '\n');
        var values = new Values(target, trie, root);
        var eventId = target.TryGet(trie.Field("EventID"), out var id) && int.TryParse(Encoding.UTF8.GetString(id), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var channel = target.TryGet(trie.Field("Channel"), out var log) ? Encoding.UTF8.GetString(log) : "";
        if (channel.StartsWith("Microsoft-Windows-PowerShell/", StringComparison.OrdinalIgnoreCase) || channel.StartsWith("PowerShellCore/", StringComparison.OrdinalIgnoreCase))
        {
            if (eventId == 4104 && Script(values, text)) return;
            if (eventId == 4103 && Pipeline(values, text)) return;
        }

        // Rules search what PowerShell's older log says as a whole.
        if (channel == "Windows PowerShell") values.Add("Data", text);
        Lines(values, eventId, FlatMessage.Lines(text));
    }

    private static void Lines(Values values, int eventId, string text)
    {
        var heading = "";
        var lines = 0;
        string? name = null;
        var value = new StringBuilder();
        foreach (var range in text.AsSpan().Split('\n'))
        {
            if (++lines > MaxLines) break;
            var line = text.AsSpan()[range].TrimEnd();
            if (line.IsEmpty)
            {
                Finish();
                continue;
            }

            var colon = line.IndexOf(':');
            var label = colon <= 0 || colon > MaxLabel ? default : line[..colon].Trim();
            // An address has a colon too, and no label before it.
            if (label.IsEmpty || label.ContainsAnyExcept(LabelLetters) || line[(colon + 1)..].StartsWith("//"))
            {
                if (name is not null) value.Append('\n').Append(line);
                continue;
            }

            Finish();
            var rest = line[(colon + 1)..].Trim();
            if (rest.IsEmpty && !char.IsWhiteSpace(line[0]))
            {
                heading = label.ToString();
                continue;
            }

            name = MessageNames.Of(eventId, heading, label.ToString().Replace(" ", "", StringComparison.Ordinal));
            value.Append(rest);
        }

        Finish();

        void Finish()
        {
            if (name is not null) values.Add(name, value.ToString());
            name = null;
            value.Clear();
        }
    }

    /// <summary>A script stands below the first line, and above the line with its id.</summary>
    private static bool Script(Values values, string text)
    {
        var start = text.IndexOf('\n', StringComparison.Ordinal);
        var end = text.LastIndexOf("\nScriptBlock", StringComparison.OrdinalIgnoreCase);
        if (start < 0 || end < start) return false;
        values.Add("ScriptBlockText", text[(start + 1)..end].TrimEnd('\r', '\n'));
        foreach (var line in text[(end + 1)..].Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0) values.Add(line.StartsWith("ScriptBlock", StringComparison.OrdinalIgnoreCase) ? "ScriptBlockId" : "Path", line[(colon + 1)..].Trim());
        }

        return true;
    }

    /// <summary>What a pipeline called stands above the heading of its context.</summary>
    private static bool Pipeline(Values values, string text)
    {
        // Headings are translated; the lines of the context are indented and have an equals sign in every language.
        var lines = text.Split('\n');
        var context = Array.FindIndex(lines, line => line.Length > 1 && char.IsWhiteSpace(line[0]) && line.Contains(" = ", StringComparison.Ordinal));
        if (context < 1) return false;
        var after = Array.FindIndex(lines, context, line => line.Trim().Length == 0);
        values.Add("Payload", string.Join('\n', lines[..(context - 1)]).TrimEnd());
        values.Add("ContextInfo", string.Join('\n', after < 0 ? lines[context..] : lines[context..after]).TrimEnd());
        return true;
    }

    private readonly struct Values(LogEvent target, PathTrie trie, PathNode root)
    {
        public void Add(string name, string value)
        {
            var node = trie.Child(root, name);
            if (node.Ignored || target.First(node.Field) >= 0) return;
            var slot = target.AddText(node.Field, Encoding.UTF8.GetBytes(value));
            if (slot < 0) return;
            foreach (var alias in node.Aliases) target.Alias(alias, slot);
        }
    }
}
