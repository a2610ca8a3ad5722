using System.Collections.Immutable;
using Modus.Logs;
using Modus.Sigma.Matching;

namespace Modus.Sigma.Hunting;

/// <summary>An event that a rule matched.</summary>
/// <param name="RuleIndex">The rule's place in the rule set.</param>
/// <param name="Rule">The rule. Its author must be named where the match is shown.</param>
/// <param name="Event">A copy of the event with its coordinates.</param>
/// <param name="Evidence">Which values made the rule match; empty when the options did not ask for it.</param>
public sealed record Hit(int RuleIndex, CompiledRule Rule, EventRecord Event, ImmutableArray<Evidence> Evidence);

/// <summary>Where an event of a correlation lies.</summary>
/// <param name="RuleIndex">The rule that matched it.</param>
/// <param name="Time">When it happened, in UTC.</param>
/// <param name="File">The file.</param>
/// <param name="Line">The line, from 1; 0 for binary formats.</param>
/// <param name="RecordId">The record's own number, or 0.</param>
public sealed record CorrelatedEvent(int RuleIndex, DateTime Time, string File, long Line, long RecordId);

/// <summary>A stretch of time in which a correlation held for one group. Overlapping windows are one hit.</summary>
/// <param name="CorrelationIndex">The correlation's place in the rule set.</param>
/// <param name="Correlation">The correlation.</param>
/// <param name="Group">The values of the <c>group-by</c> fields, in their order.</param>
/// <param name="First">The first event of the first window.</param>
/// <param name="Last">The last event of the last window.</param>
/// <param name="Measured">The count, sum or other measure, from the window where it was largest.</param>
/// <param name="Events">The events of the window that fulfilled the condition first, up to a limit; those of inner correlations are their last events.</param>
public sealed record CorrelationHit(
    int CorrelationIndex,
    CompiledCorrelation Correlation,
    ImmutableArray<string> Group,
    DateTime First,
    DateTime Last,
    decimal Measured,
    ImmutableArray<CorrelatedEvent> Events);
