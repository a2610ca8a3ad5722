using Modus.Logs.Mapping;

namespace Modus.Logs.Syslog;

/// <summary>The fields that syslog messages fill.</summary>
internal sealed class SyslogFields
{
    public SyslogFields(PathTrie trie)
    {
        Trie = trie;
        Facility = trie.Child(trie.Root, "facility");
        Severity = trie.Child(trie.Root, "severity");
        Timestamp = trie.Child(trie.Root, "timestamp");
        Host = trie.Child(trie.Root, "host");
        Program = trie.Child(trie.Root, "program");
        Process = trie.Child(trie.Root, "pid");
        MessageId = trie.Child(trie.Root, "msgid");
        Message = trie.Child(trie.Root, "message");
    }

    public PathTrie Trie { get; }

    public PathNode Facility { get; }

    public PathNode Severity { get; }

    public PathNode Timestamp { get; }

    public PathNode Host { get; }

    public PathNode Program { get; }

    public PathNode Process { get; }

    public PathNode MessageId { get; }

    public PathNode Message { get; }

    public static void Number(LogEvent target, PathNode node, int value)
    {
        Span<byte> digits = stackalloc byte[11];
        value.TryFormat(digits, out var used, default, System.Globalization.CultureInfo.InvariantCulture);
        Add(target, node, digits[..used], ValueKind.Number);
    }

    public static void Text(LogEvent target, PathNode node, ReadOnlySpan<byte> text) => Add(target, node, text, ValueKind.Text);

    /// <summary>Adds what sudo says of a call: <c>TTY=pts/0 ; PWD=/root ; USER=root ; COMMAND=/bin/sh</c>.</summary>
    public void Sudo(LogEvent target, ReadOnlySpan<byte> message)
    {
        var colon = message.IndexOf(" : "u8);
        if (colon < 0) return;
        message = message[(colon + 3)..];
        while (!message.IsEmpty)
        {
            // The command stands last, and may hold anything.
            var end = message.StartsWith("COMMAND="u8) ? -1 : message.IndexOf(" ; "u8);
            var part = end < 0 ? message : message[..end];
            message = end < 0 ? default : message[(end + 3)..];
            var equals = part.IndexOf((byte)'=');
            if (equals is > 0 and <= 16 && part[..equals].IndexOfAnyExceptInRange((byte)'A', (byte)'Z') < 0) Add(target, Trie.Child(Trie.Root, part[..equals]), part[(equals + 1)..], ValueKind.Text);
        }
    }

    /// <summary>Adds the parameters of structured data under <c>id.name</c>.</summary>
    public void Structured(LogEvent target, ReadOnlySpan<byte> data)
    {
        var at = 0;
        while (at < data.Length && data[at] == '[')
        {
            var end = SyslogText.ElementEnd(data, at);
            if (end < 0) return;
            var element = data[(at + 1)..(end - 1)];
            at = end;
            var space = element.IndexOf((byte)' ');
            if (space <= 0) continue;
            var id = Trie.Child(Trie.Root, element[..space]);
            Parameters(target, id, element[(space + 1)..]);
        }
    }

    private void Parameters(LogEvent target, PathNode id, ReadOnlySpan<byte> rest)
    {
        while (true)
        {
            rest = rest.TrimStart((byte)' ');
            var equals = rest.IndexOf("=\""u8);
            if (equals <= 0) return;
            var name = rest[..equals];
            rest = rest[(equals + 2)..];
            var end = 0;
            while (end < rest.Length && rest[end] != '"') end += rest[end] == '\\' ? 2 : 1;
            if (end >= rest.Length) return;
            var value = rest[..end];
            rest = rest[(end + 1)..];
            if (value.Contains((byte)'\\')) value = Unescaped(value);
            Add(target, Trie.Child(id, name), value, ValueKind.Text);
        }
    }

    private static byte[] Unescaped(ReadOnlySpan<byte> value)
    {
        var text = new byte[value.Length];
        var used = 0;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\' && i + 1 < value.Length && value[i + 1] is (byte)'"' or (byte)'\\' or (byte)']') i++;
            text[used++] = value[i];
        }

        return text[..used];
    }

    private static void Add(LogEvent target, PathNode node, ReadOnlySpan<byte> text, ValueKind kind)
    {
        if (node.Ignored) return;
        var slot = target.AddText(node.Field, text, kind);
        if (slot >= 0)
            foreach (var alias in node.Aliases) target.Alias(alias, slot);
    }
}
