namespace Modus.Analysis.Planning.Response;

/// <summary>A technique that was seen, and when.</summary>
/// <param name="Technique">Its id.</param>
/// <param name="Times">How often it was seen; at least 1.</param>
/// <param name="LastSeen">When last, or null.</param>
public sealed record SeenUse(string Technique, int Times, DateTimeOffset? LastSeen);

/// <summary>A measure with what it cuts of what was seen.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Cuts">Techniques that were seen and that it answers.</param>
/// <param name="Adds">Those that no measure before it in the plan answers.</param>
/// <param name="Ahead">Techniques that probably come next and that it answers too.</param>
/// <param name="Weight">What the techniques that it adds weigh, as a share of all that was seen, 0 to 1.</param>
/// <param name="Total">What this and all measures before it answer.</param>
public sealed record ResponseStep(string Id, string Name, IReadOnlyList<string> Cuts, IReadOnlyList<string> Adds, IReadOnlyList<string> Ahead, double Weight, double Total);

/// <summary>What to do about what was seen.</summary>
/// <param name="Steps">Measures, each the one that cuts most of what is left.</param>
/// <param name="Uncut">Techniques that no measure answers: they can only be detected and contained.</param>
public sealed record ResponsePlan(IReadOnlyList<ResponseStep> Steps, IReadOnlyList<string> Uncut)
{
    /// <summary>Orders measures by what they cut: first what was seen and nothing before answers, then what probably comes next.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="ahead">What probably comes next, with its probability.</param>
    /// <param name="measures">The measures to choose from.</param>
    /// <param name="families">A technique's parent, or itself: a measure on the parent answers a part of it that nothing names.</param>
    public static ResponsePlan Of(IReadOnlyList<SeenUse> seen, IReadOnlyDictionary<string, double> ahead, IReadOnlyList<Choices.MeasureFact> measures, Func<string, string> families)
    {
        var weight = seen.GroupBy(item => item.Technique, StringComparer.Ordinal).ToDictionary(group => group.Key, group => Math.Log2(1 + group.Sum(item => Math.Max(1, item.Times))), StringComparer.Ordinal);
        var all = weight.Values.Sum();
        var answers = measures.Select(measure => (Measure: measure, Ids: measure.Effects.Select(effect => effect.Technique).ToHashSet(StringComparer.Ordinal))).ToList();
        var named = answers.SelectMany(item => item.Ids).ToHashSet(StringComparer.Ordinal);
        var open = weight.Keys.ToHashSet(StringComparer.Ordinal);
        var steps = new List<ResponseStep>();
        var total = 0.0;
        while (open.Count > 0)
        {
            var best = answers.Select(item => (item.Measure, Adds: Cut(open, item.Ids).ToList(), Cuts: Cut(weight.Keys, item.Ids).ToList(), Ahead: ahead.Where(next => Answers(item.Ids, next.Key)).ToList()))
                .Where(item => item.Adds.Count > 0)
                .OrderByDescending(item => item.Adds.Sum(id => weight[id])).ThenByDescending(item => item.Ahead.Sum(next => next.Value))
                .ThenByDescending(item => item.Cuts.Sum(id => weight[id])).ThenBy(item => item.Measure.Id, StringComparer.Ordinal).FirstOrDefault();
            if (best.Measure is null) break;
            var gain = best.Adds.Sum(id => weight[id]) / all;
            total += gain;
            steps.Add(new(best.Measure.Id, best.Measure.Name, [.. best.Cuts.Order(StringComparer.Ordinal)],
                [.. best.Adds.OrderByDescending(id => weight[id]).ThenBy(id => id, StringComparer.Ordinal)],
                [.. best.Ahead.OrderByDescending(next => next.Value).ThenBy(next => next.Key, StringComparer.Ordinal).Select(next => next.Key)], gain, Math.Min(1, total)));
            open.ExceptWith(best.Adds);
        }
        return new(steps, [.. open.OrderByDescending(id => weight[id]).ThenBy(id => id, StringComparer.Ordinal)]);

        IEnumerable<string> Cut(IEnumerable<string> ids, HashSet<string> answered) => ids.Where(id => Answers(answered, id));

        bool Answers(HashSet<string> answered, string id) => answered.Contains(id) || (!named.Contains(id) && answered.Contains(families(id)));
    }
}
