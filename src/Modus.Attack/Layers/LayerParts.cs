using System.Text.Json;

namespace Modus.Attack.Layers;

/// <summary>A member that was kept as it came.</summary>
/// <param name="Name">The member's name. Values of the wrong type carry <see cref="UnreadPrefix"/> before the format's own name.</param>
/// <param name="Value">The value.</param>
public sealed record LayerMember(string Name, JsonElement Value)
{
    /// <summary>Marks a member of the format whose value could not be read; it is kept beside the readable ones.</summary>
    public const string UnreadPrefix = "unread_";
}

/// <summary>What a layer says about its making.</summary>
public sealed record LayerVersions
{
    /// <summary>The ATT&amp;CK release, as written: <c>18</c>, <c>17.0</c>; null when not stated.</summary>
    public string? Attack { get; init; }

    /// <summary>The Navigator that wrote it.</summary>
    public string? Navigator { get; init; }

    /// <summary>The layer format, 1.0 to 4.5; null when not stated.</summary>
    public string? Format { get; init; }

    /// <summary>Members kept as they came.</summary>
    public IReadOnlyList<LayerMember> Others { get; init; } = [];
}

/// <summary>Which techniques a layer shows.</summary>
public sealed record LayerFilters
{
    /// <summary>Platform names; null shows all.</summary>
    public IReadOnlyList<string>? Platforms { get; init; }

    /// <summary>Members kept as they came, such as the stages of formats before 4.</summary>
    public IReadOnlyList<LayerMember> Others { get; init; } = [];
}

/// <summary>How the matrix is drawn.</summary>
public sealed record LayerLayout
{
    /// <summary><c>side</c>, <c>flat</c> or <c>mini</c>.</summary>
    public string? Shape { get; init; }

    /// <summary>True shows ids in the cells.</summary>
    public bool? ShowId { get; init; }

    /// <summary>True shows names in the cells.</summary>
    public bool? ShowName { get; init; }

    /// <summary>True shows a parent's score joined with those of its sub-techniques.</summary>
    public bool? ShowAggregateScores { get; init; }

    /// <summary>True counts unscored sub-techniques as zero in an average.</summary>
    public bool? CountUnscored { get; init; }

    /// <summary><c>average</c>, <c>min</c>, <c>max</c> or <c>sum</c>.</summary>
    public string? AggregateFunction { get; init; }

    /// <summary><c>none</c>, <c>annotated</c> or <c>all</c>.</summary>
    public string? ExpandedSubtechniques { get; init; }

    /// <summary>Members kept as they came.</summary>
    public IReadOnlyList<LayerMember> Others { get; init; } = [];
}

/// <summary>The colours that scores are drawn in.</summary>
public sealed record LayerGradient
{
    /// <summary>Two colours or more, from the lowest score to the highest.</summary>
    public IReadOnlyList<string> Colors { get; init; } = [];

    /// <summary>Score of the first colour.</summary>
    public double MinValue { get; init; }

    /// <summary>Score of the last colour.</summary>
    public double MaxValue { get; init; } = 100;

    /// <summary>Members kept as they came.</summary>
    public IReadOnlyList<LayerMember> Others { get; init; } = [];
}

/// <summary>One line of the legend.</summary>
public sealed record LegendItem
{
    /// <summary>What the colour means.</summary>
    public required string Label { get; init; }

    /// <summary>The colour.</summary>
    public required string Color { get; init; }

    /// <summary>Members kept as they came.</summary>
    public IReadOnlyList<LayerMember> Others { get; init; } = [];
}

/// <summary>A name-and-value note, or a divider between notes.</summary>
public sealed record LayerNote
{
    /// <summary>The note's name; null for a divider.</summary>
    public string? Name { get; init; }

    /// <summary>The note's value; null for a divider.</summary>
    public string? Value { get; init; }

    /// <summary>Whether the dividing line is drawn; null for a note.</summary>
    public bool? Divider { get; init; }

    /// <summary>Members kept as they came.</summary>
    public IReadOnlyList<LayerMember> Others { get; init; } = [];
}

/// <summary>A link, or a divider between links.</summary>
public sealed record LayerLink
{
    /// <summary>The link's words; null for a divider.</summary>
    public string? Label { get; init; }

    /// <summary>The address; null for a divider.</summary>
    public string? Url { get; init; }

    /// <summary>Whether the dividing line is drawn; null for a link.</summary>
    public bool? Divider { get; init; }

    /// <summary>Members kept as they came.</summary>
    public IReadOnlyList<LayerMember> Others { get; init; } = [];
}
