namespace Modus.Casework.Cases;

/// <summary>When the person who enters a procedure may not be the one who accepts it.</summary>
/// <param name="Required">False switches the rule off.</param>
/// <param name="Origins">Origins it holds for, as in <see cref="ProcedureRecord.Origin"/>; empty means all.</param>
/// <param name="UpTo">It holds for procedures of at most this confidence.</param>
public sealed record FourEyesPolicy(bool Required, IReadOnlyList<string> Origins, ConfidenceLevel UpTo = ConfidenceLevel.High)
{
    /// <summary>Anybody may accept anything.</summary>
    public static FourEyesPolicy Off { get; } = new(false, []);

    /// <summary>Says whether a second person has to accept a procedure.</summary>
    public bool Holds(ProcedureRecord procedure)
    {
        ArgumentNullException.ThrowIfNull(procedure);
        return Required && procedure.Confidence <= UpTo && (Origins.Count == 0 || Origins.Contains(procedure.Origin, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Says whether a person may accept a procedure.</summary>
    public bool Allows(ProcedureRecord procedure, string reviewer) =>
        !Holds(procedure) || !string.Equals(procedure.Author, reviewer, StringComparison.OrdinalIgnoreCase);
}
