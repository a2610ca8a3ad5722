namespace Modus.Attack.Layers;

/// <summary>One Navigator layer: annotations on the techniques of one domain, in the words of format 4.5.</summary>
/// <remarks>
/// A null member was absent from the file. Members that the format does not name, and values that could not be read, are
/// kept in <see cref="Others"/> of the object they stood in and are written back.
/// </remarks>
public sealed record Layer
{
    /// <summary>The layer's name; empty when the file names none.</summary>
    public string Name { get; init; } = "";

    /// <summary>What the layer shows and why, in free words.</summary>
    public string? Description { get; init; }

    /// <summary>The domain in today's spelling (<c>x-attack</c>), or null when the file names none.</summary>
    public string? Domain { get; init; }

    /// <summary>Release, tool and format that the file states.</summary>
    public LayerVersions Versions { get; init; } = new();

    /// <summary>Address of the custom collection or bundle that the layer was made from.</summary>
    public string? CustomDataUrl { get; init; }

    /// <summary>Which platforms are shown.</summary>
    public LayerFilters? Filters { get; init; }

    /// <summary>Order in a column: 0 by name, 1 by name backwards, 2 by score, 3 by score backwards.</summary>
    public int? Sorting { get; init; }

    /// <summary>How the matrix is drawn.</summary>
    public LayerLayout? Layout { get; init; }

    /// <summary>True leaves disabled techniques out of the view; false greys them.</summary>
    public bool? HideDisabled { get; init; }

    /// <summary>The annotations, in the order of the file.</summary>
    public IReadOnlyList<LayerTechnique> Techniques { get; init; } = [];

    /// <summary>The colours that scores are drawn in.</summary>
    public LayerGradient? Gradient { get; init; }

    /// <summary>What the colours mean.</summary>
    public IReadOnlyList<LegendItem>? LegendItems { get; init; }

    /// <summary>True draws the tactic row in <see cref="TacticRowBackground"/>.</summary>
    public bool? ShowTacticRowBackground { get; init; }

    /// <summary>Colour of the tactic row.</summary>
    public string? TacticRowBackground { get; init; }

    /// <summary>True selects a technique in all its tactics at once.</summary>
    public bool? SelectTechniquesAcrossTactics { get; init; }

    /// <summary>True selects sub-techniques together with their parent.</summary>
    public bool? SelectSubtechniquesWithParent { get; init; }

    /// <summary>True keeps hidden techniques out of a selection.</summary>
    public bool? SelectVisibleTechniques { get; init; }

    /// <summary>Name-and-value notes on the layer, with dividers between.</summary>
    public IReadOnlyList<LayerNote>? Metadata { get; init; }

    /// <summary>Links of the layer, with dividers between.</summary>
    public IReadOnlyList<LayerLink>? Links { get; init; }

    /// <summary>Members kept as they came.</summary>
    public IReadOnlyList<LayerMember> Others { get; init; } = [];
}
