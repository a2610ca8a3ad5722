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
    public PlanNode[] Parts => parts;

    public override bool IsTrue(MatchWorker worker, LogEvent e)
    {
        foreach (var part in parts)
            if (!part.IsTrue(worker, e)) return false;
        return true;
    }
}

internal sealed class AnyNode(PlanNode[] parts) : PlanNode
{
    public PlanNode[] Parts => parts;

    public override bool IsTrue(MatchWorker worker, LogEvent e)
    {
        foreach (var part in parts)
            if (part.IsTrue(worker, e)) return true;
        return false;
    }
}

internal sealed class ConstantNode(bool value) : PlanNode
{
    public override bool IsTrue(MatchWorker worker, LogEvent e) => value;
}
