namespace Modus.Analysis.Planning.Cover;

/// <summary>Finds the best choice under a budget and proves it: branch and bound over a Lagrangian bound.</summary>
/// <remarks>Greedy choice gives a plan at once; the search improves it and, where it runs to its end, proves that
/// nothing is better. The limit is a number of nodes, not of seconds, so that the same input gives the same answer.</remarks>
public static class CoverSolver
{
    /// <summary>Differences below this share of a value count as none.</summary>
    public const double Tolerance = 1e-9;
    private const int RootRounds = 1200;
    private const int NodeRounds = 60;

    /// <summary>Solves a problem within limits.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="limits">Budget and what is owned, required or forbidden.</param>
    /// <param name="stop">Stops the search; the answer then says how far from proven it is.</param>
    /// <exception cref="ArgumentException">The budget does not pay for what is required, or an item is required and forbidden.</exception>
    public static CoverAnswer Solve(CoverProblem problem, CoverLimits limits, CancellationToken stop = default)
    {
        if (limits.Required.Intersect(limits.Forbidden).Any()) throw new ArgumentException("an item is both required and forbidden", nameof(limits));
        var model = new CoverModel(problem, limits);
        if (model.Spent > limits.Budget + Tolerance) throw new ArgumentException("what is required costs more than the budget", nameof(limits));
        var greedy = CoverGreedy.Plan(model);
        var search = new Search(model, greedy, limits.MostNodes, stop);
        var bound = search.Run();
        var owned = limits.Owned.ToHashSet();
        int[] chosen = [.. Enumerable.Range(0, problem.Items.Count).Where(item => search.Best[item] && !owned.Contains(item))];
        return new(chosen, chosen.Sum(item => problem.Items[item].Cost), search.Value, Math.Max(bound, search.Value), model.Value(greedy), search.Nodes);
    }

    private sealed class Search(CoverModel model, bool[] start, int mostNodes, CancellationToken stop)
    {
        private readonly CoverDual dual = new(model);
        private readonly sbyte[] state = (sbyte[])model.State.Clone();
        private double open = double.NegativeInfinity;

        public bool[] Best { get; } = (bool[])start.Clone();
        public double Value { get; private set; } = model.Value(start);
        public int Nodes { get; private set; }

        /// <summary>Searches; returns the highest bound of what was left unsearched, or the value where nothing was.</summary>
        public double Run()
        {
            foreach (var item in Enumerable.Range(0, model.ItemCount))
                if (state[item] == CoverModel.Free && model.TargetsOf[item].Length == 0) state[item] = CoverModel.Out;
            Visit(model.Budget - model.Spent, RootRounds, double.PositiveInfinity);
            return open;
        }

        private double Goal => Value + Tolerance * Math.Max(1, Value);

        private void Visit(double budget, int rounds, double parent)
        {
            if (Nodes >= mostNodes || stop.IsCancellationRequested)
            {
                open = Math.Max(open, parent);
                return;
            }
            Nodes++;
            var own = dual.Bound(state, budget, Goal, rounds, rounds == RootRounds ? 1.0 : 0.4);
            var bound = Math.Min(parent, own);
            Round(budget, full: rounds == RootRounds);
            if (bound <= Goal) return;

            var decided = new List<int>();
            if (!Decide(ref budget, own, decided)) Undo(decided);
            else
            {
                var branch = Choose(budget);
                if (branch >= 0)
                {
                    var cost = model.Cost[branch];
                    if (cost <= budget + Tolerance)
                    {
                        state[branch] = CoverModel.In;
                        Visit(budget - cost, NodeRounds, bound);
                    }
                    state[branch] = CoverModel.Out;
                    Visit(budget, NodeRounds, bound);
                    state[branch] = CoverModel.Free;
                }
                Undo(decided);
            }
        }

        // An item that the bound cannot spare, or cannot afford, is decided without a branch.
        private bool Decide(ref double budget, double bound, List<int> decided)
        {
            var bought = dual.BoughtNow();
            var now = bound;
            var left = budget;
            foreach (var item in Candidates().ToList())
            {
                if (model.Cost[item] > left + Tolerance || dual.BoundWith(now, bought, item, buy: true) <= Goal)
                {
                    decided.Add(item);
                    state[item] = CoverModel.Out;
                }
                else if (dual.Share[item] > 0 && dual.BoundWith(now, bought, item, buy: false) <= Goal)
                {
                    decided.Add(item);
                    state[item] = CoverModel.In;
                    left -= model.Cost[item];
                    if (left < -Tolerance) return false;
                }
            }
            budget = left;
            // Nothing is undecided any more: the state is a plan, and it has been valued by Round or is valued here.
            if (!Candidates().Any()) Keep(Plan());
            return true;
        }

        private void Undo(List<int> decided)
        {
            foreach (var item in decided) state[item] = CoverModel.Free;
        }

        private IEnumerable<int> Candidates()
        {
            for (var item = 0; item < state.Length; item++)
                if (state[item] == CoverModel.Free) yield return item;
        }

        // The least decided item of those that earn most.
        private int Choose(double budget)
        {
            var best = -1;
            var score = double.NegativeInfinity;
            foreach (var item in Candidates())
            {
                if (model.Cost[item] > budget + Tolerance) continue;
                var undecided = 1 - Math.Abs(2 * dual.Share[item] - 1);
                var worth = dual.Earned[item] * (0.05 + undecided);
                if (worth <= score) continue;
                score = worth;
                best = item;
            }
            return best;
        }

        private bool[] Plan()
        {
            var plan = new bool[state.Length];
            for (var item = 0; item < plan.Length; item++) plan[item] = state[item] == CoverModel.In;
            return plan;
        }

        // The items that earn most make a plan, which greedy filling completes.
        private void Round(double budget, bool full)
        {
            var plan = Plan();
            var left = budget;
            foreach (var item in Candidates().Where(item => dual.Share[item] > 0.5).OrderByDescending(item => dual.Share[item]).ThenByDescending(item => dual.Earned[item]).ThenBy(item => item))
            {
                if (model.Cost[item] > left + Tolerance) continue;
                plan[item] = true;
                left -= model.Cost[item];
            }
            if (full) CoverGreedy.Fill(model, plan, CoverGreedy.Spent(model, plan));
            Keep(plan);
            if (full)
            {
                CoverGreedy.Exchange(model, plan);
                Keep(plan);
            }
        }

        private void Keep(bool[] plan)
        {
            var value = model.Value(plan);
            if (value <= Goal) return;
            Value = value;
            plan.CopyTo(Best, 0);
        }
    }
}
