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
        while (StructuredText.NextElement(ref data, out var id, out var parameters))
        {
            var node = Trie.Child(Trie.Root, id);
            while (StructuredText.NextParameter(ref parameters, out var name, out var value)) Add(target, Trie.Child(node, name), value, ValueKind.Text);
        }
    }

    private static void Add(LogEvent target, PathNode node, ReadOnlySpan<byte> text, ValueKind kind)
    {
        if (node.Ignored) return;
        var slot = target.AddText(node.Field, text, kind);
        if (slot >= 0)
            foreach (var alias in node.Aliases) target.Alias(alias, slot);
    }
}
