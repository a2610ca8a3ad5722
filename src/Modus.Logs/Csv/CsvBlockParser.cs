using System.Text.Unicode;
using Modus.Logs.Json;
using Modus.Logs.Mapping;
using Modus.Logs.Reading;

namespace Modus.Logs.Csv;

/// <summary>Reads rows of CSV. A column that holds the record as JSON (the mapping says so) is read in the row's place.</summary>
internal sealed class CsvBlockParser(ShapeTries tries, ShapeTries json, TextRecords texts) : IBlockParser
{
    private readonly JsonShapes _json = new(json, texts);
    private readonly TextRecords _texts = texts;
    private LogBlock _block = null!;
    private CsvHeader _header = null!;
    private PathTrie _trie = tries.Plain;
    private PathNode[] _nodes = [];
    private ulong _markers;
    private int _embedded;
    private bool _required;
    private string _path = "";
    private (PathNode Node, byte[] Value)[] _constants = [];
    private byte[] _buffer = [];
    private int _position;
    private long _line;
    private int _index;

    public void Start(LogBlock block)
    {
        _block = block;
        _position = 0;
        _line = block.Line;
        _index = 0;
        _path = "";
        _json.Forget();
        Use((CsvHeader)block.File.Header!);
    }

    private void Use(CsvHeader header)
    {
        if (ReferenceEquals(header, _header)) return;
        _header = header;
        var names = header.Names.Select(name => name.Replace(" ", "", StringComparison.Ordinal)).ToList();
        _trie = tries.Detect([.. names, .. header.Constants.Select(constant => constant.Name)]);
        _nodes = [.. names.Select(n => _trie.Child(_trie.Root, n))];
        _markers = _nodes.Aggregate(0UL, (bits, node) => bits | node.Marker);
        _required = _trie.Shape.Embedded is not null;
        _embedded = names.FindIndex(name => _required ? name == _trie.Shape.Embedded : ReferenceEquals(_trie, tries.Plain) && tries.IsText(name));
        _constants = [.. header.Constants.Select(constant => (_trie.Child(_trie.Root, constant.Name), constant.Value))];
        _markers |= _constants.Aggregate(0UL, (bits, constant) => bits | constant.Node.Marker);
    }

    public bool Next(LogEvent target)
    {
        while (_position < _block.Length)
        {
            var rest = _block.Data.AsSpan(_position, _block.Length - _position);
            var length = _header.IsW3C ? rest.IndexOf((byte)'\n') + 1 : CsvText.RowEnd(rest);
            if (length <= 0) length = _header.IsW3C ? rest.Length : Unclosed(rest);
            var start = _position;
            var line = _line;
            _position += length;
            _line += rest[..length].Count((byte)'\n');
            var row = CsvText.WithoutLineEnd(rest[..length]);
            if (row.IsEmpty || (_header.IsW3C && Comment(row))) continue;
            if (!Read(target, start, row, line)) continue;
            target.Line = line;
            target.Offset = _block.Offset + start;
            target.Index = _index++;
            return true;
        }

        return false;
    }

    private bool Read(LogEvent target, int start, ReadOnlySpan<byte> row, long line)
    {
        if (!Utf8.IsValid(row))
            _block.Tally.Note(LogProblemCodes.InvalidUtf8, "", line, "bytes that are not UTF-8", "If the file has another encoding, convert it to UTF-8 first.");
        target.Begin(_block.Data);
        target.Trie = _trie;
        target.Markers = _markers;
        target.Header = _header.Text;
        target.RawStart = start;
        target.RawLength = row.Length;
        var at = 0;
        var column = 0;
        var carried = default(Range);
        while (_header.IsW3C ? CsvText.NextExtended(row, _header.Delimiter, ref at, out var field, out var quoted) : CsvText.Next(row, _header.Delimiter, ref at, out field, out quoted))
        {
            if (column < _nodes.Length && _header.IsW3C && field is [(byte)'-'])
            {
                target.AddText(_nodes[column].Field, default, ValueKind.Null);
            }
            else if (column < _nodes.Length)
            {
                if (column == _embedded && _required && quoted && field.Length > 1) return Embedded(target, field, line);
                if (column == _embedded && !_required && quoted && TextRecords.Looks(field.Contains((byte)'"') ? Mended(field, true) : field) && row.Overlaps(field, out var from)) carried = from..(from + field.Length);
                if (_header.IsW3C && field.SequenceEqual("(empty)"u8)) Add(target, _nodes[column], default, quoted, ValueKind.Text);
                else Add(target, _nodes[column], field, quoted, field.IsEmpty ? ValueKind.Blank : ValueKind.Text);
            }

            column++;
        }

        if (column != _nodes.Length)
            _block.Tally.Note(
                LogProblemCodes.Malformed,
                "width",
                line,
                $"a row has {column} fields where the header names {_nodes.Length}",
                "Check for delimiters within values that lack quotes.");
        foreach (var (node, value) in _constants) target.AddText(node.Field, value);
        if (!carried.Equals(default)) return Carried(target, row[carried], start, row, line);
        _trie.Unfold(target);
        return true;
    }

    /// <summary>Takes the record that a column carries as text in the row's place, where it is one.</summary>
    private bool Carried(LogEvent target, ReadOnlySpan<byte> text, int start, ReadOnlySpan<byte> row, long line)
    {
        var length = _texts.Read(target, Mended(text, true));
        if (length >= 0)
        {
            target.RawStart = 0;
            target.RawLength = length;
            return true;
        }

        var column = _embedded;
        _embedded = -1;
        var read = Read(target, start, row, line);
        _embedded = column;
        return read;
    }

    /// <summary>Takes a comment; a new list of fields holds from there on.</summary>
    private bool Comment(ReadOnlySpan<byte> row)
    {
        if (row[0] != '#') return false;
        _path = CsvHeader.OfPathLine(row) ?? _path;
        if (CsvHeader.OfFieldsLine(row, _path) is { } header && !header.Says(_header)) Use(header);
        return true;
    }

    private static void Add(LogEvent target, PathNode node, ReadOnlySpan<byte> field, bool quoted, ValueKind kind)
    {
        if (node.Ignored) return;
        var doubled = quoted && field.Contains((byte)'"');
        var text = doubled || !Utf8.IsValid(field) ? Mended(field, doubled) : field;
        var slot = target.AddText(node.Field, text, kind);
        if (slot >= 0)
            foreach (var alias in node.Aliases) target.Alias(alias, slot);
    }

    private static byte[] Mended(ReadOnlySpan<byte> field, bool doubled)
    {
        var text = System.Text.Encoding.UTF8.GetString(field);
        return System.Text.Encoding.UTF8.GetBytes(doubled ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text);
    }

    private bool Embedded(LogEvent target, ReadOnlySpan<byte> field, long line)
    {
        var text = Mended(field, true);
        if (_buffer.Length < text.Length + JsonEventParser.Slack) _buffer = new byte[text.Length + JsonEventParser.Slack];
        text.CopyTo(_buffer, 0);
        if (_json.Parse(target, _buffer, 0, text.Length) >= 0)
        {
            target.RawStart = 0;
            target.RawLength = text.Length;
            return true;
        }

        _block.Tally.Skip(
            LogProblemCodes.Malformed, "embedded", line, $"the column {_header.Names[_embedded]} is not well-formed JSON: {_json.Error}", "Check whether the export cut the column off.");
        return false;
    }

    private int Unclosed(ReadOnlySpan<byte> rest)
    {
        // The last row of a file may lack its line end; a quote without its partner ends with its line.
        var end = rest.IndexOf((byte)'\n');
        if (end < 0) return rest.Length;
        _block.Tally.Note(LogProblemCodes.Malformed, "quote", _line, "a quoted field has no end", "Check for quotes that are not doubled within values.");
        return end + 1;
    }
}
