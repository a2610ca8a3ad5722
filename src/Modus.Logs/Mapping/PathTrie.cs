using System.Text;
using Modus.Logs.Sources;

namespace Modus.Logs.Mapping;

/// <summary>All places met in the records of one shape. One object per thread and shape; it grows as records show new keys.</summary>
internal sealed class PathTrie
{
    private const int MaxNodes = 65_536;

    private readonly FieldTable _fields;
    private readonly Dictionary<string, ulong> _markers = new(StringComparer.Ordinal);
    private readonly ulong[] _needs;
    private readonly (int[] Fields, bool Utc)[] _time;
    private readonly int[] _key;
    private readonly SourceCache _cache;
    private readonly PathNode _overflow = new("", "");
    private readonly RegistryNames? _registry;
    private readonly MadeField[] _made;
    private readonly Auditd.AuditGroups? _audit;
    private readonly HashSet<int> _doubled = [];
    private readonly int _channel;
    private readonly int _provider;
    private readonly int _eventId;
    private int _nodes;

    public PathTrie(ShapeMapping shape, FieldTable fields, SourceTable sources, TimeSpan? assumedOffset)
    {
        Shape = shape;
        _fields = fields;
        AssumedOffset = assumedOffset;
        foreach (var path in shape.Needs.SelectMany(n => n).Distinct()) _markers[path] = 1UL << _markers.Count;
        _needs = [.. shape.Needs.Select(n => n.Aggregate(0UL, (bits, path) => bits | _markers[path]))];
        _time = [.. shape.Time.Select(t => (Fields(t.Split('|')[0]), t.EndsWith("|utc", StringComparison.Ordinal)))];
        HostFields = [.. shape.Host.Select(fields.Intern)];
        RecordField = shape.Record is null ? -1 : fields.Intern(shape.Record);
        EmbeddedField = shape.Embedded is null ? -1 : fields.Intern(Visible(shape.Embedded));
        PayloadField = shape.Payload is null ? -1 : fields.Intern(Visible(shape.Payload));
        MessageField = shape.Message is null ? -1 : fields.Intern(Visible(shape.Message));
        _key = [.. shape.Key.Select(fields.Intern)];
        _cache = new SourceCache(_key, sources, shape);
        _made = [.. shape.Made.Select(made => new MadeField(made.Key, made.Value, fields.Intern))];
        _registry = shape.Registry is { } registry ? new RegistryNames(registry, fields.Intern) : null;
        _audit = shape.IsAudit ? new Auditd.AuditGroups(fields) : null;
        (_channel, _provider, _eventId) = (fields.Intern("Channel"), fields.Intern("Provider_Name"), fields.Intern("EventID"));
        Root = new PathNode("", "");
    }

    public ShapeMapping Shape { get; }

    public PathNode Root { get; }

    public int[] HostFields { get; }

    public int RecordField { get; }

    /// <summary>The field that holds the whole record as text, or -1.</summary>
    public int EmbeddedField { get; }

    /// <summary>The field that holds the event's data as a JSON document, or -1.</summary>
    public int PayloadField { get; }

    /// <summary>The field that holds the event as text for people, or -1.</summary>
    public int MessageField { get; }

    public TimeSpan? AssumedOffset { get; set; }

    public Func<string, TimeZoneInfo?>? ZoneOf { get; init; }

    /// <summary>The logs that Windows' providers write to; null where the shape's events are none of Windows.</summary>
    public IReadOnlyDictionary<string, string>? Providers { get; init; }

    /// <summary>The fields that further names go by.</summary>
    public HashSet<int> AliasFields { get; } = [];

    /// <summary>Whether a record with these markers has the shape.</summary>
    public bool Fits(ulong markers)
    {
        if (_needs.Length == 0) return true;
        foreach (var need in _needs)
            if ((markers & need) == need) return true;
        return false;
    }

    public PathNode Child(PathNode parent, ReadOnlySpan<byte> key) => parent.Find(key, PathNode.Hash(key)) ?? Create(parent, key);

    public PathNode Child(PathNode parent, string key) => Child(parent, Encoding.UTF8.GetBytes(key));

    /// <summary>Adds the values that a record of this shape carries in a text of its own, and those that rules expect under other words.</summary>
    public void Unfold(LogEvent e)
    {
        _audit?.Add(e);
        if (PayloadField >= 0 && e.TryGet(PayloadField, out var text)) EventData.Add(e, this, Child(Root, ShapeMapping.PayloadRoot), text.ToArray());
        if (MessageField >= 0 && e.TryGet(MessageField, out text)) MessageText.Add(e, this, Child(Root, ShapeMapping.MessageRoot), Encoding.UTF8.GetString(text));
        if (_doubled.Count > 0) Single(e);
        if (Shape.Volumes) Letter(e);
        foreach (var made in _made) made.Add(e);
        _registry?.Add(e);
        if (Providers is not null && e.First(_channel) < 0) AddChannel(e);
    }

    /// <summary>Takes the doubling of backslashes back.</summary>
    private void Single(LogEvent e)
    {
        for (var slot = 0; slot < e.Count; slot++)
        {
            if (!_doubled.Contains(e.FieldOf(slot)) || e.Kind(slot) != ValueKind.Text || e.Text(slot).IndexOf("\\\\"u8) < 0) continue;
            e.Replace(slot, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(e.Text(slot)).Replace(@"\\", @"\", StringComparison.Ordinal)));
        }
    }

    /// <summary>Writes paths such as <c>\Device\HarddiskVolume3\Windows</c> with a drive's letter, as rules do.</summary>
    private static void Letter(LogEvent e)
    {
        var device = @"\Device\HarddiskVolume"u8;
        for (var slot = 0; slot < e.Count; slot++)
        {
            if (e.Kind(slot) != ValueKind.Text) continue;
            var text = e.Text(slot);
            if (text.Length <= device.Length || !Ascii.EqualsIgnoreCase(text[..device.Length], device)) continue;
            var rest = text[device.Length..].TrimStart("0123456789"u8);
            if (rest.StartsWith("\\"u8) && rest.Length < text.Length - device.Length) e.Replace(slot, [.. "C:"u8, .. rest]);
        }
    }

    /// <summary>Some exports leave out which log an event stood in; its provider tells.</summary>
    private void AddChannel(LogEvent e)
    {
        if (!e.TryGet(_provider, out var text)) return;
        var provider = Encoding.UTF8.GetString(text);
        if (!(e.TryGet(_eventId, out var id) && Providers!.TryGetValue($"{provider}#{Encoding.UTF8.GetString(id)}", out var channel)) && !Providers!.TryGetValue(provider, out channel)) return;
        e.AddText(_channel, Encoding.UTF8.GetBytes(channel));
    }

    /// <summary>The number of a field by its name.</summary>
    public int Field(string name) => _fields.Intern(name);

    private string Visible(string path) => Shape.Fields.TryGetValue(path, out var names) ? names[0] : path;

    public LogSource Classify(LogEvent e) => _cache.Find(e);

    public LogTime TimeOf(LogEvent e)
    {
        Span<byte> joined = stackalloc byte[64];
        foreach (var (names, utc) in _time)
        {
            if (!TryText(e, names, joined, out var text)) continue;
            if (ZoneOf is null || utc)
            {
                if (LogTimes.TryParse(text, utc ? TimeSpan.Zero : AssumedOffset, utc, out var time, e.IsDayFirst)) return time;
            }
            else if (LogTimes.TryParse(text, null, false, out var time, e.IsDayFirst))
            {
                if (time.Quality != TimeQuality.ZoneUnknown) return time;
                if (ZoneOf(e.File) is { } zone) return LogTimes.In(time, zone);
                return AssumedOffset is null ? time : LogTimes.Local(time.Utc, AssumedOffset);
            }
        }
        return default;
    }

    /// <summary>The text of a time; one that stands in two fields (date and time of day) is joined.</summary>
    private static bool TryText(LogEvent e, int[] names, Span<byte> joined, out ReadOnlySpan<byte> text)
    {
        if (!e.TryGet(names[0], out text)) return false;
        if (names.Length == 1) return true;
        if (!e.TryGet(names[1], out var clock) || text.Length + 1 + clock.Length > joined.Length) return false;
        text.CopyTo(joined);
        joined[text.Length] = (byte)'T';
        clock.CopyTo(joined[(text.Length + 1)..]);
        text = joined[..(text.Length + 1 + clock.Length)];
        return true;
    }

    private int[] Fields(string names) => [.. names.Split('+').Select(_fields.Intern)];

    public PathNode Create(PathNode parent, ReadOnlySpan<byte> key)
    {
        // Places beyond the limit share one node without a name: their values still count for keyword searches.
        if (_nodes >= MaxNodes || ReferenceEquals(parent, _overflow)) return _overflow;
        _nodes++;
        var name = Encoding.UTF8.GetString(key);
        var node = Name(parent, name);
        parent.Add(key.ToArray(), node);
        return node;
    }

    private PathNode Name(PathNode parent, string key)
    {
        var path = parent.Path.Length == 0 ? key : $"{parent.Path}.{key}";
        var marker = _markers.GetValueOrDefault(path) | _markers.GetValueOrDefault($"{parent.Path}.*");
        if (Shape.Ignore.Contains(path) || parent.Ignored) return new PathNode(path, "") { Ignored = true, Marker = marker };
        if (Shape.Fields.TryGetValue(path, out var names)) return Leaf(path, names, marker);
        if (Shape.Strip.Any(s => Matches(s, path))) return new PathNode(path, "") { Marker = marker };
        if (Shape.Xml)
        {
            if (key == "#text") return new PathNode(path, parent.Visible) { Field = parent.Field, Aliases = parent.Aliases, Marker = marker };
            if (key == "#attributes") return new PathNode(path, parent.Visible) { IsAttributes = true, Marker = marker };
            if (key.EndsWith("_attributes", StringComparison.Ordinal))
                return new PathNode(path, Join(parent, key[..^"_attributes".Length])) { IsAttributes = true, Marker = marker };
        }

        foreach (var prefix in Shape.Prefixes)
            if (key.Length > prefix.Length && key.StartsWith(prefix, StringComparison.Ordinal))
            {
                key = key[prefix.Length..];
                break;
            }

        var shown = Shown(parent, path, key);
        if (shown.Length > 0 && Shape.Capital.Contains(parent.Path)) shown = char.ToUpperInvariant(shown[0]) + shown[1..];
        return Leaf(path, [Join(parent, shown)], marker);
    }

    /// <summary>What shows of a key: of one that is a path of its own ("winlog.event_data.Image"), what lies below the containers that do not show.</summary>
    private string Shown(PathNode parent, string path, string key)
    {
        if (parent.Visible.Length > 0 || Shape.Strip.Count == 0) return key;
        for (var dot = key.LastIndexOf('.'); dot > 0; dot = key.LastIndexOf('.', dot - 1))
        {
            var container = path[..(path.Length - key.Length + dot)];
            if (Shape.Strip.Any(s => Matches(s, container))) return key[(dot + 1)..];
        }

        return key;
    }

    private PathNode Leaf(string path, IReadOnlyList<string> names, ulong marker)
    {
        int[] aliases = [.. names.Skip(1).Select(_fields.Intern).Where(f => f >= 0)];
        AliasFields.UnionWith(aliases);
        if (Shape.Doubled.Any(container => path.StartsWith(container + ".", StringComparison.Ordinal))) _doubled.Add(_fields.Intern(names[0]));
        return new PathNode(path, names[0]) { Field = _fields.Intern(names[0]), Aliases = aliases, Marker = marker };
    }

    private static string Join(PathNode parent, string key) =>
        parent.Visible.Length == 0 ? key : parent.IsAttributes ? $"{parent.Visible}_{key}" : $"{parent.Visible}.{key}";

    private static bool Matches(string pattern, string path)
    {
        if (!pattern.Contains('*', StringComparison.Ordinal)) return pattern == path;
        var want = pattern.Split('.');
        var have = path.Split('.');
        if (want.Length != have.Length) return false;
        for (var i = 0; i < want.Length; i++)
            if (want[i] != "*" && want[i] != have[i]) return false;
        return true;
    }
}
