namespace Modus.Attack.Layers;

/// <summary>The annotation of one technique, in one tactic or in all it has.</summary>
public sealed record LayerTechnique
{
    /// <summary>The technique's ATT&amp;CK id, trimmed and in upper case.</summary>
    public required string TechniqueId { get; init; }

    /// <summary>The tactic's short name; null annotates the technique in every tactic it has.</summary>
    public string? Tactic { get; init; }

    /// <summary>The score, in the layer's own unit; null is unscored.</summary>
    public double? Score { get; init; }

    /// <summary>A colour that wins over the one of the score.</summary>
    public string? Color { get; init; }

    /// <summary>Free text.</summary>
    public string? Comment { get; init; }

    /// <summary>False greys the technique or, with <see cref="Layer.HideDisabled"/>, hides it; null is true.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Name-and-value notes, with dividers between.</summary>
    public IReadOnlyList<LayerNote>? Metadata { get; init; }

    /// <summary>Links, with dividers between.</summary>
    public IReadOnlyList<LayerLink>? Links { get; init; }

    /// <summary>True opens the sub-techniques below the technique.</summary>
    public bool? ShowSubtechniques { get; init; }

    /// <summary>Members kept as they came.</summary>
    public IReadOnlyList<LayerMember> Others { get; init; } = [];
}
