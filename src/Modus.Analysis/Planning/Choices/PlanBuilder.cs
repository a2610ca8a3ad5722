using Modus.Analysis.Planning.Cover;

namespace Modus.Analysis.Planning.Choices;

/// <summary>One way to meet a need: items that work together, and how far they reach.</summary>
/// <param name="Items">Numbers of the items.</param>
/// <param name="Reach">The share of the cell's hosts (or of the technique, for a grade) that it answers, above 0 to 1.</param>
internal sealed record Alternative(int[] Items, double Reach = 1);

/// <summary>Puts a problem of choice together, cell by cell.</summary>
/// <remarks>A measure covers a cell when each of its needs is met, to the least reach among them. A cell is parted into
/// slices by reach, so that what reaches further covers every slice up to there: reaches are taken to be nested, the
/// hosts of a smaller one among those of a larger.</remarks>
internal sealed class PlanBuilder(IReadOnlyDictionary<string, double> estate, Func<string, double?> price)
{
    private const int MostWays = 256;

    // Shares nearer to each other than this are one.
    private const double Same = 1e-6;
    private const int MostSlices = 24;
    private readonly List<CoverItem> items = [];
    private readonly List<string> names = [];
    private readonly HashSet<int> owned = [];
    private readonly List<int> unpriced = [];
    private readonly List<PlanCell> cells = [];
    private readonly List<CoverTarget> targets = [];
    private readonly Dictionary<string, int> numbers = new(StringComparer.OrdinalIgnoreCase);
    private int trimmed;

    /// <summary>True where an item of this id is there.</summary>
    public bool Has(string id) => numbers.ContainsKey(id);

    /// <summary>True where the defence has an item already.</summary>
    public bool IsOwned(int item) => owned.Contains(item);

    /// <summary>The number of an item, which is made where it is not there yet.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="name">Its name for people.</param>
    /// <param name="stated">Its price where the inventory has one.</param>
    /// <param name="isOwned">True where the defence has it.</param>
    /// <param name="share">The part of the price that is to be paid.</param>
    public int Item(string id, string name, double? stated = null, bool isOwned = false, double share = 1)
    {
        if (numbers.TryGetValue(id, out var known)) return known;
        var at = items.Count;
        numbers[id] = at;
        var cost = price(id) ?? stated * share;
        items.Add(new(id, cost ?? 1));
        names.Add(name);
        if (isOwned) owned.Add(at);
        else if (cost is null) unpriced.Add(at);
        return at;
    }

    /// <summary>Notes that not every way is looked at.</summary>
    public void Trim() => trimmed++;

    /// <summary>The platforms of a technique that the estate has, with the share of the technique's weight on each.</summary>
    public IEnumerable<(string Platform, double Share)> Platforms(WeighedTechnique technique)
    {
        if (technique.Platforms.Count == 0) return [("", 1)];
        if (estate.Count == 0) return technique.Platforms.Order(StringComparer.Ordinal).Select(platform => (platform, 1.0 / technique.Platforms.Count));
        return technique.Platforms.Order(StringComparer.Ordinal).Select(platform => (platform, estate.GetValueOrDefault(platform))).Where(item => item.Item2 > 0);
    }

    /// <summary>Adds a cell with the measures that can cover it, each with all its needs, each need with its alternatives.</summary>
    public void Add(WeighedTechnique technique, string platform, double share, IReadOnlyList<IReadOnlyList<IReadOnlyList<Alternative>>> measures)
    {
        var id = platform.Length == 0 ? technique.Id : $"{technique.Id} {platform}";
        var levels = measures.SelectMany(measure => measure).SelectMany(need => need).Select(way => way.Reach).Where(reach => reach is > 0 and < 1 - Same).DistinctBy(reach => Math.Round(reach / Same)).Order().ToList();
        // Very many shares are rounded to steps of a twentieth: the plan then errs by less than that on one cell.
        if (levels.Count > MostSlices) levels = [.. levels.Select(reach => Math.Floor(reach * 20) / 20).Where(reach => reach > 0).Distinct().Order()];
        var low = 0.0;
        foreach (var high in levels.Append(1))
        {
            var ways = new List<IReadOnlyList<int>>();
            foreach (var measure in measures) Ways(measure, high, ways);
            cells.Add(new(technique.Id, platform, share * (high - low)));
            targets.Add(new(id, technique.Weight * share * (high - low), ways));
            low = high;
        }
    }

    /// <summary>The problem with everything that was added.</summary>
    public PlanQuestion Build(IEnumerable<string> known, int useless = 0) => new(new(items, targets), cells, names)
    {
        Owned = owned,
        Unpriced = unpriced,
        Known = known.ToHashSet(StringComparer.OrdinalIgnoreCase),
        Trimmed = trimmed,
        Useless = useless,
    };

    private void Ways(IReadOnlyList<IReadOnlyList<Alternative>> needs, double reach, List<IReadOnlyList<int>> ways)
    {
        var lists = new List<List<int[]>>(needs.Count);
        foreach (var need in needs)
        {
            var enough = need.Where(way => way.Reach >= reach - 2 * Same).Select(way => way.Items).ToList();
            // What is there answers the need: nothing has to be bought for it.
            if (enough.Exists(way => way.All(owned.Contains))) enough.RemoveAll(way => !way.All(owned.Contains));
            if (enough.Count == 0) return;
            lists.Add(enough);
        }
        if (lists.Aggregate(1.0, (product, list) => product * list.Count) > MostWays)
        {
            trimmed++;
            foreach (var list in lists) list.Sort((a, b) => Cost(a).CompareTo(Cost(b)));
            while (lists.Aggregate(1.0, (product, list) => product * list.Count) > MostWays)
            {
                var longest = lists.MaxBy(list => list.Count)!;
                longest.RemoveRange(longest.Count / 2, longest.Count - longest.Count / 2);
            }
        }
        IEnumerable<int[]> all = [[]];
        foreach (var list in lists) all = [.. all.SelectMany(start => list.Select(way => start.Union(way).Order().ToArray()))];
        ways.AddRange(all);
    }

    private double Cost(int[] way) => way.Where(item => !owned.Contains(item)).Sum(item => items[item].Cost);
}
