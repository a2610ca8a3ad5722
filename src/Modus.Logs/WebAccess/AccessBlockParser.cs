using System.Text;
using System.Text.Unicode;
using Modus.Logs.Mapping;
using Modus.Logs.Reading;

namespace Modus.Logs.WebAccess;

/// <summary>Reads access logs of web servers under the names of the W3C format, which rules use.</summary>
internal sealed class AccessBlockParser : IBlockParser
{
    private readonly PathTrie _trie;
    private readonly PathNode _client;
    private readonly PathNode _user;
    private readonly PathNode _method;
    private readonly PathNode _uri;
    private readonly PathNode _stem;
    private readonly PathNode _query;
    private readonly PathNode _version;
    private readonly PathNode _status;
    private readonly PathNode _bytes;
    private readonly PathNode _referrer;
    private readonly PathNode _agent;
    private LogBlock _block = null!;
    private int _position;
    private long _line;
    private int _index;

    public AccessBlockParser(ShapeTries tries)
    {
        _trie = tries.Named("access-log");
        _client = _trie.Child(_trie.Root, "c-ip");
        _user = _trie.Child(_trie.Root, "cs-username");
        _method = _trie.Child(_trie.Root, "cs-method");
        _uri = _trie.Child(_trie.Root, "cs-uri");
        _stem = _trie.Child(_trie.Root, "cs-uri-stem");
        _query = _trie.Child(_trie.Root, "cs-uri-query");
        _version = _trie.Child(_trie.Root, "cs-version");
        _status = _trie.Child(_trie.Root, "sc-status");
        _bytes = _trie.Child(_trie.Root, "sc-bytes");
        _referrer = _trie.Child(_trie.Root, "cs-referer");
        _agent = _trie.Child(_trie.Root, "cs-user-agent");
    }

    /// <summary>Whether a line is one of an access log.</summary>
    public static bool Looks(ReadOnlySpan<byte> line) => AccessLine.TryParse(line, out var parsed) && AccessLine.TryTime(parsed.Time, out _);

    public void Start(LogBlock block)
    {
        _block = block;
        _position = 0;
        _line = block.Line - 1;
        _index = 0;
    }

    public bool Next(LogEvent target)
    {
        while (_position < _block.Length)
        {
            var rest = _block.Data.AsSpan(_position, _block.Length - _position);
            var end = rest.IndexOf((byte)'\n');
            var length = end < 0 ? rest.Length : end + 1;
            var start = _position;
            _position += length;
            _line++;
            var text = rest[..length].TrimEnd("\r\n"u8);
            if (text.IsEmpty) continue;
            if (!AccessLine.TryParse(text, out var line))
            {
                _block.Tally.Skip(LogProblemCodes.Malformed, "line", _line, "the line is none of an access log", "Check whether the server's log format changed within the file.");
                continue;
            }

            target.Begin(_block.Data);
            target.Trie = _trie;
            Fill(target, line);
            target.RawStart = start;
            target.RawLength = text.Length;
            target.Line = _line;
            target.Offset = _block.Offset + start;
            target.Index = _index++;
            return true;
        }

        return false;
    }

    private void Fill(LogEvent target, AccessLine line)
    {
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

        Put(target, _uri, request);
        var mark = request.IndexOf((byte)'?');
        Put(target, _stem, mark < 0 ? request : request[..mark]);
        if (mark >= 0) Put(target, _query, request[(mark + 1)..]);
        Put(target, _status, line.Status, ValueKind.Number);
        Put(target, _bytes, line.Bytes, ValueKind.Number);
        if (!line.Referrer.IsEmpty) Put(target, _referrer, line.Referrer);
        if (!line.Agent.IsEmpty) Put(target, _agent, line.Agent);
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
