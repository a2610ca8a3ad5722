namespace Modus.Analysis.Coverage;

/// <summary>One test of an exercise and what came of it.</summary>
/// <param name="Exercise">The exercise or run it belongs to.</param>
/// <param name="Test">The test's name.</param>
/// <param name="Technique">The technique it tries.</param>
/// <param name="Outcome">What the defence did.</param>
/// <param name="Place">File and line.</param>
public sealed record ExerciseResult(string Exercise, string Test, MappedTechnique Technique, ExerciseOutcome Outcome, string Place)
{
    /// <summary>The day it ran, or null.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The host, or null.</summary>
    public string? Host { get; init; }

    /// <summary>Platforms it ran on, as the release spells them; empty where nobody says.</summary>
    public IReadOnlyList<string> Platforms { get; init; } = [];

    /// <summary>The test's own id, such as the GUID of an atomic test; null where it has none.</summary>
    public string? TestId { get; init; }

    /// <summary>Rules that alerted, or should have: ids, names or titles as given.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>The outcome as the file words it.</summary>
    public string Stated { get; init; } = "";

    /// <summary>Remarks; empty without.</summary>
    public string Note { get; init; } = "";
}

/// <summary>What a defence did about a test, best last.</summary>
public enum ExerciseOutcome
{
    /// <summary>It was not carried out, or its outcome is not known: it proves nothing.</summary>
    NotRun,

    /// <summary>Nothing was seen.</summary>
    Missed,

    /// <summary>Events are there, no alert.</summary>
    Logged,

    /// <summary>An alert came.</summary>
    Detected,

    /// <summary>It was stopped.</summary>
    Prevented,
}
