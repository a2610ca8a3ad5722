using System.Globalization;
using Modus.Sigma.Linting;
using Modus.Sigma.Yaml;

namespace Modus.Casework.Defence;

/// <summary>Reads the maps of a YAML file by a strict form: unknown keys and wrong values are named with place and remedy.</summary>
internal sealed class YamlForm(string file, DefenceContext context)
{
    private static readonly string[] days = ["yyyy-MM-dd", "yyyy/MM/dd", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.ffffff"];

    public string File => file;

    public static string Place(string file, SourcePosition at) => string.Create(CultureInfo.InvariantCulture, $"{file}:{at.Line}");

    public string PlaceOf(YamlNode node) => Place(file, node.Position);

    /// <summary>Names every key that the form does not have.</summary>
    public void Only(YamlMapping map, string what, params string[] keys)
    {
        foreach (var entry in map.Entries)
            if (!keys.Contains(entry.Key.Text))
                context.Report(DefenceCodes.UnknownKey, $"{what} has no key '{entry.Key.Text}'; it is not used", file, Line(entry.Key),
                    Spelling.Nearest(entry.Key.Text, keys) is { } near ? $"write '{near}'" : $"use of {string.Join(", ", keys)}");
    }

    public string? Needed(YamlMapping map, string key, string what)
    {
        if (map.Text(key)?.Trim() is { Length: > 0 } text) return text;
        context.Report(DefenceCodes.MissingKey, $"{what} has no '{key}'; it is not used", file, Line(map), $"add '{key}:'");
        return null;
    }

    public string? Text(YamlMapping map, string key) => map.Text(key)?.Trim() is { Length: > 0 } text ? text : null;

    public double? Number(YamlMapping map, string key, double least = double.MinValue, double most = double.MaxValue)
    {
        if (map.Find(key) is not { } node || node is YamlScalar { IsNull: true }) return null;
        var text = (node as YamlScalar)?.Text.Trim() ?? "";
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Bad(node, $"'{key}' is '{text}', which is no number{(least > double.MinValue || most < double.MaxValue ? string.Create(CultureInfo.InvariantCulture, $" from {least} to {most}") : "")}", "write a number such as 90");
        return null;
    }

    public int? Whole(YamlMapping map, string key) => Number(map, key, 0, int.MaxValue) is { } number ? (int)number : null;

    /// <summary>A share: <c>85%</c> or <c>0.85</c>.</summary>
    public double? Share(YamlMapping map, string key)
    {
        if (map.Find(key) is not YamlScalar { IsNull: false } scalar) return null;
        var text = scalar.Text.Trim();
        var percent = text.EndsWith('%');
        if (double.TryParse(text.TrimEnd('%').Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            var share = percent ? number / 100 : number;
            if (share is >= 0 and <= 1) return share;
        }
        Bad(scalar, $"'{key}' is '{text}', which is no share", "write 85% or 0.85");
        return null;
    }

    public DateOnly? Date(YamlMapping map, string key)
    {
        if (map.Find(key) is not YamlScalar { IsNull: false } scalar || scalar.Text.Trim().Length == 0) return null;
        if (DayOf(scalar.Text) is { } day) return day;
        Bad(scalar, $"'{key}' is '{scalar.Text}', which is no day", "write 2026-03-09");
        return null;
    }

    public static DateOnly? DayOf(string text) =>
        DateTime.TryParseExact(text.Trim(), days, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time) ? DateOnly.FromDateTime(time)
        : DateTimeOffset.TryParse(text.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var other) && text.Contains('T', StringComparison.Ordinal) ? DateOnly.FromDateTime(other.UtcDateTime) : null;

    public bool? Flag(YamlMapping map, string key)
    {
        if (map.Find(key) is not YamlScalar { IsNull: false } scalar) return null;
        switch (scalar.Text.Trim().ToLowerInvariant())
        {
            case "true" or "yes" or "on": return true;
            case "false" or "no" or "off": return false;
            default:
                Bad(scalar, $"'{key}' is '{scalar.Text}'", "write true or false");
                return null;
        }
    }

    /// <summary>One text or a list of texts.</summary>
    public IReadOnlyList<string> Texts(YamlMapping map, string key) => map.Find(key) switch
    {
        null or YamlScalar { IsNull: true } => [],
        YamlScalar scalar => [scalar.Text.Trim()],
        YamlSequence list => [.. list.Items.Select(item => Scalar(item, key)).OfType<string>()],
        var node => Wrong(node, key),
    };

    /// <summary>A list of maps; a single map counts as a list of one.</summary>
    public IEnumerable<YamlMapping> Maps(YamlMapping map, string key)
    {
        switch (map.Find(key))
        {
            case null or YamlScalar { IsNull: true }: yield break;
            case YamlMapping one: yield return one; yield break;
            case YamlSequence list:
                foreach (var item in list.Items)
                    if (item is YamlMapping entry) yield return entry;
                    else Bad(item, $"an entry of '{key}' is no map; it is not used", "write '- name: …'");
                yield break;
            case { } node: Bad(node, $"'{key}' is no list; it is not used", "write a list of maps"); yield break;
        }
    }

    public void Bad(YamlNode node, string message, string? fix = null) => context.Report(DefenceCodes.BadValue, message, file, Line(node), fix);

    private static string Line(YamlNode node) => string.Create(CultureInfo.InvariantCulture, $"{node.Position.Line}:{node.Position.Column}");

    private string? Scalar(YamlNode node, string key)
    {
        if (node is YamlScalar { IsNull: false } scalar) return scalar.Text.Trim();
        Bad(node, $"an entry of '{key}' is no text; it is not used");
        return null;
    }

    private string[] Wrong(YamlNode node, string key)
    {
        Bad(node, $"'{key}' takes a text or a list of texts");
        return [];
    }
}
