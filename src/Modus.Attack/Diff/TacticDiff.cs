namespace Modus.Attack.Diff;

/// <summary>Compares the places of techniques in the matrix. A tactic is the same by STIX id, whatever it is called.</summary>
internal sealed class TacticDiff
{
    private readonly Release from;
    private readonly Release to;
    private readonly Domains domains;
    private readonly Pairing pairs;

    public TacticDiff(Release from, Release to, Domains domains, Pairing pairs)
    {
        this.from = from;
        this.to = to;
        this.domains = domains;
        this.pairs = pairs;
        var moves = FindMoves();
        var fresh = to.Tactics.Where(tactic => IsNew(tactic)).ToHashSet();
        var split = moves.Where(move => move.Gained.Any(fresh.Contains)).SelectMany(move => move.Lost).ToHashSet();
        Moves = [.. moves.Select(move => move with { IsPartOfSplit = move.Lost.All(split.Contains) && move.Gained.All(fresh.Contains) && (move.Lost.Count > 0 || move.Gained.Count > 0) })];
        Flows = FindFlows(moves, fresh);
    }

    public IReadOnlyList<TacticMove> Moves { get; }

    public IReadOnlyList<TacticFlow> Flows { get; }

    /// <summary>Adds the change of a technique's tactics to its properties.</summary>
    public static void AddProperty(Technique old, Technique now, Pairing pairs, List<PropertyChange> properties)
    {
        if (!old.IsAlive || !now.IsAlive) return;
        var (lost, gained) = Compare(old, now, pairs);
        if (lost.Count + gained.Count > 0)
            properties.Add(new PropertyChange("tactics", null, null, [.. lost.Select(tactic => tactic.Name).Order(StringComparer.Ordinal)], [.. gained.Select(tactic => tactic.Name).Order(StringComparer.Ordinal)]));
    }

    private static (List<Tactic> Lost, List<Tactic> Gained) Compare(Technique old, Technique now, Pairing pairs)
    {
        var holds = now.Tactics.Select(tactic => tactic.Row).ToHashSet();
        var was = old.Tactics.Select(tactic => tactic.Row).ToHashSet();
        return ([.. old.Tactics.Where(tactic => !holds.Contains(pairs.After(tactic.Row)))], [.. now.Tactics.Where(tactic => !was.Contains(pairs.Before(tactic.Row)))]);
    }

    private List<TacticMove> FindMoves()
    {
        var moves = new List<TacticMove>();
        foreach (var now in to.Techniques.Where(technique => pairs.HasAfter(technique.Row)))
        {
            if (Before(now) is not { IsAlive: true } old) continue;
            var (lost, gained) = Compare(old, now, pairs);
            if (lost.Count + gained.Count > 0) moves.Add(new TacticMove(old, now, lost, gained, false));
        }
        return moves;
    }

    private List<TacticFlow> FindFlows(List<TacticMove> moves, HashSet<Tactic> fresh)
    {
        var moveOf = moves.ToDictionary(move => move.Before.Row);
        var gainedFresh = moves.Where(move => move.Gained.Any(fresh.Contains)).Select(move => move.Before.Row).ToHashSet();
        var flows = new List<TacticFlow>();
        foreach (var now in to.Tactics.Where(tactic => (tactic.Domains & domains) != 0)) flows.Add(Flow(IsNew(now) ? null : (Tactic)from.ObjectAt(pairs.Before(now.Row)), now));
        foreach (var old in from.Tactics.Where(tactic => (tactic.Domains & domains) != 0 && IsGone(tactic)))
            flows.Add(Flow(old, null));
        return flows;

        TacticFlow Flow(Tactic? old, Tactic? now)
        {
            var members = old?.Techniques.Where(technique => pairs.HasBefore(technique.Row)).ToList() ?? [];
            var living = members.Where(technique => After(technique) is { IsAlive: true }).ToList();
            var stayed = living.Where(technique => !moveOf.TryGetValue(technique.Row, out var move) || !move.Lost.Contains(old!)).ToList();
            var left = living.Except(stayed).Select(technique => moveOf[technique.Row]).ToList();
            var arrivals = now?.Techniques.Where(technique => pairs.HasAfter(technique.Row)).ToList() ?? [];
            return new TacticFlow(
                old, now, stayed.Count,
                [.. left.SelectMany(move => move.Gained).GroupBy(tactic => tactic).OrderBy(group => group.Key.Order).Select(group => (group.Key, group.Count()))],
                stayed.Count(technique => gainedFresh.Contains(technique.Row)),
                left.Count(move => move.Gained.Count == 0),
                members.Count - living.Count,
                arrivals.Count(technique => Before(technique) is { IsAlive: true } was && (old is null || !was.Tactics.Contains(old))),
                arrivals.Count(technique => Before(technique) is null));
        }
    }

    private bool IsNew(Tactic tactic) => pairs.Before(tactic.Row) is var row && (row == Pairing.None || !from.ObjectAt(row).IsAlive);

    private bool IsGone(Tactic tactic) => pairs.After(tactic.Row) is var row && (row == Pairing.None || !to.ObjectAt(row).IsAlive);

    private Technique? Before(Technique technique) => pairs.Before(technique.Row) is >= 0 and var row ? (Technique)from.ObjectAt(row) : null;

    private Technique? After(Technique technique) => pairs.After(technique.Row) is >= 0 and var row ? (Technique)to.ObjectAt(row) : null;
}
