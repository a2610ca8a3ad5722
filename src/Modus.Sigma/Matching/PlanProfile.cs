namespace Modus.Sigma.Matching;

/// <summary>What the first events of a log source tell: how often each predicate's texts are found, and how long the fields are. Safe for many threads.</summary>
/// <remarks>It only decides what is searched first in later events: the answers are the same with any profile.</remarks>
internal sealed class PlanProfile(int predicates)
{
    /// <summary>Events that are looked at before the plan that searches first is made.</summary>
    public const int Samples = 64;

    // What it costs to evaluate a rule, and to search a byte, in nanoseconds.
    private const double Evaluation = 120, PerByte = 0.3;

    // In the first round every rule might share a field.
    private const int Rounds = 3;

    // Fields with longer values on average (in bytes) are searched only for what rules hang on: each text more is found, and looked at in vain, more often there.
    private const int LongValue = 60;

    // Fields of which less than this part (one in so many) are witnesses, too.
    private const int FewWitnesses = 4;

    private readonly int[] hits = new int[predicates];
    private readonly double[] guesses = new double[predicates];
    private readonly double[] scanCosts = new double[predicates];
    private readonly Dictionary<FieldScan, long> bytes = [];
    private readonly Lock gate = new();
    private volatile MatchPlan? successor;
    private int looked;

    /// <summary>The plan that was made with this profile; null while there is none.</summary>
    public MatchPlan? Successor => successor;

    /// <summary>Learns from an event that was searched for all texts. The caller that is the last makes the plan that takes over.</summary>
    /// <param name="plan">The plan that this profile belongs to.</param>
    /// <param name="wasFound">Whether a text of a predicate was found.</param>
    /// <param name="length">The length of the values that a scan looks at.</param>
    public void Learn(MatchPlan plan, Func<int, bool> wasFound, Func<FieldScan, int> length)
    {
        lock (gate)
        {
            if (looked >= Samples) return;
            foreach (var scan in plan.Scans)
            {
                bytes[scan] = bytes.GetValueOrDefault(scan) + length(scan);
                foreach (var predicate in scan.Predicates)
                    if (wasFound(predicate)) hits[predicate]++;
            }

            if (++looked == Samples) successor = Successive(plan);
        }
    }

    private MatchPlan Successive(MatchPlan plan)
    {
        var canScan = new bool[predicates];
        foreach (var scan in plan.Scans)
        {
            foreach (var predicate in scan.Predicates)
            {
                canScan[predicate] = true;
                scanCosts[predicate] = bytes.GetValueOrDefault(scan) / (double)Samples * PerByte;
            }

            foreach (var (predicate, guess) in scan.Guesses) guesses[predicate] = guess;
        }

        var always = new List<int>();
        var witnessOf = new List<int>?[predicates];
        var isWitness = new bool[predicates];
        var witnesses = Choose(plan, canScan);
        for (var place = 0; place < plan.Nodes.Length; place++)
        {
            if (witnesses[place] is not { } witness)
            {
                always.Add(place);
                continue;
            }

            foreach (var predicate in witness.Predicates)
            {
                isWitness[predicate.Id] = true;
                (witnessOf[predicate.Id] ??= []).Add(place);
            }
        }

        // A field is searched when a rule hangs on it. While values are short and many rules do, then for all its texts, since the pass costs the same.
        FieldScan[] scans =
        [
            .. plan.Scans.Where(scan => scan.Predicates.Any(predicate => isWitness[predicate]))
                .Select(scan => bytes.GetValueOrDefault(scan) > LongValue * Samples || scan.Predicates.Count(predicate => isWitness[predicate]) * FewWitnesses < scan.Predicates.Length
                    ? scan.Only(predicate => isWitness[predicate])
                    : scan),
        ];
        var scanned = new bool[predicates];
        foreach (var scan in scans)
            foreach (var predicate in scan.Predicates) scanned[predicate] = true;
        var order = new PlanOrder(Chance, predicate => scanned[predicate.Id] ? 1 : Effort(predicate));
        return new(plan.Rules, [.. plan.Nodes.Select(order.Order)], [.. always], [.. witnessOf.Select(list => list?.ToArray())], scanned, scans, plan.MemoFields, null);
    }

    // A field is searched once for all rules that hang on it: they share what that costs, so each round draws rules to the fields that others need anyway.
    private Witness?[] Choose(MatchPlan plan, bool[] canScan)
    {
        var chosen = new Witness?[plan.Nodes.Length];
        var scanOf = new int[predicates];
        for (var scan = 0; scan < plan.Scans.Length; scan++)
            foreach (var predicate in plan.Scans[scan].Predicates) scanOf[predicate] = scan;
        var users = new int[plan.Scans.Length];
        Array.Fill(users, plan.Nodes.Length);
        for (var round = 0; round < Rounds; round++)
        {
            var next = new int[plan.Scans.Length];
            for (var place = 0; place < chosen.Length; place++)
            {
                chosen[place] = Witness.Of(plan.Nodes[place], predicate => canScan[predicate.Id], predicate => Cost(predicate, users[scanOf[predicate.Id]]));
                if (chosen[place] is not { } witness) continue;
                foreach (var scan in witness.Predicates.Select(predicate => scanOf[predicate.Id]).Distinct()) next[scan]++;
            }

            users = next;
        }

        return chosen;
    }

    private double Chance(Predicate predicate) => (hits[predicate.Id] + 0.02) / (Samples + 0.04);

    // Against reading an answer that is there; what values that come again have answered is not asked anew.
    private static double Effort(Predicate predicate) => predicate is ValuePredicate value ? (value.Check is RegexCheck ? 30 : 8) : 4;

    // How often a witness calls its rule, and its share of searching its field.
    private double Cost(Predicate predicate, int users) =>
        (Chance(predicate) * Evaluation) + (scanCosts[predicate.Id] / Math.Max(1, users)) + guesses[predicate.Id];
}
