namespace Modus.Attack;

/// <summary>How the chain of replacements of an object ends.</summary>
public enum SuccessionEnd
{
    /// <summary>The object itself is alive: nothing was replaced.</summary>
    NotReplaced,

    /// <summary>The chain ends at an object that is alive.</summary>
    Successor,

    /// <summary>The object, or the last of the chain, is deprecated: a dead end.</summary>
    Deprecated,

    /// <summary>The object, or the last of the chain, is revoked and nothing says by what: a dead end.</summary>
    NoSuccessor,

    /// <summary>The chain comes back to an object it has passed.</summary>
    Cycle,
}

/// <summary>What became of an object, followed through every replacement.</summary>
/// <param name="Route">The object asked for, then each replacement in turn.</param>
/// <param name="End">How the chain ends.</param>
public sealed record Succession(IReadOnlyList<AttackObject> Route, SuccessionEnd End)
{
    /// <summary>The living object at the end of the chain: the object itself where it is alive; null at a dead end or in a cycle.</summary>
    public AttackObject? Successor => End is SuccessionEnd.Successor or SuccessionEnd.NotReplaced ? Route[^1] : null;

    internal static Succession Of(AttackObject start)
    {
        var route = new List<AttackObject> { start };
        while (true)
        {
            var last = route[^1];
            if (last.IsAlive) return new(route, route.Count == 1 ? SuccessionEnd.NotReplaced : SuccessionEnd.Successor);
            if (!last.IsRevoked) return new(route, SuccessionEnd.Deprecated);
            // One object was never replaced by two; should it be, the first by kind and id is taken, always the same.
            var next = last.Outgoing(RelationshipType.RevokedBy).FirstOrDefault()?.Target;
            if (next is null) return new(route, SuccessionEnd.NoSuccessor);
            var isCycle = route.Contains(next);
            route.Add(next);
            if (isCycle) return new(route, SuccessionEnd.Cycle);
        }
    }
}
