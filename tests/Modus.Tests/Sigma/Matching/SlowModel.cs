using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Modus.Logs;
using Modus.Sigma.Expressions;
using Modus.Sigma.Rules;

namespace Modus.Tests.Sigma.Matching;

/// <summary>The obviously right evaluator: an event is a list of names and texts, every pattern a plain regular expression.</summary>
internal sealed class SlowModel
{
    private readonly Dictionary<(Pattern Pattern, bool IsCased), Regex> patterns = [];
    private readonly List<(string Field, string? Text)> values = [];

    public SlowModel(EventRecord record)
    {
        foreach (var field in record.Fields) values.Add((field.Name, field.Text));
    }

    /// <summary>A flat JSON object, read with the class library.</summary>
    public SlowModel(string json)
    {
        using var document = JsonDocument.Parse(json);
        foreach (var member in document.RootElement.EnumerateObject())
        {
            var items = member.Value.ValueKind == JsonValueKind.Array ? member.Value.EnumerateArray().ToArray() : [member.Value];
            if (items.Length == 0) values.Add((Name(member.Name), null));
            foreach (var item in items) values.Add((Name(member.Name), Text(item)));
        }
    }

    public bool IsTrue(Expression expression) => expression switch
    {
        Constant constant => constant.Value,
        All all => all.Parts.All(IsTrue),
        Any any => any.Parts.Any(IsTrue),
        Not not => !IsTrue(not.Part),
        NullTest test => Of(test.Field).All(text => text is null),
        ExistsTest test => Of(test.Field).Any(),
        PatternTest test => Of(test.Field).Any(text => text is not null && Like(text, test)),
        RegexTest test => Of(test.Field).Any(text => text is not null && Regex.IsMatch(text, test.Regex, Options(test))),
        NumberTest test => Of(test.Field).Any(text => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Compare(test.Comparison, number, test.Value)),
        NetworkTest test => Of(test.Field).Any(text => text is not null && In(text, test.Network)),
        FieldTest test => Of(test.Field).Any(left => left is not null && Of(test.Other).Any(right => right is not null && Fits(left, right, test))),
        TimeTest test => Of(test.Field).Any(text => Moment(text) is { } moment && Compare(test.Comparison, Part(moment, test.Part), test.Value)),
        _ => throw new InvalidOperationException(expression.ToString()),
    };

    private static DateTime? Moment(string? text) =>
        text is not null && text.Contains('-', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment.UtcDateTime : null;

    private static int Part(DateTime moment, TimePart part) => part switch
    {
        TimePart.Minute => moment.Minute,
        TimePart.Hour => moment.Hour,
        TimePart.Day => moment.Day,
        TimePart.Month => moment.Month,
        TimePart.Week => ISOWeek.GetWeekOfYear(moment),
        _ => moment.Year,
    };

    private static string Name(string name) => name.Replace(" ", "", StringComparison.Ordinal);

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };

    private static bool In(string text, Network network)
    {
        var parts = network.ToString().Split('/');
        if (!IPAddress.TryParse(text, out var address) || !(text.Contains(':', StringComparison.Ordinal) || text.Count(c => c == '.') == 3)) return false;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return new IPNetwork(IPAddress.Parse(parts[0]), int.Parse(parts[1], CultureInfo.InvariantCulture)).Contains(address);
    }

    private static bool Fits(string left, string right, FieldTest test)
    {
        var how = test.IsCased ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        return (test.OpenStart, test.OpenEnd) switch
        {
            (false, false) => left.Equals(right, how),
            (false, true) => left.StartsWith(right, how),
            (true, false) => left.EndsWith(right, how),
            _ => left.Contains(right, how),
        };
    }

    private static bool Compare(Comparison comparison, decimal a, decimal b) => comparison switch
    {
        Comparison.Gt => a > b,
        Comparison.Gte => a >= b,
        Comparison.Lt => a < b,
        Comparison.Lte => a <= b,
        _ => a == b,
    };

    private static RegexOptions Options(RegexTest test) => RegexOptions.CultureInvariant
        | (test.IgnoreCase ? RegexOptions.IgnoreCase : 0) | (test.MultiLine ? RegexOptions.Multiline : 0) | (test.DotAll ? RegexOptions.Singleline : 0);

    private IEnumerable<string?> Of(string? field) =>
        field is null ? values.Where(value => value.Text is not null).Select(value => value.Text) : values.Where(value => value.Field == field).Select(value => value.Text);

    private bool Like(string text, PatternTest test)
    {
        if (!patterns.TryGetValue((test.Pattern, test.IsCased), out var regex))
        {
            var parts = test.Pattern.Parts.Select(part => part.Kind switch
            {
                PatternPartKind.AnyText => ".*",
                PatternPartKind.AnyCharacter => "(?:[^\\ud800-\\udfff]|[\\ud800-\\udbff][\\udc00-\\udfff])",
                PatternPartKind.Dash => "[-/–—―]",
                _ => Regex.Escape(part.Text),
            });
            regex = new("\\A" + string.Concat(parts) + "\\z", RegexOptions.Singleline | RegexOptions.CultureInvariant | (test.IsCased ? 0 : RegexOptions.IgnoreCase));
            patterns[(test.Pattern, test.IsCased)] = regex;
        }

        return regex.IsMatch(text);
    }
}
