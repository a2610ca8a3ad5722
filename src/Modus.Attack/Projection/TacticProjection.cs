namespace Modus.Attack.Projection;

/// <summary>Finds what became of the tactic of a mapping. Tactics are the same by STIX id, whatever they are called.</summary>
internal sealed class TacticProjection(ReleaseView? source, ReleaseView target, Lazy<IReadOnlyList<ReleaseView>> others)
{
    /// <summary>Fills in the tactic of a draft whose technique is known.</summary>
    /// <returns>False where the asked tactic makes no sense for the technique in either release.</returns>
    /// <param name="draft">The draft.</param>
    /// <param name="old">The technique in the mapping's release; null where that is not loaded.</param>
    /// <param name="standIn">The technique in the release that stands in for the mapping's; it only helps to choose a place.</param>
    /// <param name="now">The technique in the target release.</param>
    public bool Settle(Draft draft, Technique? old, Technique? standIn, Technique now)
    {
        var kept = (old ?? standIn)?.Tactics.Select(target.Same).OfType<Tactic>().ToHashSet();
        var gained = kept is null ? [] : now.Tactics.Where(tactic => !kept.Contains(tactic)).ToList();
        if (gained.Count > 0 && old is not null) draft.Add(ProjectionFlags.TacticGained, $"{Version} also puts it under {Names(gained)}.");
        return draft.Question.Tactic is { Length: > 0 } asked ? Asked(draft, asked, old, now, gained) : Unasked(draft, old, now);
    }

    private string Version => target.Release.Version;

    private bool Unasked(Draft draft, Technique? old, Technique now)
    {
        if (source is null || old is null) return true;
        foreach (var tactic in old.Tactics)
        {
            if (target.Same(tactic) is { } same && now.Tactics.Contains(same)) Rename(draft, tactic, same);
            else draft.Add(ProjectionFlags.TacticMoved, $"{Version} does not put it under {tactic.Name}.");
        }
        return true;
    }

    private bool Asked(Draft draft, string asked, Technique? old, Technique now, List<Tactic> gained)
    {
        var was = source?.Tactic(asked) ?? (source is null ? others.Value.Select(other => other.Tactic(asked)).FirstOrDefault(found => found is not null) : null);
        var same = was is null ? target.Tactic(asked) : target.Same(was);
        if (was is null && same is null)
        {
            draft.Add(ProjectionFlags.UnknownTactic, $"No release at hand has a tactic '{asked}' in this domain.");
            Offer(draft, now.Tactics);
            return false;
        }
        if (same is not null && now.Tactics.Contains(same))
        {
            draft.Tactic = same.Shortname;
            if (was is not null) Rename(draft, was, same);
            if (IsStale(was, old)) draft.Add(ProjectionFlags.StaleTactic, $"{source!.Release.Version} does not put it under {was!.Name}.");
            return true;
        }
        if (IsStale(was, old))
        {
            draft.Add(ProjectionFlags.StaleTactic, $"Neither {source!.Release.Version} nor {Version} puts it under {was!.Name}.");
            Offer(draft, now.Tactics);
            return false;
        }
        draft.Add(ProjectionFlags.TacticMoved, $"{Version} does not put it under {(was ?? same)!.Name}, but under {Names(now.Tactics)}.");
        var places = gained.Count > 0 ? gained : now.Tactics;
        if (places.Count == 1) draft.Tactic = places[0].Shortname;
        else Offer(draft, places);
        return true;
    }

    private bool IsStale(Tactic? was, Technique? old) => source is not null && was is not null && old is not null && !old.Tactics.Contains(was);

    private void Rename(Draft draft, Tactic was, Tactic now)
    {
        if (was.Shortname != now.Shortname) draft.Add(ProjectionFlags.TacticRenamed, $"The tactic {was.Name} ({was.Id}) is called {now.Name} in {Version}.");
    }

    private static void Offer(Draft draft, IEnumerable<Tactic> tactics) => draft.TacticCandidates.AddRange(tactics.Select(tactic => tactic.Shortname));

    private static string Names(IReadOnlyList<Tactic> tactics) =>
        tactics.Count == 0 ? "no tactic" : string.Join(" and ", tactics.Select(tactic => tactic.Name));
}
