namespace Modus.Analysis.Coverage;

/// <summary>States and rungs as people and files spell them.</summary>
public static class CoverageWords
{
    /// <summary>The state as words: <c>cannot fire</c>.</summary>
    public static string Of(CellState state) => state switch
    {
        CellState.Fired => "fired",
        CellState.Tested => "tested",
        CellState.Untested => "untested",
        CellState.CannotFire => "cannot fire",
        CellState.ClaimOnly => "claim only",
        CellState.NoRule => "no rule",
        CellState.NotCollected => "not collected",
        _ => "outside telemetry",
    };

    /// <summary>What the state means, in a sentence.</summary>
    public static string Explain(CellState state) => state switch
    {
        CellState.Fired => "a rule fired on real evidence",
        CellState.Tested => "a rule alerted in an exercise, or a running one on its fixtures",
        CellState.Untested => "a rule is deployed and fed; nobody saw it fire",
        CellState.CannotFire => "a rule exists and can never fire",
        CellState.ClaimOnly => "claimed; deployment or logs are not shown",
        CellState.NoRule => "in collected logs, no rule",
        CellState.NotCollected => "logs are known, and not collected",
        _ => "no log that would show it is known",
    };

    /// <summary>The state with these words, or null; case is ignored.</summary>
    public static CellState? State(string? words)
    {
        foreach (var state in Enum.GetValues<CellState>())
            if (Of(state).Equals(words?.Trim().Replace('-', ' ').Replace('_', ' '), StringComparison.OrdinalIgnoreCase)) return state;
        return null;
    }

    /// <summary>The rung in lower case.</summary>
    public static string Of(Rung rung) => rung.ToString().ToLowerInvariant();
}
