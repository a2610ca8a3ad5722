namespace Modus.Sigma.Matching;

/// <summary>All rules that apply to one log source, ready to run. Shared by all threads and readings; only its profile ever changes.</summary>
/// <param name="rules">The rules' places in the rule set, ascending.</param>
/// <param name="nodes">The rules' expressions, in the same order.</param>
/// <param name="always">The rules (by place in <paramref name="rules"/>) that are evaluated for every event.</param>
/// <param name="witnessOf">By the number of a predicate: the rules that can only match when a text of this or another of their witnesses is found; null for none.</param>
/// <param name="scanned">By the number of a predicate: true when a scan finds its texts, so that it is false where none was found.</param>
/// <param name="scans">The searches that each event goes through.</param>
/// <param name="memoFields">The fields that are asked for what a value of theirs answers, by the number of the memo of their values.</param>
/// <param name="profile">What is being learned from the first events; null once the plan is final.</param>
internal sealed class MatchPlan(int[] rules, PlanNode[] nodes, int[] always, int[]?[] witnessOf, bool[] scanned, FieldScan[] scans, string[] memoFields, PlanProfile? profile)
{
    public int[] Rules => rules;

    public PlanNode[] Nodes => nodes;

    public int[] Always => always;

    public int[]?[] WitnessOf => witnessOf;

    public bool[] Scanned => scanned;

    public FieldScan[] Scans => scans;

    public string[] MemoFields => memoFields;

    public PlanProfile? Profile => profile;
}
