namespace Modus.Reports.Training;

/// <summary>How a mapper is fitted. The defaults are what the shipped weights were fitted with.</summary>
public sealed record MapperOptions
{
    /// <summary>Price of a wrong margin in the model learnt from ATT&amp;CK's texts.</summary>
    public float AttackCost { get; init; } = 0.05f;

    /// <summary>Part of that price for a sub-technique's texts where they speak for its technique; 0 leaves the technique untouched by them.</summary>
    public float FamilyCost { get; init; } = 0.4f;

    /// <summary>Price of a wrong margin in the model learnt from reports.</summary>
    public float ReportCost { get; init; } = 0.2f;

    /// <summary>Part of that price for ATT&amp;CK's texts where they join the reports.</summary>
    public float JoiningCost { get; init; } = 0.3f;

    /// <summary>Sentences that must be labelled with a technique before the report model learns it; at least 1.</summary>
    public int LeastLabelled { get; init; } = 1;

    /// <summary>As <see cref="LeastLabelled"/>, for techniques that only a further reading or practice reports carry.</summary>
    public int LeastFurther { get; init; } = 15;

    /// <summary>Smallest weight of a linear model that is kept, in parts of 127 of its class's largest; at least 1.</summary>
    public int LeastWeight { get; init; } = 2;

    /// <summary>Passes over the sentences.</summary>
    public int Epochs { get; init; } = 5;

    /// <summary>Parts of the cross-validation that gives the candidate judge its input; at least 2.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Trees of the candidate judge.</summary>
    public int Trees { get; init; } = 80;

    /// <summary>Splits from root to leaf of those trees; 1 to 6.</summary>
    public int TreeDepth { get; init; } = 5;

    /// <summary>Part of the rows each of those trees sees; above 0, at most 1.</summary>
    public float TreeSample { get; init; } = 0.5f;

    /// <summary>Part of the figures each of those trees may ask for; above 0, at most 1.</summary>
    public float TreeColumns { get; init; } = 0.5f;

    /// <summary>Seed of every order and sample.</summary>
    public int Seed { get; init; } = 17;
}
