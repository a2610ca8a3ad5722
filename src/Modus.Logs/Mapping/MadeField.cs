using System.Text;

namespace Modus.Logs.Mapping;

/// <summary>A field that is put together from others, such as a whole address from scheme, host and path.</summary>
internal sealed class MadeField
{
    private readonly int _field;
    private readonly (byte[] Text, int Field)[] _parts;

    /// <summary>Reads a text in which <c>{name}</c> stands for a field's value; what has no value there stands for nothing.</summary>
    public MadeField(string name, string form, Func<string, int> field)
    {
        _field = field(name);
        var parts = new List<(byte[], int)>();
        for (var at = 0; at < form.Length;)
        {
            var open = form.IndexOf('{', at);
            var close = open < 0 ? -1 : form.IndexOf('}', open);
            if (close < 0)
            {
                parts.Add((Encoding.UTF8.GetBytes(form[at..]), -1));
                break;
            }

            if (open > at) parts.Add((Encoding.UTF8.GetBytes(form[at..open]), -1));
            parts.Add(([], field(form[(open + 1)..close])));
            at = close + 1;
        }

        _parts = [.. parts];
    }

    /// <summary>Adds the field where the event has none of the name, and a value for one of its parts at least.</summary>
    public void Add(LogEvent e)
    {
        if (e.First(_field) >= 0) return;
        var length = 0;
        var any = false;
        foreach (var (text, field) in _parts)
        {
            length += text.Length;
            if (field < 0 || !e.TryGet(field, out var value)) continue;
            any = true;
            length += value.Length;
        }

        if (!any) return;
        var made = new byte[length];
        var used = 0;
        foreach (var (text, field) in _parts)
        {
            var value = field < 0 ? text : e.TryGet(field, out var found) ? found : default;
            value.CopyTo(made.AsSpan(used));
            used += value.Length;
        }

        e.AddText(_field, made.AsSpan(0, used).TrimEnd((byte)' '));
    }
}
