using System.Collections.Immutable;

namespace Modus.Sigma.Fixtures;

/// <summary>Events that a rule must match, or must not.</summary>
/// <param name="Says">What the case shows, in a few words.</param>
/// <param name="MustMatch">True when the rule must fire at least once, false when never.</param>
/// <param name="Log">The events as the text of a log: one JSON object a line, or the lines of a text log.</param>
public sealed record FixtureCase(string Says, bool MustMatch, string Log);

/// <summary>The cases of one rule.</summary>
/// <param name="File">The fixture file as the caller named it.</param>
/// <param name="Rule">The rule's id or name.</param>
/// <param name="Cases">The cases in the order of the file, those that must match first.</param>
public sealed record FixtureSet(string File, string Rule, ImmutableArray<FixtureCase> Cases)
{
    /// <summary>The name of the fixture file that belongs to a rule file: <c>a.yml</c> → <c>a.fixtures.json</c>.</summary>
    public static string NameFor(string ruleFile)
    {
        ArgumentNullException.ThrowIfNull(ruleFile);
        var dot = ruleFile.LastIndexOf('.');
        return (dot > ruleFile.LastIndexOfAny(['/', '\\']) ? ruleFile[..dot] : ruleFile) + ".fixtures.json";
    }
}

/// <summary>What became of a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Passed">True when the rule did what it must.</param>
/// <param name="Events">Events read from the case.</param>
/// <param name="Matches">Events, or windows of a correlation, that the rule matched.</param>
/// <param name="Why">Why the case failed; empty when it passed.</param>
public sealed record FixtureResult(FixtureCase Case, bool Passed, int Events, int Matches, string Why);
