namespace Modus.Analysis.Planning.Response;

/// <summary>A rule, or a query that could become one, with what it would have said in an intrusion.</summary>
/// <param name="Id">What it is called.</param>
/// <param name="IsGrave">True where its alert may not be passed over.</param>
/// <param name="First">When it matched first.</param>
/// <param name="Techniques">The techniques that it stands for.</param>
public sealed record AlertSource(string Id, bool IsGrave, DateTime First, IReadOnlyList<string> Techniques);

/// <summary>Chooses the rules that would have told soonest, and then most.</summary>
public static class AlertChoice
{
    /// <summary>Picks rules one by one: the one that brings the first grave alert forward most, else the one that shows most techniques that nothing before it shows, then the one that matched soonest.</summary>
    /// <param name="have">What was there.</param>
    /// <param name="candidates">What could be added; all of it matched.</param>
    /// <param name="count">How many to pick at most.</param>
    /// <returns>The chosen ones in the order of choice; fewer where nothing is left that would add anything.</returns>
    public static IReadOnlyList<AlertSource> Choose(IReadOnlyList<AlertSource> have, IReadOnlyList<AlertSource> candidates, int count)
    {
        ArgumentNullException.ThrowIfNull(have);
        ArgumentNullException.ThrowIfNull(candidates);
        var (chosen, left) = (new List<AlertSource>(), candidates.ToList());
        var shown = have.SelectMany(source => source.Techniques).ToHashSet(StringComparer.Ordinal);
        var alert = FirstGrave(have) ?? DateTime.MaxValue;
        while (chosen.Count < count && left.Count > 0)
        {
            var best = left.Select(source => (Source: source, Gain: source.IsGrave && source.First < alert ? alert.Ticks - source.First.Ticks : 0, New: source.Techniques.Count(id => !shown.Contains(id))))
                .OrderByDescending(item => item.Gain).ThenByDescending(item => item.New).ThenBy(item => item.Source.First).ThenBy(item => item.Source.Id, StringComparer.Ordinal).First();
            if (best is { Gain: 0, New: 0 }) break;
            chosen.Add(best.Source);
            left.Remove(best.Source);
            shown.UnionWith(best.Source.Techniques);
            if (best.Gain > 0) alert = best.Source.First;
        }
        return chosen;
    }

    /// <summary>When the first alert came that may not be passed over; null where none did.</summary>
    public static DateTime? FirstGrave(IEnumerable<AlertSource> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        return sources.Where(source => source.IsGrave).Min(source => (DateTime?)source.First);
    }
}
