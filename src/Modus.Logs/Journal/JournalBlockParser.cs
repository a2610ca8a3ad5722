using System.Text;
using System.Text.Unicode;
using Modus.Logs.Json;
using Modus.Logs.Mapping;
using Modus.Logs.Reading;

namespace Modus.Logs.Journal;

/// <summary>Reads the records of an exported journal, in the shape of what <c>journalctl -o json</c> writes.</summary>
internal sealed class JournalBlockParser(ShapeTries tries, TextRecords texts) : IBlockParser
{
    private readonly PathTrie _trie = tries.Named("journald");
    private LogBlock _block = null!;
    private int _position;
    private long _line;
    private int _index;

    public void Start(LogBlock block)
    {
        _block = block;
        _position = 0;
        _line = block.Line;
        _index = 0;
    }

    public bool Next(LogEvent target)
    {
        var data = _block.Data.AsSpan(0, _block.Length);
        while (_position < data.Length)
        {
            var start = _position;
            var line = _line;
            target.Begin(_block.Data);
            target.Trie = _trie;
            var fields = 0;
            while (JournalText.TryField(data, ref _position, out var name, out var value))
            {
                if (name.IsEmpty) break;
                fields++;
                Add(target, name, value);
            }

            // The last record may lack the line that ends it, or be cut off.
            if (_position == start || (fields == 0 && _position >= data.Length)) _position = data.Length;
            _line += data[start.._position].Count((byte)'\n');
            if (fields == 0) continue;
            target.RawStart = start;
            target.RawLength = data[start.._position].TrimEnd("\n"u8).Length;
            if (target.TryGet(_trie.EmbeddedField, out var message) && TextRecords.Looks(message))
            {
                var length = texts.Read(target, message.ToArray());
                if (length < 0)
                {
                    // No record of a known shape: what it was is read again.
                    target.Begin(_block.Data);
                    target.Trie = _trie;
                    for (var at = start; JournalText.TryField(data, ref at, out var name, out var value) && !name.IsEmpty;) Add(target, name, value);
                    target.RawStart = start;
                    target.RawLength = data[start.._position].TrimEnd("\n"u8).Length;
                }
                else
                {
                    target.RawStart = 0;
                    target.RawLength = length;
                }
            }

            target.Line = line;
            target.Offset = _block.Offset + start;
            target.Index = _index++;
            return true;
        }

        return false;
    }

    private void Add(LogEvent target, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.Length > 256) name = name[..256];
        var node = _trie.Child(_trie.Root, name);
        if (node.Ignored) return;
        var slot = target.AddText(node.Field, Utf8.IsValid(value) ? value : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(value)), list: true);
        if (slot < 0) return;
        foreach (var alias in node.Aliases) target.Alias(alias, slot);
    }
}
