namespace Modus.Casework.Indicators;

/// <summary>An indicator on its way into a case: what an input says about it.</summary>
/// <param name="File">The input, with <c>!member</c> for what lies in an archive.</param>
/// <param name="Type">What it is.</param>
/// <param name="Value">The value as it works.</param>
public sealed record FoundIndicator(string File, IndicatorType Type, string Value)
{
    /// <summary>As in <see cref="IndicatorSighting.Place"/>.</summary>
    public string Place { get; init; } = "";

    /// <summary>As in <see cref="IndicatorSighting.Written"/>.</summary>
    public string Written { get; init; } = "";

    /// <summary>As in <see cref="IndicatorSighting.Context"/>.</summary>
    public string Context { get; init; } = "";

    /// <summary>As in <see cref="IndicatorSighting.First"/>.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>As in <see cref="IndicatorSighting.Last"/>.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>As in <see cref="IndicatorSighting.Basis"/>.</summary>
    public string Basis { get; init; } = "";

    /// <summary>As in <see cref="IndicatorSighting.Until"/>.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>As in <see cref="IndicatorSighting.Count"/>.</summary>
    public long Count { get; init; } = 1;

    /// <summary>As in <see cref="IndicatorSighting.Techniques"/>.</summary>
    public IReadOnlyList<string> Techniques { get; init; } = [];

    /// <summary>The sentence or table row around it in the document's text: start and end, UTF-16 units; null outside documents.</summary>
    public (int Start, int End)? Sentence { get; init; }

    /// <summary>The paragraph, table row or list item around it, as above.</summary>
    public (int Start, int End)? Block { get; init; }

    /// <summary>Id or title of the rule that chose the event, or that holds it; null where no rule did.</summary>
    public string? Rule { get; init; }

    /// <summary>The host of the events; empty where they name none.</summary>
    public string Host { get; init; } = "";
}
