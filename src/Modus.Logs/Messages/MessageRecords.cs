using System.Text;
using System.Text.Unicode;
using Modus.Logs.Json;
using Modus.Logs.Mapping;
using Modus.Logs.Syslog;

namespace Modus.Logs.Messages;

/// <summary>Reads messages that are records of a form of their own: JSON, CEF, LEEF, Cisco's, pairs of names and values.</summary>
internal sealed class MessageRecords(ShapeTries pairs, ShapeTries cef, ShapeTries leef, ShapeTries cisco, TextRecords texts)
{
    private readonly MessagePairs _pairs = new();
    private readonly List<string> _names = [];
    private readonly Dictionary<ulong, PathTrie> _shapes = [];

    /// <summary>Whether a line without a syslog header is such a message; JSON lines have a reader of their own.</summary>
    public static bool Looks(ReadOnlySpan<byte> line)
    {
        line = SyslogText.WithoutPriority(line);
        if (line.StartsWith("CEF:"u8) || line.StartsWith("LEEF:"u8)) return line.Count((byte)'|') >= 4;
        return CiscoText.Find(line, out _) >= 0 || PairText.TryRead(line, new MessagePairs());
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
        if (CefText.TryCef(message, _pairs)) return Fill(target, Shape(cef), alone: true);
        _pairs.Clear();
        if (CefText.TryLeef(message, _pairs)) return Fill(target, Shape(leef), alone: true);
        _pairs.Clear();
        if (CiscoText.TryRead(message, _pairs)) return Fill(target, Shape(cisco), alone: true);
        _pairs.Clear();
        // What a daemon of the system says stays a message of the system.
        return program.IsEmpty && PairText.TryRead(message, _pairs) && Fill(target, Shape(pairs), alone);
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
