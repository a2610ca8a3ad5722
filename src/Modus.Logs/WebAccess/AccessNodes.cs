using System.Text;
using System.Text.Unicode;
using Modus.Logs.Mapping;

namespace Modus.Logs.WebAccess;

/// <summary>The fields that lines of access logs fill, under the names of the W3C format, which rules use.</summary>
internal sealed class AccessNodes(PathTrie trie)
{
    private readonly PathTrie _trie = trie;
    private readonly PathNode _client = trie.Child(trie.Root, "c-ip");
    private readonly PathNode _user = trie.Child(trie.Root, "cs-username");
    private readonly PathNode _method = trie.Child(trie.Root, "cs-method");
    private readonly PathNode _uri = trie.Child(trie.Root, "cs-uri");
    private readonly PathNode _stem = trie.Child(trie.Root, "cs-uri-stem");
    private readonly PathNode _query = trie.Child(trie.Root, "cs-uri-query");
    private readonly PathNode _extension = trie.Child(trie.Root, "cs-uri-extension");
    private readonly PathNode _host = trie.Child(trie.Root, "cs-host");
    private readonly PathNode _version = trie.Child(trie.Root, "cs-version");
    private readonly PathNode _status = trie.Child(trie.Root, "sc-status");
    private readonly PathNode _bytes = trie.Child(trie.Root, "sc-bytes");
    private readonly PathNode _referrer = trie.Child(trie.Root, "cs-referer");
    private readonly PathNode _agent = trie.Child(trie.Root, "cs-user-agent");
    private readonly PathNode _action = trie.Child(trie.Root, "s-action");
    private readonly PathNode _type = trie.Child(trie.Root, "rs-content-type");
    private readonly PathNode _server = trie.Child(trie.Root, "s-ip");

    /// <summary>Fills an event with a line of the common or combined format.</summary>
    public void Fill(LogEvent target, AccessLine line)
    {
        target.Trie = _trie;
        target.SetTime(AccessLine.TryTime(line.Time, out var time) ? time : default);
        Put(target, _client, line.Client);
        Put(target, _user, line.User);
        var request = line.Request;
        var space = request.IndexOf((byte)' ');
        if (space > 0)
        {
            Put(target, _method, request[..space]);
            request = request[(space + 1)..];
            var version = request.LastIndexOf(" HTTP/"u8);
            if (version >= 0)
            {
                Put(target, _version, request[(version + 1)..]);
                request = request[..version];
            }
        }

        if (!line.Host.IsEmpty) Put(target, _host, line.Host);
        Uri(target, request);
        Put(target, _status, line.Status, ValueKind.Number);
        Put(target, _bytes, line.Bytes, ValueKind.Number);
        if (!line.Referrer.IsEmpty) Put(target, _referrer, line.Referrer);
        if (!line.Agent.IsEmpty) Put(target, _agent, line.Agent);
    }

    /// <summary>Fills an event with a line of Squid's own format.</summary>
    public void Fill(LogEvent target, SquidLine line)
    {
        target.Trie = _trie;
        target.SetTime(LogTimes.TryParse(line.Time, null, true, out var time) ? time : default);
        Put(target, _client, line.Client);
        Put(target, _action, line.Result);
        Put(target, _status, line.Status, ValueKind.Number);
        Put(target, _bytes, line.Bytes, ValueKind.Number);
        Put(target, _method, line.Method);
        Put(target, _user, line.User);
        Put(target, _type, line.Type);
        var slash = line.Peer.IndexOf((byte)'/');
        if (slash >= 0) Put(target, _server, line.Peer[(slash + 1)..]);
        Uri(target, line.Uri);
    }

    /// <summary>What was asked for, whole and in parts; an address with its host, as proxies and balancers write it, names the host too.</summary>
    private void Uri(LogEvent target, ReadOnlySpan<byte> uri)
    {
        Put(target, _uri, uri);
        var path = uri;
        var scheme = uri.IndexOf("://"u8);
        if (scheme is > 0 and < 12)
        {
            var rest = uri[(scheme + 3)..];
            var slash = rest.IndexOfAny((byte)'/', (byte)'?');
            var host = slash < 0 ? rest : rest[..slash];
            path = slash < 0 ? default : rest[slash..];
            Host(target, host);
        }
        else if (!uri.StartsWith("/"u8) && uri.LastIndexOf((byte)':') > 0 && !uri.Contains((byte)'/'))
        {
            // CONNECT names a host and a port only.
            Host(target, uri);
            path = default;
        }

        var mark = path.IndexOf((byte)'?');
        var stem = mark < 0 ? path : path[..mark];
        Put(target, _stem, stem);
        if (mark >= 0) Put(target, _query, path[(mark + 1)..]);
        var dot = stem.LastIndexOf((byte)'.');
        if (dot > stem.LastIndexOf((byte)'/')) Put(target, _extension, stem[(dot + 1)..]);
    }

    private void Host(LogEvent target, ReadOnlySpan<byte> host)
    {
        var port = host.LastIndexOf((byte)':');
        if (port > host.LastIndexOf((byte)']')) host = host[..port];
        if (!host.IsEmpty) Put(target, _host, host);
    }

    private static void Put(LogEvent target, PathNode node, ReadOnlySpan<byte> text, ValueKind kind = ValueKind.Text)
    {
        if (node.Ignored) return;
        if (text is [(byte)'-'])
        {
            text = default;
            kind = ValueKind.Null;
        }

        if (!Utf8.IsValid(text)) text = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text));
        var slot = target.AddText(node.Field, text, kind);
        if (slot >= 0)
            foreach (var alias in node.Aliases) target.Alias(alias, slot);
    }
}
