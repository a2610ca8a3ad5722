namespace Modus.Sigma.Linting;

/// <summary>What the linter is told beside the rules.</summary>
public sealed record LintOptions
{
    /// <summary>The release that tags are checked against; null skips those checks.</summary>
    public AttackVocabulary? Attack { get; init; }

    /// <summary>The day that dates are compared with; null skips "in the future".</summary>
    public DateOnly? Today { get; init; }

    /// <summary>How rules are compiled: placeholders and field names.</summary>
    public CompileOptions Compile { get; init; } = new();

    /// <summary>Field names that the readers of logs are known to give; names that differ only in case are reported.</summary>
    public IReadOnlySet<string> KnownFields { get; init; } = new HashSet<string>();

    /// <summary>Codes or names of checks that are not made.</summary>
    public IReadOnlySet<string> Without { get; init; } = new HashSet<string>();

    /// <summary>The least severity that is reported.</summary>
    public LintSeverity Least { get; init; }

    /// <summary>True when a fixture file lies beside the rule file of this name; null skips the check.</summary>
    public Func<string, bool>? HasFixtures { get; init; }
}
