using System.Collections.Immutable;
using Modus.Sigma.Rules;

namespace Modus.Sigma;

/// <summary>How a rule set is loaded.</summary>
public sealed record RuleSetOptions
{
    /// <summary>How rules are translated. Default: no placeholders, no other field names.</summary>
    public CompileOptions Compile { get; init; } = new();

    /// <summary>Threads that read files; the result does not depend on it. Default: the processors.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Bytes of one file; larger ones are refused. Default 8 million.</summary>
    public long MaxFileBytes { get; init; } = 8_000_000;

    /// <summary>A file in which the compiled rules are kept for the next start; it is used only while rules and options are the same byte for byte. Default: none.</summary>
    public string? PackFile { get; init; }

    /// <summary>Whether the rules as they were written are kept, with all places, for linting and explaining. Default: no, which saves memory.</summary>
    public bool KeepDocuments { get; init; }
}

/// <summary>Rules, correlations and filters that were loaded together, ready to be matched. Immutable.</summary>
public sealed class RuleSet
{
    internal RuleSet(
        ImmutableArray<CompiledRule> rules,
        ImmutableArray<CompiledCorrelation> correlations,
        ImmutableArray<RuleDocument> documents,
        RuleSetCounts counts,
        ImmutableArray<Problem> problems)
    {
        Rules = rules;
        Correlations = correlations;
        Documents = documents;
        Counts = counts;
        Problems = problems;
    }

    /// <summary>The rules over single events, in the order of their files.</summary>
    public ImmutableArray<CompiledRule> Rules { get; }

    /// <summary>The correlations, each after those it reads.</summary>
    public ImmutableArray<CompiledCorrelation> Correlations { get; }

    /// <summary>Every document as it was written; empty unless <see cref="RuleSetOptions.KeepDocuments"/> asked for it.</summary>
    public ImmutableArray<RuleDocument> Documents { get; }

    /// <summary>What became of everything that was given.</summary>
    public RuleSetCounts Counts { get; }

    /// <summary>All problems, in the order of files and places.</summary>
    public ImmutableArray<Problem> Problems { get; }

    /// <summary>Loads rule files and folders (all <c>.yml</c> and <c>.yaml</c> below them, in ordinal order).</summary>
    /// <remarks>Nothing throws because of what a file holds: see <see cref="Problems"/>.</remarks>
    public static RuleSet Load(IEnumerable<string> paths, RuleSetOptions? options = null) => RuleSetLoader.Load(paths, options ?? new());

    /// <summary>Makes a rule set of texts, each with the name that problems carry.</summary>
    public static RuleSet Parse(IEnumerable<(string Name, string Text)> texts, RuleSetOptions? options = null) =>
        RuleSetLoader.Parse(texts, options ?? new());

    /// <summary>The same rules with one more problem.</summary>
    internal RuleSet With(Problem problem) => new(Rules, Correlations, Documents, Counts, Problems.Add(problem));

    /// <summary>The same rules without these problems.</summary>
    internal RuleSet Without(IReadOnlyCollection<Problem> problems) => new(Rules, Correlations, Documents, Counts, Problems.RemoveAll(problems.Contains));

    /// <summary>The rule with this id or name, or null.</summary>
    public CompiledRule? Find(string idOrName)
    {
        ArgumentNullException.ThrowIfNull(idOrName);
        return Rules.FirstOrDefault(rule => string.Equals(rule.Header.Id, idOrName, StringComparison.OrdinalIgnoreCase))
            ?? Rules.FirstOrDefault(rule => rule.Header.Name == idOrName);
    }
}

/// <summary>What became of everything that was given: <see cref="Rules"/> + <see cref="Correlations"/> + <see cref="Filters"/> + <see cref="Refused"/> = <see cref="Given"/>.</summary>
/// <param name="Given">Documents found in the files; a file that cannot be read counts as one.</param>
/// <param name="Rules">Rules in use.</param>
/// <param name="Correlations">Correlations in use.</param>
/// <param name="Filters">Filters in use.</param>
/// <param name="Refused">Documents that are not used; each has an error that says why.</param>
/// <param name="Files">Files read.</param>
public sealed record RuleSetCounts(int Given, int Rules, int Correlations, int Filters, int Refused, int Files);
