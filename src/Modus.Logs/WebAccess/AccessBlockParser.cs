using Modus.Logs.Mapping;
using Modus.Logs.Reading;

namespace Modus.Logs.WebAccess;

/// <summary>Reads access logs of web servers and proxies.</summary>
internal sealed class AccessBlockParser : IBlockParser
{
    private readonly AccessNodes _web;
    private readonly AccessNodes _proxy;
    private LogBlock _block = null!;
    private int _position;
    private long _line;
    private int _index;

    public AccessBlockParser(ShapeTries tries)
    {
        _web = new AccessNodes(tries.Named("access-log"));
        _proxy = new AccessNodes(tries.Named("proxy-log"));
    }

    /// <summary>Whether a line is one of an access log.</summary>
    public static bool Looks(ReadOnlySpan<byte> line) =>
        (AccessLine.TryParse(line, out var parsed) && AccessLine.TryTime(parsed.Time, out _)) || SquidLine.TryParse(line, out _);

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
            target.Begin(_block.Data);
            if (SquidLine.TryParse(text, out var squid))
            {
                _proxy.Fill(target, squid);
            }
            else if (AccessLine.TryParse(text, out var line))
            {
                (line.IsProxy ? _proxy : _web).Fill(target, line);
            }
            else
            {
                _block.Tally.Skip(LogProblemCodes.Malformed, "line", _line, "the line is none of an access log", "Check whether the server's log format changed within the file.");
                continue;
            }

            target.RawStart = start;
            target.RawLength = text.Length;
            target.Line = _line;
            target.Offset = _block.Offset + start;
            target.Index = _index++;
            return true;
        }

        return false;
    }
}
