using System.Globalization;
using System.Text;

namespace Modus.Logs.Auditd;

/// <summary>
/// Gives the fields of an audit event, where a document groups them by the type of record (<c>{"EXECVE":{"ARGV":[…]}}</c>), the names
/// and values that the daemon's own log has: types, arguments by number, the command line, and text without percent signs.
/// </summary>
internal sealed class AuditGroups(FieldTable fields)
{
    private readonly Dictionary<int, Place> _places = [];
    private readonly int _type = fields.Intern("type");
    private readonly int _command = fields.Intern("CommandLine");
    private readonly int _id = fields.Intern("ID");
    private readonly int _clock = fields.Intern("timestamp");
    private readonly int _serial = fields.Intern("serial");

    private readonly record struct Place(string Group, string Name, int Field);

    /// <summary>Adds the names to an event that has just been read.</summary>
    public void Add(LogEvent e)
    {
        var count = e.Count;
        for (var slot = 0; slot < count; slot++)
        {
            var field = e.FieldOf(slot);
            if (field < 0) continue;
            if (!_places.TryGetValue(field, out var place)) _places[field] = place = PlaceOf(fields.Name(field));
            if (place.Group.Length == 0) continue;
            if (place.Name.Length == 0)
            {
                // Lists of one type of record show as several objects.
                if (slot == e.First(field)) e.AddText(_type, Encoding.UTF8.GetBytes(place.Group), list: true);
                continue;
            }

            if (e.Kind(slot) == ValueKind.Text && e.Text(slot).Contains((byte)'%')) e.Replace(slot, Plain(e.Text(slot)));
            if (place.Name is not ("ARGV" or "ARGV_STR")) e.AddText(place.Field, e.Text(slot), e.Kind(slot), list: true);
        }

        Arguments(e);
        if (!e.TryGet(_id, out var id) || id.IndexOf((byte)':') is not (> 0 and var colon)) return;
        e.AddText(_clock, id[..colon].ToArray());
        e.AddText(_serial, id[(colon + 1)..].ToArray());
    }

    private void Arguments(LogEvent e)
    {
        var line = new List<byte>();
        var number = 0;
        for (var slot = e.First(fields.Intern("EXECVE.ARGV")); slot >= 0 && number < AuditFields.MaxArguments; slot = e.Next(slot))
        {
            var value = e.Text(slot).ToArray();
            e.AddText(fields.Intern($"a{number.ToString(CultureInfo.InvariantCulture)}"), value, list: true);
            if (number++ > 0) line.Add((byte)' ');
            line.AddRange(value);
        }

        if (number == 0)
            for (var at = 0; at < AuditFields.MaxArguments && e.TryGet(fields.Intern($"EXECVE.a{at.ToString(CultureInfo.InvariantCulture)}"), out var value); at++)
            {
                if (at > 0) line.Add((byte)' ');
                line.AddRange(value);
            }

        if (line.Count == 0 && e.TryGet(fields.Intern("EXECVE.ARGV_STR"), out var whole))
        {
            line.AddRange(whole);
            Words(e, [.. line]);
        }

        if (line.Count > 0) e.AddText(_command, line.ToArray());
    }

    /// <summary>Where only the whole line was kept, its words are the nearest to arguments that there is.</summary>
    private void Words(LogEvent e, byte[] line)
    {
        var number = 0;
        foreach (var word in Encoding.UTF8.GetString(line).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(AuditFields.MaxArguments))
            e.AddText(fields.Intern($"a{(number++).ToString(CultureInfo.InvariantCulture)}"), Encoding.UTF8.GetBytes(word), list: true);
    }

    private Place PlaceOf(string path)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        var group = dot < 0 ? path : path[..dot];
        // Types of records are written in capitals, as the kernel does; what identifies the record is none.
        if (group.Length < 3 || group is "NODE" or "PARENT_INFO" || !group.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_')) return default(Place) with { Group = "" };
        var name = dot < 0 ? "" : path[(dot + 1)..];
        return new Place(group, name, name.Length == 0 ? -1 : fields.Intern(name));
    }

    private static byte[] Plain(ReadOnlySpan<byte> text)
    {
        var plain = new byte[text.Length];
        var used = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '%' && at + 2 < text.Length && Uri.IsHexDigit((char)text[at + 1]) && Uri.IsHexDigit((char)text[at + 2]))
            {
                plain[used++] = (byte)((Convert.ToInt32(((char)text[at + 1]).ToString(), 16) << 4) | Convert.ToInt32(((char)text[at + 2]).ToString(), 16));
                at += 2;
            }
            else
            {
                plain[used++] = text[at];
            }
        }

        return System.Text.Unicode.Utf8.IsValid(plain.AsSpan(0, used)) ? plain[..used] : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(plain, 0, used));
    }
}
