namespace Modus.Attack.Projection;

/// <summary>Carries mappings of one domain from one release to another, in either direction.</summary>
/// <remarks>
/// Every verdict follows from the data of the two releases: replacements, tactics, platforms and parents. Where the mapping's
/// release is not loaded, the target's own memory of dead techniques answers, and the flags say what was not compared.
/// </remarks>
public sealed class Projector
{
    private readonly ReleaseView? source;
    private readonly ReleaseView target;
    private readonly ReleaseView? standIn;
    private readonly Lazy<IReadOnlyList<ReleaseView>> others;
    private readonly TacticProjection tactics;
    private readonly SuccessorChecks checks;
    private readonly Lazy<BareTactics> bareTactics;

    /// <summary>Makes a projector.</summary>
    /// <param name="source">The release of the mappings; null where it is not loaded.</param>
    /// <param name="target">The release to carry them to.</param>
    /// <param name="domain">The one domain of the mappings: what another domain did to its tactics does not touch them.</param>
    /// <param name="others">Other releases at hand, asked for ids and tactics that <paramref name="target"/> does not know.</param>
    /// <param name="sourceVersion">The release of the mappings by name, where it is known but not loaded.</param>
    public Projector(Release? source, Release target, Domains domain, IEnumerable<Release>? others = null, string? sourceVersion = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        this.source = source is null ? null : new ReleaseView(source, domain);
        this.target = this.source is { } same && source == target ? same : new ReleaseView(target, domain);
        this.others = new(() => [.. (others ?? []).Where(other => other != source && other != target && (other.Domains & domain) != 0).Select(other => new ReleaseView(other, domain))]);
        SourceVersion = source?.Version ?? sourceVersion;
        Domain = domain;
        // The newest release before the target stands in for one that is not loaded.
        standIn = this.source is not null ? null : this.others.Value
            .Where(other => ReleaseVersion.Comparer.Compare(other.Release.Version, target.Version) < 0)
            .OrderByDescending(other => other.Release.Version, ReleaseVersion.Comparer).FirstOrDefault();
        tactics = new TacticProjection(this.source, this.target, this.others);
        checks = new SuccessorChecks(this.source ?? standIn, this.target);
        bareTactics = new(() => new BareTactics(this.source, this.target, this.others.Value));
    }

    /// <summary>The release of the mappings; null where it is unknown.</summary>
    public string? SourceVersion { get; }

    /// <summary>The release that mappings are carried to.</summary>
    public Release Target => target.Release;

    /// <summary>The domain.</summary>
    public Domains Domain { get; }

    /// <summary>Carries one mapping.</summary>
    public ProjectionAnswer Project(ProjectionQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        var draft = new Draft(question);
        var id = question.TechniqueId.Trim().ToUpperInvariant();
        var old = source?.Find(id);
        var known = (Technique: old, View: source);
        if (old is null && target.Find(id) is null)
            known = others.Value.Select(other => (Technique: other.Find(id), View: (ReleaseView?)other)).FirstOrDefault(other => other.Technique is not null);
        if (source is null)
            draft.Add(ProjectionFlags.NamesNotCompared | ProjectionFlags.TacticsNotCompared | ProjectionFlags.SourcesNotCompared,
                $"Release {SourceVersion ?? "unknown"} of the mapping is not loaded: names and tactics could not be compared.");

        var now = known.Technique is null ? target.Find(id) : target.Same(known.Technique) ?? Namesake(draft, id);
        if (now is null) return known.Technique is null ? Unknown(draft, id) : Backwards(draft, known.Technique, known.View!);
        if (old is { IsAlive: false }) draft.Add(ProjectionFlags.AlreadyDead, $"{id} was {RouteStep.Of(old).State} in {source!.Release.Version} already.");
        if (now.IsAlive) return Alive(draft, old, now, id);
        return now.IsRevoked ? Replaced(draft, old, now) : GivenUp(draft, now);
    }

    /// <summary>Carries a tactic that is named without a technique.</summary>
    /// <param name="tactic">Its short name, name or id; case, and blanks or underscores for hyphens, do not matter.</param>
    public TacticAnswer ProjectTactic(string tactic)
    {
        ArgumentNullException.ThrowIfNull(tactic);
        return bareTactics.Value.Project(tactic.Trim());
    }

    private Technique? StandIn(Technique now) => standIn?.Same(now);

    private Technique? Namesake(Draft draft, string id)
    {
        if (target.Find(id) is not { } other) return null;
        draft.Add(ProjectionFlags.OtherIdentity, $"{id} is another object in {target.Release.Version}, made anew under the same id.");
        return other;
    }

    private ProjectionAnswer Alive(Draft draft, Technique? old, Technique now, string id)
    {
        draft.Answer = now;
        draft.Route.Add(RouteStep.Of(now));
        if (now.Id != id) draft.Because($"The same object has the id {now.Id} in {target.Release.Version}.");
        CompareNames(draft, old, now);
        ComparePlatforms(draft, old, now);
        if (!tactics.Settle(draft, old, StandIn(now), now)) return draft.As(Verdict.NeedsReview);
        if (now.Id != id) return draft.As(Verdict.NewId);
        if (checks.NotCovered(draft, old, now)) return draft.As(Verdict.Narrowed);
        if (draft.Flags.HasFlag(ProjectionFlags.TacticMoved)) return draft.As(Verdict.TacticMoved);
        if (draft.Flags.HasFlag(ProjectionFlags.NameChanged)) return draft.As(Verdict.Renamed);
        draft.Because($"{now.Id} is alive in {target.Release.Version}.");
        return draft.As(Verdict.Carried);
    }

    private ProjectionAnswer GivenUp(Draft draft, Technique now)
    {
        draft.Route.Add(RouteStep.Of(now));
        draft.Because($"{now.Id} is deprecated in {target.Release.Version}, without a successor.");
        return draft.As(Verdict.Retired);
    }

    private ProjectionAnswer Replaced(Draft draft, Technique? old, Technique now)
    {
        var succession = now.Succession;
        draft.Route.AddRange(succession.Route.Select(RouteStep.Of));
        if (succession.Successor is not Technique successor) return DeadEnd(draft, now, succession);
        draft.Answer = successor;
        draft.Because($"{now.Id} {now.Name} was replaced by {successor.Id} {successor.FullName}.");
        if (succession.Route.Count > 2) draft.Add(ProjectionFlags.Chain, $"The way: {string.Join(" → ", succession.Route.Select(step => step.Id))}.");
        CompareNames(draft, old ?? now, successor);
        checks.CompareParents(draft, now, successor);
        var shared = checks.Shared(draft, now, successor);
        var narrowed = checks.Narrowed(draft, now, successor);
        var split = !narrowed && checks.SplitSuspected(draft, now, successor);
        if (!split) checks.Refine(draft, now, successor);
        if (!tactics.Settle(draft, old, StandIn(now), successor)) return draft.As(Verdict.NeedsReview);
        return draft.As(split ? Verdict.SplitSuspected : narrowed ? Verdict.Narrowed : shared ? Verdict.Merged : Verdict.NewId);
    }

    private static ProjectionAnswer DeadEnd(Draft draft, Technique now, Succession succession)
    {
        var last = succession.Route[^1];
        switch (succession.End)
        {
            case SuccessionEnd.Cycle:
                draft.Add(ProjectionFlags.Cycle, $"The replacements of {now.Id} come back to {last.Id}.");
                break;
            case SuccessionEnd.Deprecated:
                draft.Add(ProjectionFlags.DeadEnd, $"{now.Id} was replaced by {last.Id}, which is deprecated itself: a dead end.");
                break;
            case SuccessionEnd.Successor:
                draft.Add(ProjectionFlags.DeadEnd, $"{now.Id} was replaced by {last.Id}, which is no technique.");
                break;
            default:
                draft.Add(ProjectionFlags.DeadEnd, $"{last.Id} is revoked, and nothing says by what.");
                break;
        }
        return draft.As(Verdict.NeedsReview);
    }

    private static ProjectionAnswer Unknown(Draft draft, string id)
    {
        draft.Add(ProjectionFlags.UnknownId, $"No release at hand has a technique {id} in this domain.");
        return draft.As(Verdict.NeedsReview);
    }

    /// <summary>The target does not know the technique: it is younger, or it was deleted without a trace.</summary>
    private ProjectionAnswer Backwards(Draft draft, Technique old, ReleaseView view)
    {
        draft.Flags |= ProjectionFlags.Inverse;
        draft.Route.Add(RouteStep.Of(old));
        var alive = view.Predecessors(old).Select(target.Same).OfType<Technique>().Where(technique => technique.IsAlive).ToList();
        if (alive.Count == 0) return Nearest(draft, old, view);
        var broadest = alive.FirstOrDefault(one => alive.All(other => other == one || other.Parent == one));
        draft.Answer = broadest;
        var names = string.Join(", ", alive.Select(technique => technique.Id));
        draft.Because($"{target.Release.Version} is older than {old.Id}, which took the place of {names}.");
        if (broadest is not null) draft.Route.Add(RouteStep.Of(broadest));
        if (alive.Count > 1)
            draft.Candidates.AddRange(alive.OrderBy(technique => technique.Name != old.Name).ThenBy(technique => technique.Id, StringComparer.Ordinal)
                .Select(technique => new Candidate(technique.Id, technique.FullName, technique.Name == old.Name ? "has the same name" : $"became {old.Id}")));
        if (broadest is null) return draft.As(Verdict.SplitSuspected);
        if (alive.Count > 1) draft.Because($"{broadest.Id} is the parent of the others.");
        CompareNames(draft, old, broadest);
        checks.CompareParents(draft, old, broadest);
        if (!tactics.Settle(draft, view == source ? old : null, null, broadest)) return draft.As(Verdict.NeedsReview);
        return draft.As(alive.Count > 1 ? Verdict.SplitSuspected : Verdict.NewId);
    }

    private ProjectionAnswer Nearest(Draft draft, Technique old, ReleaseView view)
    {
        draft.Add(ProjectionFlags.Vanished, $"{target.Release.Version} has no {old.Id}, and nothing says what stood for it there.");
        if (old.Parent is { } parent)
        {
            var broader = target.Same(parent) is { IsAlive: true } same
                ? [same]
                : view.Predecessors(parent).Select(target.Same).OfType<Technique>().Where(technique => technique.IsAlive).ToList();
            foreach (var technique in broader)
                draft.Candidates.Add(new Candidate(technique.Id, technique.FullName, $"stands for {parent.Id}, the parent of {old.Id}"));
            if (broader.Count > 0) draft.Add(ProjectionFlags.Inferred, "The candidates are broader than the technique.");
        }
        return draft.As(Verdict.NeedsReview);
    }

    private void CompareNames(Draft draft, Technique? old, Technique now)
    {
        if (old is null || old.Name == now.Name) return;
        draft.Add(ProjectionFlags.NameChanged, $"{old.Name} is called {now.Name} in {target.Release.Version}.");
    }

    private void ComparePlatforms(Draft draft, Technique? old, Technique now)
    {
        var lost = old?.Platforms.Except(now.Platforms, StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal).ToList() ?? [];
        if (lost.Count > 0) draft.Add(ProjectionFlags.PlatformsLost, $"{target.Release.Version} does not list {string.Join(", ", lost)}.");
    }
}
