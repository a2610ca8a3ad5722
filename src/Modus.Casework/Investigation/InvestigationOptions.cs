using Modus.Casework.Inputs;
using Modus.Logs;

namespace Modus.Casework.Investigation;

/// <summary>How an investigation reads.</summary>
public sealed record InvestigationOptions
{
    /// <summary>How much of the inputs is looked at.</summary>
    public InputLimits Limits { get; init; } = InputLimits.Default;

    /// <summary>What all inputs are, where the caller knows; null lets their content tell.</summary>
    public InputKind? As { get; init; }

    /// <summary>Rule files and folders to run over logs; empty takes the starter set that comes with Modus.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>A file that keeps the compiled form of <see cref="Rules"/> for the next start, as <see cref="Modus.Sigma.RuleSetOptions.PackFile"/>. Default: none.</summary>
    public string? RulePack { get; init; }

    /// <summary>How <see cref="Rules"/> are compiled: values of placeholders.</summary>
    public Modus.Sigma.CompileOptions Compile { get; init; } = new();

    /// <summary>How logs are read.</summary>
    public LogReadOptions Logs { get; init; } = new();

    /// <summary>Least probability of the text mapper's suggestions, 0 to 1; null takes the mapper's own threshold, more than 1 asks for none.</summary>
    public double? LeastProbability { get; init; }

    /// <summary>Whether the logs' activity by host and source is watched, for holes. Default: no.</summary>
    public bool WatchActivity { get; init; }

    /// <summary>Looks for indicators too, as of this time; null looks for none. Default: null.</summary>
    public DateTimeOffset? IndicatorsAt { get; init; }

    /// <summary>Told how far the reading is: inputs done, inputs in all, the one at hand. May be null.</summary>
    public Action<long, long, string>? Progress { get; init; }
}
