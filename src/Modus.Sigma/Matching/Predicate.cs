using Modus.Logs;
using Modus.Sigma.Expressions;

namespace Modus.Sigma.Matching;

/// <summary>A question that all rules of a plan share: answered at most once for each event.</summary>
internal abstract class Predicate(int id)
{
    public int Id => id;

    public abstract bool Compute(MatchWorker worker, LogEvent e);
}

/// <summary>A check of the values of one field, or of all values of the event.</summary>
internal sealed class ValuePredicate(int id, int number, int memo, ValueCheck check, bool acceptsObjects) : Predicate(id)
{
    /// <summary>The number of the memo of its field's values; -1 for all values.</summary>
    public int Memo => memo;

    /// <summary>The number that plans give the field; -1 for all values.</summary>
    public int Field => number;

    public ValueCheck Check => check;

    public override bool Compute(MatchWorker worker, LogEvent e)
    {
        if (number < 0)
        {
            for (var slot = 0; slot < e.Count; slot++)
                if (e.IsLeaf(slot) && Matches(worker, e, slot)) return true;
            return false;
        }

        for (var slot = worker.First(e, number); slot >= 0; slot = e.Next(slot))
        {
            if (!e.IsLeaf(slot))
            {
                if (acceptsObjects ? e.Kind(slot) == ValueKind.Object : e.Kind(slot) == ValueKind.Blank && check.Matches([])) return true;
                continue;
            }

            if (Matches(worker, e, slot)) return true;
        }

        return false;
    }

    private bool Matches(MatchWorker worker, LogEvent e, int slot)
    {
        if (check.ReadsFolded) return check.Matches(worker.Folded(slot));
        return (check is not RegexCheck regex || regex.MayMatch(worker.Folded(slot))) && check.Matches(e.Text(slot));
    }
}

/// <summary>Is the field missing, or are all its values null or empty cells?</summary>
internal sealed class NullPredicate(int id, int field) : Predicate(id)
{
    public override bool Compute(MatchWorker worker, LogEvent e)
    {
        for (var slot = worker.First(e, field); slot >= 0; slot = e.Next(slot))
            if (e.Kind(slot) is not (ValueKind.Null or ValueKind.Blank)) return false;
        return true;
    }
}

/// <summary>Is the field in the event?</summary>
internal sealed class ExistsPredicate(int id, int field) : Predicate(id)
{
    public override bool Compute(MatchWorker worker, LogEvent e)
    {
        // A table has a cell for every field that any of its events has.
        for (var slot = worker.First(e, field); slot >= 0; slot = e.Next(slot))
            if (e.Kind(slot) != ValueKind.Blank) return true;
        return false;
    }
}

/// <summary>Does a value of one field compare with a value of another?</summary>
internal sealed class FieldPredicate(int id, int field, int other, FieldTest test) : Predicate(id)
{
    public override bool Compute(MatchWorker worker, LogEvent e)
    {
        for (var left = worker.First(e, field); left >= 0; left = e.Next(left))
        {
            if (!e.IsLeaf(left)) continue;
            for (var right = worker.First(e, other); right >= 0; right = e.Next(right))
            {
                if (!e.IsLeaf(right)) continue;
                if (test.IsCased ? test.Fits(e.Text(left), e.Text(right)) : test.Fits(worker.Folded(left), worker.Folded(right))) return true;
            }
        }

        return false;
    }
}
