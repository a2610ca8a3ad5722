using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;
using Modus.Logs.Mapping;

namespace Modus.Logs.Auditd;

/// <summary>Fills an event with the fields of audit records, one record after the other.</summary>
internal sealed class AuditFields(PathTrie trie)
{
    /// <summary>The most arguments of one command line.</summary>
    public const int MaxArguments = 4096;

    private readonly PathNode _type = trie.Child(trie.Root, "type");
    private readonly PathNode _node = trie.Child(trie.Root, "node");
    private readonly PathNode _command = trie.Child(trie.Root, "CommandLine");
    private readonly PathNode _address = trie.Child(trie.Root, "saddr_address");
    private readonly PathNode _port = trie.Child(trie.Root, "saddr_port");
    private readonly SortedDictionary<(int Argument, int Part), byte[]> _arguments = [];
    private byte[] _buffer = new byte[4096];
    private bool _interpreted;

    public PathTrie Trie => trie;

    /// <summary>Adds a record's fields.</summary>
    public void Add(LogEvent target, AuditLine line)
    {
        Put(target, _type, line.Type);
        if (!line.Node.IsEmpty && target.First(_node.Field) < 0) Put(target, _node, line.Node);
        var arguments = line.Type.SequenceEqual("EXECVE"u8);
        _arguments.Clear();
        _interpreted = line.IsInterpreted;
        Body(target, line.Body, arguments, 0);
        if (arguments) Command(target);
    }

    private void Body(LogEvent target, ReadOnlySpan<byte> rest, bool arguments, int depth)
    {
        while (true)
        {
            rest = rest.TrimStart(" ,\u001d"u8);
            var equals = rest.IndexOfAny((byte)'=', (byte)' ');
            if (equals < 0) return;
            if (rest[equals] == ' ')
            {
                rest = rest[(equals + 1)..];
                continue;
            }

            var name = rest[..equals];
            rest = rest[(equals + 1)..];
            var value = _interpreted ? Interpreted(ref rest, name, arguments, out var quote) : Value(ref rest, out quote);
            if (name.IsEmpty) continue;
            if (quote == '\'' && depth == 0 && name.SequenceEqual("msg"u8)) Body(target, value, false, 1);
            else Field(target, name, value, quote, arguments);
        }
    }

    /// <summary>A value as ausearch interprets it: without quotes, though it may have blanks.</summary>
    private static ReadOnlySpan<byte> Interpreted(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> name, bool arguments, out byte quote)
    {
        quote = 0;
        var end = -1;
        if (arguments && name is [(byte)'a', ..] && Utf8Parser.TryParse(name[1..], out int number, out _))
            end = rest.IndexOf(Encoding.ASCII.GetBytes($" a{number + 1}="));
        else if (!name.SequenceEqual("proctitle"u8))
            return Value(ref rest, out quote);
        var value = (end < 0 ? rest : rest[..end]).TrimEnd((byte)' ');
        rest = end < 0 ? default : rest[end..];
        return value;
    }

    private static ReadOnlySpan<byte> Value(ref ReadOnlySpan<byte> rest, out byte quote)
    {
        quote = rest.IsEmpty ? (byte)0 : rest[0];
        ReadOnlySpan<byte> value;
        if (quote is (byte)'"' or (byte)'\'')
        {
            var end = rest[1..].IndexOf(quote);
            if (end >= 0)
            {
                value = rest.Slice(1, end);
                rest = rest[(end + 2)..];
                return value;
            }
        }

        quote = 0;
        var stop = rest.IndexOfAny((byte)' ', (byte)0x1d);
        value = stop < 0 ? rest : rest[..stop];
        rest = stop < 0 ? default : rest[stop..];
        return value;
    }

    private void Field(LogEvent target, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, byte quote, bool arguments)
    {
        if (name.Length > 64) name = name[..64];
        if (quote == 0 && (value.SequenceEqual("(null)"u8) || value.SequenceEqual("(none)"u8)))
        {
            Put(target, trie.Child(trie.Root, name), default, ValueKind.Null);
            return;
        }

        if (quote == 0 && !_interpreted && AuditValues.MayBeHex(name, arguments))
        {
            if (_buffer.Length < value.Length) _buffer = new byte[value.Length];
            if (AuditValues.TryHex(value, _buffer, out var used)) value = _buffer.AsSpan(0, used);
        }

        if (arguments && Argument(name, value)) return;
        if (name.SequenceEqual("key"u8) && value.Contains((byte)1))
        {
            foreach (var part in value.Split((byte)1)) Put(target, trie.Child(trie.Root, name), value[part]);
            return;
        }

        if (name.SequenceEqual("proctitle"u8) && value.Contains((byte)0))
        {
            var words = value.TrimEnd((byte)0).ToArray();
            words.AsSpan().Replace((byte)0, (byte)' ');
            value = words;
        }

        Put(target, trie.Child(trie.Root, name), value);
        if (name.SequenceEqual("saddr"u8)) Address(target, value);
    }

    /// <summary>Keeps an argument (<c>a3</c>, or a part of a long one, <c>a3[2]</c>) for later.</summary>
    private bool Argument(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.Length < 2 || name[0] != 'a' || !Utf8Parser.TryParse(name[1..], out int number, out var used)) return false;
        var part = 0;
        var tail = name[(1 + used)..];
        if (tail.StartsWith("["u8))
        {
            if (!Utf8Parser.TryParse(tail[1..], out part, out _)) return false;
        }
        else if (!tail.IsEmpty)
        {
            return false;
        }

        if (_arguments.Count < MaxArguments) _arguments[(number, part)] = value.ToArray();
        return true;
    }

    private void Command(LogEvent target)
    {
        var line = new List<byte>();
        var argument = new List<byte>();
        var current = -1;
        foreach (var ((number, _), value) in _arguments)
        {
            if (number != current)
            {
                Finish(target, current, argument, line);
                current = number;
            }

            argument.AddRange(value);
        }

        Finish(target, current, argument, line);
        if (line.Count > 0) Put(target, _command, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(line));
    }

    private void Finish(LogEvent target, int number, List<byte> argument, List<byte> line)
    {
        if (number < 0) return;
        Put(target, trie.Child(trie.Root, $"a{number}"), System.Runtime.InteropServices.CollectionsMarshal.AsSpan(argument));
        if (number > 0) line.Add((byte)' ');
        line.AddRange(argument);
        argument.Clear();
    }

    /// <summary>Decodes IPv4 and IPv6 socket addresses.</summary>
    private void Address(LogEvent target, ReadOnlySpan<byte> hex)
    {
        Span<byte> raw = stackalloc byte[28];
        if (hex.Length < 16 || hex.Length > 256 || !AuditValues.TryHex(hex[..Math.Min(hex.Length, 56)], raw, out var used)) return;
        var family = raw[0] | (raw[1] << 8);
        Span<byte> text = stackalloc byte[64];
        int written;
        if (family == 2 && used >= 8) new System.Net.IPAddress(raw.Slice(4, 4)).TryFormat(text, out written);
        else if (family == 10 && used >= 24) new System.Net.IPAddress(raw.Slice(8, 16)).TryFormat(text, out written);
        else return;
        Put(target, _address, text[..written]);
        Put(target, _port, Encoding.ASCII.GetBytes(((raw[2] << 8) | raw[3]).ToString(System.Globalization.CultureInfo.InvariantCulture)), ValueKind.Number);
    }

    private static void Put(LogEvent target, PathNode node, ReadOnlySpan<byte> text, ValueKind kind = ValueKind.Text)
    {
        if (node.Ignored) return;
        if (!Utf8.IsValid(text)) text = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text));
        var slot = target.AddText(node.Field, text, kind, list: true);
        if (slot >= 0)
            foreach (var alias in node.Aliases) target.Alias(alias, slot);
    }
}
