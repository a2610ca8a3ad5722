namespace Modus.Logs;

/// <summary>A value of a kept event under its field's name.</summary>
/// <param name="Name">The field; empty for a value without a name.</param>
/// <param name="Kind">What the value is.</param>
/// <param name="Text">The value as text; null for <see cref="ValueKind.Null"/> and <see cref="ValueKind.Blank"/>.</param>
public sealed record EventField(string Name, ValueKind Kind, string? Text);

/// <summary>A copy of an event that outlives the reading, for evidence.</summary>
public sealed record EventRecord
{
    /// <inheritdoc cref="LogEvent.File"/>
    public required string File { get; init; }

    /// <inheritdoc cref="LogEvent.FileNumber"/>
    public int FileNumber { get; init; }

    /// <inheritdoc cref="LogEvent.Block"/>
    public long Block { get; init; }

    /// <inheritdoc cref="LogEvent.Index"/>
    public int Index { get; init; }

    /// <inheritdoc cref="LogEvent.Line"/>
    public long Line { get; init; }

    /// <inheritdoc cref="LogEvent.Offset"/>
    public long Offset { get; init; }

    /// <inheritdoc cref="LogEvent.RecordId"/>
    public long RecordId { get; init; }

    /// <inheritdoc cref="LogEvent.IsCarved"/>
    public bool IsCarved { get; init; }

    /// <inheritdoc cref="LogEvent.Shape"/>
    public required string Shape { get; init; }

    /// <inheritdoc cref="LogEvent.Source"/>
    public required LogSource Source { get; init; }

    /// <inheritdoc cref="LogEvent.Time"/>
    public LogTime Time { get; init; }

    /// <summary>The host the event happened on; empty where the record does not say.</summary>
    public required string Host { get; init; }

    /// <summary>All values in the record's own order.</summary>
    public required IReadOnlyList<EventField> Fields { get; init; }

    /// <summary>Further names that the shape's mapping gives to values, each with the value's place in <see cref="Fields"/>.</summary>
    public IReadOnlyDictionary<string, int> OtherNames { get; init; } = new Dictionary<string, int>();

    /// <summary>The first value of a field, by any of its names; null where the field is missing or null.</summary>
    public string? this[string field] => Fields is KeptFields kept
        ? kept.Place(field) is >= 0 and var at ? kept.TextAt(at) : OtherNames.TryGetValue(field, out var other) ? kept.TextAt(other) : null
        : Fields.FirstOrDefault(f => f.Name == field) is { } found ? found.Text : OtherNames.TryGetValue(field, out var place) ? Fields[place].Text : null;
}
