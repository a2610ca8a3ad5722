using System.Collections.Immutable;
using Modus.Sigma.Expressions;

namespace Modus.Sigma.Explanation;

/// <summary>A search identifier of a rule and its answer on an event.</summary>
/// <param name="Name">The search identifier.</param>
/// <param name="Line">The line it stands on; 0 when unknown.</param>
/// <param name="IsTrue">Its answer.</param>
public sealed record SelectionAnswer(string Name, int Line, bool IsTrue);

/// <summary>A test that decided.</summary>
/// <param name="Test">The test, as it is asked of this log source.</param>
/// <param name="IsTrue">Its answer.</param>
/// <param name="InFilter">True when it stands behind a not.</param>
/// <param name="Field">The field that was looked into; empty for keywords.</param>
/// <param name="Value">The value that was found, cut to 500 characters; null when the event has none.</param>
/// <param name="Cause">Why it answered so, one sentence.</param>
/// <param name="Fix">What would have to change, when that can be told.</param>
public sealed record TestAnswer(Test Test, bool IsTrue, bool InFilter, string Field, string? Value, string Cause, string? Fix);

/// <summary>Why a rule matched an event, or why not.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Matched">True when it matched.</param>
/// <param name="Source">The event's log source.</param>
/// <param name="SourceFits">True when the rule reads this log source.</param>
/// <param name="Condition">The condition as written; several are joined by or.</param>
/// <param name="Selections">The search identifiers with their answers; empty when the rule was given without its text.</param>
/// <param name="Deciding">The tests that decided: for a match those that were true, otherwise those that would have to change.</param>
/// <param name="Summary">The first cause in one sentence.</param>
public sealed record RuleExplanation(
    CompiledRule Rule,
    bool Matched,
    string Source,
    bool SourceFits,
    string Condition,
    ImmutableArray<SelectionAnswer> Selections,
    ImmutableArray<TestAnswer> Deciding,
    string Summary);
