using Modus.Casework.Inputs;

namespace Modus.Casework.Investigation;

/// <summary>How an investigation reads.</summary>
public sealed record InvestigationOptions
{
    /// <summary>How much of the inputs is looked at.</summary>
    public InputLimits Limits { get; init; } = InputLimits.Default;

    /// <summary>Told how far the reading is: inputs done, inputs in all, the one at hand. May be null.</summary>
    public Action<long, long, string>? Progress { get; init; }
}
