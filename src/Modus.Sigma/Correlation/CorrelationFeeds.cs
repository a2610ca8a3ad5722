using System.Text;
using Modus.Logs;

namespace Modus.Sigma.Correlation;

/// <summary>A match that correlations may need: when, where, and the values they group by and measure.</summary>
/// <param name="Rule">The rule's place in the rule set.</param>
/// <param name="Quality">Whether the time can be used.</param>
/// <param name="Event">Coordinates of the event.</param>
/// <param name="Values">Values by field, as the correlations name the field; missing ones are left out.</param>
internal sealed record CorrelationMatch(int Rule, TimeQuality Quality, CorrelatedPlace Event, Dictionary<string, string> Values);

/// <summary>Coordinates of an event: two matches of one event have the same.</summary>
internal sealed record CorrelatedPlace(DateTime Time, string File, int FileNumber, long Block, int Index, long Line, long RecordId);

/// <summary>Knows which rules feed correlations and which fields those read, and takes them from events.</summary>
internal sealed class CorrelationFeeds
{
    private readonly string[][] fieldsOf;
    private readonly FieldTable table;

    public CorrelationFeeds(RuleSet rules, FieldTable table)
    {
        this.table = table;
        var needed = rules.Rules.Select(_ => (SortedSet<string>?)null).ToArray();
        for (var at = 0; at < rules.Correlations.Length; at++) Collect(rules, at, [], needed);
        fieldsOf = [.. needed.Select(fields => fields?.ToArray()!)];
    }

    public bool Wants(int rule) => fieldsOf[rule] is not null;

    public CorrelationMatch Take(int index, CompiledRule rule, LogEvent e)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in fieldsOf[index])
        {
            var number = table.Find(e.Source.FieldFor(field, rule.LogSource.Service, rule.LogSource.Category));
            if (number >= 0 && e.TryGet(number, out var text)) values[field] = Encoding.UTF8.GetString(text);
        }

        return new(index, e.Time.Quality, new(e.Time.Utc, e.File, e.FileNumber, e.Block, e.Index, e.Line, e.RecordId), values);
    }

    // A chain asks the events at its bottom for all fields that any of its links reads.
    private static void Collect(RuleSet rules, int correlation, IReadOnlyCollection<string> above, SortedSet<string>?[] needed)
    {
        foreach (var input in rules.Correlations[correlation].Inputs)
        {
            string[] fields = [.. above, .. input.GroupFields, .. input.ValueFields];
            if (input.IsCorrelation) Collect(rules, input.Index, fields, needed);
            else (needed[input.Index] ??= new(StringComparer.Ordinal)).UnionWith(fields.Select(field => field.Replace(" ", "", StringComparison.Ordinal)));
        }
    }
}
