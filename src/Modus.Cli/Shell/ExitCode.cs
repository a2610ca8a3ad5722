namespace Modus.Cli.Shell;

/// <summary>What a run says to the shell that called it.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>A finding, or a failed gate: only where the caller asked for it.</summary>
    public const int Finding = 1;

    /// <summary>No rule, report or log of those given could be used.</summary>
    public const int NoUsableInput = 2;

    public const int Usage = 3;

    /// <summary>Some inputs were skipped; standard error lists them with the reasons.</summary>
    public const int Partial = 4;

    public const int NetworkOrPermission = 5;
    public const int Bug = 70;
    public const int Interrupted = 130;

    /// <summary>The lines that every help page ends with.</summary>
    public const string Legend = "0 done · 1 finding or failed gate (only when asked) · 2 no usable input · 3 usage · 4 some input skipped · 5 network or permission · 70 bug · 130 interrupted";
}
