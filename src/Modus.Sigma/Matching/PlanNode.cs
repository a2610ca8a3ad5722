using System.Runtime.CompilerServices;
using Modus.Logs;

namespace Modus.Sigma.Matching;

/// <summary>A rule's expression over the predicates of a plan.</summary>
internal abstract class PlanNode
{
    public abstract bool IsTrue(MatchWorker worker, LogEvent e);
}

internal sealed class AskNode(Predicate predicate) : PlanNode
{
    public Predicate Predicate => predicate;

    public override bool IsTrue(MatchWorker worker, LogEvent e) => worker.Ask(predicate, e);
}

internal sealed class NotNode(PlanNode part) : PlanNode
{
    public PlanNode Part => part;

    public override bool IsTrue(MatchWorker worker, LogEvent e) => !part.IsTrue(worker, e);
}

internal sealed class AllNode(PlanNode[] parts) : PlanNode
{
    private readonly PlanPart[] steps = PlanPart.Of(parts);

    public PlanNode[] Parts => parts;

    public override bool IsTrue(MatchWorker worker, LogEvent e)
    {
        foreach (ref readonly var step in steps.AsSpan())
            if (!step.IsTrue(worker, e)) return false;
        return true;
    }
}

internal sealed class AnyNode(PlanNode[] parts) : PlanNode
{
    private readonly PlanPart[] steps = PlanPart.Of(parts);

    public PlanNode[] Parts => parts;

    public override bool IsTrue(MatchWorker worker, LogEvent e)
    {
        foreach (ref readonly var step in steps.AsSpan())
            if (step.IsTrue(worker, e)) return true;
        return false;
    }
}

internal sealed class ConstantNode(bool value) : PlanNode
{
    public override bool IsTrue(MatchWorker worker, LogEvent e) => value;
}

/// <summary>A part of an and or an or. Most parts are questions or their opposite, and those take no call.</summary>
internal readonly struct PlanPart
{
    private readonly Predicate? predicate;
    private readonly PlanNode? node;
    private readonly bool isDenied;

    private PlanPart(PlanNode part)
    {
        node = part;
        if (part is NotNode not)
        {
            isDenied = true;
            node = not.Part;
        }

        if (node is AskNode ask) predicate = ask.Predicate;
    }

    public static PlanPart[] Of(PlanNode[] parts) => [.. parts.Select(part => new PlanPart(part))];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsTrue(MatchWorker worker, LogEvent e) =>
        (predicate is not null ? worker.Ask(predicate, e) : node!.IsTrue(worker, e)) != isDenied;
}
