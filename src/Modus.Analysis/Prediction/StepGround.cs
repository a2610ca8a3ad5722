using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Prediction;

/// <summary>Known and usual steps in the numbers of one release, ready to be looked up.</summary>
/// <remarks>Ids that the release does not have are left out, those that gave way to others are carried on.</remarks>
internal sealed class StepGround
{
    private readonly KnowledgeIndex index;

    public StepGround(KnowledgeIndex index, IReadOnlyList<Transition> transitions, UsualSteps steps)
    {
        this.index = index;
        var size = index.Techniques.Count;
        Places = TacticPlaces(index);
        Platforms = new string[size][];
        foreach (var technique in index.Knowledge.Techniques) Platforms[Find(technique.Id)] = [.. technique.Platforms];
        var known = transitions.Select(step => (From: Find(step.From), To: Find(step.To))).Where(step => step.From >= 0 && step.To >= 0).ToList();
        Reached = new int[size];
        foreach (var (_, to) in known) Reached[to]++;
        Table = new(index, steps, known, Find);
    }

    /// <summary>Places of each technique's tactics in the order that the release gives.</summary>
    public int[][] Places { get; }

    public string[][] Platforms { get; }

    /// <summary>How often a known step led to the technique.</summary>
    public int[] Reached { get; }

    /// <summary>What follows what.</summary>
    public StepTable Table { get; }

    public KnowledgeIndex Index => index;

    private int Find(string id) => index.Techniques.Find(index.Knowledge.Successors.GetValueOrDefault(id, id));

    private static int[][] TacticPlaces(KnowledgeIndex index)
    {
        var order = index.Knowledge.TacticOrder.Select((name, place) => (name, place)).ToDictionary(item => item.name, item => item.place, StringComparer.Ordinal);
        var places = new int[index.Techniques.Count][];
        foreach (var technique in index.Knowledge.Techniques)
            places[index.Techniques.Find(technique.Id)] = [.. technique.Tactics.Where(order.ContainsKey).Select(tactic => order[tactic]).Order()];
        return places;
    }
}
