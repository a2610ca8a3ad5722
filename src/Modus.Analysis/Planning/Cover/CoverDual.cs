namespace Modus.Analysis.Planning.Cover;

/// <summary>An upper bound on what can be covered, by Lagrangian relaxation.</summary>
/// <remarks>
/// Every target t has a multiplier for each item that one of its ways needs: a toll. A target then earns its weight
/// less the tolls of its cheapest way, or nothing; an item earns the tolls of all targets, and the items that earn
/// most are bought with the budget as if they could be cut in pieces. For every choice of tolls the sum of both is an
/// upper bound; a subgradient search lowers it towards the value of the linear relaxation in which the ways of one
/// target together cannot use an item more than it is bought.
/// </remarks>
internal sealed class CoverDual
{
    private readonly CoverModel model;
    private readonly double[] toll;
    private readonly double[] step;
    private readonly double[] earned;
    private readonly double[] share;
    private readonly double[] order;
    private readonly int[] items;
    private readonly double[] bestToll;
    private readonly double[] smooth;
    private int count;
    private double left;

    public CoverDual(CoverModel model)
    {
        this.model = model;
        toll = new double[model.FirstMultiplier[^1]];
        bestToll = new double[toll.Length];
        step = new double[toll.Length];
        earned = new double[model.ItemCount];
        share = new double[model.ItemCount];
        smooth = new double[model.ItemCount];
        order = new double[model.ItemCount];
        items = new int[model.ItemCount];
        for (var t = 0; t < model.Ways.Length; t++)
            toll.AsSpan(model.FirstMultiplier[t], model.Local[t].Length).Fill(model.Weight[t] / model.Ways[t][0].Length);
    }

    /// <summary>What each item earned at the best bound.</summary>
    public ReadOnlySpan<double> Earned => earned;

    /// <summary>How much of each item was bought lately, on average: near one half is undecided.</summary>
    public ReadOnlySpan<double> Share => smooth;

    /// <summary>Lowers the bound for the items' states; stops early once it is no more than a value already reached.</summary>
    /// <param name="state">What is decided about each item.</param>
    /// <param name="budget">What is left to spend on undecided items.</param>
    /// <param name="reached">The value of the best plan so far.</param>
    /// <param name="rounds">Rounds of the subgradient search.</param>
    /// <param name="pace">First step length, as a share of Polyak's.</param>
    public double Bound(sbyte[] state, double budget, double reached, int rounds, double pace)
    {
        left = budget;
        var best = double.PositiveInfinity;
        var idle = 0;
        Array.Clear(smooth);
        for (var round = 0; round < rounds; round++)
        {
            var bound = Evaluate(state);
            for (var s = 0; s < smooth.Length; s++) smooth[s] = round == 0 ? share[s] : 0.9 * smooth[s] + 0.1 * share[s];
            if (bound < best - 1e-12)
            {
                idle = bound < best - 1e-5 * Math.Abs(best) ? 0 : idle + 1;
                best = bound;
                toll.CopyTo(bestToll, 0);
                if (best <= reached) break;
            }
            else idle++;
            if (idle >= 8)
            {
                pace /= 2;
                idle = 0;
                bestToll.CopyTo(toll, 0);
                if (pace < 0.002) break;
                Evaluate(state);
            }
            Move(state, bound, reached, pace);
        }
        bestToll.CopyTo(toll, 0);
        Evaluate(state);
        return best;
    }

    /// <summary>An upper bound where one undecided item is bought (true) or ruled out (false), at the present tolls.</summary>
    public double BoundWith(double bound, double bought, int item, bool buy)
    {
        var without = Bought(item, left);
        return buy ? (model.Cost[item] > left + CoverSolver.Tolerance ? double.NegativeInfinity : bound - bought + earned[item] + Bought(item, left - model.Cost[item]))
            : bound - bought + without;
    }

    /// <summary>What the undecided items earn that the budget buys.</summary>
    public double BoughtNow() => Bought(-1, left);

    private double Bought(int except, double budget)
    {
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            var s = items[i];
            if (s == except) continue;
            if (model.Cost[s] <= budget)
            {
                budget -= model.Cost[s];
                sum += earned[s];
                continue;
            }
            return sum + earned[s] * budget / model.Cost[s];
        }
        return sum;
    }

    private double Evaluate(sbyte[] state)
    {
        Array.Clear(earned);
        Array.Clear(step);
        var value = model.Base;
        for (var t = 0; t < model.Ways.Length; t++)
        {
            var first = model.FirstMultiplier[t];
            var cheapest = double.PositiveInfinity;
            var way = -1;
            var ways = model.LocalWays[t];
            var local = model.Local[t];
            for (var w = 0; w < ways.Length; w++)
            {
                var sum = 0.0;
                var open = 0;
                foreach (var place in ways[w])
                {
                    var known = state[local[place]];
                    if (known == CoverModel.In) continue;
                    if (known == CoverModel.Out)
                    {
                        sum = double.PositiveInfinity;
                        break;
                    }
                    open++;
                    sum += toll[first + place];
                }
                if (open == 0 && sum == 0)
                {
                    cheapest = -1;
                    break;
                }
                if (sum >= cheapest) continue;
                cheapest = sum;
                way = w;
            }
            if (cheapest < 0)
            {
                value += model.Weight[t];
                continue;
            }
            if (way < 0) continue;
            for (var place = 0; place < local.Length; place++)
            {
                if (state[local[place]] != CoverModel.Free) continue;
                earned[local[place]] += toll[first + place];
                step[first + place] = -2; // takes part; replaced below by what was bought
            }
            if (cheapest >= model.Weight[t]) continue;
            value += model.Weight[t] - cheapest;
            foreach (var place in ways[way])
                if (state[local[place]] == CoverModel.Free) step[first + place] = -1;
        }
        count = 0;
        for (var s = 0; s < earned.Length; s++)
        {
            share[s] = 0;
            if (state[s] != CoverModel.Free || earned[s] <= 0) continue;
            items[count] = s;
            order[count++] = model.Cost[s] <= 0 ? double.NegativeInfinity : -earned[s] / model.Cost[s];
        }
        Array.Sort(order, items, 0, count);
        var money = left;
        for (var i = 0; i < count; i++)
        {
            var s = items[i];
            share[s] = model.Cost[s] <= money ? 1 : model.Cost[s] <= 0 ? 1 : money / model.Cost[s];
            money -= model.Cost[s] * share[s];
            value += earned[s] * share[s];
            if (money <= 0 && share[s] < 1) break;
        }
        return value;
    }

    // Tolls rise where a target uses what is not bought, and fall where what is bought is not used.
    private void Move(sbyte[] state, double bound, double reached, double pace)
    {
        var square = 0.0;
        for (var t = 0; t < model.Ways.Length; t++)
        {
            var first = model.FirstMultiplier[t];
            var local = model.Local[t];
            for (var place = 0; place < local.Length; place++)
            {
                var at = first + place;
                if (step[at] == 0 || state[local[place]] != CoverModel.Free)
                {
                    step[at] = 0;
                    continue;
                }
                var used = step[at] == -1 ? 1 : 0;
                var direction = used - share[local[place]];
                if (direction < 0 && toll[at] <= 0) direction = 0;
                step[at] = direction;
                square += direction * direction;
            }
        }
        if (square == 0) return;
        var length = pace * Math.Max(bound - reached, 1e-4 * Math.Abs(bound)) / square;
        for (var at = 0; at < toll.Length; at++)
            if (step[at] != 0) toll[at] = Math.Max(0, toll[at] + length * step[at]);
    }
}
