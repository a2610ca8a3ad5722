namespace Modus.Attack.Projection;

/// <summary>What the data tells about a technique that took another's place.</summary>
/// <param name="before">The mapping's release, or one that stands in for it; null where there is none.</param>
/// <param name="target">The target release.</param>
internal sealed class SuccessorChecks(ReleaseView? before, ReleaseView target)
{
    private string Version => target.Release.Version;

    /// <summary>Notes whether a technique went up, down or aside in the tree.</summary>
    public void CompareParents(Draft draft, Technique old, Technique now)
    {
        switch (old.IsSubtechnique, now.IsSubtechnique)
        {
            case (true, false):
                draft.Add(ProjectionFlags.Promoted, $"{Version} has it as a technique of its own.");
                break;
            case (false, true):
                draft.Add(ProjectionFlags.Demoted, $"{Version} has it as a sub-technique of {now.Parent?.Id}.");
                break;
            case (true, true) when old.Parent?.StixId != now.Parent?.StixId:
                draft.Add(ProjectionFlags.NewParent, $"{Version} has it under {now.Parent?.Id}, not {old.Parent?.Id}.");
                break;
        }
    }

    /// <summary>Whether several techniques of the mapping's release became the same one.</summary>
    public bool Shared(Draft draft, Technique old, Technique successor)
    {
        // Ids that died before the mapping's release are compared with each other, not with those that outlived them.
        var wasAlive = before is null ? (bool?)null : WasAlive(old);
        var became = target.Predecessors(successor).Where(technique => wasAlive is null || WasAlive(technique) == wasAlive).ToList();
        if (wasAlive == true && WasAlive(successor)) became.Add(successor);
        if (became.Count < 2) return false;
        draft.Add(ProjectionFlags.SharedSuccessor, $"{Version} has one technique for {string.Join(", ", became.Select(technique => technique.Id).Order(StringComparer.Ordinal))}.");
        return true;
    }

    /// <summary>Whether sub-techniques of the old technique went elsewhere than it did, so that the successor covers less.</summary>
    public bool Narrowed(Draft draft, Technique old, Technique successor)
    {
        var children = before?.Find(old.Id)?.Subtechniques ?? Children(old);
        var elsewhere = children.Select(child => target.Same(child)).OfType<Technique>()
            .Where(child => child.Succession.Successor is Technique end && end != successor && end.Parent != successor)
            .Select(child => $"{child.Id} → {child.Succession.Successor!.Id}").ToList();
        if (elsewhere.Count == 0) return false;
        draft.Because($"The successor covers less: {string.Join(", ", elsewhere)}.");
        return true;
    }

    /// <summary>
    /// Whether the successor came together with sub-techniques that stand for nothing older, on platforms of the old technique:
    /// what was one is likely to be several, and the data names only the broadest.
    /// </summary>
    public bool SplitSuspected(Draft draft, Technique old, Technique successor)
    {
        if (!IsNew(successor, old)) return false;
        var born = successor.Subtechniques.Where(child => IsNew(child, old) && target.Predecessors(child).Count == 0 && Overlaps(child.Platforms, old.Platforms)).ToList();
        if (born.Count == 0) return false;
        draft.Because($"{successor.Id} came with {string.Join(", ", born.Select(child => child.Id))}, which no older technique became; the precise answer may be a sub-technique.");
        draft.Flags |= ProjectionFlags.Inferred;
        Offer(draft, successor.Subtechniques.Where(child => Overlaps(child.Platforms, old.Platforms)));
        return true;
    }

    /// <summary>
    /// Offers the sub-techniques that the platforms of the mapping point at. One that an older technique became is meant
    /// only where the mapping named the parent of that older one.
    /// </summary>
    public void Refine(Draft draft, Technique old, Technique successor)
    {
        if (draft.Question.Platforms is { Count: > 0 })
            Offer(draft, successor.Subtechniques.Where(child => target.Predecessors(child) is var was && (was.Count == 0 || was.Any(technique => technique.Parent == old))));
    }

    /// <summary>Whether the mapping's platforms are ones that the technique had and has lost, while the release still knows them.</summary>
    public bool NotCovered(Draft draft, Technique? old, Technique now)
    {
        if (old is null || draft.Question.Platforms is not { Count: > 0 } hints || Overlaps(hints, now.Platforms)) return false;
        var lost = hints.Where(hint => old.Platforms.Contains(hint, StringComparer.OrdinalIgnoreCase) && target.HasPlatform(hint)).ToList();
        if (lost.Count == 0) return false;
        draft.Because($"The mapping is about {string.Join(", ", lost)}, which the technique no longer covers.");
        return true;
    }

    private static void Offer(Draft draft, IEnumerable<Technique> children)
    {
        var hints = draft.Question.Platforms ?? [];
        var fitting = children.Where(child => hints.Count == 0 || Overlaps(child.Platforms, hints)).ToList();
        foreach (var child in fitting)
            draft.Candidates.Add(new Candidate(child.Id, child.FullName, $"covers {string.Join(", ", child.Platforms.Order(StringComparer.Ordinal))}"));
        if (hints.Count > 0 && fitting.Count > 0)
            draft.Add(ProjectionFlags.RefinedByPlatform, $"For {string.Join(", ", hints)} it may be {string.Join(" or ", fitting.Select(child => child.Id))}.");
    }

    private bool WasAlive(Technique technique) => before?.Same(technique) is { IsAlive: true };

    /// <summary>Whether a technique came after the mapping's release; where no release tells, whether it is younger than the old technique.</summary>
    private bool IsNew(Technique technique, Technique old) => before is not null ? before.Same(technique) is null : technique.Created > old.Created;

    private IEnumerable<Technique> Children(Technique parent) =>
        target.All.Where(technique => technique.IsSubtechnique && technique.Parent == parent);

    private static bool Overlaps(IReadOnlyList<string> left, IReadOnlyList<string> right) =>
        left.Intersect(right, StringComparer.OrdinalIgnoreCase).Any();
}
