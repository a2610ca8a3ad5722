using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Prediction;

/// <summary>A set of techniques of one's own: a case, a report, an exercise.</summary>
/// <param name="Name">What it is called when it is shown as a precedent.</param>
/// <param name="Techniques">Ids.</param>
public sealed record OwnBasket(string Name, IReadOnlyList<string> Techniques);

/// <summary>Baskets out of a body of knowledge: actors, campaigns, software, each report of these, and one's own.</summary>
internal static class BasketBuilder
{
    private const int Least = 2;

    public static (Baskets Baskets, string[] Names) Build(KnowledgeIndex index, Lens lens, IReadOnlyList<OwnBasket> own, bool ownOnly = false)
    {
        var view = new KnowledgeView(index, lens);
        var subjects = new SortedDictionary<string, SortedDictionary<string, SortedSet<int>>>(StringComparer.Ordinal);
        foreach (var relation in index.Knowledge.Uses)
        {
            if (index.Techniques.Find(relation.Object) is not (>= 0 and var technique)) continue;
            foreach (var source in relation.Sources)
            {
                if (!view.Alive[index.Sources.Find(source)]) continue;
                if (!subjects.TryGetValue(relation.Subject, out var reports)) subjects[relation.Subject] = reports = new(StringComparer.Ordinal);
                if (!reports.TryGetValue(source, out var set)) reports[source] = set = [];
                set.Add(technique);
            }
        }

        var rows = new List<int[]>();
        var whole = new List<bool>();
        var names = new List<string>();
        var campaigns = index.Knowledge.Campaigns.Select(campaign => campaign.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (subject, reports) in ownOnly ? [] : subjects)
        {
            Add(subject, reports.Values.SelectMany(set => set), index.Actors.Find(subject) >= 0 || campaigns.Contains(subject));
            if (reports.Count > 1)
                foreach (var (source, set) in reports) Add($"{subject} · {source}", set, false);
        }
        foreach (var basket in own)
            Add(basket.Name, basket.Techniques.Select(id => index.Knowledge.Successors.GetValueOrDefault(id, id)).Select(index.Techniques.Find).Where(t => t >= 0), true);
        return (new(index.Techniques, rows, whole), [.. names]);

        void Add(string name, IEnumerable<int> items, bool isWhole)
        {
            int[] row = [.. items.Distinct().Order()];
            if (row.Length < Least) return;
            rows.Add(row);
            whole.Add(isWhole);
            names.Add(name);
        }
    }
}
