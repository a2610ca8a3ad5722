using System.Text;
using System.Text.Unicode;
using Modus.Logs.Json;
using Modus.Logs.Mapping;
using Modus.Logs.Syslog;
using Modus.Logs.WindowsText;

namespace Modus.Logs.Messages;

/// <summary>The shapes that messages may have, by their form.</summary>
internal sealed record MessageShapes(ShapeTries Pairs, ShapeTries Cef, ShapeTries Leef, ShapeTries Cisco);

/// <summary>Reads messages that are records of a form of their own: JSON, CEF, LEEF, Cisco's, Snare's, rows of a known layout, pairs of names and values.</summary>
internal sealed class MessageRecords(MessageShapes shapes, RowText rows, EventTextReader windows, TextRecords texts)
{
    private readonly MessagePairs _pairs = new();
    private readonly List<string> _names = [];
    private readonly Dictionary<ulong, PathTrie> _shapes = [];

    /// <summary>Whether a line without a syslog header is such a message; JSON lines have a reader of their own.</summary>
    public static bool Looks(ReadOnlySpan<byte> line)
    {
        line = SyslogText.WithoutPriority(line);
        if (line.StartsWith("CEF:"u8) || line.StartsWith("LEEF:"u8)) return line.Count((byte)'|') >= 4;
        return CiscoText.Find(line, out _) >= 0 || SnareText.Find(line) >= 0 || PairText.TryRead(line, new MessagePairs());
    }

    /// <summary>Whether a message is a row of a known layout.</summary>
    public bool IsRow(ReadOnlySpan<byte> message) => rows.LayoutOf(message) is not null;

    /// <summary>Reads the Windows event that stands in structured data; false where there is none, and the event is as it was.</summary>
    public bool TryStructured(LogEvent target, ReadOnlySpan<byte> data, ReadOnlySpan<byte> program, ReadOnlySpan<byte> message)
    {
        if (data.IsEmpty) return false;
        _pairs.Clear();
        if (!StructuredText.TryEvent(data, _pairs)) return false;
        if (_pairs.Find("SourceName"u8) < 0) _pairs.Add("SourceName"u8, program);
        if (_pairs.Find("Message"u8) < 0) _pairs.Add("Message"u8, message);
        return Fill(target, Shape(shapes.Pairs), alone: false);
    }

    /// <summary>Reads a message into an event that has begun over <paramref name="data"/>; false where it is plain text, and the event is as it was.</summary>
    /// <param name="target">The event.</param>
    /// <param name="data">The bytes that the event lies over.</param>
    /// <param name="message">The message, without the header of syslog.</param>
    /// <param name="program">The program that the header names; what looks like one may belong to the message.</param>
    /// <param name="alone">Whether no header stands before it, so that pairs of no known shape are taken too.</param>
    /// <param name="isText">Whether the event lies over the message itself.</param>
    public bool TryRead(LogEvent target, byte[] data, ReadOnlySpan<byte> message, ReadOnlySpan<byte> program, bool alone, out bool isText)
    {
        isText = false;
        if (message.StartsWith("@cee:"u8)) message = message[5..].TrimStart((byte)' ');
        if (message.StartsWith("{"u8))
        {
            isText = texts.Read(target, message) >= 0;
            if (!isText) target.Begin(data);
            return isText;
        }

        _pairs.Clear();
        if (CefText.TryCef(message, _pairs)) return Fill(target, Shape(shapes.Cef), alone: true);
        _pairs.Clear();
        if (CefText.TryLeef(message, _pairs)) return Fill(target, Shape(shapes.Leef), alone: true);
        _pairs.Clear();
        if (CiscoText.TryRead(message, _pairs)) return Fill(target, Shape(shapes.Cisco), alone: true);
        _pairs.Clear();
        if (SnareText.Find(message) is var mark and >= 0 && SnareText.TryRead(message[mark..], _pairs))
        {
            windows.Fill(target, _pairs);
            return true;
        }

        _pairs.Clear();
        if (rows.Read(message, _pairs) is { } layout) return Fill(target, shapes.Pairs.Named(layout.Shape), alone: true);
        _pairs.Clear();
        // What a daemon of the system says stays a message of the system.
        return program.IsEmpty && PairText.TryRead(message, _pairs) && Fill(target, Shape(shapes.Pairs), alone);
    }

    /// <summary>Adds who and when of the header that stood before the message.</summary>
    public static void AddHeader(LogEvent target, SyslogHeader header, ReadOnlySpan<byte> text)
    {
        var trie = target.Trie!;
        var host = trie.Child(trie.Root, "host");
        var name = text[header.HostRange];
        if (!name.IsEmpty && target.First(host.Field) < 0) SyslogFields.Text(target, host, name);
        // The device's own clock wins where it says which zone it goes by.
        var own = trie.TimeOf(target);
        if (own.Quality is TimeQuality.None || (own.Quality == TimeQuality.ZoneUnknown && header.Time.Quality is not (TimeQuality.None or TimeQuality.ZoneUnknown))) target.SetTime(header.Time);
    }

    private bool Fill(LogEvent target, PathTrie trie, bool alone)
    {
        if (!alone && trie.Shape.Needs.Count == 0) return false;
        target.Trie = trie;
        for (var pair = 0; pair < _pairs.Count; pair++)
        {
            var node = trie.Child(trie.Root, _pairs.Name(pair));
            if (node.Ignored) continue;
            var value = _pairs.Value(pair);
            var slot = target.AddText(node.Field, Utf8.IsValid(value) ? value : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(value)));
            if (slot < 0) continue;
            foreach (var alias in node.Aliases) target.Alias(alias, slot);
        }

        trie.Unfold(target);
        return true;
    }

    /// <summary>The shape of the pairs at hand; messages of one kind mostly have the same names.</summary>
    private PathTrie Shape(ShapeTries tries)
    {
        var key = (ulong)System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(tries);
        for (var pair = 0; pair < _pairs.Count; pair++) key = (ulong.RotateLeft(key, 7) ^ PathNode.Hash(_pairs.Name(pair))) * 0x9E3779B97F4A7C15;
        if (_shapes.TryGetValue(key, out var known)) return known;
        _names.Clear();
        for (var pair = 0; pair < _pairs.Count; pair++) _names.Add(Encoding.UTF8.GetString(_pairs.Name(pair)));
        if (_shapes.Count > 4096) _shapes.Clear();
        return _shapes[key] = tries.Detect(_names);
    }
}
