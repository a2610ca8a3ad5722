using System.Text;
using System.Xml;
using Modus.Logs.Mapping;
using Modus.Logs.Reading;

namespace Modus.Logs.Xml;

/// <summary>Reads Windows events written as XML, each <c>Event</c> element on its own, so that one that is damaged costs only itself.</summary>
internal sealed class XmlBlockParser(ShapeTries tries) : IBlockParser
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        ConformanceLevel = ConformanceLevel.Fragment,
        MaxCharactersInDocument = LogLimits.MaxRecordBytes,
        CheckCharacters = false,
    };

    private readonly PathTrie _trie = tries.Named("evtx");
    private LogBlock _block = null!;
    private int _position;
    private int _counted;
    private long _line;
    private int _index;

    /// <summary>Whether text is an export of Windows events.</summary>
    public static bool Looks(ReadOnlySpan<byte> text) => Opening(text) >= 0 && text.IndexOf("<System"u8) >= 0;

    /// <summary>Cuts behind the last closing tag.</summary>
    public static int Cut(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.LastIndexOf("</Event>"u8);
        return end < 0 ? 0 : end + 8;
    }

    public void Start(LogBlock block)
    {
        _block = block;
        _position = 0;
        _counted = 0;
        _line = block.Line;
        _index = 0;
    }

    public bool Next(LogEvent target)
    {
        while (true)
        {
            var rest = _block.Data.AsSpan(_position, _block.Length - _position);
            var open = Opening(rest);
            if (open < 0) return false;
            var start = _position + open;
            _line += _block.Data.AsSpan(_counted, start - _counted).Count((byte)'\n');
            _counted = start;
            var close = rest[open..].IndexOf("</Event>"u8);
            var length = close < 0 ? rest.Length - open : close + 8;
            _position = start + length;
            target.Begin(_block.Data);
            target.Trie = _trie;
            try
            {
                if (close < 0) throw new XmlException("the element Event has no end");
                Read(target, start, length);
            }
            catch (XmlException e)
            {
                _block.Tally.Skip(LogProblemCodes.Malformed, "xml", _line, $"an event is not well-formed XML: {e.Message}", "Check whether the event was cut off when it was written or copied.");
                continue;
            }

            target.RawStart = start;
            target.RawLength = length;
            target.Line = _line;
            target.Offset = _block.Offset + start;
            target.Index = _index++;
            return true;
        }
    }

    private static int Opening(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; ;)
        {
            var next = bytes[at..].IndexOf("<Event"u8);
            if (next < 0) return -1;
            at += next;
            if (at + 6 < bytes.Length && bytes[at + 6] is (byte)' ' or (byte)'>' or (byte)'\t' or (byte)'\r' or (byte)'\n') return at;
            at += 6;
        }
    }

    private void Read(LogEvent target, int start, int length)
    {
        using var text = new StringReader(Encoding.UTF8.GetString(_block.Data, start, length));
        using var reader = XmlReader.Create(text, Settings);
        var nodes = new Stack<(PathNode Node, bool Filled)>();
        nodes.Push((_trie.Root, true));
        var content = new StringBuilder();
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (nodes.Count > LogLimits.MaxDepth) throw new XmlException($"elements nested deeper than {LogLimits.MaxDepth}");
                    var parent = nodes.Pop();
                    nodes.Push((parent.Node, true));
                    content.Clear();
                    var empty = reader.IsEmptyElement;
                    var node = Open(target, reader, parent.Node, out var filled);
                    if (!empty) nodes.Push((node, filled));
                    else if (!filled) Add(target, node, null);
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    content.Append(reader.Value);
                    break;
                case XmlNodeType.EndElement:
                    var (ended, hasMore) = nodes.Pop();
                    if (content.Length > 0) Add(target, ended, content.ToString());
                    else if (!hasMore) Add(target, ended, null);
                    content.Clear();
                    break;
            }
        }
    }

    /// <summary>The place of the element the reader stands on, after its attributes were taken.</summary>
    private PathNode Open(LogEvent target, XmlReader reader, PathNode parent, out bool filled)
    {
        filled = false;
        var name = reader.LocalName;
        if (name == "Data" && reader.GetAttribute("Name") is { Length: > 0 } data) return _trie.Child(parent, data);
        var node = _trie.Child(parent, name);
        if (!reader.HasAttributes) return node;
        var attributes = _trie.Child(node, "#attributes");
        while (reader.MoveToNextAttribute())
        {
            if (reader.Prefix == "xmlns" || reader.LocalName == "xmlns") continue;
            Add(target, _trie.Child(attributes, reader.LocalName), reader.Value);
            filled = true;
        }

        reader.MoveToElement();
        return node;
    }

    private static void Add(LogEvent target, PathNode node, string? value)
    {
        if (node.Ignored || node.Visible.Length == 0) return;
        var slot = target.AddText(node.Field, value is null ? default : Encoding.UTF8.GetBytes(value), value is null ? ValueKind.Null : ValueKind.Text, list: true);
        if (slot >= 0)
            foreach (var alias in node.Aliases) target.Alias(alias, slot);
    }
}
