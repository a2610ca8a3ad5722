using System.Collections.Immutable;
using Modus.Sigma.Rules;

namespace Modus.Sigma;

/// <summary>Where one of the inputs of a correlation comes from, and under which names it carries the grouped and measured fields.</summary>
/// <param name="IsCorrelation">True when the input is another correlation.</param>
/// <param name="Index">The place of the rule or of the correlation in the rule set.</param>
/// <param name="GroupFields">For each part of the group, the field of this input's events.</param>
/// <param name="ValueFields">For each measured field, the field of this input's events.</param>
public sealed record CorrelationInput(bool IsCorrelation, int Index, ImmutableArray<string> GroupFields, ImmutableArray<string> ValueFields);

/// <summary>A correlation whose references are resolved.</summary>
/// <param name="Rule">The correlation as written.</param>
/// <param name="Inputs">Its inputs in the order the rule names them.</param>
public sealed record CompiledCorrelation(SigmaCorrelation Rule, ImmutableArray<CorrelationInput> Inputs)
{
    /// <summary>What the correlation states about itself.</summary>
    public RuleHeader Header => Rule.Header;

    /// <summary>False when the correlation only feeds another one that does not ask for its hits.</summary>
    public bool IsReported { get; init; } = true;
}
