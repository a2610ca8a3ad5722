namespace Modus.Attack.Projection;

/// <summary>Carries tactics that are named without a technique, as tags and headings do.</summary>
/// <remarks>
/// A tactic is the same by its STIX id. Whether it was split is not in the data: it shows in the techniques, where they
/// left the tactic for one that did not hold them before.
/// </remarks>
internal sealed class BareTactics(ReleaseView? source, ReleaseView target, IReadOnlyList<ReleaseView> others)
{
    public TacticAnswer Project(string asked)
    {
        var view = source?.Tactic(asked) is not null ? source : Known(asked);
        var before = view?.Tactic(asked);
        var same = before is null ? target.Tactic(asked) : target.Same(before);
        if (before is null && same is null)
            return new TacticAnswer { Asked = asked, Verdict = Verdict.NeedsReview, Reason = $"No release at hand has a tactic '{asked}' in this domain." };
        if (before is null || view is null)
            return new TacticAnswer { Asked = asked, Verdict = Verdict.Carried, Same = same, Reason = $"{Version} has the tactic {same!.Name}; no older release at hand knows it." };

        var techniques = view.All.Where(technique => technique.IsAlive && technique.Tactics.Contains(before)).ToList();
        var shares = Shares(techniques, before, same);
        var (reason, verdict) = Judge(before, same, shares, techniques.Count, view);
        return new TacticAnswer { Asked = asked, Verdict = verdict, Reason = reason, Before = before, Same = same, Shares = shares };
    }

    private string Version => target.Release.Version;

    // A name that the target itself still uses for the same tactic needs no other release; one it does not know is looked up in the newest that does.
    private ReleaseView? Known(string asked) =>
        others.Where(other => other.Tactic(asked) is not null).OrderByDescending(other => other.Release.Version, ReleaseVersion.Comparer).FirstOrDefault();

    private List<TacticShare> Shares(List<Technique> techniques, Tactic before, Tactic? same)
    {
        var counts = new Dictionary<Tactic, int>();
        foreach (var technique in techniques)
        {
            if (Now(technique) is not { } now || same is not null && now.Tactics.Contains(same)) continue;
            var held = technique.Tactics.Where(tactic => tactic != before).Select(target.Same).OfType<Tactic>().ToHashSet();
            foreach (var tactic in now.Tactics.Where(tactic => !held.Contains(tactic))) counts[tactic] = counts.GetValueOrDefault(tactic) + 1;
        }
        return [.. counts.Select(pair => new TacticShare(pair.Key, pair.Value)).OrderByDescending(share => share.Techniques).ThenBy(share => share.Tactic.Id, StringComparer.Ordinal)];
    }

    private Technique? Now(Technique technique) => target.Same(technique) switch
    {
        { IsAlive: true } alive => alive,
        { } dead => dead.Succession.Successor as Technique,
        null => null,
    };

    private (string Reason, Verdict Verdict) Judge(Tactic before, Tactic? same, List<TacticShare> shares, int techniques, ReleaseView view)
    {
        var moved = string.Join(", ", shares.Select(share => $"{share.Tactic.Name} ({share.Techniques})"));
        if (same is null)
            return shares.Count == 0
                ? ($"{Version} has no tactic {before.Name}, and none that took its techniques in.", Verdict.Retired)
                : ($"{Version} has no tactic {before.Name}; of its {techniques} techniques stand now under: {moved}.", Verdict.NeedsReview);
        var name = before.Shortname == same.Shortname ? "" : $"{before.Name} ({before.Id}) is called {same.Name} in {Version}.";
        if (shares.Count > 0 && name.Length == 0)
            return ($"{same.Name} is alive in {Version}; of its {techniques} techniques in {view.Release.Version} some stand elsewhere now: {moved}.", Verdict.Narrowed);
        if (shares.Count > 0)
            return ($"{name} Of its {techniques} techniques in {view.Release.Version} some stand elsewhere now: {moved}; a mapping to the tactic alone does not say which is meant.".TrimStart(), Verdict.SplitSuspected);
        return name.Length > 0 ? (name, Verdict.Renamed) : ($"{same.Name} is alive in {Version}.", Verdict.Carried);
    }
}
