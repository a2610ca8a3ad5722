using Modus.Analysis.Coverage;

namespace Modus.Cli.Commands.Planning;

/// <summary>How likely a defence notices a technique, by the state of its cell. Priors, written in docs/planning.md; a stale state counts half.</summary>
internal static class Belief
{
    /// <summary>Where nothing was said about the defence.</summary>
    public const double Nothing = 0.5;

    public static double Of(Cell cell)
    {
        var belief = cell.IsRegression ? 0.3 : cell.State switch
        {
            CellState.Fired => 0.95,
            CellState.Tested => 0.85,
            CellState.Untested => 0.5,
            CellState.ClaimOnly => 0.35,
            CellState.NoRule => 0.15,
            CellState.CannotFire => 0.05,
            CellState.NotCollected => 0.05,
            _ => 0.02,
        };
        return cell.IsStale ? (belief + Nothing) / 2 : belief;
    }

    public static string Words(Cell cell) => CoverageWords.Of(cell.State) + (cell.IsRegression ? ", regression" : "") + (cell.IsStale ? ", stale" : "");
}
