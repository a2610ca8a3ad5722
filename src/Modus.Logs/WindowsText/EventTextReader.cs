using System.Text;
using System.Text.Unicode;
using Modus.Logs.Mapping;
using Modus.Logs.Messages;

namespace Modus.Logs.WindowsText;

/// <summary>Reads one Windows event that stands as text, in the shape of what Get-WinEvent exports.</summary>
internal sealed class EventTextReader(ShapeTries tries)
{
    private readonly MessagePairs _pairs = new();
    private readonly PathTrie _trie = tries.Named("get-winevent");

    /// <summary>Fills an event that has begun; false where the text is no event.</summary>
    public bool Read(LogEvent target, ReadOnlySpan<byte> text)
    {
        _pairs.Clear();
        if (!EventText.TryRead(text, _pairs)) return false;
        Fill(target, _pairs);
        return true;
    }

    /// <summary>Fills an event that has begun with what stands under the names of Get-WinEvent.</summary>
    public void Fill(LogEvent target, MessagePairs pairs)
    {
        target.Trie = _trie;
        for (var pair = 0; pair < pairs.Count; pair++)
        {
            var node = _trie.Child(_trie.Root, pairs.Name(pair));
            if (node.Ignored) continue;
            var value = pairs.Value(pair);
            var slot = target.AddText(node.Field, Utf8.IsValid(value) ? value : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(value)));
            if (slot < 0) continue;
            foreach (var alias in node.Aliases) target.Alias(alias, slot);
        }

        _trie.Unfold(target);
    }
}
