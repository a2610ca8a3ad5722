using System.Runtime.InteropServices;
using System.Text;

namespace Modus.Logs.Mapping;

/// <summary>A field that is put together from others, such as a whole address from scheme, host and path.</summary>
internal sealed class MadeField
{
    private readonly int _field;
    private readonly (byte[] Text, int Field, bool All)[] _parts;

    /// <summary>Reads a text in which <c>{name}</c> stands for a field's value and <c>{name*}</c> for all its values with blanks between; what has no value there stands for nothing.</summary>
    public MadeField(string name, string form, Func<string, int> field)
    {
        _field = field(name);
        var parts = new List<(byte[], int, bool)>();
        for (var at = 0; at < form.Length;)
        {
            var open = form.IndexOf('{', at);
            var close = open < 0 ? -1 : form.IndexOf('}', open);
            if (close < 0)
            {
                parts.Add((Encoding.UTF8.GetBytes(form[at..]), -1, false));
                break;
            }

            if (open > at) parts.Add((Encoding.UTF8.GetBytes(form[at..open]), -1, false));
            var all = form[close - 1] == '*';
            parts.Add(([], field(form[(open + 1)..(all ? close - 1 : close)]), all));
            at = close + 1;
        }

        _parts = [.. parts];
    }

    /// <summary>Adds the field where the event has none of the name, and a value for one of its parts at least.</summary>
    public void Add(LogEvent e)
    {
        if (e.First(_field) >= 0) return;
        var made = new List<byte>();
        var any = false;
        foreach (var (text, field, all) in _parts)
        {
            if (field < 0)
            {
                made.AddRange(text);
                continue;
            }

            var isFirst = true;
            for (var slot = e.First(field); slot >= 0; slot = all ? e.Next(slot) : -1)
            {
                if (e.Kind(slot) is ValueKind.Null or ValueKind.Blank) continue;
                if (!isFirst) made.Add((byte)' ');
                made.AddRange(e.Text(slot));
                isFirst = false;
                any = true;
            }
        }

        if (!any) return;
        e.AddText(_field, CollectionsMarshal.AsSpan(made).TrimEnd((byte)' '));
    }
}
