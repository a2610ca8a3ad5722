using System.Text;
using System.Xml;
using Modus.Logs.Mapping;

namespace Modus.Logs.Xml;

/// <summary>Reads one Windows (or Sysmon for Linux) event written as XML. Document types are refused, so nothing is expanded or fetched.</summary>
internal sealed class XmlEventReader(PathTrie trie)
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

    /// <summary>Reads one <c>Event</c> element into an event that has begun.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public string? Read(LogEvent target, ReadOnlySpan<byte> xml)
    {
        target.Trie = trie;
        try
        {
            Walk(target, Encoding.UTF8.GetString(xml));
            trie.Unfold(target);
            return null;
        }
        catch (XmlException e)
        {
            return e.Message;
        }
    }

    private void Walk(LogEvent target, string xml)
    {
        using var text = new StringReader(xml);
        using var reader = XmlReader.Create(text, Settings);
        var nodes = new Stack<(PathNode Node, bool Filled)>();
        nodes.Push((trie.Root, true));
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
        if (name == "Data" && reader.GetAttribute("Name") is { Length: > 0 } data) return trie.Child(parent, data);
        var node = trie.Child(parent, name);
        if (!reader.HasAttributes) return node;
        var attributes = trie.Child(node, "#attributes");
        while (reader.MoveToNextAttribute())
        {
            if (reader.Prefix == "xmlns" || reader.LocalName == "xmlns") continue;
            Add(target, trie.Child(attributes, reader.LocalName), reader.Value);
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
