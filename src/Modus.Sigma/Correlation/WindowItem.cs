using Modus.Sigma.Hunting;

namespace Modus.Sigma.Correlation;

/// <summary>An event in the windows of a correlation: a match of a rule, or the moment in which an inner correlation held.</summary>
internal sealed record WindowItem(CorrelatedPlace Place, int Rule, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>Earlier first; at equal times the order of the logs.</summary>
    public static Comparison<WindowItem> Order { get; } = (a, b) =>
        (a.Place.Time, a.Place.Block, a.Place.Index).CompareTo((b.Place.Time, b.Place.Block, b.Place.Index)) is var order and not 0 ? order : a.Rule.CompareTo(b.Rule);

    /// <summary>The inputs of the correlation that the event belongs to, one bit each.</summary>
    public ulong Inputs { get; private set; }

    /// <summary>The measured value: a decimal, the text of a tuple, or null.</summary>
    public object? Measure { get; private set; }

    public DateTime Time => Place.Time;

    public CorrelatedEvent Event => new(Rule, Place.Time, Place.File, Place.Line, Place.RecordId);

    public static WindowItem Of(CorrelationMatch match) => new(match.Event, match.Rule, match.Values);

    public string? Value(string field) => Values.TryGetValue(field.Replace(" ", "", StringComparison.Ordinal), out var value) ? value : null;

    /// <summary>The item as the input of a correlation.</summary>
    public WindowItem At(int input, object? measure) => this with { Inputs = 1UL << input, Measure = measure };

    /// <summary>One event that matched several inputs is one item.</summary>
    public static void JoinSame(List<WindowItem> sorted)
    {
        var kept = 0;
        for (var at = 0; at < sorted.Count; at++)
        {
            if (kept > 0 && sorted[kept - 1].Place == sorted[at].Place)
            {
                sorted[kept - 1].Inputs |= sorted[at].Inputs;
                sorted[kept - 1].Measure ??= sorted[at].Measure;
            }
            else
            {
                sorted[kept++] = sorted[at];
            }
        }

        sorted.RemoveRange(kept, sorted.Count - kept);
    }
}
