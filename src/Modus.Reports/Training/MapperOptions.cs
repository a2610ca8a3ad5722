namespace Modus.Reports.Training;

/// <summary>How a mapper is fitted. The defaults are what the shipped weights were fitted with.</summary>
public sealed record MapperOptions
{
    /// <summary>Price of a wrong margin in the model learnt from ATT&amp;CK's texts.</summary>
    public float AttackCost { get; init; } = 0.1f;

    /// <summary>Price of a wrong margin in the model learnt from reports.</summary>
    public float ReportCost { get; init; } = 0.2f;

    /// <summary>Passes over the sentences.</summary>
    public int Epochs { get; init; } = 8;

    /// <summary>Parts of the cross-validation that gives the candidate judge its input; at least 2.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Trees of the candidate judge.</summary>
    public int Trees { get; init; } = 80;

    /// <summary>Splits from root to leaf of those trees; 1 to 6.</summary>
    public int TreeDepth { get; init; } = 5;

    /// <summary>Seed of every order and sample.</summary>
    public int Seed { get; init; } = 17;
}
