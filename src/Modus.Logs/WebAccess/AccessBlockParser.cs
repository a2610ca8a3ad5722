using System.Text;
using System.Text.Unicode;
using Modus.Logs.Mapping;
using Modus.Logs.Reading;
using Modus.Logs.Syslog;

namespace Modus.Logs.WebAccess;

/// <summary>Reads access logs of web servers and proxies, and error logs of web servers.</summary>
internal sealed class AccessBlockParser : IBlockParser
{
    private readonly PathTrie _errors;
    private readonly LogReadOptions _options;
    private readonly AccessNodes _web;
    private readonly AccessNodes _proxy;
    private LogBlock _block = null!;
    private int _position;
    private long _line;
    private int _index;

    public AccessBlockParser(ShapeTries tries, LogReadOptions options)
    {
        _errors = tries.Named("error-log");
        _options = options;
        _web = new AccessNodes(tries.Named("access-log"));
        _proxy = new AccessNodes(tries.Named("proxy-log"));
    }

    /// <summary>Whether a line is one of an access log.</summary>
    public static bool Looks(ReadOnlySpan<byte> line) =>
        (AccessLine.TryParse(line, out var parsed) && AccessLine.TryTime(parsed.Time, out _)) || SquidLine.TryParse(line, out _) || ErrorLine.TryParse(line, out _);

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
            else if (ErrorLine.TryParse(text, out var error))
            {
                Fill(target, error);
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

    private void Fill(LogEvent target, ErrorLine line)
    {
        target.Trie = _errors;
        if (LogTimes.TryParse(line.Time, _options.AssumedOffset, false, out var time))
            target.SetTime(time.Quality == TimeQuality.ZoneUnknown && _options.ZoneOf?.Invoke(_block.File.Name) is { } zone ? LogTimes.In(time, zone) : time);
        Put("program"u8, line.Program);
        Put("severity"u8, line.Severity);
        Put("pid"u8, line.Process);
        Put("c-ip"u8, line.Client);
        Put("message"u8, line.Message);

        void Put(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
        {
            if (!value.IsEmpty) SyslogFields.Text(target, _errors.Child(_errors.Root, name), Utf8.IsValid(value) ? value : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(value)));
        }
    }
}
